package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.model.ProcessIdentity;
import orchestrator.store.AttemptFolder.ExitMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script that runs an attempt, with each shell that is there, without a terminal. */
class RunScriptTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    @TempDir Path folder;
    private StateFolder state;
    private Path worktree;
    private final List<Process> started = new ArrayList<>();

    static Stream<Path> shells() {
        return Stream.of("/bin/sh", "/bin/dash", "/bin/bash").map(Path::of).filter(Files::exists);
    }

    @BeforeEach
    void make() throws IOException {
        state = StateFolder.create(folder.resolve("state"));
        worktree = Files.createDirectory(folder.resolve("work tree"));
        Files.writeString(worktree.resolve(".git"), "gitdir: elsewhere\n");
    }

    @AfterEach
    void end() throws IOException {
        Files.deleteIfExists(folder.resolve("sh"));
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private AttemptFolder attempt(Map<String, String> environment, String... argv) {
        return AttemptFolder.create(
                state,
                Samples.ATTEMPT,
                new AttemptFolder.Call(
                        "the prompt\n", List.of(argv), environment, worktree, "rehearsal"));
    }

    private AttemptFolder sh(String script) {
        return attempt(Map.of(), "/bin/sh", "-c", script);
    }

    /** Runs it with a shell under the name sh, as on systems where sh is that shell. */
    private Process start(Path shell, AttemptFolder attempt) throws IOException {
        Path sh = folder.resolve("sh");
        Files.deleteIfExists(sh);
        Files.createSymbolicLink(sh, shell.toRealPath());
        List<String> command = new ArrayList<>(attempt.command());
        command.set(0, sh.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(AttemptFolder.marks(Samples.ATTEMPT, "workspace"));
        builder.directory(folder.toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String run(Path shell, AttemptFolder attempt) throws Exception {
        Process process = start(shell, attempt);
        process.getOutputStream().close();
        String said = Child.output(process);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @ParameterizedTest
    @MethodSource("shells")
    void the_agent_gets_its_prompt_and_its_output_and_exit_are_kept(Path shell) throws Exception {
        AttemptFolder attempt = sh("pwd; cat; echo trouble >&2; umask; exit 7");
        Files.writeString(attempt.transcript(), "what people read\n");

        String said = run(shell, attempt);

        assertThat(attempt.exit()).contains(new ExitMark(7, false));
        assertThat(attempt.stream())
                .content()
                .startsWith(worktree.toRealPath() + "\nthe prompt\n")
                .as("the agent keeps the user's umask")
                .doesNotEndWith("077\n");
        assertThat(attempt.stderrTail(100)).isEqualTo("trouble\n");
        assertThat(said)
                .containsPattern(
                        "(?m)^\\[DEADMAN] START \\d{4}-\\S+Z issue proof#52 stage write_tests attempt 3 \\(attempt-3-4711\\)$")
                .containsPattern("(?m)^\\[DEADMAN] EXIT \\d{4}-\\S+Z code=7$");
        assertThat(attempt.started()).isTrue();
        for (String name : List.of("exit", "process", "stream.jsonl", "stderr.log")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(attempt.path().resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void an_agent_whose_output_meets_a_full_disk_still_leaves_its_exit(Path shell)
            throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        AttemptFolder attempt = sh("echo lost || exit 9; exit 0");
        Files.createSymbolicLink(attempt.stream(), full);
        Files.createSymbolicLink(attempt.stderr(), full);

        String said = run(shell, attempt);

        assertThat(attempt.exit()).contains(new ExitMark(9, false));
        assertThat(said).contains("code=9");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void an_agent_whose_output_cannot_even_be_opened_leaves_an_exit(Path shell) throws Exception {
        AttemptFolder attempt = sh("exit 0");
        Files.createDirectory(attempt.stream());

        String said = run(shell, attempt);

        assertThat(attempt.exit()).isPresent();
        assertThat(attempt.exit().get().code()).isNotZero();
        assertThat(said).contains("[DEADMAN] EXIT");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void the_process_that_is_written_is_the_script(Path shell) throws Exception {
        AttemptFolder attempt = sh("cat /proc/$PPID/stat");
        Process process = start(shell, attempt);
        process.waitFor(20, TimeUnit.SECONDS);

        ProcessIdentity identity = attempt.process().orElseThrow();
        assertThat(identity.pid()).isEqualTo(process.pid());
        String stat = Files.readString(attempt.stream());
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        assertThat(identity.startTicks()).isEqualTo(Long.parseLong(fields[19]));
        assertThat(identity.bootId())
                .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void hostile_words_and_variables_arrive_as_they_are_and_run_nothing(Path shell)
            throws Exception {
        List<String> words =
                List.of(
                        "$(touch " + folder + "/x1)",
                        "`touch " + folder + "/x2`",
                        "-n",
                        "-e",
                        "--",
                        "",
                        "  spaces  ",
                        "\t tab\t",
                        "back\\slash\\n\\",
                        "'\"'\"$HOME*?[a]",
                        "; touch " + folder + "/x3 #",
                        "é😀\u2028",
                        "\r",
                        "x".repeat(100_000),
                        "");
        Map<String, String> variables = new TreeMap<>();
        for (int i = 0; i < words.size(); i++) {
            variables.put("HOSTILE_" + i, words.get(i));
        }
        variables.put("IFS", "a");
        variables.put("o_dir", "/nowhere");
        List<String> argv = new ArrayList<>();
        String print = "for w in \"$@\"; do printf '%s\\n' \"$w\"; done; env -0 >\"$0\"";
        argv.addAll(List.of("/bin/sh", "-c", print, folder.resolve("env").toString()));
        argv.addAll(words);
        AttemptFolder attempt = attempt(variables, argv.toArray(String[]::new));

        run(shell, attempt);

        assertThat(attempt.exit()).contains(new ExitMark(0, false));
        assertThat(attempt.stream()).content().isEqualTo(String.join("\n", words) + "\n");
        List<String> environment = List.of(Files.readString(folder.resolve("env")).split("\0", -1));
        variables.remove("IFS"); // A shell sets its own.
        variables.forEach((name, value) -> assertThat(environment).contains(name + "=" + value));
        assertThat(environment).contains("ORCHESTRATOR_ATTEMPT=attempt-3-4711");
        assertThat(folder.resolve("x1")).doesNotExist();
        assertThat(folder.resolve("x2")).doesNotExist();
        assertThat(folder.resolve("x3")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void lines_without_an_end_and_lines_that_are_no_variables_do_no_harm(Path shell)
            throws Exception {
        AttemptFolder attempt = sh("unused");
        Files.writeString(
                attempt.path().resolve("argv"), "/bin/sh\n-c\nprintf '%s' \"$A$PATH\"; exit 4");
        Files.writeString(
                attempt.path().resolve("environment"),
                "\nnoequals\n=x\n1A=x\nA B=x\n$(touch y)=x\nUID=3\nPATH=/no/where\nA=last");

        run(shell, attempt);

        assertThat(attempt.exit()).contains(new ExitMark(4, false));
        assertThat(attempt.stream()).content().isEqualTo("last/no/where");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_second_run_is_refused_and_changes_nothing(Path shell) throws Exception {
        AttemptFolder attempt = sh("echo once; exit 3");
        run(shell, attempt);
        Files.delete(attempt.stream());
        assertThat(run(shell, attempt)).contains("has run before");
        assertThat(attempt.stream()).doesNotExist();
        assertThat(attempt.exit()).contains(new ExitMark(3, false));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_missing_worktree_is_exit_125_and_the_agent_never_starts(Path shell) throws Exception {
        Files.delete(worktree.resolve(".git"));
        AttemptFolder emptied = sh("echo started");
        assertThat(run(shell, emptied)).contains("The worktree is not there");
        assertThat(emptied.exit()).contains(new ExitMark(125, false));
        assertThat(emptied.stream()).doesNotExist();
        assertThat(emptied.stderrTail(8192)).contains(worktree.toString());

        Files.delete(worktree);
        AttemptFolder gone =
                AttemptFolder.create(
                        state, Samples.attempt(4), Samples.call(worktree, "/bin/echo", "started"));
        run(shell, gone);
        assertThat(gone.exit()).contains(new ExitMark(125, false));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void an_agent_that_is_not_there_is_exit_127_and_says_so(Path shell) throws Exception {
        AttemptFolder attempt = attempt(Map.of(), "/no/such/agent");
        run(shell, attempt);
        assertThat(attempt.exit()).contains(new ExitMark(127, false));
        assertThat(attempt.stderrTail(8192)).contains("/no/such/agent");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void an_agent_ended_by_a_signal_is_128_and_the_signal(Path shell) throws Exception {
        AttemptFolder attempt = sh("kill -9 $$");
        run(shell, attempt);
        assertThat(attempt.exit()).contains(new ExitMark(137, false));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void term_and_hangup_to_the_script_reach_nobody_else_and_the_exit_is_written(Path shell)
            throws Exception {
        AttemptFolder attempt =
                sh("trap 'echo signalled' TERM HUP; echo up; until [ -e go ]; do sleep 0.05; done");
        Process script = start(shell, attempt);
        await().atMost(SOON).until(() -> Files.exists(attempt.stream()));
        await().atMost(SOON).until(() -> Files.size(attempt.stream()) > 0);
        signal("TERM", script.pid());
        signal("HUP", script.pid());
        Files.createFile(worktree.resolve("go"));

        await().atMost(SOON).until(() -> attempt.exit().isPresent());
        assertThat(attempt.exit()).contains(new ExitMark(0, false));
        assertThat(attempt.stream()).content().isEqualTo("up\n");
        assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_killed_script_leaves_no_exit_but_its_process(Path shell) throws Exception {
        AttemptFolder attempt = sh("echo up; exec sleep 60");
        Process script = start(shell, attempt);
        await().atMost(SOON).until(() -> Files.exists(attempt.stream()));
        await().atMost(SOON).until(() -> Files.size(attempt.stream()) > 0);
        List<ProcessHandle> below = script.descendants().toList();

        signal("KILL", script.pid());

        assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(attempt.exit()).isEmpty();
        assertThat(attempt.process()).map(ProcessIdentity::pid).contains(script.pid());
        below.forEach(ProcessHandle::destroyForcibly);
        assertThat(below).isNotEmpty();
    }

    /** A folder in the place of the new file stands in for the full disk, until it is removed. */
    @ParameterizedTest
    @MethodSource("shells")
    void an_exit_that_finds_no_room_is_tried_again(Path shell) throws Exception {
        AttemptFolder attempt = sh("exit 5");
        Path blocker = Files.createDirectory(attempt.path().resolve("exit.tmp"));
        Process script = start(shell, attempt);
        script.getOutputStream().close();
        StringBuilder said = new StringBuilder();
        var in = script.inputReader(StandardCharsets.UTF_8);
        while (said.indexOf("[DEADMAN] EXIT") < 0) {
            said.append(Optional.ofNullable(in.readLine()).orElse("[DEADMAN] EXIT never"));
        }
        assertThat(attempt.exit()).isEmpty();
        assertThat(script.isAlive()).isTrue();
        Files.delete(blocker);
        await().atMost(SOON).until(() -> attempt.exit().isPresent());
        assertThat(attempt.exit()).contains(new ExitMark(5, false));
    }

    @Test
    void nothing_of_it_is_left_when_it_has_ended() throws Exception {
        AttemptFolder attempt = sh("exit 0");
        Process script = start(Path.of("/bin/sh"), attempt);
        String said = Child.output(script); // Ends only when the display's tail has ended, too.
        assertThat(said).contains("code=0");
        assertThat(attempt.exit()).isPresent();
    }

    static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid).start();
        assertThat(kill.waitFor()).isZero();
    }
}
