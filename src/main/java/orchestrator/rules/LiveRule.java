package orchestrator.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import orchestrator.model.AttemptSight;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.Limits;
import orchestrator.model.Liveness;
import orchestrator.model.Why;

/** Whether a running attempt is left alone, extended or ended. */
final class LiveRule {
    /** Past its wall-clock limit, an attempt with a sign of life this recent is extended. */
    static final Duration ACTIVE = Duration.ofSeconds(120);

    private LiveRule() {}

    /**
     * What follows from a look.
     *
     * @param now when the look began
     */
    static Optional<Decision> decide(
            CurrentAttempt current, AttemptSight sight, Limits limits, Instant now) {
        if (sight.process() != Liveness.ALIVE) {
            // Gone: its end is gathered elsewhere. Unknown: no verdict without a look.
            return Optional.empty();
        }
        Instant started = current.attempt().startedAt();
        if (sight.resultSeen().isPresent()) {
            Duration since = Duration.between(sight.resultSeen().get(), now);
            return since.compareTo(limits.timings().linger()) >= 0
                    ? Optional.of(
                            end(
                                    current,
                                    EndCause.LINGERING,
                                    Why.of(
                                            "lingers",
                                            "result seen " + since.toSeconds() + " s ago")))
                    : Optional.empty();
        }
        Duration running = Duration.between(started, now);
        if (sight.lastOutput().isEmpty()
                && running.compareTo(limits.timings().silentStart()) >= 0) {
            return Optional.of(
                    end(
                            current,
                            EndCause.SILENT_START,
                            Why.of(
                                    "silent start",
                                    "no output at all for " + running.toSeconds() + " s")));
        }
        Duration quiet = Duration.between(lastSign(started, sight), now);
        if (quiet.compareTo(limits.stallTimeout()) >= 0) {
            return Optional.of(
                    end(current, EndCause.STALLED, new Why("stalled", facts(started, sight, now))));
        }
        Instant due = current.extendedUntil().orElse(started.plus(limits.wallClockTimeout()));
        if (now.isBefore(due)) {
            return Optional.empty();
        }
        List<String> facts = facts(started, sight, now);
        facts.add("running for " + running.toSeconds() + " s");
        if (quiet.compareTo(ACTIVE) < 0) {
            Instant until = now.plus(limits.wallClockTimeout().dividedBy(2));
            return Optional.of(
                    new Decision(
                            new Event.AttemptExtended(
                                    issue(current), current.attempt().id(), until),
                            new Why("over its time but active", facts)));
        }
        return Optional.of(end(current, EndCause.OVERDUE, new Why("over its time", facts)));
    }

    private static IssueId issue(CurrentAttempt current) {
        return current.attempt().issue();
    }

    private static Decision end(CurrentAttempt current, EndCause cause, Why why) {
        return new Decision(
                new Event.AttemptEnding(issue(current), current.attempt().id(), cause), why);
    }

    private static Instant lastSign(Instant started, AttemptSight sight) {
        Instant last = later(started, sight.lastOutput());
        last = later(last, sight.lastWorktreeChange());
        return later(last, sight.lastCpu());
    }

    private static Instant later(Instant last, Optional<Instant> sign) {
        return sign.isPresent() && sign.get().isAfter(last) ? sign.get() : last;
    }

    private static List<String> facts(Instant started, AttemptSight sight, Instant now) {
        List<String> facts = new ArrayList<>();
        facts.add("no output for " + age(sight.lastOutput().orElse(started), now));
        facts.add(
                "no change in the worktree for "
                        + age(sight.lastWorktreeChange().orElse(started), now));
        facts.add("no CPU used for " + age(sight.lastCpu().orElse(started), now));
        facts.add(
                String.format(
                        Locale.ROOT, "%.1f s of CPU in all", sight.cpu().toMillis() / 1000.0));
        return facts;
    }

    private static String age(Instant since, Instant now) {
        return Duration.between(since, now).toSeconds() + " s";
    }
}
