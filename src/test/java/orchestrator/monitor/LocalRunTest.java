package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import orchestrator.git.GitBranches;
import orchestrator.model.Demo;
import orchestrator.model.ProcessIdentity;
import orchestrator.monitor.scripted.Rig;
import orchestrator.process.Await;
import orchestrator.process.ExecRunner;
import orchestrator.store.Inbox;
import orchestrator.store.RunLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window's hold on a run that another process may have. */
class LocalRunTest {
    @TempDir private Path folder = Path.of("");

    private static LocalRun local(RunContext context) {
        return new LocalRun(
                context,
                new Demo().issues(Demo.issue(1)).workers(1).config(),
                new GitBranches(new ExecRunner()));
    }

    @Test
    void a_stop_of_a_run_held_elsewhere_returns_only_when_that_has_ended() throws Exception {
        RunContext context = new Rig(folder).config(Rig.issues(1, 1, "implement")).context();
        Inbox inbox = new Inbox(context.state());
        RunLock held =
                RunLock.tryAcquire(
                                context.state().monitorLock(),
                                "terminal",
                                new ProcessIdentity(1, 1, "none"))
                        .orElseThrow();
        AtomicBoolean asked = new AtomicBoolean();
        Thread other =
                Thread.ofVirtual()
                        .start(() -> {
                            asked.set(
                                    Await.until(
                                            Duration.ofSeconds(20),
                                            () ->
                                                    inbox.pending().commands().stream()
                                                            .anyMatch(
                                                                    c -> c.name().equals("stop"))));
                            held.close();
                        });
        try (LocalRun run = local(context)) {
            run.stop();
            assertThat(asked).isTrue();
            assertThat(new OtherMonitor(context).isThere()).isFalse();
        } finally {
            other.join();
        }
    }

    @Test
    void an_order_reaches_the_inbox_of_whoever_holds_the_monitor_next() throws Exception {
        RunContext context = new Rig(folder).config(Rig.issues(1, 1, "implement")).context();
        try (LocalRun run = local(context)) {
            assertThat(run.send(Order.pause(Optional.empty())).outcome())
                    .isEqualTo(Orders.Outcome.KEPT);
            assertThat(run.send(Order.restart(1)).outcome()).isEqualTo(Orders.Outcome.REFUSED);
        }
        assertThat(new Inbox(context.state()).pending().commands())
                .extracting(Inbox.Submitted::name)
                .containsExactly("pause");
    }
}
