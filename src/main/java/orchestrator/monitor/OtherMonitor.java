package orchestrator.monitor;

import java.time.Duration;
import java.util.List;
import orchestrator.model.Fault;
import orchestrator.process.Await;
import orchestrator.store.Inbox;
import orchestrator.store.RunLock;

/** The monitor that another process runs on this workspace. Blocks. */
final class OtherMonitor {
    /** Longer than an attempt may take to be ended (TERM, 10 s, KILL). */
    private static final Duration ENDS = Duration.ofSeconds(60);

    private final RunContext context;

    OtherMonitor(RunContext context) {
        this.context = context;
    }

    /** Whether there is one. */
    boolean isThere() {
        return RunLock.holder(context.state().monitorLock()).isPresent();
    }

    /**
     * Has it end all attempts and itself; returns when the workspace is free.
     *
     * @throws Fault {@code monitor-stays} when it does not
     */
    void stop() {
        ask("stop");
    }

    /**
     * Has it let go of the workspace, the workers working on; returns when the workspace is free.
     *
     * @throws Fault {@code monitor-stays} when it does not
     */
    void release() {
        ask("release");
    }

    private void ask(String command) {
        Inbox inbox = new Inbox(context.state());
        String id = inbox.submit(command, List.of());
        if (!Await.until(ENDS, () -> !isThere())) {
            throw new Fault(
                    "monitor-stays",
                    "The monitor did not end within %d s; nothing else was done. See `status`, then try again."
                            .formatted(ENDS.toSeconds()));
        }
        // One that died before it took it must not have the next monitor stopped.
        inbox.remove(id);
    }
}
