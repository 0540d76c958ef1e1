package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import orchestrator.bench.BigRun;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.Test;

/** What is kept from question to question gives the answers that looking at everything gives. */
class AgendaTest {
    private static List<IssueId> ready(Agenda agenda, RunState state) {
        return agenda.ready(state).map(Issue::id).toList();
    }

    private static RunState completed(RunState state, int issue) {
        return state.apply(Demo.NOW, new Event.IssueCompleted(Demo.id(issue)));
    }

    @Test
    void a_decider_that_is_kept_decides_as_one_made_for_the_moment() {
        BigRun run = BigRun.inFullSwing(1500);
        Decider kept = new Decider(run.config());
        int decisions = 0;
        for (BigRun.Step step : run.steps(400)) {
            RunState state = step.before().apply(step.now(), step.event());
            var decided = kept.decide(state, step.seen(), step.now());
            assertThat(decided)
                    .isEqualTo(Decider.decide(run.config(), state, step.seen(), step.now()));
            decisions += decided.size();
        }
        assertThat(decisions).isGreaterThan(300);
    }

    @Test
    void a_state_that_was_foreseen_and_did_not_come_about_is_forgotten() {
        WorkspaceConfig config =
                new Demo()
                        .issues(
                                Demo.issue(1),
                                Demo.issue(2),
                                Demo.issue(3, 1),
                                Demo.issue(4, 2),
                                Demo.issue(5))
                        .config();
        Agenda agenda = new Agenda(config);
        RunState base = completed(RunState.EMPTY, 5);
        assertThat(ready(agenda, base)).containsExactly(Demo.id(1), Demo.id(2));
        assertThat(ready(agenda, completed(base, 1))).containsExactly(Demo.id(2), Demo.id(3));
        // As many changes, and others.
        assertThat(ready(agenda, completed(base, 2))).containsExactly(Demo.id(1), Demo.id(4));
        assertThat(ready(agenda, base)).containsExactly(Demo.id(1), Demo.id(2));
    }

    @Test
    void more_changes_than_are_kept_are_all_seen() {
        Demo demo = new Demo();
        for (int number = 1; number <= 200; number++) {
            demo.issues(Demo.issue(number));
        }
        Agenda agenda = new Agenda(demo.config());
        RunState state = completed(RunState.EMPTY, 1);
        assertThat(ready(agenda, state)).hasSize(199);
        for (int number = 2; number <= 190; number++) {
            state = completed(state, number);
        }
        assertThat(ready(agenda, state)).hasSize(10);
    }

    @Test
    void of_a_project_on_hold_nothing_is_begun_and_nothing_tried_again() {
        Demo demo = new Demo().issues(Demo.issue(1), Demo.issue(2)).retryFailed();
        RunState state =
                new Story(demo).happens(new Event.IssueFailed(Demo.id(2), "tests fail")).state;
        Agenda open = new Agenda(demo.config());
        assertThat(open.ready(state)).extracting(Issue::id).containsExactly(Demo.id(1));
        assertThat(open.toRetry(state)).extracting(Issue::id).containsExactly(Demo.id(2));
        Agenda held = new Agenda(demo.onHold().config());
        assertThat(held.ready(state)).isEmpty();
        assertThat(held.isReady(state, Demo.id(1))).isFalse();
        assertThat(held.toRetry(state)).isEmpty();
    }
}
