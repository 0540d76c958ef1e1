package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import orchestrator.files.BlockGzip;
import orchestrator.files.Content;
import orchestrator.model.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each oddity that a log may have. */
class LogFileTest {
    private static final long ALL = Long.MAX_VALUE / 4;
    @TempDir Path folder;
    private Path path;
    private LogFile log;

    @BeforeEach
    void open() {
        path = folder.resolve("a.log");
        log = new LogFile(path);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void append(String text) throws IOException {
        Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> texts() {
        return log.read(0, 1_000).stream().map(LogLine::text).toList();
    }

    @Test
    void a_file_that_is_not_there_yet_has_no_lines_and_may_come() throws IOException {
        assertThat(log.look(ALL)).isEqualTo(new LogFile.Look(0, false, 0, 0, 0));
        assertThat(texts()).isEmpty();
        append("first\n");
        assertThat(log.look(ALL)).isEqualTo(new LogFile.Look(1, true, 1, 6, 6));
        assertThat(texts()).containsExactly("first");
    }

    @Test
    void the_last_line_counts_without_its_end_and_grows_in_place() throws IOException {
        append("one\nhalf a li");
        assertThat(log.look(ALL).lines()).isEqualTo(2);
        assertThat(texts()).containsExactly("one", "half a li");
        append("ne\n");
        assertThat(log.look(ALL).lines()).isEqualTo(2);
        assertThat(texts()).containsExactly("one", "half a line");
        append("three\n");
        assertThat(log.look(ALL).generation()).isEqualTo(1);
        assertThat(texts()).containsExactly("one", "half a line", "three");
    }

    @Test
    void a_file_that_became_shorter_is_another_one() throws IOException {
        append("one\ntwo\nthree\n");
        assertThat(log.look(ALL).generation()).isEqualTo(1);
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE)) {
            out.truncate(4);
        }
        assertThat(log.look(ALL)).isEqualTo(new LogFile.Look(2, true, 1, 4, 4));
        assertThat(texts()).containsExactly("one");
    }

    @Test
    void a_file_that_was_cut_and_has_outgrown_its_old_length_is_another_one() throws IOException {
        append("one\ntwo\n");
        assertThat(log.look(ALL).generation()).isEqualTo(1);
        Files.writeString(path, "eins\nzwei\ndrei\n"); // the same file, written anew
        assertThat(log.look(ALL).generation()).isEqualTo(2);
        assertThat(texts()).containsExactly("eins", "zwei", "drei");
    }

    @Test
    void another_file_in_its_place_is_shown_instead() throws IOException {
        append("the first\nand its second\n");
        assertThat(log.look(ALL).generation()).isEqualTo(1);
        Path other = Files.writeString(folder.resolve("b"), "the first\nand its second\nmore\n");
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(log.look(ALL).generation()).isEqualTo(2);
        assertThat(texts()).containsExactly("the first", "and its second", "more");
    }

    @Test
    void a_file_that_is_rotated_away_gives_place_to_the_next() throws IOException {
        append("old\n");
        assertThat(log.look(ALL).generation()).isEqualTo(1);
        Files.move(path, folder.resolve("a.log.1"));
        assertThat(log.look(ALL).present()).isFalse();
        assertThat(texts()).containsExactly("old");
        append("new\n");
        assertThat(log.look(ALL)).isEqualTo(new LogFile.Look(2, true, 1, 4, 4));
        assertThat(texts()).containsExactly("new");
    }

    @Test
    void a_file_that_was_deleted_is_read_to_its_end() throws IOException {
        append("one\n");
        assertThat(log.look(ALL).present()).isTrue();
        try (FileChannel writer =
                FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            Files.delete(path);
            writer.write(ByteBuffer.wrap("two\n".getBytes(UTF_8)));
        }
        LogFile.Look look = log.look(ALL);
        assertThat(look).isEqualTo(new LogFile.Look(1, false, 2, 8, 8));
        assertThat(texts()).containsExactly("one", "two");
    }

