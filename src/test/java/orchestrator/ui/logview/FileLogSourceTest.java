package orchestrator.ui.logview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogSourceTest {
    @TempDir Path folder;
    private Path file;
    private FileLogSource source;

    @BeforeEach
    void prepare() {
        file = folder.resolve("transcript.log");
        source = new FileLogSource(file);
    }

    private void append(String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void a_file_that_is_not_there_has_no_lines_and_is_read_once_it_is() throws Exception {
        assertThat(source.poll()).isEmpty();
        append("a\nb\n");
        assertThat(source.poll()).containsExactly("a", "b");
        assertThat(source.poll()).isEmpty();
    }

    @Test
    void a_line_is_given_once_it_is_whole() throws Exception {
        append("a\nhalf of gr");
        assertThat(source.poll()).containsExactly("a");
        append("ün\nc\n");
        assertThat(source.poll()).containsExactly("half of grün", "c");
    }

    @Test
    void a_letter_cut_in_two_by_a_poll_stays_whole() throws Exception {
        byte[] bytes = "ü\n".getBytes(StandardCharsets.UTF_8);
        Files.write(file, new byte[] {bytes[0]});
        assertThat(source.poll()).isEmpty();
        Files.write(file, new byte[] {bytes[1], bytes[2]}, StandardOpenOption.APPEND);
        assertThat(source.poll()).containsExactly("ü");
    }

    @Test
    void at_first_only_the_last_lines_are_given() throws Exception {
        append(lines(1, 5_000));
        List<String> given = source.poll();
        assertThat(given).hasSize(FileLogSource.MOST_LINES).endsWith("line 5000");
        assertThat(given.getFirst()).isEqualTo("line 3001");
        append(lines(5_001, 8_000));
        assertThat(source.poll()).hasSize(3_000).startsWith("line 5001").endsWith("line 8000");
    }

    @Test
    void what_is_more_than_a_poll_takes_is_left_out_but_for_its_end() throws Exception {
        append("begin\n");
        assertThat(source.poll()).containsExactly("begin");
        append(lines(1, 200_000));
        List<String> given = source.poll();
        assertThat(given).hasSize(FileLogSource.MOST_LINES).endsWith("line 200000");
        assertThat(given).allMatch(line -> line.matches("line \\d+"));
    }

    @Test
    void a_shortened_file_is_begun_anew() throws Exception {
        append("a\nb\n");
        assertThat(source.poll()).hasSize(2);
        Files.writeString(file, "c\n");
        assertThat(source.poll()).containsExactly("c");
    }

    @Test
    void a_replaced_file_is_begun_anew() throws Exception {
        append("a\nb\n");
        assertThat(source.poll()).hasSize(2);
        Path other = Files.writeString(folder.resolve("other"), "c\nd\ne\n");
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(source.poll()).containsExactly("c", "d", "e");
    }

    @Test
    void colours_and_controls_are_taken_out_and_long_lines_cut() throws Exception {
        append("\u001B[31mred\u001B[0m\tx\r\n" + "y".repeat(9_000) + "\n\u202Eturned\n");
        List<String> given = source.poll();
        assertThat(given.getFirst()).isEqualTo("red    x");
        assertThat(given.get(1)).hasSize(2_001).endsWith("…");
        assertThat(given.get(2)).isEqualTo("turned");
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }
}
