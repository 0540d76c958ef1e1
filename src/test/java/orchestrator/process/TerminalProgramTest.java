package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import orchestrator.model.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Terminal programs here are scripts that write down the words they were given. */
class TerminalProgramTest {
    private static final String TITLE = "worker 3 'of' \"many\"";
    private static final List<String> COMMAND =
            List.of(
                    "tmux",
                    "-S",
                    "/tmp/a b/it's",
                    "attach",
                    "-t",
                    "=s:$(touch x)",
                    "`id`;",
                    "",
                    "ü");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "x-terminal-emulator, -T|TITLE|-e",
        "gnome-terminal,      --title|TITLE|--",
        "konsole,             -p|tabtitle=TITLE|-e",
        "kitty,               --title|TITLE",
        "alacritty,           --title|TITLE|-e",
        "wezterm,             start|--",
        "xterm,               -T|TITLE|-e",
    })
    void each_is_given_the_command_as_the_words_it_was(String name, String before)
            throws Exception {
        Path bin = terminal(folder, name);
        List<String> expected = new ArrayList<>();
        for (String word : before.split("\\|", -1)) {
            expected.add(word.replace("TITLE", TITLE));
        }
        expected.addAll(COMMAND);

        assertThat(new TerminalProgram(bin.toString()).open(TITLE, COMMAND)).isTrue();

        assertThat(wordsGivenTo(bin, name)).isEqualTo(expected);
        assertThat(bin.resolve("x")).doesNotExist();
    }

    @Test
    void the_one_the_system_prefers_comes_first_wherever_it_is_on_the_path() throws Exception {
        Path first = terminal(folder.resolve("first"), "xterm");
        Path second = terminal(folder.resolve("second"), "x-terminal-emulator");

        assertThat(new TerminalProgram(first + File.pathSeparator + second).open("t", COMMAND))
                .isTrue();

        assertThat(wordsGivenTo(second, "x-terminal-emulator")).endsWith("ü");
        assertThat(first.resolve("xterm.words")).doesNotExist();
    }

    @Test
    void without_one_it_says_so() throws Exception {
        Files.createFile(folder.resolve("xterm")); // not a program

        assertThat(new TerminalProgram("").open("t", COMMAND)).isFalse();
        assertThat(new TerminalProgram("." + File.pathSeparator + folder).open("t", COMMAND))
                .isFalse();
    }

    @Test
    void one_that_does_not_start_is_a_fault_that_names_it() throws Exception {
        Path broken = terminal(folder, "xterm").resolve("xterm");
        Files.writeString(broken, "#!" + folder.resolve("no-such-interpreter") + "\n");

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> new TerminalProgram(folder.toString()).open("t", COMMAND))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("terminal-not-started"))
                .withMessageContaining(broken.toString());
    }

    /** A script of that name; its folder is answered. */
    private static Path terminal(Path bin, String name) throws Exception {
        Files.createDirectories(bin);
        Path script = bin.resolve(name);
        Files.writeString(
                script,
                """
                #!/bin/sh
                cd "$(dirname "$0")" && printf '%%s\\0' "$@" >words && mv words "%s.words"
                """
                        .formatted(name));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    private static List<String> wordsGivenTo(Path bin, String name) throws Exception {
        Path words = bin.resolve(name + ".words");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(words));
        String all = Files.readString(words);
        return List.of(all.substring(0, all.length() - 1).split("\0", -1));
    }
}
