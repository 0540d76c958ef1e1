package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RestartCause;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The account's limit, the service, the network: what is not the issue's fault costs it no retry.
 * One run for all; each row's issue has the row's number and comes after the one before.
 */
class FaultsOfTheServiceTest {
    private static final int RESET = 2;

    @RegisterExtension static final Orchestra ORCHESTRA = Orchestra.shared();

    private static Hands.Done launch = new Hands.Done(List.of(), -1, "", "");

    @BeforeAll
    static void run() {
        ORCHESTRA.with(
                new ProjectFile()
                        .workers(3)
                        .timing("unknown_reset", 1)
                        .timing("reset_jitter", 0)
                        .timing("account_probe", 1)
                        .timing("backoff", 1)
                        .timing("longest_backoff", 2)
                        .issue(21, "A limit with its reset")
                        .issue(22, "A limit that outlasts its reset", 21)
                        .issue(220, "Needs a restart while launches pause", 21)
                        .issue(23, "Overload", 22, 220)
                        .issue(230, "The same overload", 22, 220)
                        .issue(231, "And once more", 22, 220)
                        .issue(24, "No login, then no credit", 23, 230, 231)
                        .issue(25, "No network", 24)
                        .scenario(
                                "issue=21 attempt=1 outcome=usage-limit reset=" + RESET,
                                "issue=22 attempt=1 outcome=usage-limit reset=0",
                                "issue=22 attempt=2 outcome=usage-limit reset=0",
                                "issue=22 attempt=3 outcome=usage-limit reset=0",
                                "issue=220 attempt=1 outcome=crash seconds=1",
                                "issue=23 attempt=1 outcome=overloaded",
                                "issue=230 attempt=1 outcome=overloaded",
                                "issue=231 attempt=1 outcome=overloaded",
                                "issue=24 attempt=1 outcome=not-logged-in",
                                "issue=24 attempt=2 outcome=no-credit",
                                "issue=25 attempt=1 outcome=network",
                                "issue=25 attempt=2 outcome=network",
                                "default seconds=0.2 lines=1"));
        launch = ORCHESTRA.run("launch", "--wait");
    }

    /** All of its restarts have that cause and none counted against it. */
    private static void costsNothing(int issue, RestartCause cause, int restarts) {
        assertThat(ORCHESTRA.story.of(issue, Event.RestartPlanned.class))
                .hasSize(restarts)
                .allMatch(restart -> restart.cause() == cause)
                .noneMatch(Event.RestartPlanned::counted);
        assertThat(ORCHESTRA.story.attempts(issue)).hasSize(restarts + 1);
        assertThat(ORCHESTRA.story.status(issue)).hasValue(IssueStatus.COMPLETED);
        assertThat(ORCHESTRA.story.state().begun(Story.id(issue)).retries().counted()).isZero();
    }

    private static List<TimedEvent> pauses(PauseCause cause) {
        return ORCHESTRA.story.events().stream()
                .filter(timed ->
                        timed.event() instanceof Event.LaunchesPaused paused
                                && paused.cause() == cause)
                .toList();
    }

    private static Instant until(TimedEvent pause) {
        return ((Event.LaunchesPaused) pause.event()).until().orElseThrow();
    }

    private static TimedEvent end(int issue, int attempt) {
        return ORCHESTRA.story.timed(issue, Event.AttemptEnded.class).get(attempt - 1);
    }

    @Test
    void the_run_as_a_whole_is_sound() {
        assertThat(launch.well()).contains("8 of 8 issues completed");
        ORCHESTRA.story.isSound();
    }

