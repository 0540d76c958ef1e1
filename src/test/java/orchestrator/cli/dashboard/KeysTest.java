package orchestrator.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import orchestrator.cli.dashboard.Key.Named;
import orchestrator.cli.dashboard.Keys.Act;
import orchestrator.cli.dashboard.Keys.Motion;
import orchestrator.cli.dashboard.View.Mode;
import orchestrator.monitor.Order;
import orchestrator.ui.SampleRun;
import org.junit.jupiter.api.Test;

/** Eight workers: 1, 2 and 5 run, 3 waits, 4 starts, 6 is being ended, 7 and 8 are idle. */
class KeysTest {
    private static final Overview SEEN = Overview.of(SampleRun.rich(""));

    private View view = View.FIRST;
    private Optional<Act> act = Optional.empty();

    private KeysTest press(Key... keys) {
        for (Key key : keys) {
            Keys.Step step = Keys.press(view, key, SEEN);
            view = step.view();
            act = step.act();
        }
        return this;
    }

    private KeysTest type(String text) {
        text.codePoints().forEach(point -> press(new Key.Typed(point)));
        return this;
    }

    private String asked() {
        return view.question().map(View.Question::text).orElse("");
    }

    @Test
    void workers_are_chosen_up_and_down_and_no_further() {
        type("jj");
        assertThat(view.chosen()).isEqualTo(3);
        press(Named.UP, Named.UP, Named.UP);
        assertThat(view.chosen()).isEqualTo(1);
        assertThat(type("G").view.chosen()).isEqualTo(8);
        assertThat(type("j").view.chosen()).isEqualTo(8);
        assertThat(type("g").view.chosen()).isEqualTo(1);
        assertThat(press(Named.PAGE_DOWN).view.chosen()).isEqualTo(8);
    }

    @Test
    void stopping_and_restarting_ask_first_and_only_yes_is_one() {
        type("js");
        assertThat(asked())
                .isEqualTo(
                        "Stop worker 2? Its attempt at proof#22 is ended; it starts nothing until restarted.");
        assertThat(act).isEmpty();
        press(Named.ENTER);
        assertThat(asked()).isEmpty();
        assertThat(act).as("Enter is no yes").isEmpty();
        assertThat(view.notice().orElseThrow().text()).isEqualTo("Nothing was done.");
        type("sy");
        assertThat(act).contains(new Act.Send(Order.stopWorker(2)));
        type("r");
        assertThat(asked())
                .isEqualTo(
                        "Restart worker 2? Its attempt at proof#22 is ended; its stage begins anew.");
        assertThat(type("q").act).as("it only says no").isEmpty();
        assertThat(type("ry").act).contains(new Act.Send(Order.restart(2)));
        type("Gs");
        assertThat(asked()).startsWith("Stop worker 8? It holds nothing;");
        press(new Key.Pasted("y"));
        assertThat(act).as("a paste is no yes").isEmpty();
    }

    @Test
    void pausing_needs_no_question_and_is_taken_back_by_the_same_key() {
        assertThat(type("p").act).contains(new Act.Send(Order.pauseWorker(1)));
        assertThat(type("P").act).contains(new Act.Send(Order.pause(Optional.empty())));
        Overview held =
                Overview.of(
                        SampleRun.of(
                                SampleRun.HERE,
                                new orchestrator.model.RunSnapshot.GateView(
                                        false,
                                        Optional.of(orchestrator.model.PauseCause.USER),
                                        Optional.empty(),
                                        "lunch"),
                                java.util.List.of(SampleRun.idle(1).stopped()),
                                java.util.List.of()));
        assertThat(Keys.press(view, new Key.Typed('p'), held).act())
                .contains(new Act.Send(Order.continueWorker(1)));
        assertThat(Keys.press(view, new Key.Typed('P'), held).act())
                .contains(new Act.Send(Order.resume()));
    }

    @Test
    void a_filter_is_typed_kept_and_taken_back_and_what_is_chosen_is_shown() {
        type("/");
        assertThat(view.mode()).isEqualTo(Mode.FILTERING);
        type("RUNNING proof#3");
        assertThat(SEEN.shown(view.filter())).extracting(Overview.Row::number).containsExactly(5);
        assertThat(view.chosen()).isEqualTo(5);
        press(Named.ENTER);
        assertThat(view.mode()).isEqualTo(Mode.OVERVIEW);
        type("s");
        assertThat(asked()).startsWith("Stop worker 5?");
        type("n");
        press(Named.ESCAPE);
        assertThat(view.filter()).isEmpty();
        type("/zz😀");
        press(Named.BACKSPACE);
        assertThat(view.filter()).isEqualTo("zz");
        press(Named.ENTER);
        assertThat(type("s").asked()).isEmpty();
        assertThat(view.notice().orElseThrow().text()).contains("No worker is shown");
        assertThat(press(Named.ENTER).act).isEmpty();
        press(new Key.Typed('/'), new Key.Pasted("\033[31m\nsy"));
        assertThat(view.filter()).isEqualTo("zz sy");
        press(Named.CLEAR, Named.BACKSPACE);
        assertThat(view.mode()).isEqualTo(Mode.OVERVIEW);
    }

    @Test
    void the_log_is_opened_scrolled_and_left() {
        type("jj");
        assertThat(press(Named.ENTER).act).contains(new Act.OpenLog(3));
        assertThat(type("k").act).contains(new Act.Scroll(Motion.UP));
        assertThat(type("g").act).contains(new Act.Scroll(Motion.BEGIN));
        assertThat(press(Named.PAGE_DOWN).act).contains(new Act.Scroll(Motion.PAGE_DOWN));
        assertThat(type("f").act).contains(new Act.Scroll(Motion.END));
        assertThat(type("a").act).contains(new Act.Attach(3));
        assertThat(view.mode()).isEqualTo(Mode.LOG);
        assertThat(type("sn").view.mode()).isEqualTo(Mode.LOG);
        assertThat(type("q").act).contains(new Act.CloseLog());
        assertThat(view.mode()).isEqualTo(Mode.OVERVIEW);
        assertThat(view.chosen()).isEqualTo(3);
    }

    @Test
    void help_goes_with_any_key_and_leaving_is_possible_everywhere() {
        assertThat(type("?").view.mode()).isEqualTo(Mode.HELP);
        assertThat(type("s").view.mode()).isEqualTo(Mode.OVERVIEW);
        assertThat(asked()).isEmpty();
        assertThat(type("q").act).contains(new Act.Leave());
        for (String before : new String[] {"?", "/x", "s"}) {
            view = View.FIRST;
            assertThat(type(before).press(Named.LEAVE).act).contains(new Act.Leave());
        }
    }
}
