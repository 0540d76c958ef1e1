package orchestrator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import orchestrator.model.Event;
import orchestrator.model.Event.AttemptStarting;
import orchestrator.model.Event.StageCompleted;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.store.RunLock;
import orchestrator.ui.FxWatchdog;
import orchestrator.ui.WindowHands;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs from the real window: tmux, git, the rehearsal agent, hands on a real display. */
@Tag("display")
class WindowRunTest {
    private static final int STAGES = 4;

    @TempDir Path folder;
    private @Nullable WindowWorld open;

    private WindowWorld open(String scenario, int issues) throws Exception {
        WindowWorld world = new WindowWorld(folder, scenario, issues);
        open = world;
        return world;
    }

    @AfterEach
    void end() throws Exception {
        WindowWorld world = open;
        if (world != null) {
            world.close();
        }
    }

    @Test
    void the_launch_button_brings_all_issues_to_their_end() throws Exception {
        WindowWorld world =
                open(
                        """
                        issue=5 stage=optimize attempt=1 outcome=crash
                        issue=1 seconds=1 lines=12
                        default seconds=2.5 lines=12 cost=0.21
                        """,
                        8);
        WindowHands window = world.window;
        world.launch();
        window.untilSeen("#monitor-chip", "Running");
        Growth growth = new Growth(window);
        WindowWorld.duringARun("the log of the chosen worker grows", growth::seen);
        WindowWorld.duringARun(
                "one is done, the others are at work", () -> isMidRun(world, growth.lines()));
        shootBoth(window, "mid");
        WindowWorld.duringARun("all are done", () -> completed(world) == 8);
        window.untilSeen("#monitor-chip", "All done");
        window.untilSeen("#progress-done", "8 of 8 completed");
        shootBoth(window, "end");

        assertThat(world.told(AttemptStarting.class))
                .as("each stage once, and once more the one that crashed")
                .hasSize(8 * STAGES + 1);
        assertPushed(world, 8);
        window.askToClose();
        assertThat(window.showing()).as("it closes without a question").isFalse();
    }

    @Test
    void nothing_in_a_whole_rehearsal_makes_the_window_stand_still() throws Exception {
        WindowWorld world = open("default seconds=0.7 lines=12 cost=0.21\n", 8);
        WindowHands window = world.window;
        List<String> views = List.of("board", "plan", "timeline", "workers");
        world.launch();
        window.untilSeen("#monitor-chip", "Running");
        // What is done for the first time is loaded and compiled first: that is told, and not held
        // against it. Who starts the program has that from the build's cache.
        try (FxWatchdog first = new FxWatchdog()) {
            for (int turn = 0; completed(world) < 2; turn++) {
                window.click("#view-" + views.get(turn % views.size()));
                window.nextPulse();
            }
            window.robot.moveTo("#view-board");
            window.until(() -> window.popupText().contains("Show the waves as columns"));
            System.out.printf(
                    "window, a rehearsal of 8 issues: the longest task of the FX thread at the first sight of each view %.0f ms%n",
                    first.longestMillis());
        }
        try (FxWatchdog watchdog = new FxWatchdog()) {
            for (int turn = 0; completed(world) < 8; turn++) {
                int done = completed(world);
                window.click("#view-" + views.get(turn % views.size()));
                WindowWorld.duringARun("another is done", () -> completed(world) > done);
            }
            window.untilSeen("#monitor-chip", "All done");
            System.out.printf(
                    "window, a rehearsal of 8 issues: the longest task of the FX thread from then on %.0f ms%n",
                    watchdog.longestMillis());
            assertThat(watchdog.stalls())
                    .as("tasks that computed for more than %s", FxWatchdog.LONGEST)
                    .isEmpty();
        }
    }

    @Test
    void a_run_that_is_handed_over_goes_on_in_the_terminal() throws Exception {
        WindowWorld world = open("default seconds=3 lines=8\n", 3);
        WindowHands window = world.window;
        world.launch();
        long ours = holder(world).process().pid();
        window.askToClose();
        window.untilSeen("#close-dialog", "Hand over to tmux");
        assertThat(window.showing()).as("it asks before it closes").isTrue();
        window.click("#close-hand-over");
        WindowWorld.duringARun("the window closes", () -> !isShowing(window));
        WindowWorld.duringARun(
                "the terminal's monitor says who it is",
                () -> world.holder().filter(h -> h.host().equals("terminal")).isPresent());
        assertThat(holder(world).process().pid()).isNotEqualTo(ours);
        assertThat(world.tmux("list-windows", "-a", "-F", "#{window_index} #{window_name}"))
                .startsWith("0 orchestrator");
        WindowWorld.duringARun("all is done", () -> world.fromOutside().isAllWell());

        assertThat(world.told(Event.MonitorStarted.class)).hasSize(2);
        assertThat(world.told(AttemptStarting.class))
                .as("no attempt is repeated")
                .hasSize(3 * STAGES);
        assertPushed(world, 3);
    }

