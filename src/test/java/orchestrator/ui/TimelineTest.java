package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import orchestrator.model.AttemptKind;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunHistory.Sum;
import orchestrator.model.Usage;
import orchestrator.store.UserFolder;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.timeline.TimelineFeature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The timeline, as a person sees it: one long attempt, then a short one, on worker 1. */
class TimelineTest extends RichRunCase {
    private static final double MIDDLE_OF_LANE = 36 + 19;

    private static Bar bar(int number, long from, long to, Outcome outcome, String reason) {
        return new Bar(
                new IssueId("proof", 21),
                number,
                "run_tests_fix",
                1,
                number == 1 ? AttemptKind.FIRST : AttemptKind.CONTINUE,
                SampleRun.NOW.minusSeconds(from),
                to == 0 ? Optional.empty() : Optional.of(SampleRun.NOW.minusSeconds(to)),
                outcome,
                reason,
                2,
                new Usage(1_000, 2_000, 300_000, 0, 1.25));
    }

    private static RunHistory history() {
        Instant start = SampleRun.NOW.minusSeconds(3600);
        return new RunHistory(
                List.of(
                        new Lane(
                                1,
                                List.of(
                                        bar(1, 3600, 700, Outcome.RESTARTED, "failed: a\u202Eb"),
                                        bar(2, 600, 0, Outcome.RUNNING, ""))),
                        new Lane(2, List.of())),
                List.of(
                        new Span(
                                Hold.PAUSE,
                                SampleRun.NOW.minusSeconds(2400),
                                Optional.of(SampleRun.NOW.minusSeconds(1200)),
                                "lunch")),
                List.of(new Mark(start, true, "Monitor started")),
                List.of(new Sum(SampleRun.NOW.minusSeconds(700), 1.25, 3)),
                Optional.of(SampleRun.NOW),
                12);
    }

    private void show() {
        window.control.past = history();
        window.robot
                .press(KeyCode.CONTROL, KeyCode.DIGIT4)
                .release(KeyCode.DIGIT4, KeyCode.CONTROL);
        window.until(() -> window.find("#timeline-canvas").isPresent());
    }

