package orchestrator.ui.orders;

import static orchestrator.model.IssueStatus.FAILED;
import static orchestrator.model.IssueStatus.IN_PROGRESS;
import static orchestrator.model.IssueStatus.PARKED;
import static orchestrator.model.IssueStatus.PENDING;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Order;
import orchestrator.monitor.Orders;
import orchestrator.monitor.RunControl;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Notices;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The actions by which people step in, and which of them are possible now. FX thread only. */
public final class Stepping {
    private final RunControl control;
    private final Texts texts;
    private final Actions actions;
    private final Notices notices;
    private final Reasons reasons;
    private final Background background;
    private @Nullable RunSnapshot run;
    private Optional<WorkerView> worker = Optional.empty();
    private Optional<IssueId> issue = Optional.empty();

    /** Registers its actions with those of the window. */
    public Stepping(
            RunControl control, Texts texts, Actions actions, Overlay overlay, Notices notices) {
        this.control = control;
        this.texts = texts;
        this.actions = actions;
        this.notices = notices;
        reasons = new Reasons(texts, overlay);
        background = new Background(texts);
        register("pause", Feather.PAUSE, "Shortcut+P", () -> send(Order.pause(Optional.empty())));
        register("resume", Feather.PLAY, "Shortcut+Shift+P", () -> send(Order.resume()));
        register(
                "restart",
                Feather.REFRESH_CW,
                "Shortcut+R",
                () -> onWorker(chosen -> Order.restart(chosen.worker())));
        register(
                "stop-worker",
                Feather.SQUARE,
                "",
                () -> onWorker(chosen -> Order.stopWorker(chosen.worker())));
        register("push", Feather.UPLOAD, "", () -> onIssue(id -> Order.push(Optional.of(id))));
        register(
                "retry", Feather.ROTATE_CCW, "", () -> onIssue(id -> Order.retry(Optional.of(id))));
        register("complete", Feather.CHECK, "", this::complete);
        register("park", Feather.ARCHIVE, "", this::park);
        register("fail", Feather.X, "", this::fail);
    }

    private void register(String id, Feather icon, String keys, Runnable handler) {
        String key = "action." + id;
        actions.add(Action.of(id, texts.get(key), texts.get(key + "-hint"), icon, keys, handler));
    }

    private void onWorker(Function<WorkerView, Order> order) {
        worker.ifPresent(chosen -> send(order.apply(chosen)));
    }

    private void onIssue(Function<IssueId, Order> order) {
        issue.ifPresent(chosen -> send(order.apply(chosen)));
    }

    /** Where an agent works on it, that is ended: then it is asked first. */
    private void complete() {
        issue.ifPresent(id -> {
            boolean works = view().flatMap(IssueView::worker).isPresent();
            if (works) {
                Reasons.Question question =
                        new Reasons.Question(
                                texts.get("order.complete", id),
                                texts.get("order.complete-what"),
                                actions.get("complete").title());
                reasons.confirm(question, () -> send(Order.complete(id)));
            } else {
                send(Order.complete(id));
            }
        });
    }

    private void park() {
        issue.ifPresent(id -> {
            Reasons.Question question =
                    new Reasons.Question(
                            texts.get("order.park", id),
                            texts.get("order.park-what"),
                            texts.get("order.park-go"));
            reasons.ask(question, reason -> send(Order.park(id, reason)));
        });
    }

    private void fail() {
        issue.ifPresent(id -> {
            Reasons.Question question =
                    new Reasons.Question(
                            texts.get("order.fail", id),
                            texts.get("order.fail-what"),
                            texts.get("order.fail-go"));
            reasons.ask(question, reason -> send(Order.fail(id, reason)));
        });
    }

    private void send(Order order) {
        background.run(
                "order " + order.name(),
                () -> control.send(order),
                this::show,
                fault -> notices.refused(fault.sentence()));
    }

    private void show(Orders.Reply reply) {
        switch (reply.outcome()) {
            case ACCEPTED -> notices.done(reply.text());
            case REFUSED -> notices.refused(reply.text());
            case KEPT, UNANSWERED -> notices.pending(reply.text());
        }
    }

    /** What is seen of the run now. */
    public void update(@Nullable RunSnapshot newest) {
        run = newest;
        enable();
    }

    /** What the actions are about: a worker, an issue, both or neither. */
    public void choose(Optional<WorkerView> chosenWorker, Optional<IssueId> chosenIssue) {
        worker = chosenWorker;
        issue = chosenIssue;
        enable();
    }

    private Optional<IssueView> view() {
        RunSnapshot seen = run;
        return seen == null
                ? Optional.empty()
                : issue.flatMap(
                        id -> seen.issues().stream().filter(it -> it.id().equals(id)).findFirst());
    }

    private void enable() {
        RunSnapshot seen = run;
        boolean runs = seen != null && seen.monitor().state() == MonitorState.RUNNING;
        boolean paused = seen != null && runs && isPaused(seen.gate());
        enable("pause", runs && !paused);
        enable("resume", paused);
        enable("restart", runs && worker.flatMap(WorkerView::issue).isPresent());
        enable("stop-worker", runs && worker.filter(w -> isStoppable(w.status())).isPresent());
        Optional<IssueView> chosen = view();
        enable("push", chosen.filter(it -> it.commits() > 0).isPresent());
        enable("retry", isIn(chosen, FAILED, PARKED));
        enable("complete", isIn(chosen, PENDING, IN_PROGRESS, FAILED, PARKED));
        enable("park", isIn(chosen, PENDING, IN_PROGRESS, FAILED));
        enable("fail", isIn(chosen, PENDING, IN_PROGRESS, PARKED));
    }

    private void enable(String id, boolean possible) {
        actions.get(id).enabled().set(possible);
    }

    private static boolean isPaused(GateView gate) {
        return gate.cause().filter(cause -> cause == PauseCause.USER).isPresent();
    }

    private static boolean isStoppable(WorkerStatus status) {
        return switch (status) {
            case STARTING, RUNNING, CHECKING, WAITING -> true;
            case IDLE, ENDING, STOPPED -> false;
        };
    }

    private static boolean isIn(Optional<IssueView> issue, IssueStatus... states) {
        return issue.filter(it -> List.of(states).contains(it.status())).isPresent();
    }
}
