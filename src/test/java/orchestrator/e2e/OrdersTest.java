package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import orchestrator.model.IssueStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People step in from another terminal while the monitor works in its own process. */
class OrdersTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private void until(int issue, IssueStatus status) {
        Orchestra.until(
                "issue " + issue + " is " + status,
                () -> orchestra.story.status(issue).equals(Optional.of(status)));
    }

    private void untilRuns(int issue, int attempt) {
        Orchestra.until(
                "attempt %d of issue %d runs".formatted(attempt, issue),
                () -> orchestra.story.running(issue, attempt).isPresent());
    }

    private void refused(String why, String... words) {
        Hands.Done done = orchestra.run(words);
        assertThat(done.code()).as("%s", done).isEqualTo(1);
        assertThat(done.out()).contains(why);
        assertThat(done.out().lines()).hasSize(1);
    }

    @Test
    void a_run_is_steered_from_another_terminal() {
        orchestra.with(
                new ProjectFile()
                        .issues(4)
                        .inOrder()
                        .scenario(
                                "issue=1 number=1 seconds=600 lines=600",
                                "issue=2 number=1 seconds=600 lines=600",
                                "default seconds=0.2 lines=1"));
        orchestra.launch();
        untilRuns(1, 1);
        untilRuns(2, 1);

        assertThat(orchestra.run("pause", "--reason", "lunch #(x)").well()).isNotBlank();
        assertThat(orchestra.run("status").well()).contains("Launches paused: lunch #(x)");
        refused("paused already", "pause");
        assertThat(orchestra.run("park", "3", "--reason", "later").well()).contains("proof#3");
        until(3, IssueStatus.PARKED);
        assertThat(orchestra.run("move", "proof#4", "--wave", "7").well()).contains("to wave 7");
        Orchestra.until("it is taken", () -> orchestra.run("status").well().contains("Wave 7"));
        assertThat(orchestra.run("resume").well()).isNotBlank();

        assertThat(orchestra.run("restart", "1").well()).contains("proof#1");
        until(1, IssueStatus.COMPLETED);
        assertThat(orchestra.story.attempts(1)).hasSize(2);
        until(4, IssueStatus.COMPLETED);

        assertThat(orchestra.run("stop", "2").well()).contains("keeps proof#2");
        Orchestra.until("its agent is ended", () -> orchestra.story.running(2, 1).isEmpty());
        assertThat(orchestra.run("status").well()).contains("2       stopped");
        assertThat(orchestra.run("restart", "2").well()).isNotBlank();
        until(2, IssueStatus.COMPLETED);
        refused("here is no worker 9", "restart", "9");

        assertThat(orchestra.run("retry", "3").well()).contains("proof#3");
        until(3, IssueStatus.COMPLETED);
        refused("completed already", "complete", "3");
        IntStream.rangeClosed(1, 4)
                .forEach(issue -> Orchestra.until("it is pushed", () -> orchestra.isPushed(issue)));
        refused("is pushed", "push");
        assertThat(orchestra.run("doctor").well()).contains("a monitor runs in the terminal");

        assertThat(orchestra.run("stop").well()).startsWith("All attempts and the monitor");
        assertThat(orchestra.monitor()).isEmpty();
        refused("No monitor runs", "restart", "1");
        orchestra.story.isSound();
    }

    @Test
    void an_order_that_found_no_monitor_is_taken_by_the_next_one() {
        orchestra.with(new ProjectFile().issues(2));
        assertThat(orchestra.run("park", "2", "--reason", "not now").well()).contains("is kept");
        assertThat(orchestra.run("launch", "--wait").code()).isNotZero();
        assertThat(orchestra.story.status(1)).contains(IssueStatus.COMPLETED);
        assertThat(orchestra.story.status(2)).contains(IssueStatus.PARKED);
        assertThat(orchestra.story.attempts(2)).hasSizeLessThan(2);
        orchestra.story.isSound();
    }

    @Test
    void what_a_clean_up_rescued_is_brought_back() {
        orchestra.with(new ProjectFile().issues(1).scenario("default seconds=600 lines=600"));
        orchestra.launch();
        untilRuns(1, 1);
        Hands.write(orchestra.worktree(1).resolve(".env"), "KEY=1\n");
        Hands.write(orchestra.worktree(1).resolve("two\nlines"), "new\n");
        orchestra.run("cleanup").well();
        assertThat(orchestra.worktree(1)).doesNotExist();

        String listed = orchestra.run("rescue", "list").well();
        String ref = listed.lines().findFirst().orElseThrow();
        assertThat(listed).contains(" of proof#1 in app: ");
        String into = orchestra.root.resolve("back again").toString();
        assertThat(orchestra.run("rescue", "restore", ref, "--into", into).well())
                .startsWith("Restored ")
                .contains("Commit ");
        assertThat(orchestra.root.resolve("back again/.env")).hasContent("KEY=1");
        assertThat(orchestra.root.resolve("back again/two\nlines")).hasContent("new");
    }
}
