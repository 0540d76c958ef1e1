package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import orchestrator.model.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredByGitTest {
    @TempDir Path folder;

    private Path file() {
        return folder.resolve(".gitignore");
    }

    @Test
    void a_line_is_added_once_and_all_else_stays_to_the_byte() throws IOException {
        Files.write(file(), "a\r\nb\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        String line = IgnoredByGit.line(folder, folder.resolve("run/st*te"));
        assertThat(line).isEqualTo("/run/st\\*te/");
        assertThat(IgnoredByGit.add(folder, line)).isTrue();
        assertThat(IgnoredByGit.add(folder, line)).isFalse();
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
                .isEqualTo("a\r\nb\u00ff\r\n/run/st\\*te/\r\n");
    }

    @Test
    void a_file_that_is_not_there_is_made() throws IOException {
        assertThat(IgnoredByGit.add(folder, "/state/")).isTrue();
        assertThat(file()).hasContent("/state/");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/state/", "/state", "x\n/state/ \ny"})
    void a_line_that_is_there_is_enough(String text) throws IOException {
        Files.writeString(file(), text);
        assertThat(IgnoredByGit.add(folder, "/state/")).isFalse();
        assertThat(file()).content().isEqualTo(text);
    }

    @Test
    void what_cannot_be_changed_is_told_with_the_line_to_add() throws IOException {
        Files.createDirectory(file());
        Fault fault = catchThrowableOfType(Fault.class, () -> IgnoredByGit.add(folder, "/state/"));
        assertThat(fault.code()).isEqualTo("config-not-writable");
        assertThat(fault.sentence()).contains("add the line /state/ yourself");
    }
}
