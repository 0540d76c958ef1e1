package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import orchestrator.model.IssueStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One more issue while the run is on. */
class AddIssueTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void an_issue_added_mid_run_is_worked_on_at_once() {
        orchestra.with(
                new ProjectFile()
                        .issues(1)
                        .scenario("issue=1 seconds=600 lines=600", "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until("issue 1 works", () -> orchestra.story.running(1, 1).isPresent());

        assertThat(orchestra.run("add-issue", "99", "--title", "New feature", "--wave", "2").well())
                .contains("proof#99");

        Orchestra.until(
                "issue 99 is completed",
                () ->
                        orchestra
                                .story
                                .status(99)
                                .filter(status -> status == IssueStatus.COMPLETED)
                                .isPresent());
        assertThat(Hands.read(orchestra.story.folder(99, 1).prompt()))
                .contains("New feature", "wave 2");
        assertThat(orchestra.story.running(1, 1)).isPresent();
        Hands.Done again = orchestra.run("add-issue", "99", "--title", "Once more");
        assertThat(again.code()).as("%s", again).isNotZero();
        assertThat(again.err()).contains("99");
        orchestra.story.isSound();
    }
}
