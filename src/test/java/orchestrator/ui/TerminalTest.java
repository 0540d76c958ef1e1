package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.TabPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import orchestrator.model.Fault;
import orchestrator.ui.FakeTerminals.FakeScreen;
import org.junit.jupiter.api.Test;

/** Terminals in the window, over programs that echo. */
class TerminalTest extends RichRunCase {
    private String screen(String id) {
        Node view = window.find(id).orElse(null);
        if (view == null) {
            return "";
        }
        try {
            return fx(
                    () -> String.valueOf(view.queryAccessibleAttribute(AccessibleAttribute.TEXT)));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private void untilScreen(String id, String text) {
        window.until(() -> screen(id).contains(text));
    }

    private FakeScreen attach(int worker) {
        window.robot.doubleClickOn("Shard the cache");
        untilScreen("#terminal-2", "worker " + worker + " at ");
        window.until(() -> window.find("#terminal-canvas:focused").isPresent());
        return window.control.terminals.screens.getLast();
    }

    private int tabs() {
        try {
            return fx(() -> ((TabPane) window.scene().lookup("#deck")).getTabs().size());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_double_click_opens_a_terminal_that_has_the_keys() {
        FakeScreen screen = attach(2);
        window.robot.type(KeyCode.L, KeyCode.S, KeyCode.ENTER);
        window.until(() -> screen.typed().equals("ls\r"));
        untilScreen("#terminal-2", "ls");
        assertThat(window.control.asked).containsExactly("attach 2");
        window.until(() -> screen.fits.get() > 0);
    }

    @Test
    void enter_attaches_and_a_second_time_goes_to_the_same_tab() {
        window.robot.clickOn("Shard the cache").type(KeyCode.ENTER);
        untilScreen("#terminal-2", "worker 2");
        window.click("#tab-log");
        window.robot.clickOn("Shard the cache").type(KeyCode.ENTER);
        window.until(() -> window.find("#terminal-canvas:focused").isPresent());
        assertThat(window.control.asked).containsExactly("attach 2");
        assertThat(tabs()).isEqualTo(2);
    }

    @Test
    void keys_of_the_window_are_the_terminals_while_it_has_them() {
        FakeScreen screen = attach(2);
        window.press(KeyCode.CONTROL, KeyCode.P);
        window.press(KeyCode.CONTROL, KeyCode.L);
        window.press(KeyCode.CONTROL, KeyCode.C);
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.press(KeyCode.CONTROL, KeyCode.PERIOD);
        window.robot.type(KeyCode.X);
        window.until(() -> screen.typed().endsWith("x"));
        assertThat(screen.typed()).contains("\u0010", "\f", "\u0003");
        assertThat(window.find("#stop-dialog")).isEmpty();
        assertThat(window.find("#board")).isEmpty();
        assertThat(window.control.asked).containsExactly("attach 2");
    }

    @Test
    void keys_with_shift_stay_the_windows() {
        FakeScreen screen = attach(2);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        window.until(() -> window.control.asked.contains("order restart 2"));
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.PAGE_UP);
        window.until(() -> window.find("#workers-table:focused").isPresent());
        window.robot.clickOn("#terminal-canvas");
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.W);
        window.until(() -> window.control.asked.contains("close terminal"));
        assertThat(tabs()).isEqualTo(1);
        assertThat(screen.typed()).isEmpty();
    }

    @Test
    void a_selection_is_copied_and_the_clipboard_typed() throws Exception {
        FakeScreen screen = attach(2);
        screen.show("\r\ncopythis\r\n");
        untilScreen("#terminal-2", "copythis");
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.A);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        window.until(() -> clipboard().contains("copythis"));
        var _ =
                fx(() -> {
                    orchestrator.ui.fx.Clipboards.copy("pasted");
                    return true;
                });
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.V);
        window.until(() -> screen.typed().equals("pasted"));
    }

    private static String clipboard() {
        try {
            return fx(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void the_program_is_told_its_size_and_every_other_one() throws Exception {
        FakeScreen screen = attach(2);
        window.until(() -> !screen.sizes.isEmpty());
        int before = screen.sizes.size();
        window.sizeContent(1200, 800);
        window.until(() -> screen.sizes.size() > before);
        String narrow = screen.sizes.getLast();
        assertThat(Integer.parseInt(narrow.split("x", -1)[0])).isBetween(60, 160);
    }

    @Test
    void the_colours_are_those_of_the_theme() throws Exception {
        attach(2);
        window.until(() -> ground().getBrightness() > 0.9);
        window.toggleTheme();
        window.until(() -> ground().getBrightness() < 0.3);
        window.toggleTheme();
        window.until(() -> ground().getBrightness() > 0.9);
    }

    /** A pixel of the terminal where nothing is written. */
    private Color ground() {
        try {
            Canvas canvas = (Canvas) window.node("#terminal-canvas");
            return fx(() ->
                    canvas.snapshot(null, null)
                            .getPixelReader()
                            .getColor((int) canvas.getWidth() - 40, (int) canvas.getHeight() - 10));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void closing_the_tab_lets_go_of_the_worker_and_nothing_more() {
        attach(2);
        window.click("#tab-terminal-2 .tab-close-button");
        window.until(() -> window.control.asked.equals(List.of("attach 2", "close terminal")));
        assertThat(tabs()).isEqualTo(1);
    }

    @Test
    void an_ended_terminal_says_so_and_opens_again() {
        FakeScreen first = attach(2);
        first.end();
        window.untilSeen("#terminal-2", "The terminal has ended");
        window.click("#terminal-again");
        window.until(() -> window.control.terminals.screens.size() == 2);
        untilScreen("#terminal-2", "worker 2");
        window.until(() -> window.find("#terminal-canvas:focused").isPresent());
        window.control.terminals.screens.getLast().end();
        window.click("#terminal-close");
        window.until(() -> tabs() == 1);
    }

    @Test
    void what_keeps_it_from_opening_is_said_in_its_tab() {
        window.control.terminals.fault =
                new Fault("session-absent", "There is no session: launch.");
        window.robot.doubleClickOn("Shard the cache");
        window.untilSeen("#terminal-2", "There is no session: launch.");
        assertThat(window.seen("#terminal-2")).contains("session-absent");
        window.control.terminals.fault = null;
        window.click("#terminal-again");
        untilScreen("#terminal-2", "worker 2 at");
    }

    @Test
    void a_flood_of_output_leaves_the_window_usable() throws Exception {
        FakeScreen screen = attach(2);
        Thread flood =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            String line = "y\r\n".repeat(500);
                            while (screen.isAlive()) {
                                screen.show(line);
                            }
                        });
        window.until(() -> screen("#terminal-2").matches("(?s)(y +\\R){5}.*"));
        long worst = 0;
        for (int i = 0; i < 40; i++) {
            long asked = System.nanoTime();
            var _ = fx(() -> true);
            worst = Math.max(worst, System.nanoTime() - asked);
        }
        assertThat(worst / 1_000_000).as("ms until the FX thread answers").isLessThan(1_000);
        window.click("#view-board");
        window.untilSeen("#board", "Wave 4");
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.W);
        window.until(() -> tabs() == 1);
        flood.join(20_000);
        assertThat(flood.isAlive()).isFalse();
    }
}
