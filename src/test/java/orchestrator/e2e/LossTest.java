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
    void a_session_that_is_killed_mid_run_is_made_again_by_the_next_launch() {
        orchestra.with(
                new ProjectFile()
                        .issues(2)
                        .scenario(
                                "attempt=1 seconds=600 lines=600", "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until(
                "both work",
                () ->
                        orchestra.story.running(1, 1).isPresent()
                                && orchestra.story.running(2, 1).isPresent());

        orchestra.hands.tmux("kill-session", "-t", "proof-orchestrator").well();

        Orchestra.until("the workspace is free", () -> orchestra.monitor().isEmpty());
        assertThat(orchestra.run("launch", "--wait").well()).contains("2 of 2 issues completed");
        assertThat(orchestra.windows()).hasSize(4);
        assertThat(orchestra.story.attempts()).hasSize(4);
        orchestra.story.isSound();
    }
}
