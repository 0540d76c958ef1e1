package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import org.junit.jupiter.api.Test;

/** The strip beside the scroll bar: where in all of a log errors and matches are. */
class LogsOverviewTest extends LogsHands {
    private static final String STRIP = "#log-lines-overview";

    /** A place in the strip, as far down as the row is in a log of so many. */
    private Point2D at(double x, double row, double rows) throws Exception {
        Node strip = window.node(STRIP);
        return fx(() -> {
            Bounds bounds = strip.localToScreen(strip.getLayoutBounds());
            return new Point2D(
                    bounds.getMinX() + x, bounds.getMinY() + bounds.getHeight() * row / rows + 1);
        });
    }

    private String said() {
        return window.node(STRIP).getAccessibleText();
    }

    private long marks(String query) throws Exception {
        Path lane = (Path) window.node(query);
        return fx(() -> lane.getElements().stream().filter(MoveTo.class::isInstance).count());
    }

    @Test
    void errors_are_marked_at_their_place_and_a_click_leads_there() throws Exception {
        window.until(() -> said().contains("2 errors"));
        assertThat(marks(".log-overview-error")).isEqualTo(2);
        window.click(at(8, 40, 300));
        window.untilSeen(LOG, "✗ exit 2 at 41");
        window.until(() -> current() == 40);
        window.click(at(8, 259, 300));
        window.untilSeen(LOG, "✗ exit 2 at 260");
        window.until(() -> current() == 259);
        append("  └ ✗ exit 2 once more\n");
        window.until(() -> said().contains("3 errors"));
    }

    /** The row that was gone to, from the line number that stands beside it. */
    private int current() {
        return window.find(".log-row:current")
                .map(row -> (int) Math.round(row.getLayoutY()))
                .map(y -> numberAt(y) - 1)
                .orElse(-1);
    }

    private int numberAt(int y) {
        try {
            return fx(() ->
                    window.scene().getRoot().lookupAll(".log-number").stream()
                            .filter(Node::isVisible)
                            .filter(number -> Math.abs(number.getLayoutY() - y) < 6)
                            .map(number -> ((javafx.scene.text.Text) number).getText())
                            .mapToInt(Integer::parseInt)
                            .findFirst()
                            .orElse(0));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void matches_of_a_search_are_marked_and_reached_and_go_with_it() throws Exception {
        openFind();
        window.robot.write("needle");
        window.until(() -> said().contains("3 matches"));
        assertThat(marks(".log-overview-match")).isEqualTo(3);
        window.click(at(2, 239, 300));
        window.untilSeen("#log-find-count", "3 of 3");
        window.until(() -> current() == 239);
        window.click(at(2, 119, 300));
        window.untilSeen("#log-find-count", "1 of 3");
        window.until(() -> current() == 119);
        window.click("#log-find-only");
        window.until(() -> window.find(STRIP).isEmpty());
        window.press(KeyCode.ESCAPE);
        window.untilSeen(LOG, "of the log");
        window.until(() -> window.find(STRIP).isPresent() && said().contains("no matches"));
    }

    @Test
    void where_no_mark_is_a_click_leads_to_that_part_of_the_log() throws Exception {
        window.until(() -> said().contains("2 errors"));
        window.click(at(5, 100, 300));
        window.untilSeen(LOG, "line 100 of the log");
        assertThat(window.seen(LOG)).doesNotContain("line 300 of");
        window.click(at(5, 0, 300));
        window.untilSeen(LOG, "line 1 of the log");
    }

    @Test
    void a_hundred_thousand_errors_are_no_more_marks_than_fit() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            many.append(i % 2 == 0 ? "  └ ✗ again\n" : "fine\n");
        }
        Files.writeString(transcript, many);
        window.until(() -> said().contains("100,000 errors"));
        assertThat(marks(".log-overview-error")).isEqualTo(1);
        assertThat(((Path) window.node(".log-overview-error")).getLayoutBounds().getHeight())
                .isLessThanOrEqualTo(window.node(STRIP).getLayoutBounds().getHeight());
        window.click(at(8, 1, 2));
        window.until(() -> current() > 99_000 && current() < 101_000 && current() % 2 == 0);
    }
}
