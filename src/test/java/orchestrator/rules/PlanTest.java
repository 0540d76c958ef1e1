package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import org.junit.jupiter.api.Test;

/** What is to come. */
class PlanTest {
    private static List<Integer> numbers(List<Issue> issues) {
        return issues.stream().map(issue -> issue.id().number()).toList();
    }

    @Test
    void waves_hold_what_is_not_completed_in_hand_out_order() {
        Plan plan =
                Plan.of(
                        new Demo()
                                .issues(
                                        Demo.ordered(1, 2, 1),
                                        Demo.ordered(2, 1, 2),
                                        Demo.ordered(3, 1, 1),
                                        Demo.withStatus(Demo.issue(4), IssueStatus.COMPLETED, ""))
                                .config(),
                        RunState.EMPTY);
        assertThat(plan.waves().keySet()).containsExactly(1, 2);
        assertThat(numbers(plan.waves().firstEntry().getValue())).containsExactly(3, 2);
    }

    @Test
    void first_is_what_each_worker_would_be_given_now() {
        Plan plan =
                Plan.of(
                        new Demo()
                                .issues(Demo.issue(1), Demo.issue(2), Demo.issue(3, 1))
                                .workers(3)
                                .assign(1, 2)
                                .config(),
                        RunState.EMPTY);
        assertThat(plan.first()).as("3 waits for 1").containsOnlyKeys(1, 2);
        assertThat(numbers(List.copyOf(plan.first().values()))).containsExactly(2, 1);
    }

    @Test
    void the_critical_path_is_the_chain_with_the_most_stages_left() {
        Plan plan =
                Plan.of(
                        new Demo()
                                .issues(
                                        Demo.issue(1),
                                        Demo.issue(2, 1),
                                        Demo.issue(3, 2, 1),
                                        Demo.issue(4))
                                .config(),
                        RunState.EMPTY);
        assertThat(plan.criticalPath()).containsExactly(Demo.id(1), Demo.id(2), Demo.id(3));
        assertThat(plan.stagesLeft()).isEqualTo(new Plan.Left(8, 6));
    }

    @Test
    void what_is_finished_shortens_the_path() {
        RunState state =
                RunState.EMPTY
                        .apply(Demo.NOW, new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"))
                        .apply(Demo.NOW, new Event.StageCompleted(Demo.id(1), "implement", 0, ""));
        Plan plan = Plan.of(new Demo().issues(Demo.issue(1), Demo.issue(2, 1)).config(), state);
        assertThat(plan.stagesLeft()).isEqualTo(new Plan.Left(3, 3));
    }

    @Test
    void a_pipeline_made_shorter_leaves_nothing_rather_than_less() {
        RunState state =
                RunState.EMPTY
                        .apply(Demo.NOW, new Event.IssueAssigned(Demo.id(1), 1, 3, "document"))
                        .apply(Demo.NOW, new Event.StageCompleted(Demo.id(1), "document", 3, ""));
        Plan plan = Plan.of(new Demo().issues(Demo.issue(1)).config(), state);
        assertThat(plan.stagesLeft()).isEqualTo(new Plan.Left(0, 0));
    }

    @Test
    void a_chain_of_five_thousand_issues_is_no_trouble() {
        Issue[] chain =
                IntStream.rangeClosed(1, 5000)
                        .mapToObj(n -> n == 1 ? Demo.issue(1) : Demo.issue(n, n - 1))
                        .toArray(Issue[]::new);
        Plan plan =
                Plan.of(
                        new Demo().issues(chain).stages(new Stage("review", false)).config(),
                        RunState.EMPTY);
        assertThat(plan.criticalPath()).hasSize(5000);
    }
}
