package orchestrator.ui.workers;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.RunWords;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Span;
import orchestrator.ui.workers.ActivityLine.Pulse;

/**
 * A row of the table: lives as long as its worker does. An update sets every property; only those
 * whose value differs tell anyone.
 */
public final class WorkerRow {
    /** What it works on; both empty when it holds nothing. */
    record Work(String id, String title) implements Comparable<Work> {
        private static final Comparator<Work> ORDER =
                Comparator.comparing((Work work) -> work.id().isEmpty())
                        .thenComparing(work -> project(work.id()))
                        .thenComparingInt(work -> number(work.id()));

        @Override
        public int compareTo(Work other) {
            return ORDER.compare(this, other);
        }

        private static String project(String id) {
            return id.isEmpty() ? "" : IssueId.parse(id).project();
        }

        private static int number(String id) {
            return id.isEmpty() ? 0 : IssueId.parse(id).number();
        }
    }

    /** Where it is in the pipeline; no names when it holds nothing. */
    record Stages(List<String> names, int index) implements Comparable<Stages> {
        @Override
        public int compareTo(Stages other) {
            return Integer.compare(index, other.index);
        }
    }

    /** What is said last: the agent's words, or ours (a note) while it waits. */
    record Saying(String text, boolean note) implements Comparable<Saying> {
        @Override
        public int compareTo(Saying other) {
            return text.compareTo(other.text);
        }
    }

    /** What it is doing; pausing: it works on to the end of its stage and no further. */
    record State(WorkerStatus status, boolean pausing) implements Comparable<State> {
        private static final Comparator<State> ORDER =
                Comparator.comparing(State::status).thenComparing(State::pausing);

        @Override
        public int compareTo(State other) {
            return ORDER.compare(this, other);
        }
    }

    private final int number;
    private final Instant watchedFrom;
    private Optional<Instant> lastSign = Optional.empty();
    private final ReadOnlyObjectWrapper<WorkerView> view;
    private WorkerView logged;
    final ObjectProperty<State> status =
            new SimpleObjectProperty<>(new State(WorkerStatus.IDLE, false));
    final ObjectProperty<Work> work = new SimpleObjectProperty<>(new Work("", ""));
    final ObjectProperty<Stages> stages = new SimpleObjectProperty<>(new Stages(List.of(), -1));
    final ObjectProperty<Span> elapsed = new SimpleObjectProperty<>(Span.NONE);
    final ObjectProperty<Pulse> pulse;
    final ObjectProperty<Integer> retries = new SimpleObjectProperty<>(0);
    final ObjectProperty<Integer> commits = new SimpleObjectProperty<>(0);
    final ObjectProperty<Long> tokens = new SimpleObjectProperty<>(0L);
    final ObjectProperty<Double> cost = new SimpleObjectProperty<>(0.0);
    final ObjectProperty<Saying> saying = new SimpleObjectProperty<>(new Saying("", false));

    WorkerRow(WorkerView first, Instant now) {
        number = first.worker();
        watchedFrom = now;
        pulse = new SimpleObjectProperty<>(new Pulse(Span.NONE, Activity.none(now), now));
        view = new ReadOnlyObjectWrapper<>(first);
        logged = first;
        update(first, now);
    }

    void update(WorkerView next, Instant now) {
        view.set(next);
        if (!next.transcript().isEmpty()) {
            logged = next;
        }
        status.set(new State(next.status(), next.isPausing()));
        work.set(
                next.issue()
                        .map(id -> new Work(id.toString(), Format.line(next.title())))
                        .orElse(new Work("", "")));
        stages.set(
                next.issue().isPresent()
                        ? new Stages(next.stages(), next.stageIndex())
                        : new Stages(List.of(), -1));
        retries.set(next.retries());
        commits.set(next.commits());
        tokens.set(next.usage().totalTokens());
        cost.set(next.usage().costUsd());
        saying.set(sayingOf(next));
        tick(now);
    }

    /** Sets what changes by time alone. */
    void tick(Instant now) {
        boolean busy = view.get().issue().isPresent();
        elapsed.set(busy ? Span.since(view.get().startedAt(), now) : Span.NONE);
        Span quiet = busy ? Span.since(view.get().lastActivityAt(), now) : Span.NONE;
        pulse.set(new Pulse(quiet, activity(now), watchedSince(now)));
    }

    private Activity activity(Instant now) {
        Activity before = pulse.get().activity().at(now);
        Optional<Instant> sign = view.get().lastActivityAt();
        boolean another =
                sign.isPresent()
                        && lastSign.filter(last -> isInSameSecond(last, sign.get())).isEmpty();
        lastSign = sign.or(() -> lastSign);
        return another ? before.with(sign.get()) : before;
    }

    private static boolean isInSameSecond(Instant one, Instant other) {
        return one.getEpochSecond() == other.getEpochSecond();
    }

    private Instant watchedSince(Instant now) {
        Instant tenMinutesAgo = pulse.get().activity().at(now).from();
        return watchedFrom.isAfter(tenMinutesAgo) ? watchedFrom : tenMinutesAgo;
    }

    private static Saying sayingOf(WorkerView view) {
        return new Saying(Format.line(RunWords.saying(view)), RunWords.isNote(view));
    }

    /**
     * The worker as it was when it last had a log: now, or before it ended what it held. Without a
     * log if it never had one.
     */
    public WorkerView logged() {
        return logged;
    }

    /** The worker's number. */
    public int number() {
        return number;
    }

    /** The worker as last seen. */
    public ReadOnlyObjectProperty<WorkerView> viewProperty() {
        return view.getReadOnlyProperty();
    }

    /** The worker as last seen. */
    public WorkerView view() {
        return view.get();
    }
}