    @Test
    void a_run_goes_to_the_terminal_and_back_without_a_gap_and_without_a_double() throws Exception {
        WindowWorld world = open("default seconds=3 lines=8\n", 3);
        WindowHands window = world.window;
        world.launch();
        long ours = holder(world).process().pid();
        world.run.handOver();
        WindowWorld.duringARun(
                "the terminal's monitor says who it is",
                () -> world.holder().filter(h -> h.host().equals("terminal")).isPresent());
        window.untilSeen("#top-bar", "Take over");
        shoot(window, "run-elsewhere");
        window.click("#action-take-over");
        WindowWorld.duringARun(
                "the window holds it again",
                () -> world.holder().filter(h -> h.process().pid() == ours).isPresent());
        window.untilSeen("#monitor-chip", "Running");
        WindowWorld.duringARun("all are done", () -> completed(world) == 3);
        window.untilSeen("#monitor-chip", "All done"); // pushed too

        assertThat(world.told(Event.MonitorStarted.class)).hasSize(3);
        assertThat(world.told(AttemptStarting.class))
                .as("no attempt is repeated")
                .hasSize(3 * STAGES);
        assertPushed(world, 3);
    }

    @Test
    void a_run_that_is_stopped_goes_on_with_the_next_launch() throws Exception {
        WindowWorld world = open("default seconds=2.5 lines=8\n", 3);
        WindowHands window = world.window;
        world.launch();
        WindowWorld.duringARun("a stage is finished", () -> finishedStages(world) > 0);
        window.untilSeen("#workers-table", "Running");
        window.click("#action-stop");
        window.untilSeen("#stop-dialog", "A later launch goes on");
        window.click("#stop-go");
        window.untilSeen("#monitor-chip", "Stopped");
        window.untilSeen("#events", "Monitor stopped");
        shoot(window, "run-stopped");
        assertThat(world.holder()).isEmpty();
        assertThat(finishedStages(world)).isLessThan(3 * STAGES);
        world.launch();
        WindowWorld.duringARun("all are done", () -> completed(world) == 3);

        assertThat(world.told(StageCompleted.class))
                .as("a finished stage stays finished")
                .hasSize(3 * STAGES)
                .doesNotHaveDuplicates();
        window.untilSeen("#monitor-chip", "All done");
        assertPushed(world, 3);
    }

    private static void assertPushed(WindowWorld world, int issues) throws Exception {
        List<IssueView> all = world.fromOutside().issues();
        assertThat(all).hasSize(issues);
        Path repo = world.config.projects().getFirst().repos().values().iterator().next().path();
        Path origin = Path.of(world.git(repo, "remote", "get-url", "origin"));
        for (IssueView issue : all) {
            assertThat(issue.status()).isEqualTo(IssueStatus.COMPLETED);
            String head = world.git(Path.of(issue.worktree()), "rev-parse", "HEAD");
            assertThat(world.git(origin, "rev-parse", "refs/heads/" + issue.branch()))
                    .as("%s on origin", issue.branch())
                    .isEqualTo(head)
                    .matches("[0-9a-f]{40}");
            assertThat(world.git(origin, "rev-list", "--count", "main.." + head))
                    .as("commits of %s", issue.branch())
                    .isNotEqualTo("0");
        }
    }

    private static RunLock.Holder holder(WindowWorld world) {
        return world.holder().orElseThrow();
    }

    private static int completed(WindowWorld world) {
        return world.run.latest().orElseThrow().totals().completed();
    }

    /** Something is done, every worker says something, and there is something to read. */
    private static boolean isMidRun(WindowWorld world, List<String> log) {
        return completed(world) >= 1
                && log.size() >= 6
                && world.run.latest().orElseThrow().workers().stream()
                        .allMatch(
                                w -> w.status() == WorkerStatus.RUNNING && !w.lastLine().isEmpty());
    }

    private static int finishedStages(WindowWorld world) {
        return world.told(StageCompleted.class).size();
    }

    private static boolean isShowing(WindowHands window) {
        try {
            return window.showing();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void shootBoth(WindowHands window, String when) throws Exception {
        shoot(window, "run-workers-" + when);
        window.click("#view-board");
        window.untilSeen("#board", "Wave 1");
        shoot(window, "run-board-" + when);
        window.click("#view-workers");
    }

    private static void shoot(WindowHands window, String name) throws Exception {
        window.robot.moveTo("#top-bar"); // nothing is hovered
        for (String theme : List.of("light", "dark")) {
            assertThat(Files.size(window.picture(name + "-" + theme))).isGreaterThan(10_000);
            window.toggleTheme();
        }
    }

    /** Sees one log grow: its last line has a higher number, and it is still the same log. */
    private static final class Growth {
        private final WindowHands window;
        private String before = "";
        private long last;

        Growth(WindowHands window) {
            this.window = window;
        }

        boolean seen() {
            String log = window.seen("#log-target");
            long now = window.seen(".log-gutter").lines().mapToLong(Growth::number).max().orElse(0);
            boolean grown = log.equals(before) && last > 0 && now > last;
            before = log;
            last = now;
            return grown;
        }

        /** The lines that are seen. */
        List<String> lines() {
            return window.seen("#log-lines").lines().toList();
        }

        private static long number(String text) {
            return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
        }
    }
}
