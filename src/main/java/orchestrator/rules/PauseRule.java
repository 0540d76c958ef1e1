package orchestrator.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.IssueState;
import orchestrator.model.LaunchGate;
import orchestrator.model.Limits;
import orchestrator.model.PauseCause;
import orchestrator.model.RestartCause;
import orchestrator.model.Why;

/** What follows an end that was not the issue's fault: all launches pause, no retry is spent. */
final class PauseRule {
    private final IssueState issue;
    private final Attempt attempt;
    private final Limits limits;
    private final LaunchGate gate;
    private final Instant now;
    private final Function<String, Why> why;

    /**
     * For an attempt that has ended.
     *
     * @param why the facts of its end, under the name of a rule
     */
    PauseRule(
            IssueState issue,
            Attempt attempt,
            Limits limits,
            LaunchGate gate,
            Instant now,
            Function<String, Why> why) {
        this.issue = issue;
        this.attempt = attempt;
        this.limits = limits;
        this.gate = gate;
        this.now = now;
        this.why = why;
    }

    /** The account's limit: nobody need try before its reset. */
    List<Decision> usageLimit(AgentOutcome.UsageLimit limit) {
        Instant reset =
                limit.resetsAt()
                        .filter(at -> at.isAfter(now))
                        .orElse(now.plus(limits.timings().unknownReset()));
        Instant until = reset.plusSeconds(1 + jitter());
        return pause(
                PauseCause.USAGE_LIMIT,
                Optional.of(until),
                limit.detail().isEmpty() ? "usage limit reached" : limit.detail(),
                RestartCause.USAGE_LIMIT,
                until,
                "the account's usage limit interrupted it");
    }

    /** Each attempt its own, always the same. */
    private long jitter() {
        long most = limits.timings().resetJitter().toSeconds();
        return most == 0 ? 0 : Math.floorMod(attempt.id().hashCode(), most);
    }

    /** Overload or network: later each time. */
    List<Decision> environment(String detail) {
        // Several attempts that meet the same overload are one overload: the later ones join the
        // pause of the first instead of doubling it.
        Instant until =
                gate.until()
                        .filter(at -> gate.cause().equals(Optional.of(PauseCause.ENVIRONMENT)))
                        .filter(at -> at.isAfter(now))
                        .orElseGet(
                                () -> now.plus(RetryRule.backoff(limits.timings(), gate.pauses())));
        return pause(
                PauseCause.ENVIRONMENT,
                Optional.of(until),
                detail,
                RestartCause.ENVIRONMENT,
                until,
                "the service could not be used (" + detail + ")");
    }

    /** Login, credit or the agent's configuration: a person must act. */
    List<Decision> account(String detail) {
        return pause(
                PauseCause.ACCOUNT,
                Optional.of(now.plus(limits.timings().accountProbe())),
                detail,
                RestartCause.ACCOUNT,
                now,
                "the agent could not be used (" + detail + ")");
    }

    private List<Decision> pause(
            PauseCause cause,
            Optional<Instant> until,
            String reason,
            RestartCause restart,
            Instant notBefore,
            String hint) {
        List<Decision> decisions = new ArrayList<>();
        decisions.add(
                RetryRule.restart(
                        issue,
                        AttemptKind.CONTINUE,
                        false,
                        restart,
                        hint,
                        notBefore,
                        now,
                        why.apply("not the issue's fault")));
        // A longer pause is not cut short by a later attempt's end.
        boolean longer =
                gate.cause().isPresent()
                        && gate.until().isPresent()
                        && until.isPresent()
                        && !until.get().isAfter(gate.until().get());
        // One loud message, not one for each worker.
        boolean told = cause == PauseCause.ACCOUNT && gate.cause().equals(Optional.of(cause));
        if (!longer && !told) {
            decisions.add(
                    new Decision(
                            new Event.LaunchesPaused(cause, until, reason),
                            why.apply("launches pause")));
        }
        return decisions;
    }
}
