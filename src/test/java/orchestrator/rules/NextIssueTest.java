package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.Test;

/** Which issue an idle worker takes. */
class NextIssueTest {
    private static Optional<Integer> next(WorkspaceConfig config, RunState state, int worker) {
        return NextIssue.forWorker(config, state, worker).map(issue -> issue.id().number());
    }

    private static Optional<Integer> next(Issue... issues) {
        return next(new Demo().issues(issues).config(), RunState.EMPTY, 1);
    }

    private static Issue with(Issue issue, IssueStatus status) {
        return Demo.withStatus(issue, status, "");
    }

    @Test
    void the_lowest_wave_goes_first_then_priority_then_number() {
        assertThat(next(Demo.ordered(1, 2, 1), Demo.ordered(2, 1, 9))).contains(2);
        assertThat(next(Demo.ordered(1, 1, 5), Demo.ordered(2, 1, 4))).contains(2);
        assertThat(next(Demo.ordered(7, 1, 1), Demo.ordered(3, 1, 1))).contains(3);
    }

    @Test
    void of_equals_the_project_named_first_goes_first() {
        Issue b = Demo.issue(1);
        Issue a =
                new Issue(
                        new IssueId("alpha", 5),
                        "t",
                        "",
                        1,
                        List.of(),
                        1,
                        IssueStatus.PENDING,
                        "main",
                        "",
                        Optional.empty());
        assertThat(List.of(b, a).stream().min(NextIssue.ORDER)).contains(a);
    }

    @Test
    void a_dependency_gates_whatever_the_wave_says() {
        assertThat(next(Demo.ordered(1, 1, 1, 2), Demo.ordered(2, 5, 1))).contains(2);
    }

    @Test
    void only_a_completed_dependency_opens_the_gate() {
        for (IssueStatus status : IssueStatus.values()) {
            WorkspaceConfig config =
                    new Demo().issues(with(Demo.issue(2), status), Demo.issue(3, 2)).config();
            boolean given =
                    new Agenda(config)
                            .ready(RunState.EMPTY)
                            .anyMatch(issue -> issue.id().equals(Demo.id(3)));
            assertThat(given).as("%s", status).isEqualTo(status == IssueStatus.COMPLETED);
        }
    }

    @Test
    void waves_do_not_gate() {
        RunState state =
                RunState.EMPTY.apply(
                        Demo.NOW, new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"));
        WorkspaceConfig config =
                new Demo().issues(Demo.ordered(1, 1, 1), Demo.ordered(2, 2, 1)).config();
        assertThat(next(config, state, 2)).contains(2);
    }

    @Test
    void what_is_not_pending_is_not_taken() {
        for (IssueStatus status :
                List.of(IssueStatus.COMPLETED, IssueStatus.FAILED, IssueStatus.PARKED)) {
            assertThat(next(with(Demo.issue(1), status))).as("%s", status).isEmpty();
        }
    }

    @Test
    void an_initial_assignment_goes_before_the_order() {
        WorkspaceConfig config =
                new Demo().issues(Demo.issue(1), Demo.issue(2)).assign(1, 2).config();
        assertThat(next(config, RunState.EMPTY, 1)).contains(2);
    }

    @Test
    void an_initial_assignment_is_kept_for_its_worker() {
        WorkspaceConfig config =
                new Demo().issues(Demo.issue(1), Demo.issue(2)).assign(2, 1).config();
        assertThat(next(config, RunState.EMPTY, 1)).contains(2);
        assertThat(next(config, RunState.EMPTY, 2)).contains(1);
    }

    @Test
    void an_initial_assignment_that_cannot_begin_does_not_hold_its_worker_up() {
        WorkspaceConfig config =
                new Demo()
                        .issues(Demo.issue(1, 3), Demo.issue(2), Demo.issue(3))
                        .assign(1, 1)
                        .config();
        assertThat(next(config, RunState.EMPTY, 1)).contains(2);
    }

    @Test
    void once_its_worker_was_launched_or_is_gone_an_assignment_is_anybodys() {
        WorkspaceConfig config = new Demo().issues(Demo.issue(1)).assign(2, 1).workers(2).config();
        RunState launched =
                RunState.EMPTY.apply(Demo.NOW, new Event.AttemptStarting(Demo.attempt(9, 1, 2)));
        WorkspaceConfig smaller = new Demo().issues(Demo.issue(1)).assign(2, 1).workers(1).config();

        assertThat(next(config, RunState.EMPTY, 1)).isEmpty();
        assertThat(next(config, launched, 1)).contains(1);
        assertThat(next(smaller, RunState.EMPTY, 1)).contains(1);
    }

    @Test
    void an_undefined_dependency_never_completes() {
        assertThat(next(Demo.issue(1, 99))).isEmpty();
    }
}