    /** Where on the screen a share of the time is, in the middle of the first lane. */
    private Point2D at(double share) {
        Node canvas = window.node("#timeline-canvas");
        try {
            window.nextPulse();
            return fx(() -> {
                double wide = canvas.getLayoutBounds().getWidth() - 104 - 12;
                return canvas.localToScreen(104 + wide * share, MIDDLE_OF_LANE);
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** How much of the time is out of sight, in seconds; then the bar is not seen either. */
    private double shown() {
        try {
            return fx(() -> ((ScrollBar) window.scene().lookup("#timeline-scroll")).getMax());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void under_the_mouse_are_the_facts_of_the_attempt() {
        show();
        window.robot.moveTo(at(0.4));
        window.untilSeen("#timeline-facts", "proof#21");
        assertThat(window.seen("#timeline-facts"))
                .contains(
                        "Rewards are rounded down twice",
                        "run_tests_fix · attempt 1 · worker 1",
                        "Sun 22 Nov, 13:32:08 to 14:20:28 · 48:20",
                        "Restarted: failed: ab",
                        "2 commits · 303k tokens · $1.25")
                .doesNotContain("\u202E");
        window.robot.moveTo(at(0.95));
        window.untilSeen("#timeline-facts", "again · attempt 2");
        window.untilSeen("#timeline-at", "$1.25 · 3 completed");
    }

    @Test
    void a_monitor_that_came_and_a_pause_are_named_beneath_the_mouse() {
        show();
        window.robot.moveTo(at(0.0101));
        window.until(() -> {
            window.robot.moveBy(1, 0);
            return window.seen("#timeline-at").contains("Monitor started");
        });
        window.robot.moveTo(at(0.5));
        window.untilSeen("#timeline-at", "Paused: lunch");
    }

    /** Opens logs by a navigator that only remembers what it was asked for. */
    @Test
    void a_click_and_enter_open_the_log_of_the_attempt() throws Exception {
        List<String> opened = new CopyOnWriteArrayList<>();
        window.control.past = history();
        Stage alone =
                fx(() -> {
                    TimelineFeature feature =
                            new TimelineFeature(PartsOfTest.of(window.control, opened));
                    Stage made = new Stage();
                    made.setX(0);
                    made.setY(0);
                    made.setScene(new Scene((Parent) feature.view(), 1200, 500));
                    made.show();
                    feature.update(window.control.latest(), SampleRun.NOW);
                    return made;
                });
        try {
            window.until(() -> alone.getScene().lookup("#timeline-canvas") != null);
            Node there = alone.getScene().lookup("#timeline-canvas");
            window.until(() -> there.getLayoutBounds().getWidth() > 1000);
            Point2D middle = fx(() -> there.localToScreen(500, MIDDLE_OF_LANE));
            window.robot.clickOn(middle);
            window.until(() -> opened.equals(List.of("log proof#21 1")));
            window.robot.type(KeyCode.RIGHT).type(KeyCode.ENTER);
            window.until(() -> opened.equals(List.of("log proof#21 1", "log proof#21 2")));
        } finally {
            var _ =
                    fx(() -> {
                        alone.hide();
                        return true;
                    });
        }
    }

    @Test
    void an_attempt_that_runs_grows_with_the_clock() {
        show();
        window.robot.moveTo(at(0.95));
        window.untilSeen("#timeline-facts", "since 14:22:08 · 10:00");
        window.robot.moveTo(at(0.4));
        window.now.set(SampleRun.NOW.plusSeconds(60));
        window.until(() -> {
            window.robot.moveTo(at(0.4));
            window.robot.moveTo(at(0.95));
            return window.seen("#timeline-facts").contains("· 11:00");
        });
    }

    @Test
    void arrows_go_from_attempt_to_attempt_and_their_facts_are_told() throws Exception {
        show();
        Node canvas = window.node("#timeline-canvas");
        var _ =
                fx(() -> {
                    canvas.requestFocus();
                    return true;
                });
        window.robot.type(KeyCode.LEFT);
        window.untilSeen("#timeline-line", "attempt 2");
        window.robot.type(KeyCode.LEFT);
        window.untilSeen("#timeline-line", "attempt 1");
        assertThat(fx(canvas::getAccessibleText)).contains("proof#21", "attempt 1", "Restarted");
        window.robot.type(KeyCode.RIGHT);
        window.untilSeen("#timeline-line", "attempt 2");
        window.robot.type(KeyCode.ESCAPE);
        window.untilSeen("#timeline-line", "Arrows go");
    }

    @Test
    void the_range_that_was_seen_is_seen_again(@TempDir Path home) throws Exception {
        window.close();
        try (UserData user = UserData.load(new UserFolder(home), "/work/proof")) {
            reopen(user);
            window.click("#timeline-in");
            window.until(() -> shown() > 0);
            double once = shown();
            window.click("#timeline-in");
            window.until(() -> shown() > once);
        }
        double before = shown();
        window.close();
        try (UserData user = UserData.load(new UserFolder(home), "/work/proof")) {
            reopen(user);
            window.until(() -> Math.abs(shown() - before) < 1);
        }
    }

    private void reopen(UserData user) throws Exception {
        window = WindowFixture.of(user);
        window.control.past = history();
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#top-bar", "completed");
        show();
    }

    @Test
    void it_is_zoomed_by_keys_buttons_and_wheel_and_shows_all_again() throws Exception {
        show();
        assertThat(shown()).isZero();
        window.click("#timeline-in");
        window.until(() -> shown() > 0);
        double once = shown();
        Node canvas = window.node("#timeline-canvas");
        var _ =
                fx(() -> {
                    canvas.requestFocus();
                    return true;
                });
        window.robot.type(KeyCode.EQUALS);
        window.until(() -> shown() > once);
        window.robot.type(KeyCode.DIGIT0);
        window.until(() -> shown() == 0);
        wheel(canvas, true);
        window.until(() -> shown() > 0);
        window.click("#timeline-fit");
        window.until(() -> shown() == 0);
    }

    /** The headless platform has no wheel; that a real one does it is the toolkit's doing. */
    private static void wheel(Node node, boolean control) throws Exception {
        var _ =
                fx(() -> {
                    Event.fireEvent(
                            node,
                            new ScrollEvent(
                                    ScrollEvent.SCROLL,
                                    600,
                                    60,
                                    600,
                                    60,
                                    false,
                                    control,
                                    false,
                                    false,
                                    true,
                                    false,
                                    0,
                                    400,
                                    0,
                                    400,
                                    ScrollEvent.HorizontalTextScrollUnits.NONE,
                                    0,
                                    ScrollEvent.VerticalTextScrollUnits.NONE,
                                    0,
                                    0,
                                    new PickResult(node, 600, 60)));
                    return true;
                });
    }

    @Test
    void it_is_moved_by_dragging() throws Exception {
        show();
        window.click("#timeline-in");
        window.until(() -> shown() > 0);
        ScrollBar bar = (ScrollBar) window.node("#timeline-scroll");
        double before = fx(bar::getValue);
        window.robot.moveTo(at(0.7)).press(javafx.scene.input.MouseButton.PRIMARY);
        window.robot.moveTo(at(0.6)).release(javafx.scene.input.MouseButton.PRIMARY);
        window.until(() -> valueOf(bar) > before + 100);
    }

    private static double valueOf(ScrollBar bar) {
        try {
            return fx(bar::getValue);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_filter_leaves_only_what_matches() throws Exception {
        show();
        window.click("#timeline-filter");
        window.robot.write("nothing like it");
        window.robot.moveTo(at(0.4));
        window.until(() -> window.find("#timeline-facts").isEmpty());
        TextField filter = (TextField) window.node("#timeline-filter");
        var _ =
                fx(() -> {
                    filter.setText("rewards");
                    return true;
                });
        window.until(() -> {
            window.robot.moveTo(at(0.3));
            window.robot.moveTo(at(0.4));
            return window.seen("#timeline-facts").contains("attempt 1");
        });
    }

    @Test
    void the_colours_are_the_themes() throws Exception {
        show();
        Color light = background();
        window.toggleTheme();
        window.until(() -> !background().equals(light));
        assertThat(light.getBrightness()).isGreaterThan(0.9);
        assertThat(background().getBrightness()).isLessThan(0.3);
        window.toggleTheme();
    }

    private Color background() {
        Node canvas = window.node("#timeline-canvas");
        try {
            window.nextPulse();
            return fx(() -> {
                WritableImage image = canvas.snapshot(null, null);
                return image.getPixelReader().getColor((int) image.getWidth() - 3, 2);
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void nothing_yet_a_fault_and_what_comes_after_have_their_words() {
        window.robot
                .press(KeyCode.CONTROL, KeyCode.DIGIT4)
                .release(KeyCode.DIGIT4, KeyCode.CONTROL);
        window.untilSeen("#timeline", "Nothing has happened yet");
        window.control.historyFault =
                new Fault("journal-damaged", "Line 7 of the journal is damaged: mend it.");
        window.now.set(SampleRun.NOW.plusSeconds(5));
        window.untilSeen("#timeline", "Line 7 of the journal is damaged: mend it.");
        window.control.historyFault = null;
        window.control.past = history();
        window.now.set(SampleRun.NOW.plusSeconds(6));
        window.until(() -> window.find("#timeline-canvas").isPresent());
    }

    @Test
    void sixty_workers_with_ten_thousand_attempts_each_are_drawn_within_a_frame_or_two()
            throws Exception {
        window.control.past = SampleHistory.of(60, 10_000);
        window.robot
                .press(KeyCode.CONTROL, KeyCode.DIGIT4)
                .release(KeyCode.DIGIT4, KeyCode.CONTROL);
        window.until(() -> window.find("#timeline-canvas").isPresent());
        window.nextPulse();
        Node canvas = window.node("#timeline-canvas");
        long began = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            wheel(canvas, true);
            var _ =
                    fx(() -> {
                        canvas.getParent().layout();
                        return true;
                    });
        }
        Duration each = Duration.ofNanos((System.nanoTime() - began) / 10);
        assertThat(each).isLessThan(Duration.ofMillis(250));
    }
}
