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

        TerminalProgram programs = new TerminalProgram(bin.toString(), List.of());
        assertThat(programs.names()).containsExactly(name);
        programs.open(name, TITLE, COMMAND);

        assertThat(wordsGivenTo(bin, name)).isEqualTo(expected);
        assertThat(bin.resolve("x")).doesNotExist();
    }

    @Test
    void the_one_the_system_prefers_comes_first_wherever_it_is_on_the_path() throws Exception {
        Path first = terminal(folder.resolve("first"), "xterm");
        Path second = terminal(folder.resolve("second"), "x-terminal-emulator");

        TerminalProgram programs =
                new TerminalProgram(first + File.pathSeparator + second, List.of());
        assertThat(programs.names()).containsExactly("x-terminal-emulator", "xterm");
        programs.open("x-terminal-emulator", "t", COMMAND);

        assertThat(wordsGivenTo(second, "x-terminal-emulator")).endsWith("ü");
        assertThat(first.resolve("xterm.words")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"Terminal, do script typed", "iTerm, write text typed"})
    void those_of_macos_are_told_by_a_script_that_quotes_the_words(String name, String told)
            throws Exception {
        Path bin = terminal(folder.resolve("bin"), "osascript");
        Path applications = folder.resolve("Applications");
        TerminalProgram programs = new TerminalProgram(bin.toString(), List.of(applications));
        assertThat(programs.names()).as("osascript alone is no terminal").isEmpty();
        Files.createDirectories(applications.resolve(name + ".app"));
        assertThat(programs.names()).containsExactly(name);

        programs.open(name, TITLE, COMMAND);

        List<String> words = wordsGivenTo(bin, "osascript");
        assertThat(words.subList(words.size() - COMMAND.size(), words.size())).isEqualTo(COMMAND);
        assertThat(words.subList(0, words.size() - COMMAND.size()))
                .contains("on run argv", "end run")
                .anySatisfy(line -> assertThat(line).contains("quoted form of word"))
                .anySatisfy(line -> assertThat(line).contains(told));
    }

    @Test
    void one_that_is_not_there_is_a_fault_that_names_those_that_are() throws Exception {
        Files.createFile(folder.resolve("kitty")); // not a program
        Path bin = terminal(folder.resolve("bin"), "xterm");

        for (String path : List.of(folder + File.pathSeparator + bin, bin.toString())) {
            TerminalProgram programs = new TerminalProgram(path, List.of());
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> programs.open("kitty", "t", COMMAND))
                    .withMessageContaining("xterm")
                    .satisfies(fault -> assertThat(fault.code()).isEqualTo("terminal-absent"));
        }
        assertThat(new TerminalProgram("." + File.pathSeparator + folder, List.of()).names())
                .isEmpty();
    }

    @Test
    void one_that_does_not_start_is_a_fault_that_names_it() throws Exception {
        Path broken = terminal(folder, "xterm").resolve("xterm");
        TerminalProgram programs = new TerminalProgram(folder.toString(), List.of());
        for (String script :
                List.of(
                        "#!" + folder.resolve("no-such-interpreter") + "\n",
                        "#!/bin/sh\nexit 3\n")) {
            Files.writeString(broken, script);
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> programs.open("xterm", "t", COMMAND))
                    .satisfies(fault -> assertThat(fault.code()).isEqualTo("not-started"))
                    .withMessageContaining(broken.toString());
        }
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
