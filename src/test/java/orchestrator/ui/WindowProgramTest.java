package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowProgramTest {
    @TempDir Path folder;

    @Test
    void returns_once_the_window_is_closed() throws Exception {
        assertThat(
                        run(
                                List.of(
                                        "-Dglass.platform=Monocle",
                                        "-Dmonocle.platform=Headless",
                                        "-Dprism.order=sw")))
                .contains("closed");
    }

    @Test
    void begins_with_a_welcome_where_there_is_no_workspace_and_ends_with_it() throws Exception {
        assertThat(
                        run(
                                List.of(
                                        "-Dglass.platform=Monocle",
                                        "-Dmonocle.platform=Headless",
                                        "-Dprism.order=sw"),
                                "welcome"))
                .contains("closed");
    }

    @Test
    void a_rehearsal_has_one_window_of_its_own_beside_that_of_its_workspace() throws Exception {
        assertThat(
                        run(
                                RehearseProgramMain.class,
                                List.of(
                                        "-Dglass.platform=Monocle",
                                        "-Dmonocle.platform=Headless",
                                        "-Dprism.order=sw")))
                .contains("while it is open: 2 windows, laid out 1\n")
                .contains("once it was closed: 2 windows, laid out 2\n")
                .contains("closed");
    }

    @Test
    void says_in_one_sentence_that_there_is_no_display() throws Exception {
        assertThat(run(List.of()))
                .contains("The window could not be opened", "[window-not-opened]")
                .doesNotContain("closed\n");
    }

    /** Runs the program in a process of its own, without a display; its output. */
    private String run(List<String> options, String... arguments) throws Exception {
        return run(WindowProgramMain.class, options, arguments);
    }

    private String run(Class<?> main, List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
