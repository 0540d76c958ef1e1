package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import orchestrator.model.Fault;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both ways of looking at processes promise, over real ones. */
class ProcessesTest {
    private static final String MARKER = "ORCHESTRATOR_TEST_MARKER";
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecRunner runner = new ExecRunner();
    private final String value = UUID.randomUUID().toString();
    private final List<Process> started = new ArrayList<>();

    @TempDir Path folder;

    @BeforeEach
    void nothing_carries_the_marker_yet() throws IOException {
        assertThat(new LinuxProcesses(Path.of("/proc"), () -> 100).carrying(MARKER, value))
                .isEmpty();
    }

    @AfterEach
    void end_what_was_started() throws IOException {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
        });
        new LinuxProcesses(Path.of("/proc"), () -> 100).end(MARKER, value, NONE, NONE);
    }

    private Processes processes(String kind) {
        return kind.equals("linux")
                ? SystemProcesses.create(runner)
                : new PortableProcesses(runner, "Linux");
    }

    private Process start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
        builder.environment().put(MARKER, value);
        builder.directory(folder.toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private long told(String name) {
        Path file = folder.resolve(name);
        await().until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> pids(List<ProcessIdentity> identities) {
        return identities.stream().map(ProcessIdentity::pid).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void a_process_is_alive_until_it_ends_and_then_gone(String kind) throws Exception {
        Processes processes = processes(kind);
        Process process = start("exec sleep 300");
        ProcessIdentity identity = processes.identify(process.pid()).orElseThrow();

        assertThat(processes.check(identity)).isEqualTo(Liveness.ALIVE);
        process.destroyForcibly().waitFor();
        assertThat(processes.check(identity)).isEqualTo(Liveness.GONE);
        assertThat(processes.identify(process.pid())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void another_process_with_the_same_pid_is_not_taken_for_it(String kind) throws Exception {
        Processes processes = processes(kind);
        ProcessIdentity now = processes.identify(start("exec sleep 300").pid()).orElseThrow();

        assertThat(
                        processes.check(
                                new ProcessIdentity(
                                        now.pid(), now.startTicks() - 500, now.bootId())))
                .isEqualTo(Liveness.GONE);
        assertThat(processes.check(new ProcessIdentity(now.pid(), now.startTicks(), "other-boot")))
                .isEqualTo(Liveness.GONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void a_zombie_counts_as_gone(String kind) throws Exception {
        Processes processes = processes(kind);
        // exec leaves a parent that never collects its child.
        start("sleep 0.3 & echo $! >child; exec sleep 300");
        long child = told("child");
        ProcessIdentity identity = processes.identify(child).orElseThrow();

        await().until(() -> ProcStat.isZombie(Path.of("/proc"), child));
        assertThat(processes.check(identity)).isEqualTo(Liveness.GONE);
        assertThat(processes.identify(child)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void this_process_finds_itself(String kind) {
        Processes processes = processes(kind);

        assertThat(processes.self().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(processes.check(processes.self())).isEqualTo(Liveness.ALIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void cpu_of_a_tree_counts_its_descendants(String kind) throws Exception {
        Processes processes = processes(kind);
        Process busy = start("sh -c 'while :; do :; done'; true");
        ProcessIdentity root = processes.identify(busy.pid()).orElseThrow();

        await().atMost(LONG)
                .until(() ->
                        processes
                                .treeCpu(root)
                                .filter(cpu -> cpu.compareTo(Duration.ofSeconds(1)) >= 0)
                                .isPresent());
        assertThat(busy.info().totalCpuDuration().orElseThrow()).isLessThan(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void cpu_of_a_process_that_is_gone_cannot_be_told(String kind) {
        Processes processes = processes(kind);
        ProcessIdentity self = processes.self();

        assertThat(
                        processes.treeCpu(
                                new ProcessIdentity(
                                        self.pid(), self.startTicks() - 500, self.bootId())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void carriers_are_found_by_the_exact_value_only(String kind) throws Exception {
        Processes processes = processes(kind);
        Process carrier = start("exec sleep 300");
        await().until(() -> processes.carrying(MARKER, value).size() == 1);

        assertThat(pids(processes.carrying(MARKER, value))).containsExactly(carrier.pid());
        assertThat(processes.carrying(MARKER, value.substring(1))).isEmpty();
        assertThat(processes.carrying(MARKER, value.substring(0, 35))).isEmpty();
        assertThat(processes.carrying(MARKER.substring(1), value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void ending_reaches_descendants_that_hide_the_marker(String kind) throws Exception {
        Processes processes = processes(kind);
        Process carrier = start("env -i sh -c 'setsid sleep 300 & echo $! >hidden; wait'; true");
        long hidden = told("hidden");
        ProcessIdentity identity = processes.identify(hidden).orElseThrow();

        assertThat(processes.end(MARKER, value, NONE, LONG)).isEmpty();

        assertThat(processes.check(identity)).isEqualTo(Liveness.GONE);
        assertThat(carrier.waitFor()).isEqualTo(143);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void who_hides_the_marker_is_remembered_when_its_carrier_is_gone(String kind) throws Exception {
        Processes processes = processes(kind);
        start(
                "env -i sh -c 'trap \"\" TERM; echo $$ >hidden; while :; do sleep 0.1; done' &"
                        + " wait");
        ProcessIdentity hidden = processes.identify(told("hidden")).orElseThrow();

        assertThat(processes.end(MARKER, value, NONE, Duration.ofMillis(600))).isEmpty();

        assertThat(processes.check(hidden)).isEqualTo(Liveness.GONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void ending_finds_carriers_that_left_the_tree(String kind) throws Exception {
        Processes processes = processes(kind);
        start("setsid sh -c 'echo $$ >away; trap \"\" HUP; exec sleep 300' & exit 0").waitFor();
        ProcessIdentity away = processes.identify(told("away")).orElseThrow();

        assertThat(processes.end(MARKER, value, NONE, LONG)).isEmpty();
        assertThat(processes.check(away)).isEqualTo(Liveness.GONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void patience_lets_them_leave_by_themselves(String kind) throws Exception {
        Processes processes = processes(kind);
        Process process = start("sleep 0.5; exit 9");

        assertThat(processes.end(MARKER, value, LONG, LONG)).isEmpty();
        assertThat(process.waitFor()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void that_they_seem_gone_is_told_when_none_is_there_and_not_before(String kind)
            throws Exception {
        Processes processes = processes(kind);
        Process process = start("sleep 0.5");
        List<Boolean> alive = new ArrayList<>();

        assertThat(processes.end(MARKER, value, LONG, LONG, () -> alive.add(process.isAlive())))
                .isEmpty();
        assertThat(alive).containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void who_ignores_term_is_killed_after_the_grace(String kind) throws Exception {
        Processes processes = processes(kind);
        Process stubborn = start("trap '' TERM; echo $$ >up; while :; do sleep 0.1; done");
        told("up");
        long start = System.nanoTime();

        assertThat(processes.end(MARKER, value, NONE, Duration.ofMillis(600))).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(600), Duration.ofSeconds(5));
        assertThat(stubborn.waitFor()).isEqualTo(137);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void who_starts_successors_when_asked_to_leave_is_ended_with_them(String kind)
            throws Exception {
        Processes processes = processes(kind);
        start(
                "trap 'setsid sleep 300 & echo $! >late; exit 0' TERM; echo $$ >up; "
                        + "while :; do sleep 0.05; done");
        told("up");

        assertThat(processes.end(MARKER, value, NONE, Duration.ofSeconds(2))).isEmpty();
        assertThat(processes.identify(told("late"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void others_are_left_alone(String kind) throws Exception {
        Processes processes = processes(kind);
        Process bystander = new ProcessBuilder("sleep", "300").start();
        started.add(bystander);
        start("exec sleep 300");

        processes.end(MARKER, value, NONE, LONG);

        assertThat(bystander.isAlive()).isTrue();
    }

    @Test
    void an_interruption_does_not_stop_the_ending_half_way() throws Exception {
        Process process = start("exec sleep 300");

        Thread.currentThread().interrupt();
        assertThat(processes("linux").end(MARKER, value, NONE, LONG)).isEmpty();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void a_ps_that_cannot_be_run_leaves_it_unknown() {
        Processes blind =
                new PortableProcesses(command -> new Outcome.CouldNotStart("no ps"), "Linux");

        assertThat(blind.check(new ProcessIdentity(1, 1, "none"))).isEqualTo(Liveness.UNKNOWN);
        assertThat(blind.treeCpu(new ProcessIdentity(1, 1, "none"))).isEmpty();
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> blind.carrying(MARKER, value))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("process-look-failed"));
    }
}
