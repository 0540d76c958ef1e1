package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A window over a run that a test scripts; nothing may ask on the FX thread. */
abstract class WindowCase {
    WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        window = make();
        begin();
    }

    /** The window; of another size where a test needs it. */
    WindowFixture make() throws Exception {
        return new WindowFixture();
    }

    /** What each of the tests begins with. */
    void begin() throws Exception {}

    @AfterEach
    void close() throws Exception {
        window.close();
        assertThat(window.control.asked).noneMatch(asked -> asked.contains("FX!"));
        assertThat(window.control.planned).noneMatch(asked -> asked.contains("FX!"));
    }

    static RunSnapshot before() {
        return SampleRun.of(
                SampleRun.STOPPED,
                GateView.OPEN,
                List.of(),
                List.of(SampleRun.issue(1, 1, "First").view()));
    }

    static RunSnapshot running(String line, String transcript) {
        IssueView issue = SampleRun.issue(1, 1, "First").running(1, 1, 2, 0.5).view();
        return SampleRun.of(
                SampleRun.HERE,
                GateView.OPEN,
                List.of(
                        SampleRun.worker(
                                1, WorkerStatus.RUNNING, issue, 61, 5, line, "", transcript),
                        SampleRun.idle(2)),
                List.of(issue));
    }
}
