package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RestartCause;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The decision table (DESIGN §7), as far as it shows in seconds. */
class OutcomesTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void each_way_to_end_is_followed_by_what_the_table_says() {
        orchestra.with(
                new ProjectFile()
                        .workers(4)
                        .issues(9)
                        .scenario(
                                "issue=1 attempt=1 outcome=crash",
                                "issue=2 attempt=1 outcome=no-commit",
                                "issue=3 attempt=1 outcome=zero-turns",
                                "issue=4 attempt=1 outcome=error",
                                "issue=5 outcome=uncommitted",
                                "issue=6 outcome=prompt-too-long",
                                "issue=7 outcome=crash",
                                "issue=8 attempt=1 outcome=empty",
                                "issue=9 outcome=leave-child",
                                "default seconds=0.1 lines=1"));

        Hands.Done launch = orchestra.run("launch", "--wait");

        assertThat(launch.code()).as("%s", launch).isEqualTo(1);
        assertThat(launch.out()).contains("7 of 9 issues completed, 0 failed, 2 parked");
        restarts(1, RestartCause.CRASHED_EMPTY, AttemptKind.FRESH, false);
        restarts(2, RestartCause.NO_COMMIT, AttemptKind.CONTINUE, false);
        restarts(3, RestartCause.NO_WORK, AttemptKind.FRESH, true);
        restarts(4, RestartCause.FAILED, AttemptKind.CONTINUE, true);
        restarts(5, RestartCause.NO_COMMIT, AttemptKind.CONTINUE, false);
        restarts(8, RestartCause.NO_WORK, AttemptKind.FRESH, true);
        leftoversAreCommitted();
        assertThat(orchestra.story.of(6, Event.IssueParked.class).getFirst().reason())
                .contains("too long");
        assertThat(orchestra.story.attempts(6)).hasSize(1);
        crashingForEverEnds();
        Orchestra.until("all are pushed", () -> orchestra.isPushed(9) && orchestra.isPushed(5));
        assertThat(orchestra.story.attempts(9)).hasSize(1);
        assertThat(leftBehind()).as("what the agent of issue 9 left running").isEmpty();
        orchestra.story.isSound();
    }

    private void restarts(int issue, RestartCause cause, AttemptKind kind, boolean counted) {
        List<Event.RestartPlanned> restarts = orchestra.story.of(issue, Event.RestartPlanned.class);
        assertThat(restarts).as("issue %d", issue).hasSize(1);
        Event.RestartPlanned restart = restarts.getFirst();
        assertThat(restart.cause()).as("issue %d", issue).isEqualTo(cause);
        assertThat(restart.kind()).as("issue %d", issue).isEqualTo(kind);
        assertThat(restart.counted()).as("issue %d", issue).isEqualTo(counted);
        assertThat(orchestra.story.attempts(issue)).as("issue %d", issue).hasSize(2);
        assertThat(orchestra.story.status(issue)).hasValue(IssueStatus.COMPLETED);
    }

    private void leftoversAreCommitted() {
        assertThat(orchestra.story.of(5, Event.LeftoversCommitted.class)).hasSize(1);
        assertThat(orchestra.hands.git(orchestra.repo, "log", "-1", "--format=%s", "proof/issue-5"))
                .startsWith("wip: implement of issue 5");
    }

    private void crashingForEverEnds() {
        assertThat(orchestra.story.of(7, Event.IssueParked.class)).hasSize(1);
        assertThat(orchestra.story.attempts(7)).hasSizeBetween(4, 8);
    }

    private List<ProcessHandle> leftBehind() {
        return orchestra.hands.alive().stream()
                .filter(process -> process.info().commandLine().orElse("").contains("sleep 86400"))
                .toList();
    }

    @Test
    void a_usage_limit_pauses_all_launches_until_its_reset_and_counts_no_retry() {
        Hands.write(orchestra.state.root().resolve("workers/.keep"), "");
        String workspace = workspaceWithoutJitter();
        Hands.write(orchestra.state.root().resolve("workspace-id"), workspace + "\n");
        orchestra.with(
                new ProjectFile()
                        .workers(1)
                        .issues(2)
                        .scenario(
                                "issue=1 attempt=1 outcome=usage-limit seconds=0 reset=3",
                                "default seconds=0.1 lines=1"));

        orchestra.run("launch", "--wait").well();

        assertThat(orchestra.story.attempts(1).getFirst().id()).isEqualTo(firstAttempt(workspace));
        restarts(1, RestartCause.USAGE_LIMIT, AttemptKind.CONTINUE, false);
        Event.LaunchesPaused pause = orchestra.story.all(Event.LaunchesPaused.class).getFirst();
        assertThat(pause.cause()).isEqualTo(PauseCause.USAGE_LIMIT);
        TimedEvent ended = first(Event.AttemptEnded.class);
        assertThat(Duration.between(ended.at(), pause.until().orElseThrow()))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6));
        List<TimedEvent> later =
                orchestra.story.events().stream()
                        .filter(event -> event.seq() > ended.seq())
                        .filter(event -> event.event() instanceof Event.AttemptStarting)
                        .toList();
        assertThat(later).hasSize(2).allMatch(event -> !event.at().isBefore(pause.until().get()));
        assertThat(orchestra.story.all(Event.LaunchesResumed.class)).isNotEmpty();
        orchestra.story.isSound();
    }

    private TimedEvent first(Class<? extends Event> type) {
        return orchestra.story.events().stream()
                .filter(event -> type.isInstance(event.event()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Workers come back up to 30 s after the reset, each at its own second, which follows from the
     * attempt's id, and that from the workspace's: one whose first attempt comes back at once.
     */
    private static String workspaceWithoutJitter() {
        for (int i = 0; ; i++) {
            String workspace = new UUID(0x4000, i).toString();
            if (Math.floorMod(firstAttempt(workspace).hashCode(), 30) == 0) {
                return workspace;
            }
        }
    }

    private static String firstAttempt(String workspace) {
        String seed = workspace + "/" + Story.id(1) + "/1";
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
