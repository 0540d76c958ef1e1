package orchestrator.ui.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import orchestrator.config.NewIssue;
import orchestrator.model.Demo;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.WorkspaceConfig;
import orchestrator.ui.board.IssueFormModel.Field;
import org.junit.jupiter.api.Test;

/** What the form of an issue finds wrong, and what comes of it. */
class IssueFormModelTest {
    private static final WorkspaceConfig CONFIG =
            new Demo().issues(Demo.issue(1), Demo.issue(5, 1)).config();

    private static IssueFormModel adding() {
        return IssueFormModel.adding(CONFIG, Optional.empty(), 3);
    }

    private static IssueFormModel editing() {
        return IssueFormModel.editing(CONFIG, CONFIG.issue(Demo.id(5)).orElseThrow());
    }

    @Test
    void a_new_issue_follows_the_last_one_in_the_wave_it_is_asked_for() {
        IssueFormModel form = adding();
        assertThat(form.value(Field.PROJECT)).isEqualTo("demo");
        assertThat(form.value(Field.NUMBER)).isEqualTo("6");
        form.set(Field.TITLE, " A title ");
        form.set(Field.DEPENDS_ON, "#1 5, 1");
        form.set(Field.EXCLUSIVE, "staking.db, port 80");
        assertThat(form.problems()).isEmpty();
        assertThat(form.added())
                .isEqualTo(
                        new NewIssue(
                                6,
                                "A title",
                                "",
                                OptionalInt.of(3),
                                OptionalInt.of(0),
                                List.of(Demo.id(1), Demo.id(5)),
                                Optional.empty(),
                                "",
                                Optional.empty(),
                                List.of("port 80", "staking.db")));
    }

    @Test
    void all_that_is_wrong_is_told_at_once_each_with_its_field() {
        IssueFormModel form = adding();
        form.set(Field.NUMBER, "5");
        form.set(Field.WAVE, "-1");
        form.set(Field.PRIORITY, "high");
        form.set(Field.DEPENDS_ON, "1, x");
        form.set(Field.TASK_TYPE, "review");
        assertThat(form.problems())
                .containsOnlyKeys(
                        Field.NUMBER,
                        Field.TITLE,
                        Field.WAVE,
                        Field.PRIORITY,
                        Field.DEPENDS_ON,
                        Field.BRANCH);
        form.set(Field.NUMBER, "99999999999");
        assertThat(form.problems().get(Field.NUMBER))
                .isEqualTo(IssueFormModel.Wrong.of("form.number"));
    }

    @Test
    void dependencies_must_be_there_and_be_others() {
        IssueFormModel form = editing();
        form.set(Field.DEPENDS_ON, "5");
        assertThat(form.problems().get(Field.DEPENDS_ON))
                .isEqualTo(IssueFormModel.Wrong.of("form.dependency-self"));
        form.set(Field.DEPENDS_ON, "other#1");
        assertThat(form.problems().get(Field.DEPENDS_ON))
                .isEqualTo(IssueFormModel.Wrong.of("form.dependency-unknown", "other#1"));
        form.set(Field.DEPENDS_ON, "1#");
        assertThat(form.problems()).containsKey(Field.DEPENDS_ON);
    }

    @Test
    void a_branch_is_for_reviews_only_and_a_budget_is_an_amount() {
        IssueFormModel form = editing();
        form.set(Field.BRANCH, "feature/x");
        form.set(Field.BUDGET, "-2");
        assertThat(form.problems()).containsOnlyKeys(Field.BRANCH, Field.BUDGET);
        form.set(Field.TASK_TYPE, "review");
        form.set(Field.BUDGET, "2.50");
        assertThat(form.problems()).isEmpty();
    }

    @Test
    void what_is_opened_and_not_touched_changes_nothing() {
        IssueFormModel form = editing();
        assertThat(form.problems()).isEmpty();
        assertThat(form.after()).isEqualTo(form.before());
    }

    @Test
    void what_is_written_comes_out() {
        IssueFormModel form = editing();
        form.set(Field.TITLE, "Other");
        form.set(Field.WAVE, "7");
        form.set(Field.DEPENDS_ON, "");
        form.set(Field.STAGE, "review");
        form.set(Field.EXCLUSIVE, "db");
        form.set(Field.BUDGET, "4");
        Issue after = form.after();
        assertThat(after.title()).isEqualTo("Other");
        assertThat(after.wave()).isEqualTo(7);
        assertThat(after.dependsOn()).isEqualTo(List.<IssueId>of());
        assertThat(after.initialStage()).contains("review");
        assertThat(after.exclusive()).isEqualTo(Set.of("db"));
        assertThat(after.maxBudgetUsd()).isEqualTo(OptionalDouble.of(4));
    }
}
