package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
    @TempDir Path folder;

    @Test
    void three_logs_are_kept_at_most_and_the_newest_lines_with_them() throws IOException {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        Diagnostics diagnostics = new Diagnostics(state, 100);
        for (int i = 0; i < 100; i++) {
            diagnostics.append("line %04d of a log\n".formatted(i));
        }
        StringBuilder all = new StringBuilder();
        for (String name : new String[] {".2", ".1", ""}) {
            Path file = state.logs().resolve("orchestrator.log" + name);
            if (Files.exists(file)) {
                assertThat(Files.size(file)).isLessThanOrEqualTo(120);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                all.append(Files.readString(file));
            }
        }
        assertThat(all.toString()).contains("line 0098").endsWith("line 0099 of a log\n");
        assertThat(all.toString().lines().sorted().toList())
                .isEqualTo(all.toString().lines().toList());
        try (Stream<Path> files = Files.list(state.logs())) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("orch")))
                    .hasSizeLessThanOrEqualTo(Diagnostics.KEPT);
        }
    }

    @Test
    void two_processes_lose_none_of_each_others_lines() throws Exception {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        Diagnostics one = new Diagnostics(state);
        Diagnostics two = new Diagnostics(state);
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 200; i++) {
                                append(two, "two " + i + "\n");
                            }
                        });
        for (int i = 0; i < 200; i++) {
            append(one, "one " + i + "\n");
        }
        other.join();
        assertThat(Files.readAllLines(one.log())).hasSize(400).doesNotHaveDuplicates();
    }

    private static void append(Diagnostics diagnostics, String line) {
        try {
            diagnostics.append(line);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_state_folder_that_is_gone_is_not_made_again() {
        Diagnostics diagnostics = new Diagnostics(new StateFolder(folder.resolve("gone")));
        assertThatThrownBy(() -> diagnostics.append("x\n")).isInstanceOf(IOException.class);
        assertThat(folder.resolve("gone")).doesNotExist();
    }
}
