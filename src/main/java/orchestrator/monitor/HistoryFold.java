package orchestrator.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.PauseCause;
import orchestrator.model.RestartCause;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunHistory.Sum;
import orchestrator.model.TimedEvent;
import orchestrator.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Turns events, one after the other, into the history of all runs. Keeps a record an attempt and
 * nothing of the events themselves. No I/O, no clock; one thread at a time.
 */
final class HistoryFold {
    private static final int LONGEST_REASON = 300;
    private final Map<Integer, Row> rows = new TreeMap<>();
    private final Map<IssueId, Place> newest = new HashMap<>();
    private final Map<IssueId, EndCause> endings = new HashMap<>();
    private final Set<IssueId> settled = new HashSet<>();
    private final Map<IssueId, Integer> commits = new HashMap<>();
    private final List<Span> spans = new ArrayList<>();
    private final Map<Hold, Integer> open = new EnumMap<>(Hold.class);
    private final List<Mark> marks = new ArrayList<>();
    private final List<Sum> sums = new ArrayList<>();
    private final Set<IssueId> completed = new HashSet<>();
    private double costUsd;
    private long events;
    private @Nullable Instant last;

    /** The bars of a worker, and the lane made of them while nothing has changed. */
    private static final class Row {
        private final List<Bar> bars = new ArrayList<>();
        private @Nullable Lane lane;

        void set(int index, Bar bar) {
            bars.set(index, bar);
            lane = null;
        }

        Lane lane(int worker) {
            Lane made = lane;
            if (made == null) {
                made = new Lane(worker, bars);
                lane = made;
            }
            return made;
        }
    }

    /** Where the newest attempt of an issue is. */
    private record Place(Row row, int index, String attemptId) {
        Bar bar() {
            return row.bars.get(index);
        }
    }

    /** How many events were taken; also the number of the last. */
    long events() {
        return events;
    }

    /** One more. */
    void take(TimedEvent timed) {
        events = timed.seq();
        Instant at = timed.at();
        last = at;
        switch (timed.event()) {
            case Event.OfIssue event -> take(at, event);
            case Event.MonitorStarted event -> {
                marks.add(new Mark(at, true, Sentences.of(event, Optional.empty())));
                // A limit and a person's word outlive a monitor; the rest it finds out anew.
                List.of(Hold.SERVICE, Hold.ACCOUNT, Hold.BUDGET, Hold.SHORTAGE)
                        .forEach(hold -> close(at, hold));
            }
            case Event.MonitorStopped event ->
                    marks.add(new Mark(at, false, Sentences.of(event, Optional.empty())));
            case Event.LaunchesPaused event -> paused(at, event);
            case Event.LaunchesResumed event -> closeAllButThePerson(at);
            case Event.PauseLifted event -> {
                closeAllButThePerson(at);
                close(at, Hold.PAUSE);
            }
            case Event.AdmissionClosed event -> begin(at, Hold.SHORTAGE, event.reason());
            case Event.AdmissionOpened event -> close(at, Hold.SHORTAGE);
            case Event.WorkspaceOpened event -> {}
            case Event.SessionCreated event -> {}
            case Event.WindowOpened event -> {}
            case Event.WindowLost event -> {}
            case Event.ConfigLoaded event -> {}
            case Event.ConfigRejected event -> {}
            case Event.ClockSetBack event -> {}
            case Event.CommandReceived event -> {}
            case Event.CommandDone event -> {}
            case Event.RunStopping event -> {}
            case Event.WorkerStopped event -> {}
            case Event.WorkerContinued event -> {}
            case Event.Unknown event -> {}
        }
    }

