package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.RestartCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ctrl-C, where people press it. */
class InterruptTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private String transcript(int issue, int attempt) {
        return Hands.read(orchestra.story.folder(issue, attempt).transcript());
    }

    @Test
    void ctrl_c_in_a_workers_window_restarts_it_with_what_was_done_so_far() {
        orchestra.with(
                new ProjectFile()
                        .workers(1)
                        .issues(1)
                        .scenario(
                                "attempt=1 seconds=600 lines=600", "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until("it works", () -> orchestra.story.running(1, 1).isPresent());
        Orchestra.until("its work is seen", () -> transcript(1, 1).contains("Step 1"));
        Hands.write(orchestra.worktree(1).resolve("half.txt"), "half\n");
        orchestra.hands.git(orchestra.worktree(1), "add", "half.txt");
        orchestra.hands.git(orchestra.worktree(1), "commit", "-qm", "Half of the work");
        Hands.write(orchestra.worktree(1).resolve("rest.txt"), "rest\n");

        orchestra.hands.tmux("send-keys", "-t", "proof-orchestrator:worker-1", "C-c").well();

        Orchestra.until(
                "it is completed",
                () ->
                        orchestra
                                .story
                                .status(1)
                                .equals(java.util.Optional.of(IssueStatus.COMPLETED)));
        List<Event.RestartPlanned> restarts = orchestra.story.of(1, Event.RestartPlanned.class);
        assertThat(restarts).hasSize(1);
        assertThat(restarts.getFirst().kind()).isEqualTo(AttemptKind.CONTINUE);
        assertThat(restarts.getFirst().cause()).isEqualTo(RestartCause.FAILED);
        assertThat(Hands.read(orchestra.story.folder(1, 2).prompt()))
                .contains("This is restart 1", "interrupted", "Half of the work", "rest.txt");
        assertThat(orchestra.story.attempts(1)).hasSize(2);
        String rescue = orchestra.story.only(1, Event.RescueTaken.class).ref();
        assertThat(orchestra.hands.git(orchestra.repo, "show", rescue + ":rest.txt"))
                .isEqualTo("rest");
        orchestra.story.isSound();
    }

    @Test
    void ctrl_c_in_the_monitors_window_leaves_the_workers_at_work_and_launch_adopts_them() {
        orchestra.with(
                new ProjectFile()
                        .stages("implement", "document")
                        .issue(1, "Ends while nobody looks")
                        .issue(2, "Still runs when somebody looks again")
                        .scenario(
                                "issue=1 stage=implement seconds=2 lines=4",
                                "issue=2 stage=implement seconds=8 lines=16",
                                "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until(
                "both work",
                () ->
                        orchestra.story.running(1, 1).isPresent()
                                && orchestra.story.running(2, 1).isPresent());

        orchestra.hands.tmux("send-keys", "-t", "proof-orchestrator:orchestrator", "C-c").well();

        Orchestra.until("the workspace is free", () -> orchestra.monitor().isEmpty());
        assertThat(orchestra.story.all(Event.MonitorStopped.class)).hasSize(1);
        Orchestra.until(
                "issue 1 ends by itself", () -> orchestra.story.folder(1, 1).exit().isPresent());
        assertThat(orchestra.story.of(1, Event.AttemptEnded.class)).isEmpty();
        assertThat(orchestra.run("launch", "--wait").well()).contains("2 of 2 issues completed");
        assertThat(orchestra.story.all(Event.MonitorStarted.class)).hasSize(2);
        assertThat(orchestra.story.attempts().stream().map(Attempt::folderName))
                .containsExactlyInAnyOrder(
                        "001-implement", "001-implement", "002-document", "002-document");
        orchestra.story.isSound();
    }
}
