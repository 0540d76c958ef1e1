package orchestrator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import orchestrator.model.Event;
import orchestrator.ui.WindowHands;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real worker in a real tmux, attached to from the real window. */
class WindowTerminalTest {
    @TempDir Path folder;
    private @Nullable WindowWorld opened;

    @BeforeEach
    void launch() throws Exception {
        WindowWorld world = new WindowWorld(folder, "default seconds=240 lines=8\n", 1);
        opened = world;
        world.launch();
    }

    @AfterEach
    void end() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    private WindowWorld world() {
        return java.util.Objects.requireNonNull(opened);
    }

    private String screen() {
        Node view = world().window.find("#terminal-1").orElse(null);
        if (view == null) {
            return "";
        }
        try {
            return WindowHands.fx(
                    () -> String.valueOf(view.queryAccessibleAttribute(AccessibleAttribute.TEXT)));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private void untilScreen(String text) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(screen()).contains(text));
    }

    private void attach() {
        WindowHands window = world().window;
        window.robot.doubleClickOn("#workers-table .issue-title");
        window.untilSeen("#terminal-1", "Keys go to the terminal");
        window.until(() -> window.find("#terminal-canvas:focused").isPresent());
        untilScreen("Step 1 of 8");
    }

    private String sessions() {
        try {
            return world().tmux("list-sessions", "-F", "#{session_name}");
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private String panes() throws Exception {
        return world().tmux("list-panes", "-a", "-F", "#{window_name} #{pane_dead}");
    }

    @Test
    void what_is_typed_reaches_the_worker_s_window_and_closing_leaves_the_worker()
            throws Exception {
        String alone = sessions();
        attach();
        WindowHands window = world().window;
        world().tmux("split-window", "-h", "-t", alone + ":worker-1", "cat");
        window.until(() -> screen().contains("│"));
        window.robot.type(KeyCode.H, KeyCode.E, KeyCode.L, KeyCode.L, KeyCode.O, KeyCode.ENTER);
        window.until(() -> screen().split("hello", -1).length == 3);
        window.click("#tab-terminal-1 .tab-close-button");

        window.until(() -> sessions().equals(alone));
        assertThat(panes()).contains("worker-1 0").doesNotContain("worker-1 1");
        assertThat(world().told(Event.AttemptStarting.class)).hasSize(1);
        window.untilSeen("#workers-table", "Running");
    }

    @Test
    void detaching_by_tmux_s_own_keys_ends_the_terminal_and_says_so() throws Exception {
        attach();
        WindowHands window = world().window;
        window.robot.press(KeyCode.CONTROL, KeyCode.B).release(KeyCode.B, KeyCode.CONTROL);
        window.robot.type(KeyCode.D);

        window.untilSeen("#terminal-1", "The terminal has ended");
        assertThat(panes()).contains("worker-1 0");
        window.click("#terminal-again");
        untilScreen("Step 1 of 8");
    }
}
