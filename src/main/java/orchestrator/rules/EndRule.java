package orchestrator.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueState;
import orchestrator.model.LaunchGate;
import orchestrator.model.Limits;
import orchestrator.model.PauseCause;
import orchestrator.model.RestartCause;
import orchestrator.model.Stage;
import orchestrator.model.Why;

/** What follows the end of an attempt. */
final class EndRule {
    private final IssueState issue;
    private final Stage stage;
    private final Limits limits;
    private final LaunchGate gate;
    private final Instant now;
    private final Attempt attempt;
    private final Finish finish;
    private final Optional<EndCause> endCause;

    EndRule(
            IssueState issue,
            CurrentAttempt current,
            Stage stage,
            Limits limits,
            LaunchGate gate,
            Instant now) {
        this.issue = issue;
        this.stage = stage;
        this.limits = limits;
        this.gate = gate;
        this.now = now;
        attempt = current.attempt();
        finish = current.finish().orElseThrow();
        endCause = current.endCause();
    }

    List<Decision> decide() {
        if (endCause.isPresent()) {
            Optional<Decision> forced = endedByUs(endCause.get());
            if (forced.isPresent()) {
                return List.of(forced.get());
            }
        }
        return switch (finish.outcome()) {
            case AgentOutcome.Done e -> List.of(done());
            case AgentOutcome.NoWork e ->
                    List.of(
                            retry(
                                    RestartCause.NO_WORK,
                                    AttemptKind.FRESH,
                                    "the agent ended without having worked (" + e.detail() + ")"));
            case AgentOutcome.UsageLimit limit -> usageLimit(limit);
            case AgentOutcome.Overloaded e -> environment(e.detail());
            case AgentOutcome.Network e -> environment(e.detail());
            case AgentOutcome.NotLoggedIn e -> account(e.phrase());
            case AgentOutcome.NoCredit e -> account(e.phrase());
            case AgentOutcome.BadAgentConfig e -> account(e.phrase());
            case AgentOutcome.PromptTooLong e ->
                    List.of(
                            new Decision(
                                    new Event.IssueParked(
                                            issue.id(),
                                            "the prompt is too long for the agent: " + e.detail()),
                                    why("prompt too long")));
            case AgentOutcome.CrashedEmpty e -> List.of(crashedEmpty(e));
            case AgentOutcome.OwnLimit e -> List.of(failed(e.phrase()));
            case AgentOutcome.Interrupted e -> List.of(failed("it was interrupted (Ctrl-C)"));
            case AgentOutcome.Vanished e -> List.of(failed(e.phrase()));
            case AgentOutcome.Failed e -> List.of(failed(e.phrase()));
        };
    }

    /** What follows when we ended it; empty when the agent's own outcome decides. */
    private Optional<Decision> endedByUs(EndCause cause) {
        boolean finished = finish.outcome() instanceof AgentOutcome.Done;
        if (finished && cause != EndCause.USER_RESTART) {
            // It came to its end by itself just before we ended it: what it did counts.
            return Optional.empty();
        }
        return switch (cause) {
            case LINGERING -> Optional.empty();
            case STALLED ->
                    Optional.of(
                            retry(
                                    RestartCause.STALLED,
                                    AttemptKind.CONTINUE,
                                    "it showed no sign of life for "
                                            + limits.stallTimeout().toSeconds()
                                            + " s"));
            case OVERDUE ->
                    Optional.of(
                            retry(
                                    RestartCause.STALLED,
                                    AttemptKind.CONTINUE,
                                    "it ran longer than "
                                            + limits.wallClockTimeout().toSeconds()
                                            + " s and was not active"));
            case SILENT_START -> Optional.of(silentStart());
            case USER_RESTART ->
                    Optional.of(
                            resume(
                                    RestartCause.USER,
                                    "a person restarted it",
                                    "restarted by a person"));
            case RUN_STOPPING ->
                    Optional.of(
                            resume(
                                    RestartCause.RESUMED,
                                    "the run was stopped in the middle of it",
                                    "run stopped"));
        };
    }

    private Decision resume(RestartCause cause, String hint, String rule) {
        return RetryRule.restart(
                issue, AttemptKind.CONTINUE, false, cause, hint, now, now, why(rule));
    }

