package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.RestartCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clock on the wall is set while work goes on and while it is waited. */
class FaultsOfTheClockTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int WAITS = 1;
    private static final int WORKS = 2;
    private static final int HANGS = 3;

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void row35_a_clock_set_back_and_forward_by_a_day_ends_nothing_that_works_and_holds_no_wait() {
        orchestra.setClock(Duration.ZERO);
        orchestra.with(
                new ProjectFile()
                        .workers(3)
                        .put("stall_timeout", 6)
                        .timing("backoff", 3)
                        .issue(WAITS, "Meets a network that is down, twice")
                        .issue(WORKS, "Works all the time")
                        .issue(HANGS, "Hangs")
                        .scenario(
                                "issue=1 attempt=1 outcome=network seconds=2",
                                "issue=1 attempt=2 outcome=network seconds=0",
                                "issue=2 seconds=12 lines=24",
                                "issue=3 attempt=1 outcome=hang-mid lines=2",
                                "default seconds=0.2 lines=1"));
        Hands.Running launch = orchestra.start("launch", "--wait");
        pausesWhileItWorks(1);

        orchestra.setClock(DAY.negated());

        pausesWhileItWorks(2);
        assertThat(orchestra.story.all(Event.ClockSetBack.class)).hasSize(1);

        orchestra.setClock(Duration.ZERO);

        assertThat(launch.end().well()).contains("3 of 3 issues completed");
        assertThat(orchestra.story.of(WAITS, Event.RestartPlanned.class))
                .hasSize(2)
                .allMatch(restart -> restart.cause() == RestartCause.ENVIRONMENT);
        assertThat(orchestra.story.attempts(WORKS)).hasSize(1);
        assertThat(orchestra.story.only(HANGS, Event.AttemptEnding.class).cause())
                .isEqualTo(EndCause.STALLED);
        assertThat(orchestra.story.attempts(HANGS)).hasSize(2);
        IntStream.rangeClosed(1, 3)
                .forEach(issue ->
                        assertThat(orchestra.story.status(issue)).hasValue(IssueStatus.COMPLETED));
        orchestra.story.isSound();
    }

    private void pausesWhileItWorks(int pauses) {
        Orchestra.until(
                "launches pause for the time " + pauses + " while another works",
                () ->
                        orchestra.story.all(Event.LaunchesPaused.class).size() == pauses
                                && orchestra.story.running(WORKS, 1).isPresent());
    }
}