    private void take(Instant at, Event.OfIssue event) {
        switch (event) {
            case Event.AttemptStarting e -> starting(at, e.attempt());
            case Event.AttemptStartFailed e ->
                    newest(e.issue(), e.attemptId())
                            .ifPresent(place -> end(place, at, Outcome.FAILED, e.message()));
            case Event.AttemptEnding e -> endings.put(e.issue(), e.cause());
            case Event.AttemptEnded e ->
                    newest(e.issue(), e.attemptId())
                            .ifPresent(place -> ended(place, at, e.finish()));
            case Event.RestartPlanned e -> follow(e.issue(), after(e.cause()), e.hint());
            case Event.GateFailed e -> follow(e.issue(), Outcome.RESTARTED, e.what(), false);
            case Event.StageCompleted e -> follow(e.issue(), Outcome.COMPLETED, "");
            case Event.IssueFailed e -> follow(e.issue(), Outcome.FAILED, e.reason());
            case Event.IssueParked e -> follow(e.issue(), Outcome.FAILED, e.reason());
            case Event.IssueCompleted e -> completed(at, e.issue(), true);
            case Event.RetryBegun e -> completed(at, e.issue(), false);
            case Event.IssueReopened e -> completed(at, e.issue(), false);
            default -> {} // What comes of git and the forge is no matter of time.
        }
    }

    private void starting(Instant at, Attempt attempt) {
        Place before = newest.get(attempt.issue());
        if (before != null && before.bar().to().isEmpty()) {
            end(before, at, Outcome.INTERRUPTED, "");
        }
        endings.remove(attempt.issue());
        settled.remove(attempt.issue());
        Row row = rows.computeIfAbsent(attempt.worker(), _ -> new Row());
        closeLeftOpen(row, at);
        row.bars.add(
                new Bar(
                        attempt.issue(),
                        attempt.number(),
                        attempt.stage(),
                        attempt.worker(),
                        attempt.kind(),
                        at,
                        Optional.empty(),
                        Outcome.RUNNING,
                        "",
                        0,
                        Usage.NONE));
        row.lane = null;
        newest.put(attempt.issue(), new Place(row, row.bars.size() - 1, attempt.id()));
    }

    /** A worker has one attempt at a time, whatever a damaged past may say. */
    private static void closeLeftOpen(Row row, Instant at) {
        int index = row.bars.size() - 1;
        if (index >= 0 && row.bars.get(index).to().isEmpty()) {
            Bar bar = row.bars.get(index);
            row.set(index, with(bar, at, Outcome.INTERRUPTED, bar.reason(), 0, bar.usage()));
        }
    }

    private Optional<Place> newest(IssueId issue, String attemptId) {
        return Optional.ofNullable(newest.get(issue))
                .filter(place -> place.attemptId().equals(attemptId))
                .filter(place -> place.bar().to().isEmpty());
    }

    private static void end(Place place, Instant at, Outcome outcome, String reason) {
        Bar bar = place.bar();
        place.row().set(place.index(), with(bar, at, outcome, reason, 0, bar.usage()));
    }

    private void ended(Place place, Instant at, Finish finish) {
        Bar bar = place.bar();
        int before = commits.getOrDefault(bar.issue(), 0);
        int gained = Math.max(0, finish.commitsSinceBase() - before);
        commits.put(bar.issue(), finish.commitsSinceBase());
        EndCause cause = endings.remove(bar.issue());
        Outcome outcome = outcome(finish.outcome(), cause);
        place.row()
                .set(
                        place.index(),
                        with(bar, at, outcome, finish.outcome().phrase(), gained, finish.usage()));
        if (finish.usage().costUsd() != 0) {
            costUsd += finish.usage().costUsd();
            sum(at);
        }
    }

    /** As long as nothing is decided; a result counts although we had to end the process. */
    private static Outcome outcome(AgentOutcome outcome, @Nullable EndCause cause) {
        if (outcome instanceof AgentOutcome.Done) {
            return Outcome.COMPLETED;
        }
        boolean byUs =
                cause == EndCause.USER_RESTART
                        || cause == EndCause.USER_STOP
                        || cause == EndCause.ISSUE_CLOSED
                        || cause == EndCause.RUN_STOPPING;
        boolean byOthers =
                outcome.isEnvironmental()
                        || outcome instanceof AgentOutcome.Interrupted
                        || outcome instanceof AgentOutcome.Rebooted;
        return byUs || byOthers ? Outcome.INTERRUPTED : Outcome.FAILED;
    }

