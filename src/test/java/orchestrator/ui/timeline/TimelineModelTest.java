package orchestrator.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.AttemptKind;
import orchestrator.model.IssueId;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.Usage;
import orchestrator.rules.TimeRange;
import org.junit.jupiter.api.Test;

/** The range in sight, the focus and the filter. */
class TimelineModelTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private final TimelineModel model = new TimelineModel();

    private static Bar bar(int worker, int issue, int number, int from, int to) {
        return new Bar(
                new IssueId("demo", issue),
                number,
                "implement",
                worker,
                AttemptKind.FIRST,
                START.plusSeconds(from),
                to < 0 ? Optional.empty() : Optional.of(START.plusSeconds(to)),
                to < 0 ? Outcome.RUNNING : Outcome.COMPLETED,
                "",
                0,
                Usage.NONE);
    }

    private static RunHistory history(int last, Bar... bars) {
        List<Lane> lanes = new ArrayList<>();
        for (int worker = 1; worker <= 3; worker++) {
            int of = worker;
            lanes.add(
                    new Lane(
                            worker,
                            List.of(bars).stream().filter(bar -> bar.worker() == of).toList()));
        }
        return new RunHistory(
                lanes,
                List.of(),
                List.of(new Mark(START, true, "Monitor started")),
                List.of(),
                Optional.of(START.plusSeconds(last)),
                last);
    }

    private static final Bar A = bar(1, 1, 1, 0, 600);
    private static final Bar B = bar(1, 1, 2, 620, 1200);
    private static final Bar C = bar(3, 2, 1, 300, 7200);

    private void show() {
        model.update(history(7200, A, B, C), Optional.empty(), START.plusSeconds(9000));
    }

    @Test
    void at_first_all_is_in_sight_and_stays_so_while_it_grows() {
        show();
        assertThat(model.range()).isEqualTo(model.axis().whole());
        model.update(history(9000, A, B, C, bar(1, 4, 1, 8000, 9000)), Optional.empty(), START);
        assertThat(model.range()).isEqualTo(model.axis().whole());
        assertThat(model.range().to()).isGreaterThan(9000);
    }

    @Test
    void a_range_that_was_chosen_stays_where_it_is() {
        show();
        model.show(new TimeRange(500, 1500));
        model.update(history(9000, A, B, C, bar(1, 4, 1, 8000, 9000)), Optional.empty(), START);
        assertThat(model.range().from()).isCloseTo(500, within(0.01));
        assertThat(model.range().to()).isCloseTo(1500, within(0.01));
    }

    @Test
    void the_last_hour_goes_on_with_the_time() {
        show();
        model.lastHour();
        assertThat(model.range().length()).isEqualTo(3600);
        double to = model.range().to();
        model.update(history(9000, A, B, C, bar(1, 4, 1, 8000, 9000)), Optional.empty(), START);
        assertThat(model.range().length()).isCloseTo(3600, within(0.01));
        assertThat(model.range().to()).isGreaterThan(to + 1000);
    }

    @Test
    void nobody_is_at_work_after_the_monitors_end_so_an_open_bar_ends_with_the_last_event() {
        Bar open = bar(1, 1, 1, 0, -1);
        model.update(history(500, open), Optional.empty(), START.plusSeconds(90_000));
        assertThat(model.end(open)).isEqualTo(START.plusSeconds(500));
    }

    @Test
    void the_focus_goes_along_a_lane_and_to_what_went_on_beside_it() {
        show();
        model.focus(A);
        model.step(1);
        assertThat(model.focus()).contains(B);
        model.step(1);
        assertThat(model.focus()).contains(B);
        model.stepLane(1);
        assertThat(model.focus()).as("over a lane without attempts").contains(C);
        model.stepLane(-1);
        assertThat(model.focus().map(Bar::worker)).contains(1);
        model.focus(null);
        model.step(1);
        assertThat(model.focus()).contains(B);
    }

    @Test
    void the_bar_in_focus_comes_into_sight_and_keeps_the_focus_when_it_ends() {
        Bar open = bar(1, 1, 1, 7000, -1);
        model.update(history(7200, open, C), Optional.empty(), START.plusSeconds(7200));
        model.show(new TimeRange(300, 900));
        model.focus(open);
        assertThat(model.range().to()).isGreaterThan(7000);
        Bar ended = bar(1, 1, 1, 7000, 7100);
        model.update(history(7300, ended, C), Optional.empty(), START.plusSeconds(7300));
        assertThat(model.focus()).contains(ended);
    }

    @Test
    void only_what_matches_the_filter_is_there() {
        show();
        model.setFilter("DEMO#2");
        assertThat(model.rows()).hasSize(3);
        assertThat(model.rows().stream().flatMap(row -> row.bars().stream())).containsExactly(C);
        model.focus(A);
        model.setFilter("");
        assertThat(model.rows().getFirst().bars()).hasSize(2);
    }
}
