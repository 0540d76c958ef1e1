package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import orchestrator.model.Attempt;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.Stage;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.Test;

/** A pipeline that is edited while issues are in it. */
class PlaceTest {
    private static WorkspaceConfig pipeline(String... names) {
        Stage[] stages =
                Arrays.stream(names).map(name -> new Stage(name, false)).toArray(Stage[]::new);
        return new Demo().issues(Demo.issue(1)).workers(1).stages(stages).config();
    }

    private final Story story = new Story(pipeline("a", "b", "c"));

    private void finish() {
        story.ends(1, Demo.finish(Demo.done(), 1, 0));
    }

    private void toB() {
        story.run(1);
        finish();
        assertThat(story.run(1).stage()).isEqualTo("b");
    }

    @Test
    void what_is_put_after_the_running_stage_is_run() {
        toB();
        story.config = pipeline("a", "b", "x", "c");
        finish();
        assertThat(story.run(1).stage()).isEqualTo("x");
    }

    @Test
    void what_is_put_before_it_is_not_gone_back_to() {
        toB();
        story.config = pipeline("x", "a", "b", "c");
        finish();
        Attempt next = story.run(1);
        assertThat(next.stage()).isEqualTo("c");
        assertThat(next.stageIndex()).isEqualTo(3);
    }

    @Test
    void what_is_taken_out_is_skipped_and_what_ran_of_it_ends_as_it_was() {
        toB();
        story.config = pipeline("a", "c");
        finish();
        assertThat(story.run(1).stage()).isEqualTo("c");
        story.config = pipeline("z");
        finish();
        assertThat(story.run(1).stage()).as("nothing it has done is there any more").isEqualTo("z");
    }

    @Test
    void a_pipeline_cut_short_behind_it_completes_it() {
        toB();
        story.config = pipeline("a", "b");
        finish();
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.COMPLETED);
    }

    @Test
    void an_issue_that_was_given_back_is_taken_up_where_it_stands_in_the_new_one() {
        toB();
        finish();
        story.happens(new Event.IssueReturned(Demo.id(1), "pool"));
        story.config = pipeline("x", "y", "a", "b", "c");
        story.ended(1, Demo.finish(Demo.done(), 1, 0));
        assertThat(story.run(1).stage()).isEqualTo("c");
    }
}
