package orchestrator.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import orchestrator.model.RunSnapshot;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.Inbox;
import orchestrator.store.RunLock;

/**
 * Brings orders to whichever process holds the monitor, through the inbox, and its answer back. Any
 * thread; blocks.
 */
public final class Orders {
    /**
     * A monitor answers in milliseconds; one that must end an attempt first answers before that.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What became of an order. */
    public enum Outcome {
        /** The monitor does it. */
        ACCEPTED,
        /** It is not done, and will not be. */
        REFUSED,
        /** No monitor runs; the next one takes it from the inbox. */
        KEPT,
        /** A monitor runs but said nothing in time; it may still take it from the inbox. */
        UNANSWERED
    }

    /**
     * What became of an order.
     *
     * @param text a sentence for people
     */
    public record Reply(Outcome outcome, String text) {}

    private static final Pattern BEGINS_WITH_A_WORD = Pattern.compile("^[a-z]+[ ,.]");

    private final RunContext context;
    private final Duration patience;

    /** Orders to the monitor of that workspace. */
    public Orders(RunContext context) {
        this(context, PATIENCE);
    }

    Orders(RunContext context, Duration patience) {
        this.context = context;
        this.patience = patience;
    }

    /** Puts an order into the inbox and waits for the answer, {@link #PATIENCE} at most. */
    public Reply send(Order order) {
        boolean running = holder().isPresent();
        if (!running && order.needsMonitor()) {
            return new Reply(
                    Outcome.REFUSED,
                    "No monitor runs in the workspace %s, so no worker is looked after; start one with `launch`, which finds agents that still work."
                            .formatted(context.workspace().root()));
        }
        Inbox inbox = new Inbox(context.state());
        String id = inbox.submit(order.name(), order.arguments());
        if (!running) {
            return new Reply(
                    Outcome.KEPT,
                    "No monitor runs; the order is kept in the inbox, and the next monitor takes it (`launch`).");
        }
        Optional<Inbox.Answer> answer = inbox.awaitAnswer(id, patience);
        if (answer.isPresent()) {
            return new Reply(
                    answer.get().accepted() ? Outcome.ACCEPTED : Outcome.REFUSED,
                    sentence(answer.get().text()));
        }
        return new Reply(
                Outcome.UNANSWERED,
                "The monitor (pid %s) did not answer within %d s; the order is kept in the inbox, see `status` for what becomes of it."
                        .formatted(
                                holder().map(h -> Long.toString(h.process().pid())).orElse("gone"),
                                patience.toSeconds()));
    }

    /**
     * Has the monitor end all attempts and itself, whichever process it is in; returns when the
     * workspace is free.
     *
     * @throws orchestrator.model.Fault {@code monitor-stays} when it does not end
     */
    public Reply stopRun(WorkspaceConfig config) {
        OtherMonitor monitor = new OtherMonitor(context);
        if (monitor.isThere()) {
            monitor.stop();
            return new Reply(
                    Outcome.ACCEPTED,
                    "All attempts and the monitor are ended; what was done is kept, `launch` goes on.");
        }
        long working = working(config);
        return working == 0
                ? new Reply(Outcome.ACCEPTED, "No monitor runs and no agent works; all is stopped.")
                : new Reply(
                        Outcome.REFUSED,
                        "No monitor runs, but %d %s; `launch` looks after them again, `cleanup --keep-worktrees` ends them."
                                .formatted(
                                        working,
                                        working == 1 ? "agent works on" : "agents work on"));
    }

    private long working(WorkspaceConfig config) {
        try (JournalFeed feed = new JournalFeed(context, config)) {
            return feed.latest().workers().stream()
                    .filter(worker -> worker.status() == RunSnapshot.WorkerStatus.RUNNING)
                    .count();
        }
    }

    private Optional<RunLock.Holder> holder() {
        return RunLock.holder(context.state().monitorLock());
    }

    /** The monitor's words as a sentence. An issue's name at its beginning stays as it is. */
    private static String sentence(String text) {
        String line = text.strip();
        if (line.isEmpty()) {
            return "Done.";
        }
        String begun =
                BEGINS_WITH_A_WORD.matcher(line).find()
                        ? Character.toUpperCase(line.charAt(0)) + line.substring(1)
                        : line;
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
