package orchestrator.ui.orders;

import static orchestrator.model.IssueStatus.FAILED;
import static orchestrator.model.IssueStatus.IN_PROGRESS;
import static orchestrator.model.IssueStatus.PARKED;
import static orchestrator.model.IssueStatus.PENDING;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
import orchestrator.ui.fx.Parts;
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
    private final ReadOnlyObjectWrapper<Optional<IssueView>> issue =
            new ReadOnlyObjectWrapper<>(this, "issue", Optional.empty());
    private @Nullable RunSnapshot run;
    private Optional<Subject> chosen = Optional.empty();

    /** What is chosen: the rest of what the actions are about follows from the newest snapshot. */
    private sealed interface Subject {
        record OfWorker(int number) implements Subject {}

        record OfIssue(IssueId id) implements Subject {}
    }

    /** Registers its actions with those of the window. */
    public Stepping(Parts parts) {
        control = parts.control();
        texts = parts.texts();
        actions = parts.actions();
        notices = parts.notices();
        reasons = new Reasons(texts, parts.overlay());
        background = new Background(texts);
        register("pause", Feather.PAUSE, "Shortcut+P", () -> send(Order.pause(Optional.empty())));
        register("resume", Feather.PLAY, "Shortcut+Shift+P", () -> send(Order.resume()));
        register(
                "restart",
                Feather.REFRESH_CW,
                "Shortcut+Shift+R",
                () -> onWorker(chosen -> Order.restart(chosen.worker())));
        register(
                "stop-worker",
                Feather.SQUARE,
                "",
                () -> onWorker(chosen -> Order.stopWorker(chosen.worker())));
        register(
                "pause-worker",
                Feather.PAUSE_CIRCLE,
                "",
                () -> onWorker(chosen -> Order.pauseWorker(chosen.worker())));
        register(
                "continue-worker",
                Feather.PLAY_CIRCLE,
                "",
                () -> onWorker(chosen -> Order.continueWorker(chosen.worker())));
        register("push", Feather.UPLOAD, "", () -> onIssue(id -> Order.push(Optional.of(id))));
        register(
                "retry", Feather.ROTATE_CCW, "", () -> onIssue(id -> Order.retry(Optional.of(id))));
        register("complete", Feather.CHECK, "", this::complete);
        register(
                "park",
                Feather.ARCHIVE,
                "",
                () -> forReason("order.park", "order.park-what", "order.park-go", Order::park));
        register(
                "fail",
                Feather.X,
                "",
                () -> forReason("order.fail", "order.fail-what", "order.fail-go", Order::fail));
    }

    private void register(String id, Feather icon, String keys, Runnable handler) {
        actions.add(Action.of(texts, id, icon, keys, handler));
    }

    private void onWorker(Function<WorkerView, Order> order) {
        worker().ifPresent(worker -> send(order.apply(worker)));
    }

    private void onIssue(Function<IssueId, Order> order) {
        issue().ifPresent(issue -> send(order.apply(issue.id())));
    }

    /** Where an agent works on it, that is ended: then it is asked first. */
    private void complete() {
        issue().ifPresent(issue -> {
            Runnable order = () -> send(Order.complete(issue.id()));
            if (issue.worker().isPresent()) {
                reasons.confirm(
                        new Reasons.Question(
                                texts.get("order.complete", issue.id()),
                                texts.get("order.complete-what"),
                                actions.get("complete").title()),
                        order);
            } else {
                order.run();
            }
        });
    }

    private void forReason(
            String title, String what, String go, BiFunction<IssueId, String, Order> order) {
        issue().ifPresent(issue ->
                reasons.ask(
                        new Reasons.Question(
                                texts.get(title, issue.id()), texts.get(what), texts.get(go)),
                        reason -> send(order.apply(issue.id(), reason))));
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

    /** A worker is chosen: the actions are about it and what it holds, whatever that is by then. */
    public void chooseWorker(int number) {
        chosen = Optional.of(new Subject.OfWorker(number));
        enable();
    }

    /** An issue is chosen: the actions are about it and its worker, if it has one by then. */
    public void chooseIssue(IssueId id) {
        chosen = Optional.of(new Subject.OfIssue(id));
        enable();
    }

    /** Nothing is chosen. */
    public void chooseNothing() {
        chosen = Optional.empty();
        enable();
    }

    /** The issue that the actions are about: the chosen one, or what the chosen worker holds. */
    public ReadOnlyObjectProperty<Optional<IssueView>> issueProperty() {
        return issue.getReadOnlyProperty();
    }

    private Optional<WorkerView> worker() {
        return chosen.flatMap(subject ->
                switch (subject) {
                    case Subject.OfWorker of -> worker(of.number());
                    case Subject.OfIssue of ->
                            issue(of.id()).flatMap(IssueView::worker).flatMap(this::worker);
                });
    }

    private Optional<IssueView> issue() {
        return chosen.flatMap(subject ->
                switch (subject) {
                    case Subject.OfWorker of ->
                            worker(of.number()).flatMap(WorkerView::issue).flatMap(this::issue);
                    case Subject.OfIssue of -> issue(of.id());
                });
    }

    private Optional<WorkerView> worker(int number) {
        return Optional.ofNullable(run).stream()
                .flatMap(seen -> seen.workers().stream())
                .filter(worker -> worker.worker() == number)
                .findFirst();
    }

    private Optional<IssueView> issue(IssueId id) {
        return Optional.ofNullable(run).stream()
                .flatMap(seen -> seen.issues().stream())
                .filter(issue -> issue.id().equals(id))
                .findFirst();
    }

    private void enable() {
        RunSnapshot seen = run;
        boolean runs = seen != null && seen.monitor().state() == MonitorState.RUNNING;
        boolean paused = seen != null && runs && isPaused(seen.gate());
        enable("pause", runs && !paused);
        enable("resume", paused);
        Optional<WorkerView> worker = worker();
        enable("restart", runs && worker.flatMap(WorkerView::issue).isPresent());
        enable("stop-worker", runs && worker.filter(w -> isStoppable(w.status())).isPresent());
        boolean resting = worker.filter(Stepping::isHeldBack).isPresent();
        enable("pause-worker", runs && worker.isPresent() && !resting);
        enable("continue-worker", runs && resting);
        Optional<IssueView> now = issue();
        issue.set(now);
        enable("push", now.filter(it -> it.commits() > 0).isPresent());
        enable("retry", isIn(now, FAILED, PARKED));
        enable("complete", isIn(now, PENDING, IN_PROGRESS, FAILED, PARKED));
        enable("park", isIn(now, PENDING, IN_PROGRESS, FAILED));
        enable("fail", isIn(now, PENDING, IN_PROGRESS, PARKED));
    }

    private void enable(String id, boolean possible) {
        actions.get(id).enabled().set(possible);
    }

    private static boolean isPaused(GateView gate) {
        return gate.cause().filter(cause -> cause == PauseCause.USER).isPresent();
    }

    /** A person has it start nothing more, though it may finish what it runs. */
    private static boolean isHeldBack(WorkerView worker) {
        return worker.status() == WorkerStatus.STOPPED || worker.isPausing();
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
