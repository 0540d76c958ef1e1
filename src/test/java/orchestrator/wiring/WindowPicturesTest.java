package orchestrator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event.AttemptStarting;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Order;
import orchestrator.ui.WindowHands;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pictures of every view in the middle of a real run, to be looked at: tmux, git, the rehearsal
 * agent, a crash, an error, an issue laid aside, two branches that change the same lines.
 */
class WindowPicturesTest {
    /** Which issues of the middle of the run stand where; the others wait. */
    private static final Map<Integer, IssueStatus> MIDDLE =
            Map.of(
                    1, IssueStatus.COMPLETED,
                    2, IssueStatus.COMPLETED,
                    3, IssueStatus.COMPLETED,
                    4, IssueStatus.IN_PROGRESS,
                    5, IssueStatus.COMPLETED,
                    6, IssueStatus.IN_PROGRESS,
                    7, IssueStatus.IN_PROGRESS,
                    9, IssueStatus.PARKED);

    @TempDir Path folder;
    private @Nullable WindowWorld open;

    @AfterEach
    void end() throws Exception {
        WindowWorld world = open;
        if (world != null) {
            world.close();
        }
    }

    @Test
    void each_view_has_its_pictures_of_a_real_run() throws Exception {
        WindowWorld world =
                new WindowWorld(
                        folder,
                        """
                        issue=2 stage=write_tests attempt=1 outcome=crash seconds=0.3
                        issue=3 stage=optimize attempt=1 outcome=error seconds=0.5 lines=9 cost=0.31
                        issue=9 stage=write_tests outcome=prompt-too-long
                        issue=4 stage=optimize seconds=0.8 lines=14 cost=0.42
                        issue=4 seconds=900 lines=1200
                        issue=6 stage=optimize attempt=1 outcome=error-exit seconds=0.8 lines=12 cost=0.27
                        issue=6 stage=optimize seconds=0.9 lines=14 cost=0.38
                        issue=6 stage=write_tests seconds=0.8 lines=10 cost=0.33
                        issue=6 seconds=900 lines=1200
                        issue=7 seconds=900 lines=1200
                        default seconds=0.8 lines=12 cost=0.21
                        """,
                        WindowPicturesTest::withMore);
        open = world;
        launchForm(world.window);
        world.reopen(2560, 1440);
        launchForm(world.window);
        world.launch();
        WindowWorld.duringARun("the middle of the run", () -> statuses(world).equals(MIDDLE));
        assertThat(world.told(AttemptStarting.class))
                .as("what was begun again")
                .filteredOn(it -> it.attempt().kind() != AttemptKind.FIRST)
                .hasSizeGreaterThanOrEqualTo(3);
        commitBySomebody(world, 4, "shortlink list: dates in the user's own zone");
        commitBySomebody(world, 6, "shortlink list: dates as they were stored");
        all(world);
        var _ = world.run.send(Order.retry(Optional.of(new IssueId("rehearsal", 12))));
        world.reopen(1440, 900);
        all(world);
    }

    private static Map<Integer, IssueStatus> statuses(WindowWorld world) {
        return world.run.latest().orElseThrow().issues().stream()
                .filter(issue -> issue.status() != IssueStatus.PENDING)
                .filter(issue -> issue.id().number() != 6 || issue.stage().equals("run_tests_fix"))
                .filter(issue -> issue.id().number() != 4 || issue.stage().equals("write_tests"))
                .collect(Collectors.toMap(issue -> issue.id().number(), IssueView::status));
    }

    /** Four more issues behind those that are shipped. */
    private static void withMore(ObjectNode file) {
        more(file, 9, 3, "Say which links no longer answer", 5);
        more(file, 10, 3, "A page that lists the links of a week", 6);
        more(file, 11, 4, "A manual page and completion for three shells", 7, 8);
        more(file, 12, 5, "One file to install, and a release of it", 10, 11);
    }

    private static void more(ObjectNode file, int number, int wave, String title, int... on) {
        ObjectNode issue = file.withArray("issues").addObject();
        issue.put("number", number).put("title", title).put("wave", wave).put("priority", number);
        for (int dependency : on) {
            issue.withArray("depends_on").add(dependency);
        }
    }

    /** A change that another branch makes too, by a person at the worktree. */
    private static void commitBySomebody(WindowWorld world, int issue, String subject)
            throws Exception {
        Path worktree =
                world.run.latest().orElseThrow().issues().stream()
                        .filter(it -> it.id().number() == issue)
                        .map(it -> Path.of(it.worktree()))
                        .findFirst()
                        .orElseThrow();
        Path readme = worktree.resolve("README.md");
        List<String> lines = Files.readAllLines(readme);
        lines.set(lines.size() - 1, lines.getLast() + " It prints " + subject + ".");
        Files.write(readme, lines);
        Files.writeString(
                worktree.resolve("list.sh"),
                """
                #!/bin/sh
                # %s
                set -eu
                links=${SHORTLINK_HOME:-$HOME/.shortlink}/links.txt
                [ -f "$links" ] || exit 0
                sort -t "$(printf '\\t')" -k 3r "$links" | while IFS="$(printf '\\t')" read -r code address day; do
                    printf '%%-6s %%-10s %%s\\n' "$code" "$day" "$address"
                done
                """
                        .formatted(subject),
                StandardOpenOption.CREATE);
        world.git(worktree, "add", "README.md", "list.sh");
        world.git(
                worktree,
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.org",
                "commit",
                "-q",
                "-m",
                subject);
    }

