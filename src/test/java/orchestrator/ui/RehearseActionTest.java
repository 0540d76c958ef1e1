package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;
import orchestrator.model.Fault;
import orchestrator.ui.shell.WindowSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way from a window to a rehearsal of its workspace. */
class RehearseActionTest {
    private final List<Runnable> shown = new ArrayList<>();
    private final List<Consumer<Fault>> failed = new ArrayList<>();
    private @Nullable WindowHands opened;

    private WindowHands open(WindowSettings settings) throws Exception {
        FakeRunControl control = new FakeRunControl();
        control.snapshot.set(WindowCase.before());
        WindowHands window = new WindowHands(control, settings, 1440, 900);
        opened = window;
        return window;
    }

    @AfterEach
    void close() throws Exception {
        WindowHands window = opened;
        if (window != null) {
            window.close();
        }
    }

    private static void look(WindowHands window) {
        window.robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.robot.write("rehearse");
    }

    private static void choose(WindowHands window) {
        look(window);
        window.untilSeen("#palette-found", "Rehearse…");
        window.robot.type(KeyCode.ENTER);
    }

    private WindowHands withRehearsal() throws Exception {
        return open(
                WindowSettings.defaults()
                        .withRehearsal((done, fault) -> {
                            shown.add(done);
                            failed.add(fault);
                        }));
    }

    @Test
    void it_says_that_it_is_laid_out_and_where_it_is() throws Exception {
        WindowHands window = withRehearsal();
        choose(window);
        window.untilSeen("#notice", "being laid out");
        WindowHands.fx(() -> {
            shown.getFirst().run();
            return true;
        });
        window.untilSeen("#notice", "press Launch there");
        assertThat(shown).hasSize(1);
    }

    @Test
    void it_says_why_there_is_none() throws Exception {
        WindowHands window = withRehearsal();
        choose(window);
        window.untilSeen("#notice", "being laid out");
        WindowHands.fx(() -> {
            failed.getFirst()
                    .accept(new Fault("rehearsal-holds-work", "It holds a.txt: take it out."));
            return true;
        });
        window.untilSeen("#fault-dialog", "It holds a.txt: take it out.");
        assertThat(window.seen("#fault-dialog")).contains("rehearsal-holds-work");
        assertThat(window.seen("#notice")).contains("There is no new rehearsal");
    }

    @Test
    void a_window_that_cannot_be_rehearsed_does_not_offer_it() throws Exception {
        WindowHands window = open(WindowSettings.defaults());
        look(window);
        window.untilSeen("#palette", "Nothing fits");
        assertThat(shown).isEmpty();
    }
}
