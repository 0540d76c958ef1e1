package orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real script under the real shell, in a real repository. */
@Timeout(60)
class RehearsalTest {
    private static final String MARK = "RehearsalTest-" + ProcessHandle.current().pid();

    @TempDir Path folder;
    private Path repository;
    private Path stdout;
    private Rehearsal rehearsal;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void make_a_repository() throws Exception {
        repository = Files.createDirectory(folder.resolve("work \"tree\""));
        stdout = folder.resolve("stream.jsonl");
        git("init", "-q", "-b", "main");
        git(
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "0");
        rehearsal = new Rehearsal(Rehearsal.install(folder.resolve("state")));
    }

    @AfterEach
    void end_what_was_started() {
        for (Process process : started) {
            kill(process);
        }
        carryingOurMark().forEach(ProcessHandle::destroyForcibly);
    }

    /** The script first: it would wait anew for a child that was killed. */
    private static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void a_good_run_commits_and_is_read_like_claude() throws Exception {
        Ended ended = run("outcome=good lines=4", 3, "write_tests", 2);
        assertThat(ended.outcome()).isInstanceOf(AgentOutcome.Done.class);
        assertThat(ended.read().facts().damaged()).isZero();
        assertThat(ended.read().facts().sessionId()).isEqualTo(Attempts.SESSION);
        assertThat(ended.read().facts().worked()).isTrue();
        assertThat(ended.read().facts().usage().costUsd()).isEqualTo(0.0123);
        assertThat(ended.read().facts().usage().inputTokens()).isPositive();
        assertThat(ended.read().text())
                .contains("The prompt has 100000 bytes; this is attempt 2 of issue 3 in demo.")
                .contains("● Edit: rehearsal/issue-3/write_tests.md");
        assertThat(git("log", "--format=%s|%an", "-1"))
                .isEqualTo("[demo] write_tests: rehearse issue #3 (attempt 2)|Rehearsal Agent");
        assertThat(git("status", "--porcelain")).isEmpty();
        run("outcome=good lines=1", 3, "write_tests", 3);
        assertThat(git("rev-list", "--count", "HEAD")).isEqualTo("3");
    }

    @Test
    void what_others_left_in_the_worktree_is_not_committed_along() throws Exception {
        Files.writeString(repository.resolve("other.txt"), "x");
        git("add", "other.txt");
        run("outcome=good lines=1", 3, "implement", 1);
        assertThat(git("status", "--porcelain")).isEqualTo("A  other.txt");
    }

