package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecRunnerTest {
    private final ExecRunner runner = new ExecRunner();

    @TempDir Path folder;

    @Test
    void words_arrive_as_they_are_and_run_nothing() {
        List<String> words =
                List.of(
                        "$(touch x)",
                        "`touch x`",
                        "; touch x",
                        " both ends ",
                        "",
                        "\"a' b\\",
                        "two\nlines",
                        "-x",
                        "*",
                        "${HOME}");
        List<String> argv = new ArrayList<>(List.of("printf", "<%s>"));
        argv.addAll(words);

        Outcome.Exited exited = exited(Command.of(argv).in(folder));

        assertThat(exited.stdout()).isEqualTo("<" + String.join("><", words) + ">");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void exit_code_and_both_streams_are_told_apart() {
        Outcome.Exited exited = exited(sh("echo out; echo err >&2; exit 7"));

        assertThat(exited.code()).isEqualTo(7);
        assertThat(exited.ok()).isFalse();
        assertThat(exited.stdout()).isEqualTo("out\n");
        assertThat(exited.stderr()).isEqualTo("err\n");
    }

    @Test
    void an_end_by_a_signal_is_128_and_its_number() {
        assertThat(exited(sh("kill -KILL $$")).code()).isEqualTo(137);
    }

    @Test
    void output_is_utf_8_and_malformed_bytes_are_replaced() {
        assertThat(exited(sh("printf '\\303\\251\\360\\237\\230\\200\\377'")).stdout())
                .isEqualTo("é😀\uFFFD");
    }

    @Test
    void variables_are_added_replaced_and_taken_out() {
        Outcome.Exited exited =
                exited(
                        sh("echo \"$ADDED,$PATH,${HOME-unset}\"")
                                .with("ADDED", "a b")
                                .with("PATH", "/nowhere")
                                .without("HOME"));

        assertThat(exited.stdout()).isEqualTo("a b,/nowhere,unset\n");
    }

    @Test
    void what_our_own_start_set_for_us_alone_is_not_inherited() {
        List<String> inherited =
                System.getenv().keySet().stream()
                        .filter(name -> !name.equals("PATH") && exited(echo(name)).ok())
                        .limit(3)
                        .toList();
        assertThat(inherited).hasSize(3);
        System.setProperty(Launching.OUR_OWN, inherited.get(0) + "," + inherited.get(1));
        try {
            assertThat(exited(echo(inherited.get(0))).ok()).isFalse();
            assertThat(exited(echo(inherited.get(1))).ok()).isFalse();
            assertThat(exited(echo(inherited.get(2))).ok()).isTrue();
        } finally {
            System.clearProperty(Launching.OUR_OWN);
        }
    }

    private static Command echo(String variable) {
        return Command.of("printenv", variable);
    }

    @Test
    void it_runs_in_the_folder_asked_for() throws IOException {
        assertThat(exited(Command.of("pwd", "-P").in(folder)).stdout().strip())
                .isEqualTo(folder.toRealPath().toString());
    }

    @Test
    void large_input_is_given_whole_even_to_a_child_that_writes_first() {
        String text = "zeile é\n".repeat(100_000);

        assertThat(exited(Command.of("cat").input(text)).stdout()).isEqualTo(text);
        assertThat(exited(Command.of("true").input(text)).ok()).isTrue();
    }

    @Test
    void without_input_standard_input_is_the_null_device() {
        assertThat(exited(sh("test -c /dev/stdin && cat && readlink /dev/fd/0")).stdout())
                .isEqualTo("/dev/null\n");
    }

    @Test
    void no_input_file_is_left_behind() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        // The name that the child sees is the name that must be gone.
        String name = exited(sh("readlink /dev/fd/0").input("x")).stdout().strip();

        assertThat(name).contains("orchestrator-input-");
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files.map(Path::toString)).doesNotContain(name.replace(" (deleted)", ""));
        }
    }

    @Test
    void output_beyond_the_limit_is_cut_and_the_child_still_ends() {
        Outcome outcome =
                new ExecRunner(1000).run(sh("head -c 5000000 /dev/zero | tr '\\0' x; echo e >&2"));

        assertThat(outcome).isEqualTo(new Outcome.Exited(0, "x".repeat(1000), "e\n"));
    }

    @Test
    void megabytes_arrive_whole() {
        Outcome.Exited exited = exited(sh("head -c 6000000 /dev/zero | tr '\\0' x"));

        assertThat(exited.stdout()).hasSize(6_000_000);
    }

    @Test
    void a_timeout_ends_the_child_and_its_descendants() {
        long start = System.nanoTime();
        Outcome outcome =
                runner.run(
                        sh("echo before; sleep 300 & echo $!; sh -c 'sleep 301; true'")
                                .within(Duration.ofMillis(300)));

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        Outcome.TimedOut late = (Outcome.TimedOut) outcome;
        assertThat(late.after()).isEqualTo(Duration.ofMillis(300));
        assertThat(late.stdout()).startsWith("before\n");
        assertThat(gone(Long.parseLong(late.stdout().lines().skip(1).findFirst().orElseThrow())))
                .isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_child_that_ignores_term_is_killed_after_the_grace() {
        long start = System.nanoTime();
        Outcome outcome =
                runner.run(
                        sh("trap '' TERM; echo $$; while :; do sleep 1; done")
                                .within(Duration.ofMillis(200)));
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(gone(Long.parseLong(((Outcome.TimedOut) outcome).stdout().strip()))).isTrue();
        assertThat(took).isBetween(Child.GRACE, Duration.ofSeconds(6));
    }

    @Test
    void an_interruption_ends_the_child_and_the_flag_is_back() throws Exception {
        Path told = folder.resolve("pid");
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            outcome.set(runner.run(sh("echo $$ >pid; sleep 300").in(folder)));
                            flag.set(Thread.currentThread().isInterrupted());
                        });
        await().until(() -> Files.exists(told) && Files.size(told) > 0);

        thread.interrupt();
        thread.join(Duration.ofSeconds(10));

        // By TERM, or by KILL where the machine is too busy for it to end within the grace.
        assertThat(outcome.get())
                .isIn(new Outcome.Exited(143, "", ""), new Outcome.Exited(137, "", ""));
        assertThat(flag.get()).isTrue();
        assertThat(gone(Long.parseLong(Files.readString(told).strip()))).isTrue();
    }

    @Test
    void an_interrupted_thread_starts_nothing_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        Outcome outcome = runner.run(Command.of("touch", folder.resolve("x").toString()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reason(outcome)).contains("interrupted");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_cannot_start_says_why() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "x");

        assertThat(reason(runner.run(Command.of("no-such-tool"))))
                .startsWith("no-such-tool was not found on the PATH");
        assertThat(reason(runner.run(Command.of(folder + "/none"))))
                .isEqualTo("there is no file " + folder + "/none");
        assertThat(reason(runner.run(Command.of(plain.toString()))))
                .contains("not an executable file");
        assertThat(reason(runner.run(Command.of("true").in(folder.resolve("gone")))))
                .contains(folder + "/gone", "does not exist");
        assertThat(reason(runner.run(Command.of("true", "x".repeat(200_000)))))
                .contains("longer than the system allows");
        assertThat(reason(runner.run(Command.of("true", "a\0b")))).contains("NUL");
        assertThat(reason(runner.run(Command.of("true").with("A=B", "c")))).contains("A=B");
        assertThat(reason(runner.run(Command.of(List.of())))).contains("without an executable");
        assertThat(reason(runner.run(Command.of("true", "\ud800")))).contains("locale");
    }

    @Test
    void a_grandchild_that_keeps_the_pipe_open_holds_nobody_up() {
        long start = System.nanoTime();
        Outcome.Exited exited = exited(sh("(sleep 30; echo late) & echo $!"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        end(Long.parseLong(exited.stdout().strip()));
    }

    @Test
    void a_grandchild_that_writes_on_holds_nobody_up() {
        long start = System.nanoTime();
        Outcome.Exited exited =
                exited(sh("(while :; do echo noise; sleep 0.01; done) & echo $! >&2; sleep 0.2"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(exited.stdout()).startsWith("noise\n");
        end(Long.parseLong(exited.stderr().strip()));
    }

    @Test
    void many_runs_leave_no_descriptor_and_no_thread() {
        run(20);
        long files = descriptors();
        long threads = ownThreads();

        run(300);

        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(files + 2));
        assertThat(ownThreads()).isLessThanOrEqualTo(threads + 2);
    }

    @Test
    void a_short_command_takes_milliseconds() {
        run(100);
        long[] nanos = new long[100];
        for (int at = 0; at < nanos.length; at++) {
            long start = System.nanoTime();
            run(1);
            nanos[at] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        // A few milliseconds; the bound leaves room for a busy machine.
        assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(25));
    }

    @Test
    void many_threads_may_run_at_once() throws Exception {
        List<Thread> threads =
                Stream.generate(() -> Thread.ofVirtual().start(() -> run(10))).limit(20).toList();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    private void run(int times) {
        for (int count = 0; count < times; count++) {
            assertThat(runner.run(Command.of("echo", "x")))
                    .isEqualTo(new Outcome.Exited(0, "x\n", ""));
        }
    }

    /** The virtual machine keeps the threads that collect children for a minute, for the next. */
    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper"))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .count();
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome.Exited exited(Command command) {
        Outcome outcome = runner.run(command);
        assertThat(outcome).isInstanceOf(Outcome.Exited.class);
        return (Outcome.Exited) outcome;
    }

    private static Command sh(String script) {
        return Command.of("sh", "-c", script);
    }

    private static String reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.CouldNotStart.class);
        return ((Outcome.CouldNotStart) outcome).reason();
    }

    private static boolean gone(long pid) {
        return ProcessHandle.of(pid).isEmpty() || ProcStat.isZombie(Path.of("/proc"), pid);
    }

    private static void end(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