    @Test
    void while_launches_pause_nothing_starts_and_then_one_worker_probes_before_the_rest() {
        boolean paused = false;
        boolean probing = false;
        Set<String> live = new HashSet<>();
        for (TimedEvent timed : ORCHESTRA.story.events()) {
            switch (timed.event()) {
                case Event.LaunchesPaused e -> {
                    paused = true;
                    probing = false;
                    live.clear();
                }
                case Event.LaunchesResumed e -> {
                    probing = paused;
                    paused = false;
                    live.clear();
                }
                case Event.AttemptStarting e -> {
                    assertThat(paused).as("%s while launches pause", timed).isFalse();
                    live.add(e.attempt().id());
                    assertThat(probing && live.size() > 1).as("%s beside a probe", timed).isFalse();
                }
                case Event.AttemptEnded e -> {
                    if (live.remove(e.attemptId()) && !e.finish().outcome().isEnvironmental()) {
                        probing = false;
                    }
                }
                default -> {}
            }
        }
    }

    @Test
    void row21_a_usage_limit_pauses_launches_until_its_reset_and_counts_no_retry() {
        costsNothing(21, RestartCause.USAGE_LIMIT, 1);
        TimedEvent pause = pauses(PauseCause.USAGE_LIMIT).getFirst();
        assertThat(Duration.between(end(21, 1).at(), until(pause)))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(RESET + 2));
        TimedEvent again = ORCHESTRA.story.timed(21, Event.AttemptStarting.class).get(1);
        assertThat(again.at()).isAfterOrEqualTo(until(pause));
    }

    @Test
    void row22_a_limit_that_persists_after_its_reset_is_probed_again_and_again() {
        costsNothing(22, RestartCause.USAGE_LIMIT, 3);
        // The first of issue 21, then one for each try of issue 22.
        assertThat(pauses(PauseCause.USAGE_LIMIT)).hasSize(4);
        ORCHESTRA.story.only(220, Event.RestartPlanned.class);
        assertThat(ORCHESTRA.story.attempts(220)).hasSize(2);
    }

    @Test
    void row23_a_burst_of_overloads_is_one_pause_with_backoff() {
        for (int issue : List.of(23, 230, 231)) {
            costsNothing(issue, RestartCause.ENVIRONMENT, 1);
        }
        List<TimedEvent> pauses =
                pauses(PauseCause.ENVIRONMENT).stream()
                        .filter(pause -> pause.seq() < end(24, 1).seq())
                        .toList();
        Instant last =
                List.of(23, 230, 231).stream()
                        .map(issue -> end(issue, 1).at())
                        .max(Instant::compareTo)
                        .orElseThrow();
        assertThat(pauses)
                .as("those that ended within the first pause joined it: %s", last)
                .hasSize(until(pauses.getFirst()).isAfter(last) ? 1 : 2);
        assertThat(Duration.between(end(23, 1).at(), until(pauses.getLast())))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void row24_no_login_and_no_credit_stop_launching_with_one_clear_message_each() {
        costsNothing(24, RestartCause.ACCOUNT, 2);
        assertThat(pauses(PauseCause.ACCOUNT))
                .extracting(pause -> ((Event.LaunchesPaused) pause.event()).reason())
                .satisfiesExactly(
                        first -> assertThat(first).contains("Please run /login"),
                        second -> assertThat(second).contains("Credit balance is too low"));
        assertThat(end(24, 1).event())
                .isInstanceOfSatisfying(
                        Event.AttemptEnded.class,
                        ended ->
                                assertThat(ended.finish().outcome())
                                        .isInstanceOf(AgentOutcome.NotLoggedIn.class));
        assertThat(launch.out()).contains("Please run /login");
    }

    @Test
    void row25_a_network_that_is_down_is_waited_for_ever_longer() {
        costsNothing(25, RestartCause.ENVIRONMENT, 2);
        List<TimedEvent> pauses =
                pauses(PauseCause.ENVIRONMENT).stream()
                        .filter(pause -> pause.seq() > end(25, 1).seq())
                        .toList();
        assertThat(pauses).hasSize(2);
        assertThat(Duration.between(pauses.getFirst().at(), until(pauses.getFirst())))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(Duration.between(pauses.getLast().at(), until(pauses.getLast())))
                .isEqualTo(Duration.ofSeconds(2));
    }
}