    private static void launchForm(WindowHands window) throws Exception {
        window.until(() -> !window.disabled("#action-launch"));
        window.click("#action-launch");
        window.untilSeen("#launch-plan", "rehearsal");
        window.until(() -> !window.disabled("#launch-go"));
        window.pictures("run-launch");
        window.click("#launch-cancel");
        window.untilGone("#launch-dialog");
    }

    private static void all(WindowWorld world) throws Exception {
        WindowHands window = world.window;
        workers(window);
        terminal(window);
        board(window);
        planAndTimeline(window);
        changes(window);
        logs(window);
        events(window);
        news(world);
        over(window);
    }

    private static void workers(WindowHands window) throws Exception {
        window.untilSeen("#workers-table", "run_tests_fix");
        window.robot.clickOn("shortlink list: all links as a table");
        window.untilSeen("#log-lines", " of 1200");
        window.robot.moveTo("#top-bar");
        window.pictures("run-workers");
    }

    private static void terminal(WindowHands window) throws Exception {
        window.robot.doubleClickOn("shortlink list: all links as a table");
        window.until(() -> screen(window).contains("Step "));
        window.robot.moveTo("#top-bar");
        window.pictures("run-terminal");
        window.click("#deck .tab:selected .tab-close-button");
    }

    private static String screen(WindowHands window) {
        Node view = window.find(".terminal").orElse(null);
        try {
            return view == null
                    ? ""
                    : WindowHands.fx(() ->
                            String.valueOf(
                                    view.queryAccessibleAttribute(AccessibleAttribute.TEXT)));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void board(WindowHands window) throws Exception {
        window.click("#view-board");
        window.untilSeen("#board", "Wave 5");
        window.robot.moveTo("#top-bar");
        window.pictures("run-board");
        window.click("#card-rehearsal-8");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "about ");
        window.pictures("run-board-move");
        window.robot.press(KeyCode.SHIFT).type(KeyCode.LEFT).release(KeyCode.SHIFT);
        window.untilSeen("#move-preview", "to a new wave behind wave 3");
        window.untilSeen("#move-preview", "later waves");
        window.pictures("run-board-between");
        window.robot.type(KeyCode.ESCAPE).release(KeyCode.ALT);
        window.robot.type(KeyCode.F2);
        window.untilSeen("#issue-dialog", "Edit rehearsal#8");
        window.pictures("run-board-form");
        window.click("#issue-cancel");
        window.click("#group-by-state");
        window.untilSeen("#board", "Parked");
        window.robot.moveTo("#top-bar");
        window.pictures("run-board-states");
        window.click("#group-by-wave");
    }

    private static void planAndTimeline(WindowHands window) throws Exception {
        window.click("#view-plan");
        window.untilSeen("#plan", "Critical path: rehearsal#");
        window.robot.moveTo("#top-bar");
        window.pictures("run-plan");
        window.click("#view-timeline");
        window.node("#timeline-canvas");
        window.robot.moveTo("#top-bar");
        window.pictures("run-timeline");
    }

    private static void changes(WindowHands window) throws Exception {
        window.click("#view-workers");
        window.robot.clickOn("shortlink list: all links as a table");
        window.press(KeyCode.CONTROL, KeyCode.D);
        window.untilSeen("#changes", "list.sh");
        window.robot.clickOn("list.sh");
        window.untilSeen("#diff-lines", "SHORTLINK_HOME");
        window.pictures("run-changes");
        window.click("#diff-sides");
        window.click("#changes-show-conflicts");
        window.pictures("run-changes-conflicts");
        window.click("#deck .tab:selected .tab-close-button");
    }

    private static void logs(WindowHands window) throws Exception {
        window.robot.clickOn("shortlink list: all links as a table");
        window.untilSeen("#log-lines", "Step ");
        window.click("#log-lines");
        window.press(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> window.find("#log-find-text:focused").isPresent());
        window.robot.write("git status");
        window.untilSeen("#log-find-count", " of ");
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.RIGHT);
        window.untilSeen("#log-second-lines", "Step ");
        window.pictures("run-logs");
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.UP);
        window.click("#log-find-text");
        window.robot.type(KeyCode.ESCAPE);
    }

    private static void events(WindowHands window) throws Exception {
        window.click("#events-filter");
        window.robot.write("restart");
        window.until(() -> !window.seen("#events").contains("Configuration read"));
        window.pictures("run-events");
        window.press(KeyCode.CONTROL, KeyCode.A);
        window.robot.type(KeyCode.DELETE);
    }

    /** A window tells what happened since it was opened. */
    private static void news(WindowWorld world) throws Exception {
        WindowHands window = world.window;
        var _ =
                world.run.send(
                        Order.park(new IssueId("rehearsal", 12), "waits for the release notes"));
        window.untilSeen("#events", "rehearsal#12 is parked");
        for (String theme : List.of("light", "dark")) {
            window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
            window.until(() -> window.popupText().contains("rehearsal#12"));
            window.picture("run-news", theme);
            window.robot.push(KeyCode.ESCAPE);
            window.until(() -> window.popupText().isEmpty());
            window.toggleTheme();
        }
    }

    /** What lies over the window. */
    private static void over(WindowHands window) throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.robot.write("re");
        window.untilSeen("#palette-found", "Restart");
        window.pictures("run-palette");
        window.robot.push(KeyCode.ESCAPE);
        window.robot.push(KeyCode.F1);
        window.untilSeen("#keys-dialog", "Ctrl+K");
        window.pictures("run-keys");
        window.click("#keys-close");
        window.press(KeyCode.CONTROL, KeyCode.COMMA);
        window.untilSeen("#settings-dialog", "Colours");
        window.pictures("run-settings");
        window.click("#settings-close");
    }
}