    @Test
    void it_commits_in_a_repository_that_ignores_everything_and_whose_hooks_refuse()
            throws Exception {
        Files.writeString(repository.resolve(".gitignore"), "*\n");
        Path hook = repository.resolve(".git/hooks/commit-msg");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run("outcome=good lines=1", 3, "implement", 1).outcome())
                .isInstanceOf(AgentOutcome.Done.class);
        assertThat(git("show", "--format=%an", "--name-only"))
                .isEqualTo("Rehearsal Agent\n\nrehearsal/issue-3/implement.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "link", "submodule"})
    void it_writes_beside_what_the_repository_has_in_its_folders_place(String what)
            throws Exception {
        Path taken = repository.resolve("rehearsal");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        switch (what) {
            case "file" -> Files.writeString(taken, "theirs");
            case "link" -> Files.createSymbolicLink(taken, outside);
            default -> {
                String commit = git("rev-parse", "HEAD");
                git("update-index", "--add", "--cacheinfo", "160000," + commit + ",rehearsal");
                Files.createDirectory(taken);
            }
        }
        assertThat(run("outcome=good lines=1", 3, "implement", 1).outcome())
                .isInstanceOf(AgentOutcome.Done.class);
        assertThat(git("show", "--format=", "--name-only"))
                .isEqualTo("orchestrator-rehearsal/issue-3/implement.md");
        assertThat(outside).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "good, 0, Done, 1, ''",
        "no-commit, 0, Done, 0, ''",
        "uncommitted, 0, Done, 0, ?? rehearsal/",
        "empty, 0, NoWork, 0, ''",
        "zero-turns, 0, NoWork, 0, ''",
        "crash, 1, CrashedEmpty, 0, ''",
        "error, 1, Failed, 1, ''",
        "usage-limit, 1, UsageLimit, 0, ''",
        "overloaded, 1, Overloaded, 0, ''",
        "network, 1, Network, 0, ''",
        "not-logged-in, 1, NotLoggedIn, 0, ''",
        "no-credit, 1, NoCredit, 0, ''",
        "prompt-too-long, 1, PromptTooLong, 0, ''",
        "error-exit, 1, Failed, 1, ''",
        "two-results, 0, Done, 1, ''",
        "quiet, 0, Done, 1, ''",
        "writes, 0, Done, 1, ''",
        "no-session, 0, Done, 1, ''",
        "split-lines, 0, Done, 1, ''",
        "huge-line, 0, Done, 1, ''",
        "invalid-utf8, 0, Done, 1, ''",
    })
    void each_outcome_ends_as_it_is_named(
            String outcome, int code, String judged, int commits, String status) throws Exception {
        Ended ended = run("outcome=" + outcome + " lines=2", 5, "implement", 1);
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.outcome().getClass().getSimpleName()).isEqualTo(judged);
        assertThat(git("rev-list", "--count", "HEAD")).isEqualTo(Integer.toString(commits + 1));
        assertThat(git("status", "--porcelain")).isEqualTo(status);
        boolean odd = outcome.equals("huge-line") || outcome.equals("invalid-utf8");
        assertThat(ended.read().facts().damaged()).isEqualTo(odd ? 1 : 0);
    }

    @Test
    void a_usage_limit_resets_when_the_scenario_says() throws Exception {
        Instant before = Instant.now();
        Ended ended = run("outcome=usage-limit reset=600", 5, "implement", 1);
        assertThat(ended.read().facts().limitResetsAt().orElseThrow())
                .isBetween(before.plusSeconds(598), Instant.now().plusSeconds(601));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-start", "hang-mid", "hang-after-result"})
    void a_hang_stays_until_term_and_then_ends_at_once_with_143(String outcome) throws Exception {
        Process process = start("outcome=" + outcome + " lines=2", 5, "implement", 1);
        awaitWait(process);
        if (outcome.equals("hang-start")) {
            assertThat(stdout).isEmptyFile();
        } else {
            assertThat(facts().worked()).isTrue();
        }
        assertThat(facts().result().isPresent()).isEqualTo(outcome.equals("hang-after-result"));
        assertThat(process.isAlive()).isTrue();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(facts().result().isPresent()).isEqualTo(outcome.equals("hang-after-result"));
    }

    @Test
    void an_interrupt_in_the_middle_of_a_long_pause_ends_it_at_once_with_0() throws Exception {
        Process process = start("outcome=good lines=1 seconds=600", 5, "implement", 1);
        awaitWait(process);
        signal("INT", process);
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(judge(0).getClass()).isEqualTo(AgentOutcome.Interrupted.class);
        assertThat(git("rev-list", "--count", "HEAD")).isEqualTo("1");
    }

    @Test
    void an_agent_that_ignores_term_lives_until_it_is_killed() throws Exception {
        Process process = start("outcome=ignore-term lines=2", 5, "implement", 1);
        awaitWait(process);
        signal("TERM", process);
        signal("INT", process);
        await().during(Duration.ofMillis(500)).until(process::isAlive);
        kill(process);
        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void a_left_child_lives_on_in_a_session_of_its_own_and_holds_no_output() throws Exception {
        Ended ended = run("outcome=leave-child lines=1", 5, "implement", 1);
        assertThat(ended.outcome()).isInstanceOf(AgentOutcome.Done.class);
        List<ProcessHandle> left = carryingOurMark();
        assertThat(left).hasSize(1);
        left.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void a_worktree_git_will_not_commit_in_is_an_error_not_a_success() throws Exception {
        Files.writeString(repository.resolve(".git/index.lock"), "");
        Ended ended = run("outcome=good lines=1", 5, "implement", 1);
        assertThat(ended.code()).isOne();
        assertThat(ended.outcome().phrase()).contains("git would not commit");
    }

    @Test
    void which_attempt_at_a_stage_it_is_is_counted_from_the_folders() throws Exception {
        Path attempts = Files.createDirectories(folder.resolve("attempts/demo/5"));
        for (String name :
                new String[] {"001-draft", "002-draft", "003-implement", "005-draft", "x"}) {
            Files.createDirectory(attempts.resolve(name));
        }
        Path scenario = scenario("stage=draft attempt=3 outcome=crash");
        assertThat(outcomeOf(scenario, Attempts.of(5, "draft", 4), attempts)).isEqualTo("crash");
        assertThat(outcomeOf(scenario, Attempts.of(5, "draft", 5), attempts)).isEqualTo("crash");
        assertThat(outcomeOf(scenario, Attempts.of(5, "draft", 2), attempts)).isEqualTo("good");
        assertThat(outcomeOf(scenario, Attempts.of(5, "implement", 4), attempts)).isEqualTo("good");
    }

    @Test
    void a_wrong_scenario_is_told_by_the_check_and_stops_the_call() throws Exception {
        Path scenario = scenario("outcome=nonsense");
        assertThat(rehearsal.check(Attempts.rehearsal(Optional.of(scenario))))
                .singleElement()
                .asString()
                .contains(scenario + ":1:");
        assertThatThrownBy(() ->
                        rehearsal.call(
                                Attempts.rehearsal(Optional.of(scenario)),
                                Attempts.of(5, "draft", 1),
                                folder))
                .isInstanceOf(Fault.class);
        assertThat(rehearsal.check(Attempts.rehearsal(Optional.empty()))).isEmpty();
    }

    @Test
    void a_script_that_the_launch_is_yet_to_write_is_no_problem() {
        assertThat(new Rehearsal(folder.resolve("no")).check(Attempts.rehearsal(Optional.empty())))
                .isEmpty();
    }

    @Test
    void installing_again_leaves_the_same_script_alone_and_mends_another() throws Exception {
        Path script = Rehearsal.install(folder.resolve("state"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwx------");
        Object before = Files.readAttributes(script, "unix:ino").get("ino");
        Rehearsal.install(folder.resolve("state"));
        assertThat(Files.readAttributes(script, "unix:ino").get("ino")).isEqualTo(before);
        Files.writeString(script, "broken");
        Rehearsal.install(folder.resolve("state"));
        assertThat(Files.readString(script)).startsWith("#!/bin/sh\n");
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            assertThat(files).hasSize(1);
        }
    }

    // ---------------------------------------------------------------------------------------------

    private record Ended(int code, Streams.Read read, AgentOutcome outcome) {}

    private Ended run(String rule, int issue, String stage, int number) throws Exception {
        Process process = start(rule, issue, stage, number);
        int code = process.waitFor();
        return new Ended(code, Streams.read(Files.readAllBytes(stdout)), judge(code));
    }

    /** Starts it as an attempt's script would, with no time between its steps. */
    private Process start(String rule, int issue, String stage, int number) throws Exception {
        Path scenario = scenario(rule + (rule.contains("seconds=") ? "" : " seconds=0"));
        Attempt attempt = Attempts.of(issue, stage, number);
        Path own = folder.resolve(attempt.folderName());
        Agent.Call call = rehearsal.call(Attempts.rehearsal(Optional.of(scenario)), attempt, own);
        Path prompt = Files.writeString(folder.resolve("prompt.md"), "p".repeat(100_000));
        // A test may be run with INT ignored, which a shell could not undo.
        List<String> argv = new ArrayList<>(List.of("env", "--default-signal=INT"));
        argv.addAll(call.argv());
        ProcessBuilder builder =
                new ProcessBuilder(argv)
                        .directory(repository.toFile())
                        .redirectInput(prompt.toFile())
                        .redirectOutput(stdout.toFile())
                        .redirectError(folder.resolve("stderr.log").toFile());
        builder.environment().putAll(call.environment());
        builder.environment().putAll(noUserConfig());
        builder.environment().put("ORCHESTRATOR_ATTEMPT", MARK);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private AgentOutcome judge(int code) throws IOException {
        return rehearsal.judge(
                facts(),
                new Agent.Exit(
                        Optional.of(code), false, Files.readString(folder.resolve("stderr.log"))));
    }

    private StreamFacts facts() throws IOException {
        return Streams.read(Files.readAllBytes(stdout)).facts();
    }

    private String outcomeOf(Path scenario, Attempt attempt, Path attempts) {
        return rehearsal
                .call(
                        Attempts.rehearsal(Optional.of(scenario)),
                        attempt,
                        attempts.resolve(attempt.folderName()))
                .environment()
                .getOrDefault("REHEARSAL_OUTCOME", "");
    }

    private Path scenario(String rule) throws IOException {
        return Files.writeString(folder.resolve("test.scenario"), rule + "\n");
    }

    /** Waits until the script waits: its only child is then a sleep. */
    private static void awaitWait(Process process) {
        await().until(() ->
                process.children()
                        .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
    }

    private static void signal(String name, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static List<ProcessHandle> carryingOurMark() {
        return ProcessHandle.allProcesses()
                .filter(handle -> {
                    try {
                        Path file = Path.of("/proc/" + handle.pid() + "/environ");
                        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                                .contains(MARK);
                    } catch (IOException goneOrNotOurs) {
                        return false;
                    }
                })
                .toList();
    }

    private static Map<String, String> noUserConfig() {
        return Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null");
    }

    private String git(String... arguments) throws Exception {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(repository.toFile()).redirectErrorStream(true);
        builder.environment().putAll(noUserConfig());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.stripTrailing();
    }
}
