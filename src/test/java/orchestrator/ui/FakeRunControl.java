package orchestrator.ui;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.Order;
import orchestrator.monitor.Orders;
import orchestrator.monitor.RunControl;
import org.jspecify.annotations.Nullable;

/** A run control that does what the test says, and remembers what it was asked. */
final class FakeRunControl implements RunControl {
    final AtomicReference<@Nullable RunSnapshot> snapshot = new AtomicReference<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> planned = new CopyOnWriteArrayList<>();
    final FakePlanning planning = new FakePlanning(snapshot, what -> planned.add(marked(what)));
    volatile DryRun plan = new DryRun(List.of(), List.of(), "wave 1: one#1");
    volatile @Nullable Fault launchFault;
    volatile @Nullable CountDownLatch launchGate;
    volatile @Nullable Fault orderFault;
    volatile Orders.Reply reply = new Orders.Reply(Orders.Outcome.ACCEPTED, "It is done.");
    volatile Runnable onLaunch = () -> {};
    volatile Runnable onStop = () -> {};
    volatile Runnable onFirstLook = () -> {};
    volatile List<String> attach = List.of("tmux", "attach", "-t", "a b");

    @Override
    public Optional<RunSnapshot> latest() {
        Runnable first = onFirstLook;
        onFirstLook = () -> {};
        first.run();
        return Optional.ofNullable(snapshot.get());
    }

    @Override
    public DryRun dryRun() {
        ask("dry-run");
        return plan;
    }

    @Override
    public void launch() {
        ask("launch");
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
            Thread.currentThread().interrupt();
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
    public List<String> attachCommand(int worker) {
        ask("attach " + worker);
        return attach;
    }

    @Override
    public void close() {
        ask("close");
    }

    /** No call that may block may come on the FX thread. */
    private void ask(String what) {
        asked.add(marked(what));
    }

    private static String marked(String what) {
        return javafx.application.Platform.isFxApplicationThread() ? what + " on FX!" : what;
    }
}
