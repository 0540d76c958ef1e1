package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import orchestrator.bench.BigRun;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.Test;

/** Views that are kept from look to look show what views made from nothing show. */
class IssueViewsTest {
    private static void same(IssueViews kept, WorkspaceConfig config, RunState state) {
        IssueViews fresh = new IssueViews(config);
        fresh.look(state);
        kept.look(state);
        assertThat(kept.views()).isEqualTo(fresh.views());
        assertThat(kept.totals()).isEqualTo(fresh.totals());
    }

    @Test
    void all_along_a_large_run() {
        BigRun run = BigRun.inFullSwing(3000);
        IssueViews kept = new IssueViews(run.config());
        for (int i = 0; i < 40; i++) {
            same(kept, run.config(), run.state());
            run.steps(60);
        }
        assertThat(kept.totals().completed()).isGreaterThan(1300);
    }

    @Test
    void when_what_they_wait_for_fails_is_opened_again_and_completes() {
        WorkspaceConfig config =
                new Demo().issues(Demo.issue(3, 2), Demo.issue(2, 1, 9), Demo.issue(1)).config();
        IssueViews kept = new IssueViews(config);
        RunState state = RunState.EMPTY;
        same(kept, config, state);
        for (Event event :
                new Event[] {
                    new Event.IssueFailed(Demo.id(1), "no"),
                    new Event.IssueCompleted(Demo.id(9)),
                    new Event.IssueReopened(Demo.id(1), "again"),
                    new Event.IssueCompleted(Demo.id(1)),
                    new Event.IssueParked(Demo.id(2), "later")
                }) {
            state = state.apply(Demo.NOW, event);
            same(kept, config, state);
        }
        assertThat(kept.views().getLast().blockedForever()).isTrue();
    }

    @Test
    void a_look_without_news_makes_nothing_anew() {
        WorkspaceConfig config = new Demo().issues(Demo.issue(1), Demo.issue(2)).config();
        IssueViews kept = new IssueViews(config);
        RunState state = RunState.EMPTY.apply(Demo.NOW, new Event.IssueCompleted(Demo.id(1)));
        kept.look(state);
        var before = kept.views();
        kept.look(state);
        assertThat(kept.views()).isSameAs(before);
        kept.look(state.apply(Demo.NOW, new Event.IssueParked(Demo.id(2), "later")));
        assertThat(kept.views().getFirst()).isSameAs(before.getFirst());
    }

    @Test
    void what_is_pending_of_a_project_on_hold_will_not_begin_and_says_why() {
        Demo demo = new Demo().issues(Demo.issue(1), Demo.issue(2, 1)).retryFailed();
        RunState state = RunState.EMPTY.apply(Demo.NOW, new Event.IssueFailed(Demo.id(1), "no"));
        IssueViews open = new IssueViews(demo.config());
        open.look(RunState.EMPTY);
        assertThat(open.views()).noneMatch(view -> view.blockedForever());
        IssueViews held = new IssueViews(demo.onHold().config());
        held.look(RunState.EMPTY);
        assertThat(held.views())
                .allSatisfy(view -> {
                    assertThat(view.blockedForever()).isTrue();
                    assertThat(view.reason()).isEqualTo("its project is on hold");
                });
        held.look(state);
        assertThat(held.views().getFirst().willRetry()).isFalse();
        assertThat(held.views().getFirst().reason()).isEqualTo("no");
    }
}