    private static Outcome after(RestartCause cause) {
        return switch (cause) {
            case FAILED, NO_WORK, CRASHED_EMPTY, NO_COMMIT, GATE_FAILED, STALLED, SILENT_START ->
                    Outcome.RESTARTED;
            case USAGE_LIMIT, ENVIRONMENT, ACCOUNT, SESSION_LOST, RESUMED, USER ->
                    Outcome.INTERRUPTED;
        };
    }

    /** What was decided of an attempt that has ended says more than how it ended. */
    private void follow(IssueId issue, Outcome outcome, String reason) {
        follow(issue, outcome, reason, true);
    }

    private void follow(IssueId issue, Outcome outcome, String reason, boolean last) {
        Place place = newest.get(issue);
        if (place == null || place.bar().to().isEmpty() || settled.contains(issue)) {
            return; // What befalls the issue later is not this attempt's doing.
        }
        if (last) {
            settled.add(issue);
        }
        Bar bar = place.bar();
        boolean told = reason.isEmpty() || bar.reason().contains(reason);
        String both = told ? bar.reason() : bar.reason() + "; " + reason;
        place.row()
                .set(
                        place.index(),
                        with(bar, bar.to().get(), outcome, both, bar.commits(), bar.usage()));
    }

    private static Bar with(
            Bar bar, Instant to, Outcome outcome, String reason, int commits, Usage usage) {
        // The clock may have been set back meanwhile.
        Instant end = to.isBefore(bar.from()) ? bar.from() : to;
        return new Bar(
                bar.issue(),
                bar.number(),
                bar.stage(),
                bar.worker(),
                bar.kind(),
                bar.from(),
                Optional.of(end),
                outcome,
                Text.oneLine(reason, LONGEST_REASON),
                commits,
                usage);
    }

    private void completed(Instant at, IssueId issue, boolean is) {
        if (is ? completed.add(issue) : completed.remove(issue)) {
            sum(at);
        }
    }

    private void sum(Instant at) {
        sums.add(new Sum(at, costUsd, completed.size()));
    }

    private void paused(Instant at, Event.LaunchesPaused event) {
        Hold hold = hold(event.cause());
        if (hold != Hold.PAUSE) {
            // One takes the other's place.
            List.of(Hold.LIMIT, Hold.SERVICE, Hold.ACCOUNT, Hold.BUDGET).stream()
                    .filter(other -> other != hold)
                    .forEach(other -> close(at, other));
        }
        begin(at, hold, event.reason());
    }

    private static Hold hold(PauseCause cause) {
        return switch (cause) {
            case USAGE_LIMIT -> Hold.LIMIT;
            case ENVIRONMENT -> Hold.SERVICE;
            case ACCOUNT -> Hold.ACCOUNT;
            case BUDGET -> Hold.BUDGET;
            case USER -> Hold.PAUSE;
        };
    }

    private void begin(Instant at, Hold hold, String reason) {
        if (!open.containsKey(hold)) {
            open.put(hold, spans.size());
            spans.add(new Span(hold, at, Optional.empty(), reason));
        }
    }

    private void close(Instant at, Hold hold) {
        Integer index = open.remove(hold);
        if (index != null) {
            Span span = spans.get(index);
            Instant to = at.isBefore(span.from()) ? span.from() : at;
            spans.set(index, new Span(hold, span.from(), Optional.of(to), span.reason()));
        }
    }

    private void closeAllButThePerson(Instant at) {
        List.of(Hold.LIMIT, Hold.SERVICE, Hold.ACCOUNT, Hold.BUDGET)
                .forEach(hold -> close(at, hold));
    }

    /** All that is known by now. */
    RunHistory history() {
        List<Lane> lanes = new ArrayList<>(rows.size());
        rows.forEach((worker, row) -> lanes.add(row.lane(worker)));
        return new RunHistory(lanes, spans, marks, sums, Optional.ofNullable(last), events);
    }
}
