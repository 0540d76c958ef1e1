package orchestrator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptWriterTest {
    @TempDir Path folder;
    private Path stream;
    private Path transcript;
    private Instant now = Instant.parse("2026-11-22T14:00:00Z");

    /** Answers each complete line with itself, and remembers how much it was fed. */
    private static final class Echo implements TranscriptWriter.Reader {
        private final LineSplitter splitter = new LineSplitter(1 << 20);
        private long fed;

        @Override
        public void accept(byte[] bytes, int from, int length, Consumer<String> lines) {
            fed += length;
            splitter.accept(
                    bytes,
                    from,
                    length,
                    (kept, count, whole) ->
                            lines.accept(new String(kept, 0, count, StandardCharsets.UTF_8)));
        }
    }

    @BeforeEach
    void files() {
        stream = folder.resolve("stream.jsonl");
        transcript = folder.resolve("transcript.log");
    }

    @Test
    void what_the_stream_says_is_appended_as_it_grows() throws IOException {
        TranscriptWriter writer = writer(new Echo());
        assertThat(writer.catchUp()).isFalse();
        writer.line("[DEADMAN] START");
        append("one\ntw");
        assertThat(writer.catchUp()).isFalse();
        append("o\n");
        writer.catchUp();
        writer.catchUp();
        assertThat(Files.readAllLines(transcript)).containsExactly("[DEADMAN] START", "one", "two");
    }

    @Test
    void when_lines_came_is_noted_for_transcript_and_stream() throws IOException {
        Instant begin = now;
        TranscriptWriter writer = writer(new Echo());
        writer.line("[DEADMAN] START");
        now = begin.plusSeconds(5);
        append("one\ntwo\n");
        writer.catchUp();
        now = begin.plusMillis(5_400); // the same second
        append("three\n");
        writer.catchUp();
        now = begin.plusSeconds(60);
        append("four\n");
        writer(new Echo()).catchUp();
        LogTimes times = new LogTimes(transcript);
        times.look();
        assertThat(times.at(LogKind.TRANSCRIPT, 0)).contains(begin);
        assertThat(times.at(LogKind.TRANSCRIPT, 16)).contains(begin.plusSeconds(5));
        assertThat(times.at(LogKind.TRANSCRIPT, 24)).contains(begin.plusSeconds(5));
        assertThat(times.at(LogKind.TRANSCRIPT, 30)).contains(begin.plusSeconds(60));
        assertThat(times.at(LogKind.STREAM, 4)).contains(begin.plusSeconds(5));
        assertThat(times.at(LogKind.STREAM, 14)).contains(begin.plusSeconds(60));
        assertThat(times.at(LogKind.PROMPT, 0)).isEmpty();
    }

    @Test
    void what_was_written_before_times_were_noted_has_none() throws IOException {
        Files.writeString(transcript, "old\n");
        LogTimes times = new LogTimes(transcript);
        times.look();
        assertThat(times.at(LogKind.TRANSCRIPT, 0)).isEmpty();
    }

    @Test
    void a_new_writer_goes_on_without_a_gap_or_a_repetition_and_feeds_its_reader_everything()
            throws IOException {
        append("one\ntw");
        writer(new Echo()).catchUp();
        append("o\nthree\n");
        Echo echo = new Echo();
        writer(echo).catchUp();
        assertThat(Files.readAllLines(transcript)).containsExactly("one", "two", "three");
        assertThat(echo.fed).isEqualTo(Files.size(stream));
    }

    @Test
    void what_was_appended_but_not_recorded_is_cut_off_and_written_once() throws IOException {
        append("one\n");
        writer(new Echo()).catchUp();
        append("two\n");
        Files.writeString(transcript, "two\nhalf a li", StandardOpenOption.APPEND);
        writer(new Echo()).catchUp();
        assertThat(Files.readString(transcript)).isEqualTo("one\ntwo\n");
    }

    @Test
    void a_transcript_shorter_than_recorded_is_made_anew() throws IOException {
        append("one\ntwo\n");
        writer(new Echo()).catchUp();
        Files.writeString(transcript, "on");
        writer(new Echo()).catchUp();
        assertThat(Files.readString(transcript)).isEqualTo("one\ntwo\n");
    }

    @Test
    void a_crash_after_any_step_of_many_leaves_every_line_exactly_once() throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            crashes(new Random(seed), folder.resolve("run-" + seed));
        }
    }

    private void crashes(Random random, Path run) throws IOException {
        Files.createDirectories(run);
        stream = run.resolve("stream.jsonl");
        transcript = run.resolve("transcript.log");
        List<String> said = new ArrayList<>();
        TranscriptWriter writer = writer(new Echo());
        for (int i = 0; i < 60; i++) {
            String line = "line " + i + " " + "é".repeat(random.nextInt(40));
            said.add(line);
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(bytes.length);
            Files.write(
                    stream,
                    java.util.Arrays.copyOfRange(bytes, 0, cut),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            writer.catchUp();
            Files.write(
                    stream,
                    java.util.Arrays.copyOfRange(bytes, cut, bytes.length),
                    StandardOpenOption.APPEND);
            switch (random.nextInt(4)) {
                case 0 -> {
                    // Killed between the append and the record: some of the next line is there.
                    Path record = transcript.resolveSibling("transcript.offset");
                    byte[] before = Files.exists(record) ? Files.readAllBytes(record) : new byte[0];
                    writer.catchUp();
                    if (before.length == 0) {
                        Files.deleteIfExists(record);
                    } else {
                        Files.write(record, before);
                    }
                    writer = writer(new Echo());
                }
                case 1 -> writer = writer(new Echo());
                default -> writer.catchUp();
            }
        }
        writer.catchUp();
        assertThat(Files.readAllLines(transcript)).isEqualTo(said);
    }

    @Test
    void one_call_reads_a_bounded_piece_and_says_that_there_is_more() throws IOException {
        append(("x".repeat(99) + "\n").repeat(50_000));
        TranscriptWriter writer = writer(new Echo());
        assertThat(writer.catchUp()).isTrue();
        assertThat(Files.size(transcript)).isBetween(1_000_000L, 2_200_000L);
        int calls = 1;
        while (writer.catchUp()) {
            calls++;
        }
        assertThat(calls).isBetween(2, 5);
        assertThat(Files.mismatch(transcript, stream)).isEqualTo(-1);
    }

    @Test
    void a_line_that_could_not_be_written_is_written_by_the_next_call() throws IOException {
        append("one\n");
        Files.createDirectory(transcript);
        TranscriptWriter writer = writer(new Echo());
        Path blocked = transcript;
        assertThatThrownBy(writer::catchUp)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence()).contains(blocked.toString()));
        Files.delete(transcript);
        append("two\n");
        writer.catchUp();
        assertThat(Files.readString(transcript)).isEqualTo("one\ntwo\n");
    }

    @Test
    void a_line_of_ours_is_made_plain_and_its_secrets_are_masked() throws IOException {
        String secret = "ghp_" + "a1B2".repeat(8);
        writer(new Echo()).line("[DEADMAN] \u001b[2Jx\ny " + secret);
        assertThat(Files.readString(transcript)).isEqualTo("[DEADMAN] x y ghp_•••\n");
    }

    private TranscriptWriter writer(Echo echo) {
        return new TranscriptWriter(stream, transcript, echo, () -> now);
    }

    private void append(String text) throws IOException {
        Files.writeString(stream, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
