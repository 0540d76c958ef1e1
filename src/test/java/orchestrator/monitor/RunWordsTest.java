package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.ui.SampleRun;
import orchestrator.ui.fx.Texts;
import org.junit.jupiter.api.Test;

class RunWordsTest {
    private static final RunSnapshot RICH = SampleRun.rich("");

    private static RunSnapshot with(IssueView... issues) {
        return SampleRun.of(SampleRun.STOPPED, GateView.OPEN, List.of(), List.of(issues));
    }

    @Test
    void the_window_says_the_same_words_with_a_capital_letter() {
        Texts texts = new Texts();
        for (WorkerStatus status : WorkerStatus.values()) {
            String key = "worker." + status.word();
            assertThat(texts.get(key).toLowerCase(Locale.ROOT)).isEqualTo(status.word());
        }
        assertThat(texts.get("worker.pausing")).isEqualTo("Pausing");
        for (IssueView issue : RICH.issues()) {
            String word = RunWords.state(issue);
            String key = "issue." + word.replace(' ', '-');
            assertThat(texts.get(key).toLowerCase(Locale.ROOT)).isEqualTo(word);
        }
        assertThat(RICH.issues().stream().map(RunWords::state))
                .contains(
                        "ready",
                        "waiting",
                        "blocked",
                        "in progress",
                        "completed",
                        "failed",
                        "parked");
        assertThat(texts.get("monitor.all-done")).isEqualToIgnoringCase("all done");
    }

    @Test
    void a_worker_that_pauses_says_so_and_ours_is_said_while_its_agent_says_nothing() {
        WorkerView running = RICH.workers().getFirst();
        assertThat(RunWords.state(running)).isEqualTo("running");
        assertThat(RunWords.saying(running)).startsWith("Running the suite again");
        WorkerView waiting = RICH.workers().get(2);
        assertThat(RunWords.state(waiting)).isEqualTo("waiting");
        assertThat(RunWords.saying(waiting)).startsWith("Overloaded: tries again");
        WorkerView pausing =
                new WorkerView(
                        1,
                        WorkerStatus.RUNNING,
                        running.issue(),
                        "",
                        running.stages(),
                        0,
                        1,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "",
                        0,
                        running.usage(),
                        "a line",
                        WorkerView.PAUSING_NOTE,
                        "",
                        "",
                        Optional.empty());
        assertThat(RunWords.state(pausing)).isEqualTo("pausing");
        assertThat(RunWords.saying(pausing)).isEqualTo(WorkerView.PAUSING_NOTE);
    }

    @Test
    void how_a_run_ended_is_told_once_nothing_more_happens() {
        assertThat(RunWords.ended(RICH)).isEmpty();
        assertThat(RunWords.ended(with())).isEmpty();
        IssueView done = SampleRun.issue(1, 1, "One").done(1, 1).view();
        assertThat(RunWords.ended(with(done))).contains("all done");
        assertThat(
                        RunWords.ended(
                                with(
                                        done,
                                        SampleRun.issue(2, 1, "Two")
                                                .ended(IssueStatus.FAILED, 0, 1, "no")
                                                .view(),
                                        SampleRun.issue(3, 1, "Three").waits(true, 2).view())))
                .contains("ended: 1 failed, 1 blocked");
    }
}
