package orchestrator.ui.orders;

import static orchestrator.model.IssueStatus.FAILED;
import static orchestrator.model.IssueStatus.IN_PROGRESS;
import static orchestrator.model.IssueStatus.PARKED;
import static orchestrator.model.IssueStatus.PENDING;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private static final Predicate<IssueView> RETRIABLE = isIn(FAILED, PARKED);
    private static final Predicate<IssueView> COMPLETABLE =
            isIn(PENDING, IN_PROGRESS, FAILED, PARKED);
    private static final Predicate<IssueView> PARKABLE = isIn(PENDING, IN_PROGRESS, FAILED);
    private static final Predicate<IssueView> FAILABLE = isIn(PENDING, IN_PROGRESS, PARKED);
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

        record OfIssues(List<IssueId> ids) implements Subject {}
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
        register(
                "push",
                Feather.UPLOAD,
                "",
                () -> send(Stepping::isPushable, id -> Order.push(Optional.of(id))));
        register(
                "retry",
                Feather.ROTATE_CCW,
                "",
                () -> send(RETRIABLE, id -> Order.retry(Optional.of(id))));
        register("complete", Feather.CHECK, "", this::complete);
        register(
                "park",
                Feather.ARCHIVE,
                "",
                () ->
                        forReason(
                                PARKABLE,
                                subject("order.park", "order.park-many", PARKABLE),
                                new String[] {"order.park-what", "order.park-go"},
                                Order::park));
        register(
                "fail",
                Feather.X,
                "",
                () ->
                        forReason(
                                FAILABLE,
                                subject("order.fail", "order.fail-many", FAILABLE),
                                new String[] {"order.fail-what", "order.fail-go"},
                                Order::fail));
    }

    private void register(String id, Feather icon, String keys, Runnable handler) {
        actions.add(Action.of(texts, id, icon, keys, handler));
    }

    private void onWorker(Function<WorkerView, Order> order) {
        worker().ifPresent(worker -> send(order.apply(worker)));
    }

    private void send(Predicate<IssueView> possible, Function<IssueId, Order> order) {
        sendAll(issues(possible).stream().map(issue -> order.apply(issue.id())).toList());
    }

    /** Where an agent works on it, that is ended: then it is asked first. */
    private void complete() {
        List<IssueView> issues = issues(COMPLETABLE);
        Runnable order = () -> sendAll(issues.stream().map(it -> Order.complete(it.id())).toList());
        if (issues.stream().anyMatch(issue -> issue.worker().isPresent())) {
            reasons.confirm(
                    new Reasons.Question(
                            subject("order.complete", "order.complete-many", COMPLETABLE),
                            texts.get("order.complete-what"),
                            actions.get("complete").title()),
                    order);
        } else {
            order.run();
        }
    }

    /** A title that names the issue, or says how many there are. */
    private String subject(String one, String many, Predicate<IssueView> possible) {
        List<IssueView> issues = issues(possible);
        return issues.size() == 1
                ? texts.get(one, issues.getFirst().id())
                : texts.get(many, issues.size());
    }

    /** The issues are those that are chosen when it is asked, whatever is chosen by the answer. */
    private void forReason(
            Predicate<IssueView> possible,
            String title,
            String[] whatAndGo,
            BiFunction<IssueId, String, Order> order) {
        List<IssueId> ids = issues(possible).stream().map(IssueView::id).toList();
        if (!ids.isEmpty()) {
            reasons.ask(
                    new Reasons.Question(title, texts.get(whatAndGo[0]), texts.get(whatAndGo[1])),
                    reason -> sendAll(ids.stream().map(id -> order.apply(id, reason)).toList()));
        }
    }

    /** Several, one after the other; what became of them is told in one sentence. */
    private void sendAll(List<Order> orders) {
        if (orders.size() == 1) {
            send(orders.getFirst());
        } else if (!orders.isEmpty()) {
            background.run(
                    "orders " + orders.getFirst().name(),
                    () -> orders.stream().map(control::send).toList(),
                    this::showAll,
                    fault -> notices.refused(fault.sentence()));
        }
    }

    private void showAll(List<Orders.Reply> replies) {
        List<Orders.Reply> accepted =
                replies.stream()
                        .filter(reply -> reply.outcome() == Orders.Outcome.ACCEPTED)
                        .toList();
        if (accepted.size() == replies.size()) {
            notices.done(texts.get("order.all-done", replies.size()));
            return;
        }
        List<String> others =
                replies.stream()
                        .filter(reply -> !accepted.contains(reply))
                        .map(Orders.Reply::text)
                        .distinct()
                        .toList();
        String text =
                texts.get(
                        "order.some-done",
                        accepted.size(),
                        replies.size(),
                        String.join(" ", others));
        boolean refused =
                replies.stream().anyMatch(reply -> reply.outcome() == Orders.Outcome.REFUSED);
        if (refused) {
            notices.refused(text);
        } else {
            notices.pending(text);
        }
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
        chooseIssues(List.of(id));
    }

    /**
     * Issues are chosen: the actions are about all of them for which they are possible; those about
     * a worker are about the worker of the only one.
     */
    public void chooseIssues(List<IssueId> ids) {
        chosen = ids.isEmpty() ? Optional.empty() : Optional.of(new Subject.OfIssues(ids));
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
                    case Subject.OfIssues of ->
                            of.ids().size() == 1
                                    ? issue(of.ids().getFirst())
                                            .flatMap(IssueView::worker)
                                            .flatMap(this::worker)
                                    : Optional.empty();
                });
    }

    private List<IssueView> issues(Predicate<IssueView> possible) {
        List<IssueId> ids =
                chosen.map(subject ->
                                switch (subject) {
                                    case Subject.OfWorker of ->
                                            worker(of.number()).flatMap(WorkerView::issue).stream()
                                                    .toList();
                                    case Subject.OfIssues of -> of.ids();
                                })
                        .orElse(List.of());
        if (ids.size() == 1) {
            return issue(ids.getFirst()).filter(possible).stream().toList();
        }
        Set<IssueId> wanted = Set.copyOf(ids);
        return Optional.ofNullable(run).stream()
                .flatMap(seen -> seen.issues().stream())
                .filter(issue -> wanted.contains(issue.id()) && possible.test(issue))
                .toList();
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
        List<IssueView> meant = issues(_ -> true);
        issue.set(meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty());
        enable("push", Stepping::isPushable);
        enable("retry", RETRIABLE);
        enable("complete", COMPLETABLE);
        enable("park", PARKABLE);
        enable("fail", FAILABLE);
    }

    private void enable(String id, Predicate<IssueView> possible) {
        enable(id, !issues(possible).isEmpty());
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

    private static boolean isPushable(IssueView issue) {
        return issue.commits() > 0;
    }

    private static Predicate<IssueView> isIn(IssueStatus... states) {
        return issue -> List.of(states).contains(issue.status());
    }
}
