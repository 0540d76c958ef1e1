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
import orchestrator.model.Gate;
import orchestrator.model.GateRun;
import orchestrator.model.IssueState;
import orchestrator.model.LaunchGate;
import orchestrator.model.Limits;
import orchestrator.model.RestartCause;
import orchestrator.model.Stage;
import orchestrator.model.Why;

/** What follows the end of an attempt. */
final class EndRule {
    private final IssueState issue;
    private final Stage stage;
    private final Limits limits;
    private final LaunchGate gate;
    private final boolean budgetSpent;
    private final boolean stopping;
    private final Instant now;
    private final Attempt attempt;
    private final Finish finish;
    private final Optional<EndCause> endCause;
    private final String evidence;

    EndRule(
            IssueState issue,
            CurrentAttempt current,
            Stage stage,
            Limits limits,
            LaunchGate gate,
            boolean budgetSpent,
            boolean stopping,
            Instant now) {
        this.issue = issue;
        this.stage = stage;
        this.limits = limits;
        this.gate = gate;
        this.budgetSpent = budgetSpent;
        this.stopping = stopping;
        this.now = now;
        attempt = current.attempt();
        finish = current.finish().orElseThrow();
        endCause = current.endCause();
        evidence = current.evidence();
    }

    List<Decision> decide() {
        if (issue.worktree().isEmpty() && !endCause.equals(Optional.of(EndCause.RUN_STOPPING))) {
            return List.of(worktreeGone());
        }
        if (endCause.isPresent()) {
            Optional<Decision> forced = endedByUs(endCause.get());
            if (forced.isPresent()) {
                return List.of(forced.get());
            }
        }
        return switch (finish.outcome()) {
            case AgentOutcome.Done e -> done();
            case AgentOutcome.NoWork e ->
                    List.of(
                            retry(
                                    RestartCause.NO_WORK,
                                    AttemptKind.FRESH,
                                    "the agent ended without having worked (" + e.detail() + ")"));
            case AgentOutcome.UsageLimit limit -> pauses().usageLimit(limit);
            case AgentOutcome.Overloaded e -> pauses().environment(e.detail());
            case AgentOutcome.Network e -> pauses().environment(e.detail());
            case AgentOutcome.NotLoggedIn e -> pauses().account(e.phrase());
            case AgentOutcome.NoCredit e -> pauses().account(e.phrase());
            case AgentOutcome.BadAgentConfig e -> pauses().account(e.phrase());
            case AgentOutcome.PromptTooLong e ->
                    List.of(
                            new Decision(
                                    new Event.IssueParked(
                                            issue.id(),
                                            "the prompt is too long for the agent: " + e.detail()),
                                    why("prompt too long")));
            case AgentOutcome.CrashedEmpty e -> List.of(crashedEmpty(e));
            case AgentOutcome.OwnLimit e ->
                    List.of(
                            budgetSpent
                                    ? resume(RestartCause.RESUMED, e.phrase(), "budget spent")
                                    : failed(e.phrase()));
            case AgentOutcome.SessionLost e -> List.of(sessionLost(e));
            case AgentOutcome.Rebooted e ->
                    List.of(
                            resume(
                                    RestartCause.RESUMED,
                                    "the machine was started anew in the middle of it",
                                    "machine started anew"));
            case AgentOutcome.Interrupted e -> List.of(failed("it was interrupted (Ctrl-C)"));
            case AgentOutcome.Vanished e ->
                    List.of(retry(RestartCause.FAILED, AttemptKind.RESUME, e.phrase()));
            case AgentOutcome.Failed e -> List.of(failed(e.phrase()));
        };
    }

