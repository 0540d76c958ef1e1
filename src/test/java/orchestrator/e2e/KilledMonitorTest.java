package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import orchestrator.model.Attempt;
import orchestrator.model.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The monitor dies without a word; the next one goes on. */
class KilledMonitorTest {
    private static final long SEED = 20261122;
    private static final int KILLS = 5;

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private void kill() {
        orchestra.monitor().orElseThrow().destroyForcibly();
        // Its lock tells: tmux may leave a dead process unreaped for long.
        Orchestra.until("the workspace is free", () -> orchestra.monitor().isEmpty());
    }

    @Test
    void row01_after_a_kill_running_attempts_are_adopted_and_ends_that_came_meanwhile_are_found() {
        orchestra.with(
                new ProjectFile()
                        .issue(1, "Ends while nobody looks")
                        .issue(2, "Still runs when somebody looks again")
                        .issue(3, "Comes after", 1)
                        .scenario(
                                "issue=1 seconds=2 lines=4",
                                "issue=2 seconds=8 lines=16",
                                "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until(
                "both work",
                () ->
                        orchestra.story.running(1, 1).isPresent()
                                && orchestra.story.running(2, 1).isPresent());
        List<String> begun = orchestra.story.attempts().stream().map(Attempt::id).toList();
        kill();
        Orchestra.until(
                "issue 1 ends by itself", () -> orchestra.story.folder(1, 1).exit().isPresent());

        assertThat(orchestra.run("launch", "--wait").well()).contains("3 of 3 issues completed");

        assertThat(orchestra.story.attempts().stream().map(Attempt::id).limit(2)).isEqualTo(begun);
        assertThat(orchestra.story.attempts()).hasSize(3);
        assertThat(orchestra.story.all(Event.RestartPlanned.class)).isEmpty();
        orchestra.story.isSound();
    }

    @Test
    void row01_killed_at_any_moment_again_and_again_nothing_runs_twice_and_nothing_is_lost() {
        int issues = 6;
        orchestra.with(
                new ProjectFile()
                        .workers(3)
                        .stages("implement", "document")
                        .issues(issues)
                        .scenario("default seconds=0.5 lines=2"));
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            int before = orchestra.story.events().size();
            orchestra.launch();
            int more = 1 + random.nextInt(12);
            Orchestra.until(
                    more + " events more", () -> orchestra.story.events().size() >= before + more);
            kill();
        }
        assertThat(orchestra.run("launch", "--wait").well()).contains("6 of 6 issues completed");
        orchestra.story.isSound();
        assertThat(orchestra.story.all(Event.RestartPlanned.class)).isEmpty();
        IntStream.rangeClosed(1, issues).forEach(this::everyStageWasDoneOnce);
    }

    private void everyStageWasDoneOnce(int issue) {
        Orchestra.until("issue " + issue + " is pushed", () -> orchestra.isPushed(issue));
        List<String> stages =
                orchestra
                        .hands
                        .git(
                                orchestra.repo,
                                "log",
                                "--reverse",
                                "--format=%s",
                                "main..proof/issue-" + issue)
                        .lines()
                        .map(subject -> subject.replaceAll("^\\[proof] (\\w+):.*", "$1"))
                        .toList();
        assertThat(stages)
                .as("commits of issue %d", issue)
                .containsExactly("implement", "document");
    }
}