    private Decision silentStart() {
        String hint = "it printed nothing at all after its start";
        if (issue.retries().of(RestartCause.SILENT_START) >= RetryRule.SILENT_STARTS) {
            return retry(RestartCause.FAILED, AttemptKind.FRESH, hint);
        }
        return RetryRule.restart(
                issue,
                AttemptKind.FRESH,
                false,
                RestartCause.SILENT_START,
                hint,
                now,
                now,
                why("silent start"));
    }

    private Decision done() {
        if (stage.mustCommit() && finish.commitsSinceStart() == 0) {
            if (issue.retries().of(RestartCause.NO_COMMIT) == 0) {
                String left =
                        finish.uncommitted() == 0
                                ? "nothing was changed"
                                : finish.uncommitted() + " changed files were left uncommitted";
                String hint =
                        "the stage ended without a commit and "
                                + left
                                + "; finish the work and commit it with git, or say in a commit why nothing is needed";
                return RetryRule.restart(
                        issue,
                        AttemptKind.CONTINUE,
                        false,
                        RestartCause.NO_COMMIT,
                        hint,
                        now,
                        now,
                        why("no commit"));
            }
            if (finish.uncommitted() > 0) {
                return new Decision(
                        new Event.LeftoversCommitting(issue.id(), stage.name()),
                        why("no commit again: leftovers are committed as work in progress"));
            }
        }
        String note = finish.commitsSinceStart() == 0 ? "without a commit" : "";
        return new Decision(
                new Event.StageCompleted(issue.id(), stage.name(), issue.stageIndex(), note),
                why("finished well"));
    }

    private List<Decision> usageLimit(AgentOutcome.UsageLimit limit) {
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

    private List<Decision> environment(String detail) {
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

    private List<Decision> account(String detail) {
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
                        why("not the issue's fault")));
        // A longer pause, or the user's own, is not cut short by a later attempt's end.
        boolean user = gate.cause().filter(c -> c == PauseCause.USER).isPresent();
        boolean longer =
                gate.cause().isPresent()
                        && gate.until().isPresent()
                        && until.isPresent()
                        && !until.get().isAfter(gate.until().get());
        // One loud message, not one for each worker.
        boolean told = cause == PauseCause.ACCOUNT && gate.cause().equals(Optional.of(cause));
        if (!user && !longer && !told) {
            decisions.add(
                    new Decision(
                            new Event.LaunchesPaused(cause, until, reason), why("launches pause")));
        }
        return decisions;
    }

    private Decision crashedEmpty(AgentOutcome.CrashedEmpty crash) {
        if (issue.retries().of(RestartCause.CRASHED_EMPTY) >= RetryRule.EMPTY_CRASHES) {
            return new Decision(
                    new Event.IssueReturned(
                            issue.id(),
                            "crashed without work "
                                    + (RetryRule.EMPTY_CRASHES + 1)
                                    + " times: "
                                    + crash.detail()),
                    why("crashed without work"));
        }
        // No continuation: what crashed it might be in what it would continue from.
        return RetryRule.restart(
                issue,
                AttemptKind.FRESH,
                false,
                RestartCause.CRASHED_EMPTY,
                "the agent crashed before it did anything (" + crash.detail() + ")",
                now,
                now,
                why("crashed without work"));
    }

    private Decision failed(String hint) {
        return retry(RestartCause.FAILED, AttemptKind.CONTINUE, hint);
    }

    private Decision retry(RestartCause cause, AttemptKind kind, String hint) {
        return RetryRule.retry(
                issue,
                limits,
                cause,
                kind,
                hint,
                finish.commitsSinceBase(),
                stage.name(),
                why("did not finish"),
                now);
    }

    private Why why(String rule) {
        List<String> facts = new ArrayList<>();
        facts.add(finish.exitCode().map(code -> "exit " + code).orElse("no exit written"));
        facts.add(finish.outcome().phrase());
        endCause.ifPresent(cause ->
                facts.add("ended by us: " + cause.name().toLowerCase(java.util.Locale.ROOT)));
        facts.add(finish.commitsSinceStart() + " commits in this stage");
        facts.add(finish.uncommitted() + " uncommitted files");
        facts.add("retry " + issue.retries().counted() + " of " + limits.maxRetries());
        return new Why(rule, facts);
    }
}
