package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.MonitorHost;
import orchestrator.monitor.RunContext;
import orchestrator.store.FaultyDisk;
import orchestrator.store.FaultyDisk.Refusal;
import orchestrator.store.StateFolder;
import orchestrator.wiring.Assembly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Journals that were hurt, disks that are full or refuse: rows 5 to 9. */
@Timeout(300)
class FaultsOfTheDiskTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private void killMonitor() {
        orchestra.monitor().orElseThrow().destroyForcibly();
        Orchestra.until("the workspace is free", () -> orchestra.monitor().isEmpty());
    }

    private String window0() {
        return window(0);
    }

    private String window(int index) {
        return orchestra
                .hands
                .tmux(
                        "capture-pane",
                        "-p",
                        "-J",
                        "-S",
                        "-200",
                        "-t",
                        "=" + ProjectFile.SESSION + ":" + index)
                .out();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            // In place: the same file, as a disk that went bad would leave it.
            Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ── 5, 6: the journal ──────────────────────────────────────────────────────────────────

    @Test
    void row05_tornJournalTail_isCutOffKeptAndSaid_andTheWorkersAreAdopted() {
        orchestra.with(new ProjectFile().issues(2).scenario("default seconds=4 lines=4"));
        orchestra.launch();
        Orchestra.until(
                "both work",
                () ->
                        orchestra.story.running(1, 1).isPresent()
                                && orchestra.story.running(2, 1).isPresent());
        killMonitor();
        Path journal = orchestra.state.journal();
        byte[] whole = bytes(journal);
        byte[] torn =
                ("{\"seq\":" + (orchestra.story.events().size() + 1) + ",\"at\":\"2026-")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(whole, whole.length + torn.length);
        System.arraycopy(torn, 0, both, whole.length, torn.length);
        write(journal, both);

        orchestra.launch();
        Path kept = journal.resolveSibling("orchestrator-log.torn-1");
        Orchestra.until("it is kept", () -> Files.exists(kept) && Arrays.equals(bytes(kept), torn));
        Orchestra.until("it is said", () -> window0().contains(kept.getFileName().toString()));
        assertThat(Arrays.copyOf(bytes(journal), whole.length)).isEqualTo(whole);
        assertThat(orchestra.run("launch", "--wait").code()).as("held by the monitor").isEqualTo(4);
        Orchestra.until("both are completed", () -> completed() == 2);

        assertThat(orchestra.story.attempts()).hasSize(2);
        assertThat(orchestra.story.all(Event.RestartPlanned.class)).isEmpty();
        orchestra.story.isSound();
    }

    private long completed() {
        return orchestra.story.state().issues().values().stream()
                .filter(issue -> issue.status() == IssueStatus.COMPLETED)
                .count();
    }

    @Test
    void row06_flippedBitMidJournal_refusesTheStart_touchesNothing_andTheWorkersLiveOn() {
        orchestra.with(new ProjectFile().issues(1).scenario("default seconds=12 lines=4"));
        orchestra.launch();
        ProcessHandle worker =
                Orchestra.untilThere(
                        "its script runs",
                        () ->
                                orchestra
                                        .story
                                        .running(1, 1)
                                        .flatMap(folder -> folder.process())
                                        .flatMap(process -> ProcessHandle.of(process.pid())));
        killMonitor();
        Path journal = orchestra.state.journal();
        byte[] good = bytes(journal);
        byte[] bad = good.clone();
        int line = 3;
        int begin = offsetOf(good, line);
        bad[begin + 20] = (byte) (bad[begin + 20] ^ 4);
        write(journal, bad);
        List<String> windows = orchestra.windows();

        for (String command : List.of("launch", "monitor", "status")) {
            Hands.Done refused = orchestra.run(command);
            assertThat(refused.code()).as("%s", refused).isEqualTo(1);
            assertThat(refused.err())
                    .contains(journal.toString())
                    .contains("damaged at line " + line + ", byte " + begin + ":")
                    .contains("code journal-damaged");
        }
        assertThat(bytes(journal)).isEqualTo(bad);
        assertThat(bytes(journal.resolveSibling("orchestrator-log.damaged-1"))).isEqualTo(bad);
        assertThat(orchestra.windows()).isEqualTo(windows);
        assertThat(orchestra.monitor()).isEmpty();
        assertThat(worker.isAlive()).as("the worker lives on").isTrue();

        write(journal, good);
        assertThat(orchestra.run("launch", "--wait").well()).contains("1 of 1 issues completed");
        assertThat(orchestra.story.attempts()).hasSize(1);
        orchestra.story.isSound();
    }

    /** Where a line (from 1 on) begins. */
    private static int offsetOf(byte[] journal, int line) {
        int at = 0;
        for (int passed = 1; passed < line; at++) {
            passed += journal[at] == '\n' ? 1 : 0;
        }
        return at;
    }

    // ── 7, 8: a full disk ──────────────────────────────────────────────────────────────────

    @Test
    void row07_stateDiskFull_nothingIsLaunchedOrLost_itIsSaid_andItGoesOnWhenThereIsRoom() {
        Optional<Tmpfs> state = Tmpfs.on(orchestra.state.root(), 8);
        if (state.isEmpty()) {
            // Said, not skipped: the same with a disk that says it is full.
            System.out.println(
                    "row 7: no tmpfs can be mounted here; a refusing disk stands for it");
            refused(Refusal.FULL);
            return;
        }
        // What agents write has a disk of its own: this row is about the journal.
        try (Tmpfs disk = state.get();
                Tmpfs _ = Tmpfs.on(orchestra.state.attempts(), 64).orElseThrow()) {
            stateDiskFull(disk);
            orchestra.hands.endAll();
        }
    }

    private void stateDiskFull(Tmpfs disk) {
        int issues = 10;
        orchestra.with(
                new ProjectFile()
                        .put("min_free_disk_mb", 0)
                        .issues(issues)
                        .scenario("default seconds=0.5 lines=2"));
        orchestra.launch();
        Orchestra.until("one is completed", () -> completed() >= 1);
        disk.fill();
        Orchestra.until(
                "it is said in window 0",
                () ->
                        window0().contains("No space left on device")
                                && window0().contains("[journal-write]"));
        Hands.Done status = orchestra.run("status");
        assertThat(status.out()).contains("The disk of").contains("is full; make room on it");
        Hands.Done refused = orchestra.run("pause");
        assertThat(refused.code()).as("%s", refused).isEqualTo(1);
        assertThat(refused.err()).contains("No space left on device");
        // What ran comes to its end; what is not written down has not begun.
        Orchestra.until("no agent runs", () -> agents() == 0);
        long attempts = orchestra.story.attempts().size();
        long completed = completed();
        assertThat(attempts).isLessThan(issues);
        assertThat(orchestra.monitor()).isPresent();
        assertThat(folders()).isLessThanOrEqualTo(attempts);

        disk.mend();
        Orchestra.until("all are completed", () -> completed() == issues);
        assertThat(completed).isLessThan(issues);
        assertThat(orchestra.story.attempts()).hasSize(issues);
        IntStream.rangeClosed(1, issues)
                .forEach(issue -> Orchestra.until("it is pushed", () -> orchestra.isPushed(issue)));
        Orchestra.until("it is said", () -> window0().contains("can be written again"));
        assertThat(orchestra.run("status").out()).doesNotContain("is full");
        orchestra.story.isSound();
    }

    private long agents() {
        return orchestra.hands.alive().stream()
                .filter(process ->
                        process.info().commandLine().orElse("").contains("rehearsal-agent.sh"))
                .count();
    }

    private long folders() {
        try (var files = Files.walk(orchestra.state.attempts(), 3)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{3}-.*")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void row07_stateDiskRefuses_withARefusingDisk() {
        refused(Refusal.FULL);
    }

    @Test
    void row08_agentLogToAFullDisk_theExitIsNotLost_itIsSaid_andTheStageIsDoneAnew() {
        Optional<Tmpfs> attempts = Tmpfs.on(orchestra.state.attempts(), 4);
        if (attempts.isEmpty()) {
            System.out.println(
                    "row 8: no tmpfs can be mounted here; RunScriptTest's full devices stand for it");
            return;
        }
        try (Tmpfs disk = attempts.get()) {
            agentLogFull(disk);
            orchestra.hands.endAll();
        }
    }

    private void agentLogFull(Tmpfs disk) {
        orchestra.with(
                new ProjectFile()
                        .put("min_free_disk_mb", 0)
                        .issue(1, "Its log meets a full disk")
                        .issue(2, "Comes after", 1)
                        .scenario("default seconds=3 lines=30"));
        orchestra.launch();
        Orchestra.until("1 works", () -> orchestra.story.running(1, 1).isPresent());
        disk.fill();
        Orchestra.until("the agent is over", () -> agents() == 0);
        // Its script waits with the exit until there is room.
        assertThat(orchestra.story.folder(1, 1).exit()).isEmpty();
        assertThat(orchestra.story.attempts()).as("nothing is launched").hasSize(1);
        Orchestra.until(
                "it is said in its window", () -> window(1).contains("The exit cannot be written"));
        assertThat(orchestra.run("status").out()).contains("is full; make room on it");

        disk.mend();
        Orchestra.until("both are completed", () -> completed() == 2);
        assertThat(orchestra.story.folder(1, 1).exit()).as("the exit of the first").isPresent();
        assertThat(orchestra.isPushed(1)).isTrue();
        orchestra.story.isSound();
    }

    // ── 9: a disk that does not keep ───────────────────────────────────────────────────────

    @Test
    void row09_fsyncError_nothingIsLaunchedOrLost_itIsSaid_andItGoesOnWhenItIsMended() {
        refused(Refusal.SYNC);
    }

    /** The engine in this process over real tmux, git and agents; only its disk refuses. */
    private void refused(Refusal refusal) {
        Path sockets = orchestra.root.resolve("t/tmux-" + uid());
        Hands.make(sockets);
        // As tmux itself makes it, or it would not take the socket for its own.
        makePrivate(sockets);
        orchestra.with(
                new ProjectFile()
                        .put("tmux_socket", sockets.resolve("default").toString())
                        .issue(1, "Runs when the disk refuses")
                        .issue(2, "Comes after", 1)
                        .scenario("default seconds=1.5 lines=3"));
        FaultyDisk disk = new FaultyDisk();
        WorkspaceConfig config = config();
        MonitorHost host = MonitorHost.start(context(config, disk), config, "terminal", line -> {});
        try {
            Orchestra.until("1 works", () -> orchestra.story.running(1, 1).isPresent());
            Orchestra.until(
                    "its start is written down",
                    () -> !orchestra.story.all(Event.AttemptStarted.class).isEmpty());
            disk.fail(refusal);
            Orchestra.until("1 ends", () -> orchestra.story.folder(1, 1).exit().isPresent());
            Orchestra.until(
                    "it is said",
                    () ->
                            host.latest()
                                    .filter(run -> !run.gate().open())
                                    .filter(run -> run.gate().reason().contains("to the journal"))
                                    .isPresent());
            long tries = refusedWrites(disk);
            Orchestra.until("it was tried again twice", () -> refusedWrites(disk) >= tries + 2);
            assertThat(orchestra.story.attempts()).hasSize(1);
            assertThat(orchestra.story.all(Event.AttemptEnded.class)).isEmpty();
            assertThat(host.isRunning()).isTrue();

            disk.mend();
            Orchestra.until("both are completed", () -> completed() == 2);
            Orchestra.until(
                    "both are pushed", () -> orchestra.isPushed(1) && orchestra.isPushed(2));
            assertThat(host.latest().orElseThrow().gate().open()).isTrue();
            assertThat(orchestra.story.attempts()).hasSize(2);
            orchestra.story.isSound();
        } finally {
            disk.mend();
            host.stop("the test is over");
            var _ = orchestra.hands.tmux("kill-server");
            // The dashboard's window was begun by this process: nothing marks it as the test's.
            Orchestra.until("nothing of it runs", () -> leftovers().isEmpty());
        }
    }

    private long refusedWrites(FaultyDisk disk) {
        return disk.writes().stream()
                .filter(write -> write.path().equals(orchestra.state.journal()))
                .count();
    }

    private List<String> leftovers() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(orchestra.root.toString()))
                .toList();
    }

    private static void makePrivate(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object uid() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WorkspaceConfig config() {
        return switch (ConfigReader.read(workspace())) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid ->
                    throw new AssertionError(String.join("\n", invalid.problems()));
        };
    }

    private Workspace workspace() {
        return Workspace.locate(
                Optional.of(orchestra.workspace),
                Optional.empty(),
                Optional.empty(),
                orchestra.root);
    }

    private RunContext context(WorkspaceConfig config, FaultyDisk disk) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "A Person");
            environment.put("GIT_" + who + "_EMAIL", "person@example.org");
        }
        RunContext usual =
                new Assembly(Assembly.selfCommand(), environment, "test").open(workspace(), config);
        return new RunContext(
                usual.workspace(),
                new StateFolder(usual.state().root(), disk),
                usual.workspaceId(),
                usual.ports(),
                usual.selfCommand(),
                usual.workspaceArguments(),
                orchestra.links,
                usual.environment(),
                usual.version());
    }
}