    private void compress() throws IOException {
        try (Content content = Content.open(path);
                OutputStream out = Files.newOutputStream(BlockGzip.packed(path))) {
            BlockGzip.write(content, out);
        }
        Files.delete(path);
    }

    @Test
    void a_file_that_is_compressed_while_it_is_open_is_read_on_as_the_same() throws IOException {
        append("one\ntwo\n");
        assertThat(log.look(4).complete()).isFalse();
        compress();
        assertThat(log.look(ALL)).isEqualTo(new LogFile.Look(1, true, 2, 8, 8));
        assertThat(texts()).containsExactly("one", "two");
        append("anew\n"); // somebody decompressed it, and more came
        assertThat(log.look(ALL).generation()).isEqualTo(2);
        assertThat(texts()).containsExactly("anew");
    }

    @Test
    void a_file_that_was_compressed_is_read_searched_and_tailed_as_before() throws IOException {
        append("one\n" + "x".repeat(200_000) + "\n✗ error\nlast");
        compress();
        assertThat(new LogTail(path, 1).poll().lines()).containsExactly("✗ error");
        assertThat(log.look(ALL)).isEqualTo(new LogFile.Look(1, true, 4, 200_019, 200_019));
        assertThat(log.tail(2)).extracting(LogLine::text).containsExactly("✗ error", "last");
        assertThat(log.seek(LogQuery.of("err", false, true), 0, true, () -> false)).hasValue(2);
        assertThat(log.copy(1, 1, 1 << 20)).hasValue("x".repeat(200_000) + "\n");
    }

