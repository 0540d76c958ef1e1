package orchestrator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import orchestrator.model.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir Path folder;
    private Path log;

    @BeforeEach
    void file() {
        log = folder.resolve("transcript.log");
    }

    @Test
    void the_last_lines_come_first_and_then_what_is_appended() throws IOException {
        append("1\n2\n3\n4\n");
        LogTail tail = new LogTail(log, 2);
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(true, List.of("3", "4"), false));
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(false, List.of(), false));
        append("5\nsi");
        assertThat(tail.poll().lines()).containsExactly("5");
        append("x\n");
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(false, List.of("six"), false));
    }

    @Test
    void fewer_lines_than_asked_for_are_all_shown_and_none_is_shown_for_none() throws IOException {
        append("a\nb\n");
        assertThat(new LogTail(log, 10).poll().lines()).containsExactly("a", "b");
        assertThat(new LogTail(log, 0).poll().lines()).isEmpty();
    }

    @Test
    void the_last_lines_of_a_long_file_are_found_across_blocks() throws IOException {
        List<String> all =
                IntStream.range(0, 40_000)
                        .mapToObj(i -> "line " + i + " " + "é".repeat(i % 50))
                        .toList();
        append(String.join("\n", all) + "\n");
        assertThat(new LogTail(log, 5_000).poll().lines()).isEqualTo(all.subList(35_000, 40_000));
    }

    @Test
    void a_file_that_is_absent_or_goes_is_an_empty_view() throws IOException {
        LogTail tail = new LogTail(log, 5);
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(false, List.of(), false));
        append("a\n");
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(true, List.of("a"), false));
        Files.delete(log);
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(true, List.of(), false));
        append("b\n");
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(true, List.of("b"), false));
    }

    @Test
    void a_file_that_became_shorter_or_was_replaced_begins_a_new_view() throws IOException {
        append("a\nb\nhalf");
        LogTail tail = new LogTail(log, 5);
        tail.poll();
        Files.writeString(log, "c\n");
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(true, List.of("c"), false));
        Path other = Files.writeString(folder.resolve("other"), "much longer than before\n");
        Files.move(other, log, StandardCopyOption.REPLACE_EXISTING);
        assertThat(tail.poll())
                .isEqualTo(new LogTail.Update(true, List.of("much longer than before"), false));
    }

    @Test
    void a_link_that_points_elsewhere_begins_a_new_view() throws IOException {
        Path first = Files.writeString(folder.resolve("1"), "one\n");
        Path second = Files.writeString(folder.resolve("2"), "two two\n");
        Files.createSymbolicLink(log, first);
        LogTail tail = new LogTail(log, 5);
        tail.poll();
        Files.delete(log);
        Files.createSymbolicLink(log, second);
        assertThat(tail.poll()).isEqualTo(new LogTail.Update(true, List.of("two two"), false));
    }

    @Test
    void broken_bytes_are_repaired_and_control_characters_dropped() throws IOException {
        Files.write(log, new byte[] {'a', (byte) 0xff, 'b', 27, '[', '2', 'J', 0, 'c', '\r', '\n'});
        assertThat(new LogTail(log, 5).poll().lines()).containsExactly("a\ufffdbc");
    }

    @Test
    void a_character_split_between_two_looks_stays_whole() throws IOException {
        byte[] euro = "€\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(log, new byte[] {'x', '\n', euro[0]});
        LogTail tail = new LogTail(log, 5);
        assertThat(tail.poll().lines()).containsExactly("x");
        Files.write(log, new byte[] {euro[1], euro[2], euro[3]}, StandardOpenOption.APPEND);
        assertThat(tail.poll().lines()).containsExactly("€");
    }

    @Test
    void a_very_long_line_is_cut_and_marked() throws IOException {
        append("ä".repeat(3_000_000) + "\nshort\n" + "y".repeat(4_000) + "\n");
        List<String> lines = new LogTail(log, 5).poll().lines();
        assertThat(lines.get(0)).isEqualTo("ä".repeat(4_000) + " … (cut, 6,000,000 bytes in all)");
        assertThat(lines.get(1)).isEqualTo("short");
        assertThat(lines.get(2)).isEqualTo("y".repeat(4_000));
    }

    @Test
    void much_at_once_comes_in_pieces() throws IOException {
        append("first\n");
        LogTail tail = new LogTail(log, 5);
        tail.poll();
        append(("z".repeat(99) + "\n").repeat(25_000));
        LogTail.Update update = tail.poll();
        assertThat(update.more()).isTrue();
        int lines = update.lines().size();
        while (update.more()) {
            update = tail.poll();
            lines += update.lines().size();
        }
        assertThat(lines).isEqualTo(25_000);
    }

    @Test
    void a_folder_in_its_place_is_a_fault_that_names_it() throws IOException {
        Files.createDirectory(log);
        assertThatThrownBy(new LogTail(log, 5)::poll)
                .isInstanceOf(Fault.class)
                .hasMessageContaining(log.toString());
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
