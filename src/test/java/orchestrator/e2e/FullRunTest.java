package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import orchestrator.model.Attempt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run from the launch to the cleanup. */
class FullRunTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void a_run_takes_every_issue_through_every_stage_and_pushes_its_branch() {
        orchestra.with(
                new ProjectFile()
                        .workers(3)
                        .stages("implement", "document")
                        .issue(1, "First")
                        .issue(2, "Second")
                        .issue(3, "Third", 1)
                        .issue(4, "Fourth", 1, 2)
                        .issue(5, "Fifth", 4)
                        .scenario(
                                "issue=1 stage=implement seconds=3 lines=10",
                                "default seconds=0.3 lines=2"));

        Hands.Running launch = orchestra.start("launch", "--wait");
        Orchestra.until("issue 1 is worked on", () -> orchestra.story.running(1, 1).isPresent());
        windowsStandInTheirOrder();
        theLastWindowShowsTheRun();
        theWorkersFileTellsWhatItDoes();
        thePlaybooksLogCanBeRead();
        assertThat(launch.end().well()).contains("5 of 5 issues completed");

        orchestra.story.isSound();
        assertThat(orchestra.story.attempts()).hasSize(10);
        dependenciesCameFirst();
        everyBranchIsPushed();
        statusTellsTheEnd();
        cleanupLeavesTheBranchesOnly();
    }

    private void windowsStandInTheirOrder() {
        assertThat(orchestra.windows())
                .containsExactly(
                        "0 orchestrator", "1 worker-1", "2 worker-2", "3 worker-3", "4 dashboard");
    }

    private void theLastWindowShowsTheRun() {
        String window = "=" + ProjectFile.SESSION + ":dashboard";
        Orchestra.until(
                "the dashboard shows the run",
                () -> {
                    String shown = orchestra.hands.tmux("capture-pane", "-p", "-t", window).out();
                    return shown.contains("running · monitor in the terminal")
                            && shown.contains("proof#1")
                            && shown.contains("q leave");
                });
    }

    private void theWorkersFileTellsWhatItDoes() {
        Path file = orchestra.workspace.resolve("state/workers/worker-1.json");
        JsonNode worker =
                Orchestra.untilThere(
                        "worker-1.json says running",
                        () ->
                                Optional.of(Hands.read(file))
                                        .filter(text -> !text.isEmpty())
                                        .map(JSON::readTree)
                                        .filter(it ->
                                                it.path("status").asString("").equals("running")));
        assertThat(worker.propertyNames())
                .contains(
                        "worker_id",
                        "issue_number",
                        "project",
                        "branch",
                        "worktree",
                        "status",
                        "stage",
                        "started_at",
                        "retry_count",
                        "commits");
        assertThat(worker.path("issue_number").asInt()).isEqualTo(1);
        assertThat(worker.path("branch").asString()).isEqualTo("proof/issue-1");
        assertThat(worker.path("worktree").asString()).isEqualTo(orchestra.worktree(1).toString());
    }

    private void thePlaybooksLogCanBeRead() {
        Orchestra.until(
                "the log speaks of a step",
                () ->
                        orchestra
                                .hands
                                .run(orchestra.links, List.of("tail", "-20", "proof-worker-1.log"))
                                .well()
                                .contains("Step 1"));
        assertThat(Hands.read(orchestra.links.resolve("proof-worker-prompt-1.md")))
                .startsWith("You are a worker of Orchestrator: you take issue 1");
    }

    private void dependenciesCameFirst() {
        List<Integer> begun =
                orchestra.story.attempts().stream()
                        .map(Attempt::issue)
                        .map(issue -> issue.number())
                        .distinct()
                        .toList();
        assertThat(begun).containsSubsequence(1, 3).containsSubsequence(2, 4, 5);
    }

    private void everyBranchIsPushed() {
        IntStream.rangeClosed(1, 5)
                .forEach(issue -> {
                    Orchestra.until(
                            "issue " + issue + " is pushed", () -> orchestra.isPushed(issue));
                    assertThat(subjects(issue)).hasSize(2).doesNotHaveDuplicates();
                });
    }

    private List<String> subjects(int issue) {
        return orchestra
                .hands
                .git(orchestra.repo, "log", "--format=%s", "main..proof/issue-" + issue)
                .lines()
                .toList();
    }

    private void statusTellsTheEnd() {
        JsonNode status = JSON.readTree(orchestra.run("status", "--json").well());
        assertThat(status.path("totals").path("completed").asInt()).isEqualTo(5);
        assertThat(status.path("monitor").path("state").asString()).isEqualTo("running");
        assertThat(status.path("monitor").path("pid").asLong())
                .isEqualTo(orchestra.monitor().orElseThrow().pid());
        assertThat(orchestra.run("status").well()).contains("5 of 5 completed");
    }

    private void cleanupLeavesTheBranchesOnly() {
        orchestra.run("cleanup").well();
        Orchestra.until("nothing runs any more", () -> orchestra.hands.alive().isEmpty());
        assertThat(orchestra.links).isEmptyDirectory();
        IntStream.rangeClosed(1, 5)
                .forEach(issue -> {
                    assertThat(Files.exists(orchestra.worktree(issue))).isFalse();
                    assertThat(orchestra.head(orchestra.repo, issue)).isNotEmpty();
                });
        assertThat(orchestra.hands.git(orchestra.repo, "worktree", "list").lines()).hasSize(1);
    }
}