    @Test
    void what_somebody_else_compressed_otherwise_is_told_with_what_to_do() throws IOException {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(BlockGzip.packed(path)))) {
            out.write("one\n".getBytes(UTF_8));
        }
        assertThatThrownBy(() -> log.look(ALL))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("gunzip")
                .hasMessageContaining(path.toString());
    }

    @Test
    void windows_line_ends_nul_bytes_escapes_and_what_is_not_utf8_are_shown_as_plain_text()
            throws IOException {
        Files.write(
                path,
                concat(
                        "dos\r\n".getBytes(UTF_8),
                        new byte[] {'a', 0, 'b', '\n'},
                        new byte[] {'x', (byte) 0xff, (byte) 0xc3, '\n'},
                        "\u001b[31mred\u001b[0m\ttab\n".getBytes(UTF_8),
                        "\r\n".getBytes(UTF_8),
                        "grün 😀\n".getBytes(UTF_8)));
        log.look(ALL);
        assertThat(texts())
                .containsExactly("dos", "ab", "x\uFFFD\uFFFD", "red    tab", "", "grün 😀");
        assertThat(log.copy(0, 3, 1_000)).contains("dos\nab\nx\uFFFD\uFFFD\nred\ttab\n");
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    @Test
    void secrets_are_masked_on_screen_and_on_the_clipboard_and_stay_in_the_file()
            throws IOException {
        String secret = "ghp_0123456789abcdefghijABCD";
        append("token " + secret + "\n");
        log.look(ALL);
        assertThat(texts()).containsExactly("token ghp_•••");
        assertThat(log.copy(0, 0, 1_000)).contains("token ghp_•••\n");
        assertThat(Files.readString(path)).contains(secret);
    }

    @Test
    void a_line_of_a_hundred_megabytes_is_cut_for_display_found_and_copied_whole()
            throws IOException {
        int length = 100_000_000;
        append("before\n");
        byte[] mega = new byte[1_000_000];
        Arrays.fill(mega, (byte) 'x');
        try (FileChannel out =
                FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < length / mega.length; i++) {
                out.write(ByteBuffer.wrap(mega));
            }
            out.write(ByteBuffer.wrap("needle\nafter\n".getBytes(UTF_8)));
        }
        log.look(ALL);
        List<LogLine> lines = log.read(0, 3);
        assertThat(lines).extracting(LogLine::cut).containsExactly(false, true, false);
        assertThat(lines.get(1).text()).hasSize(LogLine.LONGEST);
        assertThat(lines.get(1).bytes()).isEqualTo(length + 6);
        assertThat(lines.get(2).text()).isEqualTo("after");
        LogSearch search = log.search(LogQuery.of("needle", false, true)).orElseThrow();
        search.advance(ALL);
        assertThat(search.read(0, 9)).extracting(LogLine::number).containsExactly(1L);
        assertThat(log.copy(1, 1, 1_000_000)).isEmpty();
        assertThat(log.copy(1, 1, 200_000_000).orElseThrow()).hasSize(length + 7);
    }

    @Test
    void a_file_of_more_than_two_gigabytes_has_all_its_lines() throws IOException {
        append("first\n");
        long hole = 3L << 30;
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap("\nlast but one\nlast".getBytes(UTF_8)), hole);
        }
        assertThat(log.look(ALL).lines()).isEqualTo(4);
        assertThat(log.read(2, 5))
                .extracting(LogLine::text)
                .containsExactly("last but one", "last");
        assertThat(log.read(2, 5).getFirst().offset()).isEqualTo(hole + 1);
        assertThat(log.before(hole + 1)).isEqualTo(2);
    }

    @Test
    void the_newest_lines_are_there_before_the_index_is() throws IOException {
        append("a line\n".repeat(100_000) + "the newest\n");
        LogFile.Look look = log.look(1_000);
        assertThat(look.complete()).isFalse();
        assertThat(log.tail(2)).extracting(LogLine::text).containsExactly("a line", "the newest");
        assertThat(log.look(ALL).complete()).isTrue();
        assertThat(log.read(100_000, 1).getFirst().text()).isEqualTo("the newest");
    }

    @Test
    void a_folder_in_its_place_is_told() throws IOException {
        Files.createDirectory(path);
        assertThatThrownBy(() -> log.look(ALL))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void memory_is_bounded_however_many_lines_there_are() {
        SparseIndex index = new SparseIndex(1, SparseIndex.NEVER);
        for (long i = 0; i < 5_000_000; i++) {
            index.offer(i, 10 * i);
        }
        assertThat(index.size()).isLessThanOrEqualTo(SparseIndex.MOST);
        SparseIndex.Place place = index.byOrdinal(4_321_987);
        assertThat(place.ordinal()).isBetween(4_321_987L - 64, 4_321_987L);
        assertThat(place.offset()).isEqualTo(10 * place.ordinal());
        assertThat(index.byOffset(10 * place.ordinal() + 3)).isEqualTo(place);
    }

    @Test
    void errors_and_calls_of_tools_are_found_in_both_directions() throws IOException {
        append("● Bash: make\n  └ ✗ exit 2\nprose with ✗ in it\n● Read: a\n  └ fine\n✗ the end\n");
        log.look(ALL);
        LogQuery errors = LogKind.TRANSCRIPT.query(LogKind.Mark.ERROR).orElseThrow();
        LogQuery tools = LogKind.TRANSCRIPT.query(LogKind.Mark.TOOL).orElseThrow();
        assertThat(log.seek(errors, -1, true, () -> false)).hasValue(1);
        assertThat(log.seek(errors, 1, true, () -> false)).hasValue(5);
        assertThat(log.seek(errors, 5, true, () -> false)).isEqualTo(OptionalLong.empty());
        assertThat(log.seek(errors, 5, false, () -> false)).hasValue(1);
        assertThat(log.seek(errors, 1, false, () -> false)).isEqualTo(OptionalLong.empty());
        assertThat(log.seek(tools, log.count(), false, () -> false)).hasValue(3);
        assertThat(LogKind.PROMPT.query(LogKind.Mark.ERROR)).isEqualTo(Optional.empty());
    }
}
