package orchestrator.ui;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.RunHistory;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.Archive;
import orchestrator.monitor.Changes;
import orchestrator.monitor.HistoryFeed;
import orchestrator.monitor.LaunchChoices;
import orchestrator.monitor.Order;
import orchestrator.monitor.Orders;
import orchestrator.monitor.RunControl;
import orchestrator.monitor.Terminals;
import org.jspecify.annotations.Nullable;

/** A run control that does what the test says, and remembers what it was asked. */
final class FakeRunControl implements RunControl {
    final AtomicReference<@Nullable RunSnapshot> snapshot = new AtomicReference<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> planned = new CopyOnWriteArrayList<>();
    final FakePlanning planning = new FakePlanning(snapshot, what -> planned.add(marked(what)));
    volatile DryRun plan = new DryRun(List.of(), List.of(), "wave 1: one#1");
    volatile Offer offer =
            new Offer(
                    new LaunchChoices(
                            4,
                            OptionalDouble.empty(),
                            Map.of("proof", new LaunchChoices.OfProject(true, "claude"))),
                    List.of("claude", "rehearsal"));
    volatile @Nullable LaunchChoices chosen;
    volatile @Nullable Fault launchFault;
    volatile @Nullable CountDownLatch launchGate;
    volatile @Nullable Fault orderFault;
    volatile Orders.Reply reply = new Orders.Reply(Orders.Outcome.ACCEPTED, "It is done.");
    volatile Runnable onLaunch = () -> {};
    volatile Runnable onStop = () -> {};
    volatile Runnable onFirstLook = () -> {};
    final FakeTerminals terminals = new FakeTerminals(this::ask);

    final FakeChanges changes = new FakeChanges(this::ask);
    volatile RunHistory past = RunHistory.EMPTY;
    volatile @Nullable Fault historyFault;

    @Override
    public Optional<RunSnapshot> latest() {
        Runnable first = onFirstLook;
        onFirstLook = () -> {};
        first.run();
        return Optional.ofNullable(snapshot.get());
    }

    @Override
    public Offer offer() {
        ask("offer");
        return offer;
    }

    @Override
    public DryRun dryRun(LaunchChoices choices) {
        ask("dry-run");
        chosen = choices;
        return plan;
    }

    @Override
    public void launch(LaunchChoices choices, Consumer<String> progress) {
        ask("launch");
        chosen = choices;
        progress.accept("Fetching main of /src/one");
        CountDownLatch gate = launchGate;
        if (gate != null) {
            await(gate);
        }
        Fault fault = launchFault;
        if (fault != null) {
            throw fault;
        }
        onLaunch.run();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new Fault("launch-called-off", "It was called off.", interrupted);
        }
    }

    @Override
    public void stop() {
        ask("stop");
        onStop.run();
    }

    @Override
    public void takeOver() {
        ask("take-over");
    }

    @Override
    public void handOver() {
        ask("hand-over");
    }

    @Override
    public Orders.Reply send(Order order) {
        ask("order " + order.name() + " " + String.join(" ", order.arguments()));
        Fault fault = orderFault;
        if (fault != null) {
            throw fault;
        }
        return reply;
    }

    @Override
    public FakePlanning planning() {
        return planning;
    }

    @Override
    public Terminals terminals() {
        return terminals;
    }

    final Map<IssueId, List<Archive.AttemptLog>> attempts = new ConcurrentHashMap<>();
    final List<RunSnapshot.EventView> journal = new CopyOnWriteArrayList<>();

    @Override
    public Archive archive() {
        return new Archive() {
            @Override
            public List<AttemptLog> attempts(IssueId issue) {
                offFx("attempts");
                return attempts.getOrDefault(issue, List.of());
            }

            @Override
            public List<AttemptLog> attemptsAt(int worker) {
                offFx("attempts");
                return attempts.values().stream()
                        .flatMap(List::stream)
                        .filter(attempt -> attempt.worker() == worker)
                        .toList();
            }

            @Override
            public List<RunSnapshot.EventView> eventsBefore(long seq, int most) {
                offFx("events");
                List<RunSnapshot.EventView> before =
                        journal.stream().filter(event -> event.seq() < seq).toList();
                return before.subList(Math.max(0, before.size() - most), before.size());
            }
        };
    }

    private void offFx(String what) {
        if (javafx.application.Platform.isFxApplicationThread()) {
            ask(what);
        }
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public HistoryFeed history() {
        return progress -> {
            offFxThread("history");
            Fault fault = historyFault;
            if (fault != null) {
                throw fault;
            }
            return past;
        };
    }

    @Override
    public void close() {
        ask("close");
    }

    /** Asked again and again: only noted where it must not be. */
    private void offFxThread(String what) {
        if (javafx.application.Platform.isFxApplicationThread()) {
            ask(what);
        }
    }

    /** No call that may block may come on the FX thread. */
    private void ask(String what) {
        asked.add(marked(what));
    }

    private static String marked(String what) {
        return javafx.application.Platform.isFxApplicationThread() ? what + " on FX!" : what;
    }
}
