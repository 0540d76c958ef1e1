package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.cli.shell.ManPage;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shells complete, and the manual page: by the real shells, and the real program behind. */
class CompletionTest {
    /** Completes the words in which it is called, the last being the one that is typed. */
    private static final String TYPE =
            """
            source ./script
            [ "$(complete -p orchestrator)" = 'complete -F _orchestrator orchestrator' ] || exit 9
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _orchestrator
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir Path folder;

    private CliLab lab;

    private record Ran(int exit, String out, String err) {}

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder.resolve("a run"));
        lab.project("shop", issue(52, "") + "," + issue(53, "") + "," + issue(7, ""));
    }

    @Test
    void bash_completes_commands_options_and_folders_without_asking_the_program() throws Exception {
        script("bash");
        assertThat(typed("orchestrator", "la")).containsExactly("launch");
        assertThat(typed("orchestrator", "rescue", "")).containsExactly("list", "restore");
        assertThat(typed("orchestrator", "help", "mo")).containsExactly("monitor", "move");
        assertThat(typed("orchestrator", "completion", "")).containsExactly("bash", "zsh", "fish");
        assertThat(typed("orchestrator", "explain", "forge-a")).containsExactly("forge-auth");
        assertThat(typed("orchestrator", "launch", "--"))
                .contains("--dry-run", "--wait", "--workspace", "--help")
                .doesNotContain("--title", "--values");
        assertThat(typed("orchestrator", "rescue", "list", "--j")).containsExactly("--json");
        assertThat(typed("orchestrator", "--workspace", "=", "a ")).containsExactly("a run");
        assertThat(typed("orchestrator", "--config-dir", "a run/c"))
                .containsExactly("a run/config");
        assertThat(typed("orchestrator", "--config", "scr")).containsExactly("script");
        assertThat(typed("orchestrator", "add-issue", "5", "--title", "la"))
                .as("a title is any text")
                .containsExactly("");
        assertThat(typed("orchestrator", "launch", "x", "la")).containsExactly("");
        assertThat(typed("orchestrator", "")).doesNotContain("man-page");
    }

    @Test
    void bash_asks_the_program_for_issues_and_workers_of_the_workspace_that_is_named()
            throws Exception {
        script("bash");
        String program = program();
        assertThat(typed(program, "--workspace", "'a run'", "retry", "5"))
                .containsExactly("52", "53");
        assertThat(typed(program, "attach", "--workspace", "=", "a\\ run", ""))
                .containsExactly("1", "2");
        assertThat(typed(program, "retry", ""))
                .as("there is no workspace here, and nothing is said of it")
                .containsExactly("");
    }

    @Test
    void what_the_program_is_asked_for_are_words_and_what_they_are() throws IOException {
        assertThat(values("issues")).containsExactly("52\tIssue 52", "53\tIssue 53", "7\tIssue 7");
        assertThat(values("workers")).containsExactly("1\tworker 1", "2\tworker 2");
        assertThat(values("logs"))
                .containsExactly(
                        "1\tworker 1",
                        "2\tworker 2",
                        "shop#52\tIssue 52",
                        "shop#53\tIssue 53",
                        "shop#7\tIssue 7");
        assertThat(values("rescues")).containsExactly("");
        lab.project("farm", issue(1, ""));
        assertThat(values("issues")).as("two projects").contains("farm#1\tIssue 1");
        CliLab.Said unknown = lab.run("completion", "--values", "colours");
        assertThat(unknown.exit()).isEqualTo(Cli.WRONG_USE);
        assertThat(unknown.err()).startsWith("orchestrator: There are no values 'colours'.\n");
        assertThat(lab.run("completion").err()).contains("Say for which shell: bash, zsh, fish.");
    }

    @Test
    void zsh_understands_its_script() throws Exception {
        Path script = script("zsh");
        assumeTrue(isHere("zsh"), "zsh is not installed");
        assertThat(run(List.of("zsh", "-n", script.toString()))).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void fish_completes() throws Exception {
        script("fish");
        assumeTrue(isHere("fish"), "fish is not installed");
        String line =
                "source ./script; complete -C 'orchestrator la'; complete -C 'orchestrator rescue list --j';"
                        + " complete -C 'orchestrator --workspace a'";
        Ran ran = run(List.of("fish", "--no-config", "-c", line));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .satisfiesExactly(
                        command -> assertThat(command).startsWith("launch\tBegins the run"),
                        option -> assertThat(option).isEqualTo("--json\tAs a JSON list"),
                        // Whether its space is quoted depends on the version.
                        place -> assertThat(place).matches("a.? run/"));
    }

    @Test
    void the_manual_page_has_every_command_and_man_has_nothing_to_say_against_it()
            throws Exception {
        CliLab.Said said = lab.anywhere("man-page", "--date", "2026-11-22");
        assertThat(said.exit()).isZero();
        Path page = Files.writeString(folder.resolve("orchestrator.1"), said.out());
        assertThat(said.out())
                .startsWith(".TH \"ORCHESTRATOR\" 1 \"2026-11-22\" \"orchestrator 1.2.3\"\n")
                .contains(".SS \"orchestrator rescue restore [OPTIONS] REF\"")
                .contains("orchestrator logs shop#52 \\-\\-attempt 1")
                .contains(".SH \"EXIT STATUS\"", ".SH \"ENVIRONMENT\"", ".SH \"FILES\"")
                .doesNotContain("man\\-page")
                .matches("\\p{ASCII}*");
        if (isHere("groff")) {
            assertThat(run(List.of("groff", "-man", "-ww", "-z", "-Tutf8", page.toString())))
                    .isEqualTo(new Ran(0, "", ""));
        }
        if (isHere("mandoc")) {
            assertThat(run(List.of("mandoc", "-T", "lint", "-W", "warning", page.toString())))
                    .isEqualTo(new Ran(0, "", ""));
        }
    }

    @Test
    void what_a_description_says_is_never_taken_for_a_request_to_the_formatter() {
        var spec = picocli.CommandLine.Model.CommandSpec.create().name("x");
        spec.usageMessage().description(".so /etc/passwd", "a\\fBb 'c' -d");
        assertThat(ManPage.of(spec, "1", java.time.LocalDate.EPOCH, Map.of()))
                .contains("\n\\&.so /etc/passwd\na\\efBb \\(aqc\\(aq \\-d\n");
    }

    private Path script(String shell) throws IOException {
        CliLab.Said said = lab.anywhere("completion", shell);
        assertThat(said.exit()).isZero();
        assertThat(said.out()).doesNotContain("@commands@");
        return Files.writeString(folder.resolve("script"), said.out());
    }

    private List<String> values(String kind) {
        CliLab.Said said = lab.run("completion", "--values", kind);
        assertThat(said.exit()).as(said.err()).isZero();
        return Arrays.asList(said.out().stripTrailing().split("\n"));
    }

    /** The words that Bash offers. */
    private List<String> typed(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", "--norc", "--noprofile", "-c", TYPE, "bash"));
        command.addAll(List.of(words));
        Ran ran = run(command);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        return Arrays.asList(ran.out().stripTrailing().split("\n"));
    }

    /** This very program, as a command. */
    private String program() throws IOException {
        Path program = folder.resolve("orchestrator");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' orchestrator.Launcher \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path")));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.toString();
    }

    private static boolean isHere(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }

    private Ran run(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Path err = folder.resolve("err");
        builder.redirectError(err.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, Files.readString(err));
    }
}
