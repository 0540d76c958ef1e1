package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Things that are taken away under a run. */
class LossTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void a_worktree_that_is_removed_mid_run_is_made_again_and_its_stage_run_again() {
        orchestra.with(
                new ProjectFile()
                        .stages("implement", "document")
                        .issues(1)
                        .scenario(
                                "stage=document attempt=1 seconds=3 lines=6",
                                "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until("the second stage works", () -> orchestra.story.running(1, 2).isPresent());
        String done = orchestra.head(orchestra.repo, 1);

        orchestra
                .hands
                .run(orchestra.root, List.of("rm", "-rf", orchestra.worktree(1).toString()))
                .well();

        Orchestra.until(
                "it is completed",
                () ->
                        orchestra
                                .story
                                .status(1)
                                .filter(status -> status == IssueStatus.COMPLETED)
                                .isPresent());
        assertThat(orchestra.story.of(1, Event.WorktreeRemoved.class)).hasSize(1);
        assertThat(orchestra.story.attempts(1)).hasSize(3);
        assertThat(Files.isDirectory(orchestra.worktree(1))).isTrue();
        orchestra.hands.git(orchestra.repo, "merge-base", "--is-ancestor", done, "proof/issue-1");
        Orchestra.until("it is pushed", () -> orchestra.isPushed(1));
        orchestra.story.isSound();
    }

    @Test
    void when_the_session_is_killed_the_agents_work_on_and_the_next_launch_adopts_them() {
        orchestra.with(
                new ProjectFile()
                        .stages("implement", "document")
                        .issues(2)
                        .scenario(
                                "stage=implement seconds=6 lines=60",
                                "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until(
                "both work",
                () ->
                        orchestra.story.running(1, 1).isPresent()
                                && orchestra.story.running(2, 1).isPresent());

        orchestra.hands.tmux("kill-session", "-t", "proof-orchestrator").well();

        Orchestra.until("the workspace is free", () -> orchestra.monitor().isEmpty());
        orchestra.launch();
        Orchestra.until(
                "the new window shows the log of what works on",
                () ->
                        orchestra
                                .hands
                                .tmux("capture-pane", "-p", "-t", "proof-orchestrator:worker-1")
                                .out()
                                .contains("Step "));
        Orchestra.until("both are pushed", () -> orchestra.isPushed(1) && orchestra.isPushed(2));
        Orchestra.until(
                "all is done", () -> orchestra.story.all(Event.IssueCompleted.class).size() == 2);
        assertThat(orchestra.windows()).hasSize(4);
        assertThat(orchestra.story.attempts()).hasSize(4);
        assertThat(orchestra.story.all(Event.RestartPlanned.class)).isEmpty();
        orchestra.story.isSound();
    }
}