    /** Moved away, deleted or not mounted: whichever it is, it is not ours to make another. */
    private Decision worktreeGone() {
        String what =
                finish.outcome() instanceof AgentOutcome.Failed failed
                        ? failed.detail()
                        : "its worktree is not there any more";
        return new Decision(
                new Event.IssueParked(
                        issue.id(),
                        what
                                + "; put it back where it was, then retry the issue (nothing of git's was removed)"),
                why("worktree gone"));
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
                                    "it showed no sign of life (" + evidence + ")"));
            case OVERDUE ->
                    Optional.of(
                            retry(
                                    RestartCause.STALLED,
                                    AttemptKind.CONTINUE,
                                    "it ran longer than "
                                            + limits.wallClockTimeout().toSeconds()
                                            + " s and was not active ("
                                            + evidence
                                            + ")"));
            case SILENT_START -> Optional.of(silentStart());
            case USER_RESTART ->
                    Optional.of(
                            RetryRule.restart(
                                    issue,
                                    AttemptKind.CONTINUE,
                                    false,
                                    RestartCause.USER,
                                    "a person restarted it",
                                    now,
                                    now,
                                    why("restarted by a person")));
            case USER_STOP ->
                    Optional.of(
                            resume(
                                    RestartCause.RESUMED,
                                    "a person stopped its worker in the middle of it",
                                    "worker stopped"));
            case ISSUE_CLOSED -> Optional.empty();
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
                issue, AttemptKind.RESUME, false, cause, hint, now, now, why(rule));
    }

    /** A new session costs the agent its memory, not the issue a retry. */
    private Decision sessionLost(AgentOutcome.SessionLost lost) {
        if (issue.retries().of(RestartCause.SESSION_LOST) >= RetryRule.LOST_SESSIONS) {
            return failed(lost.phrase());
        }
        return RetryRule.restart(
                issue,
                AttemptKind.CONTINUE,
                false,
                RestartCause.SESSION_LOST,
                lost.phrase(),
                now,
                now,
                why("session lost"));
    }

    private Decision silentStart() {
        String hint = "it printed nothing at all after its start (" + evidence + ")";
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

    private List<Decision> done() {
        if (stage.mustCommit() && finish.commitsSinceStart() == 0) {
            if (issue.retries().of(RestartCause.NO_COMMIT) == 0) {
                return List.of(commitReminder());
            }
            if (finish.uncommitted() > 0) {
                return List.of(
                        new Decision(
                                new Event.LeftoversCommitting(issue.id(), stage.name()),
                                why(
                                        "no commit again: leftovers are committed as work in progress")));
            }
        }
        if (stage.gate().isEmpty()) {
            return List.of(completed("finished well"));
        }
        Optional<GateRun> run =
                issue.gate().filter(known -> known.attemptId().equals(attempt.id()));
        if (run.isEmpty()) {
            return stopping ? List.of() : List.of(runGate(stage.gate().get()));
        }
        return switch (run.get().phase()) {
            case RUNNING -> List.of();
            case PASSED -> List.of(completed("finished well, and its gate passed"));
            case FAILED -> List.of(gateFailed(stage.gate().get(), run.get().detail()));
        };
    }

    private Decision commitReminder() {
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

    private Decision completed(String rule) {
        String note = finish.commitsSinceStart() == 0 ? "without a commit" : "";
        return new Decision(
                new Event.StageCompleted(issue.id(), stage.name(), issue.stageIndex(), note),
                why(rule));
    }

    private Decision runGate(Gate gateOf) {
        return new Decision(
                new Event.GateStarting(issue.id(), attempt.id(), gateOf.command()),
                why("finished well; its gate decides"));
    }

    /** The gate says what done means: without it passing there is no going on. */
    private Decision gateFailed(Gate gateOf, String detail) {
        String what = detail.lines().findFirst().orElse("");
        String hint = "the gate `%s` did not pass (%s)".formatted(gateOf.command(), what);
        String output = detail.substring(Math.min(detail.length(), what.length()));
        if (issue.retries().counted() < limits.maxRetries()) {
            return RetryRule.restart(
                    issue,
                    AttemptKind.CONTINUE,
                    true,
                    RestartCause.GATE_FAILED,
                    hint + output,
                    now,
                    now,
                    why("gate failed"));
        }
        return new Decision(
                new Event.IssueFailed(issue.id(), "retries used up, and still " + hint),
                why("retries used up"));
    }

    private PauseRule pauses() {
        return new PauseRule(issue, attempt, limits, gate, now, this::why);
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
        boolean unknown = finish.head().isEmpty() && !Stage.isReserved(stage.name());
        if (unknown && issue.retries().counted() >= limits.maxRetries()) {
            // Neither "nothing was committed" nor "on with what is committed" would be true.
            return new Decision(
                    new Event.IssueParked(
                            issue.id(),
                            "retries used up, and what its branch holds is not known: " + hint),
                    why("retries used up, no word from git"));
        }
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
