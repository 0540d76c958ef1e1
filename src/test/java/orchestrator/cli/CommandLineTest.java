package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import orchestrator.config.Workspace;
import orchestrator.git.Leftovers;
import orchestrator.git.Rescues;
import orchestrator.git.ScratchCopies;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import orchestrator.process.ExecRunner;
import orchestrator.process.SystemProcesses;
import orchestrator.store.RunLock;
import orchestrator.store.StateFolder;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir Path folder;

    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder.resolve("ws"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "init",
                "import",
                "launch",
                "monitor",
                "status",
                "add-issue",
                "attach",
                "pause",
                "resume",
                "restart",
                "stop",
                "retry",
                "push",
                "complete",
                "fail",
                "park",
                "move",
                "rescue",
                "doctor",
                "cleanup",
                "logs",
                "dashboard",
                "continue",
                "completion",
                "man-page",
                "rescue list",
                "rescue restore",
                "plan",
                "report"
            })
    void every_command_explains_itself_and_tells_the_version(String command) {
        String[] none = command.isEmpty() ? new String[0] : command.split(" ");
        CliLab.Said help = lab.anywhere(and(none, "--help"));
        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("Usage: orchestrator" + (command.isEmpty() ? "" : " " + command))
                .contains("--workspace=DIR", "--config=FILE", "--config-dir=DIR")
                .containsPattern("\nExamples?:\n {2}orchestrator|\nExamples:\n {2}source <");
        CliLab.Said version = lab.anywhere(and(none, "--version"));
        assertThat(version).isEqualTo(new CliLab.Said(0, "orchestrator 1.2.3\n", ""));
    }

    @Test
    void help_names_every_command_and_exit_code() {
        assertThat(lab.anywhere("--help").out())
                .contains("launch", "monitor", "status", "add-issue", "attach", "cleanup")
                .contains("dashboard", "Exit codes:\n  0   done\n  1   failed work")
                .contains("\n  2   wrong use", "\n  3   a prereq", "\n  4   another monitor");
        assertThat(lab.anywhere("help", "launch").out()).contains("Usage: orchestrator launch");
    }

    private static String[] and(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                        List.of("--workspace", "{ws}", "status"),
                        List.of("--workspace={ws}", "status"),
                        List.of("status", "--workspace", "{ws}"),
                        List.of("status", "--workspace={ws}"),
                        List.of("--config", "{ws}/config/a-issues.json", "status"),
                        List.of("status", "--config={ws}/config/a-issues.json"),
                        List.of("--config-dir={ws}/config", "status"),
                        List.of("status", "--config-dir", "{ws}/config"))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("places")
    void the_workspace_is_chosen_before_or_after_the_command(List<String> words)
            throws IOException {
        lab.project("a", issue(1, ""));
        CliLab.Said said =
                lab.anywhere(
                        words.stream()
                                .map(word -> word.replace("{ws}", lab.root().toString()))
                                .toArray(String[]::new));
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out()).startsWith(lab.root() + "  session lab  monitor stopped");
    }

    @Test
    void one_way_to_choose_the_workspace_is_enough() {
        CliLab.Said two =
                lab.anywhere("--workspace", "a", "status", "--config-dir", lab.root().toString());
        assertThat(two.exit()).isEqualTo(2);
        assertThat(two.err()).contains("only one of them", "code options-conflict");
        CliLab.Said twice = lab.anywhere("status", "--workspace", "a", "--workspace", "b");
        assertThat(twice.exit()).isEqualTo(2);
        assertThat(twice.err()).contains("--workspace").contains("only once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch", "monitor", "status", "attach", "cleanup", "dashboard"})
    void without_a_workspace_one_sentence_says_so(String command) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        CliLab.Said said = lab.anywhere(command, "--workspace", empty.toString());
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines())
                .containsExactly(
                        "orchestrator: There is no workspace here: there is no folder "
                                + empty
                                + "/config; go to the folder that holds config/, or name it with"
                                + " --workspace, --config or --config-dir.",
                        "orchestrator: code no-workspace");
        assertThat(empty).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "launch",
                "launch --dry-run",
                "monitor",
                "status",
                "status --json",
                "attach",
                "cleanup",
                "dashboard",
                "add-issue 9 --title x",
                "import 9",
                "pause",
                "restart 1",
                "stop",
                "complete 1",
                "move 1 --wave 2",
                "plan",
                "plan --json",
                "report"
            })
    void all_faults_of_the_configuration_are_told_at_once_and_nothing_is_touched(String command)
            throws IOException {
        lab.project(
                "a",
                "{\"number\": 1, \"title\": \"x\", \"depends_on\": [2]},"
                        + " {\"number\": 2, \"title\": 5, \"depends_on\": [1]},"
                        + " {\"number\": 1, \"title\": \"y\"},"
                        + " {\"number\": 4, \"title\": \"z\", \"depends_on\": [77]}");
        lab.write("b", "{\"project\": \"b\",\n  oops}");
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run(command.split(" "));
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains("orchestrator: " + lab.file("b") + ":2:3: ")
                .contains("77")
                .contains("orchestrator: code config-invalid")
                .doesNotContain("\tat ", "Exception");
        assertThat(said.err().lines().filter(line -> line.contains(lab.file("a") + ":")).count())
                .isGreaterThanOrEqualTo(3);
        assertThat(said.err().lines().toList())
                .allMatch(line ->
                        line.matches("orchestrator: (\\S+:\\d+:\\d+: .+|code config-invalid)"));
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void commands_that_only_look_leave_no_trace() throws IOException {
        lab.project("a", issue(1, ""));
        Map<String, String> before = lab.listing();
        assertThat(lab.run("status").exit()).isZero();
        assertThat(lab.run("status", "--json").exit()).isZero();
        assertThat(lab.run("dashboard").exit()).isZero();
        assertThat(lab.run("plan").exit()).isZero();
        assertThat(lab.run("launch", "--dry-run").exit()).isZero();
        assertThat(lab.run("attach").exit()).isEqualTo(1);
        assertThat(lab.run("cleanup").exit()).isZero();
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void a_word_that_is_no_command_or_option_is_answered_with_a_hint() {
        CliLab.Said command = lab.anywhere("lanch");
        assertThat(command.exit()).isEqualTo(2);
        assertThat(command.err())
                .isEqualTo(
                        """
                        orchestrator: There is no command 'lanch' here; did you mean launch?
                        Try: orchestrator --help
                        """);
        CliLab.Said option = lab.anywhere("launch", "--dryrun");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err())
                .isEqualTo(
                        """
                        orchestrator: There is no option '--dryrun' here; did you mean --dry-run?
                        Try: orchestrator launch --help
                        """);
        CliLab.Said extra = lab.anywhere("status", "everything");
        assertThat(extra.exit()).isEqualTo(2);
        assertThat(extra.err()).contains("There is no argument 'everything' here");
        assertThat(lab.anywhere("attach", "two").exit()).isEqualTo(2);
        assertThat(lab.anywhere("add-issue", "1").err()).contains("--title");
    }

    @Test
    void a_workspace_that_another_monitor_holds_is_left_to_it() throws IOException {
        lab.project("a", issue(1, ""));
        StateFolder state = StateFolder.create(lab.state().root());
        try (RunLock lock =
                RunLock.tryAcquire(
                                state.monitorLock(),
                                "terminal",
                                SystemProcesses.create(new ExecRunner()).self())
                        .orElseThrow()) {
            assertThat(lock).isNotNull();
            CliLab.Said said = lab.run("launch");
            assertThat(said.exit()).isEqualTo(4);
            assertThat(said.err())
                    .contains(
                            "held by the monitor in the terminal (pid "
                                    + ProcessHandle.current().pid(),
                            "code workspace-held")
                    .containsPattern("since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\)");
            assertThat(lab.run("monitor").exit()).isEqualTo(4);
        }
    }

    @Test
    void attaching_without_a_session_is_answered_with_a_sentence() throws IOException {
        lab.project("a", issue(1, ""));
        CliLab.Said said = lab.run("attach", "1");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .isEqualTo(
                        """
                        orchestrator: There is no tmux session 'lab'; begin the run with `launch`.
                        orchestrator: code session-absent
                        """);
        assertThat(lab.foreground()).isEmpty();
    }

    @Test
    void cleaning_up_what_never_ran_says_so() throws IOException {
        lab.project("a", issue(1, ""));
        CliLab.Said said = lab.run("cleanup", "--keep-worktrees");
        assertThat(said)
                .isEqualTo(
                        new CliLab.Said(
                                0,
                                "There is nothing to clean up: nothing was ever launched in "
                                        + lab.root()
                                        + ".\n",
                                ""));
    }

    @Test
    void cleaning_up_twice_is_no_fault() throws IOException {
        lab.project("a", issue(1, ""));
        StateFolder.create(lab.state().root());
        assertThat(lab.run("cleanup").exit()).isZero();
        assertThat(lab.run("cleanup").exit()).isZero();
    }

    // ───────────────────────────────────────────────────────────── what nobody expects

    private record Run(int exit, String err) {}

    /** Workspaces that fail on every opening, like a defect in the engine. */
    private Run failing(Throwable failure, Map<String, String> environment) {
        Workspaces broken =
                new Workspaces() {
                    @Override
                    public RunContext look(Workspace workspace, WorkspaceConfig config) {
                        throw sneaky(failure);
                    }

                    @Override
                    public RunContext open(Workspace workspace, WorkspaceConfig config) {
                        throw sneaky(failure);
                    }

                    @Override
                    public NewWorkspaces making() {
                        throw sneaky(failure);
                    }

                    @Override
                    public Rescues rescues() {
                        throw sneaky(failure);
                    }

                    @Override
                    public Leftovers leftovers() {
                        throw sneaky(failure);
                    }

                    @Override
                    public ScratchCopies scratchCopies() {
                        throw sneaky(failure);
                    }

                    @Override
                    public RunContext openInWindow(Workspace workspace, WorkspaceConfig config) {
                        throw sneaky(failure);
                    }
                };
        StringWriter err = new StringWriter();
        Cli cli = new Cli(broken, words -> 0, (context, config) -> {}, environment, "1.2.3");
        int exit =
                cli.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        "status",
                        "--workspace",
                        lab.root().toString());
        return new Run(exit, err.toString());
    }

    private static RuntimeException sneaky(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    static Stream<Throwable> defects() {
        return Stream.of(
                new IllegalStateException("wires\ncrossed"), new StackOverflowError("deep"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void an_internal_error_is_one_sentence_and_its_trace_a_file_of_the_state(Throwable defect)
            throws IOException {
        lab.project("a", issue(1, ""));
        StateFolder state = StateFolder.create(lab.state().root());
        Run run = failing(defect, Map.of());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err())
                .startsWith("orchestrator: Orchestrator itself failed (java.lang.")
                .contains(state.logs() + "/internal-error-", "code internal-error")
                .doesNotContain("\tat ");
        try (Stream<Path> files = Files.list(state.logs())) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file ->
                            assertThat(Files.readString(file))
                                    .startsWith("orchestrator 1.2.3 at ")
                                    .contains(defect.getClass().getName(), "\tat "));
        }
    }

    @Test
    void without_a_state_folder_none_is_made_for_an_internal_error() throws IOException {
        lab.project("a", issue(1, ""));
        Run run = failing(new IllegalStateException("crossed"), Map.of());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("ORCHESTRATOR_DEBUG=1").doesNotContain("\tat ");
        assertThat(lab.state().root()).doesNotExist();
    }

    @Test
    void debugging_prints_the_trace() throws IOException {
        lab.project("a", issue(1, ""));
        Run run = failing(new IllegalStateException("crossed"), Map.of("ORCHESTRATOR_DEBUG", "1"));
        assertThat(run.err()).contains("code internal-error", "its stack trace follows", "\tat ");
        CliLab.Said fault =
                lab.with("ORCHESTRATOR_DEBUG", "1")
                        .anywhere("status", "--workspace", folder.toString());
        assertThat(fault.exit()).isEqualTo(2);
        assertThat(fault.err()).contains("code no-workspace", "\tat ");
    }
}
