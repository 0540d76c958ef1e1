package orchestrator.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The meaning of each event for the issue it is about. Used by {@link Fold} only. */
final class IssueFold {
    private IssueFold() {}

    /** What the event makes of the issue. */
    static void change(Instant at, IssueEdit issue, Event.OfIssue event, Optional<Why> why) {
        switch (event) {
            case Event.IssueAssigned e -> {
                issue.status = IssueStatus.IN_PROGRESS;
                issue.stageIndex = e.stageIndex();
                issue.worker = OptionalInt.of(e.worker());
                issue.decided = "";
                issue.reason = "";
                issue.endedAt = Optional.empty();
            }
            case Event.WorktreeCreating e ->
                    issue.worktree =
                            Optional.of(
                                    new Worktree(e.repo(), e.path(), e.branch(), "", "", false));
            case Event.WorktreeReady e -> {
                issue.worktree =
                        Optional.of(
                                new Worktree(
                                        e.repo(), e.path(), e.branch(), e.base(), e.head(), true));
                issue.prepared = true;
                issue.trouble = Trouble.NONE;
            }
            case Event.WorktreeFailed e -> {
                issue.worktree = Optional.empty();
                issue.trouble = issue.trouble.and(e.message(), e.notBefore());
            }
            case Event.WorktreeRemoved e -> {
                issue.worktree = Optional.empty();
                issue.prepared = false;
            }
            case Event.AttemptStarting e -> attemptStarting(at, issue, e.attempt());
            case Event.AttemptStarted e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            // Its end may be known before the news of its start: then this is
                            // old news, and the restart that is planned is the next one.
                            AttemptPhase.STARTING::equals,
                            i -> {
                                i.attempt(a -> a.in(AttemptPhase.RUNNING));
                                i.restart = Optional.empty();
                                i.trouble = Trouble.NONE;
                            });
            case Event.AttemptStartFailed e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            IssueFold::isLive,
                            i -> {
                                i.attempt(a -> a.in(AttemptPhase.SETTLED));
                                i.trouble = i.trouble.and(e.message(), e.notBefore());
                            });
            case Event.AttemptExtended e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            IssueFold::isLive,
                            i -> {
                                i.attempt(a -> a.extended(e.until()));
                                i.decided = "given more time: " + facts(why);
                            });
            case Event.AttemptEnding e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            IssueFold::isLive,
                            i -> i.attempt(a -> a.ending(e.cause(), facts(why))));
            case Event.AttemptEnded e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            IssueFold::isLive,
                            i -> attemptEnded(i, e.finish()));
            case Event.RestartPlanned e -> {
                issue.restart =
                        Optional.of(
                                new PlannedRestart(e.kind(), e.cause(), e.hint(), e.notBefore()));
                issue.retries = issue.retries.and(e.cause(), e.counted(), at);
                issue.gate = Optional.empty();
                if (e.cause() == RestartCause.USER) {
                    issue.trouble = Trouble.NONE;
                }
                issue.decided = "restarted: " + e.hint().lines().findFirst().orElse("");
                settle(issue);
            }
            case Event.LeftoversCommitting e -> issue.leftoversCommitting = true;
            case Event.LeftoversCommitted e -> leftoversCommitted(issue, e.commit());
            case Event.GateStarting e -> {
                issue.gate = Optional.of(new GateRun(e.attemptId(), GateRun.Phase.RUNNING, ""));
                // What the agent committed is worth keeping whatever the gate says.
                wantPush(issue);
            }
            case Event.GatePassed e -> gateEnded(issue, e.attemptId(), GateRun.Phase.PASSED, "");
            case Event.GateFailed e ->
                    gateEnded(
                            issue,
                            e.attemptId(),
                            GateRun.Phase.FAILED,
                            e.tail().isBlank() ? e.what() : e.what() + "\n" + e.tail());
            case Event.StageCompleted e -> stageCompleted(issue, e);
            case Event.StageMoved e -> issue.stageIndex = e.stageIndex();
            case Event.RetryBegun e -> {
                issue.status = IssueStatus.PENDING;
                issue.reason = e.reason();
                issue.endedAt = Optional.empty();
                issue.retried = true;
                issue.retryStep = RetryStep.ANALYZE;
                issue.stageIndex = 0;
                issue.stagesDone = List.of();
                afresh(issue);
            }
            case Event.IssueReopened e -> {
                issue.status = IssueStatus.PENDING;
                issue.reason = e.reason();
                issue.endedAt = Optional.empty();
                afresh(issue);
            }
            case Event.IssueCompleted e -> {
                issue.end(IssueStatus.COMPLETED, "", at);
                wantAllPushed(issue);
            }
            case Event.IssueFailed e -> {
                issue.failure = e.reason();
                issue.end(IssueStatus.FAILED, e.reason(), at);
                issue.decided = facts(why);
            }
            case Event.IssueParked e -> {
                issue.end(IssueStatus.PARKED, e.reason(), at);
                issue.decided = facts(why);
            }
            case Event.IssueReturned e -> {
                issue.status = IssueStatus.PENDING;
                issue.reason = e.reason();
                issue.retries = issue.retries.forNextStage();
                issue.release();
                issue.decided = facts(why);
            }
            case Event.PushWanted e -> issue.push = issue.push.want(e.commit()).now();
            case Event.PushStarting e -> issue.push = issue.push.started();
            case Event.Pushed e -> issue.push = issue.push.done(e.commit());
            case Event.PushFailed e -> issue.push = issue.push.failed(e.message(), e.notBefore());
            case Event.PushSkipped e -> issue.push = issue.push.dropped();
            case Event.PullRequestWanted e -> issue.pullRequest = issue.pullRequest.want();
            case Event.PullRequestOpening e -> issue.pullRequest = issue.pullRequest.started();
            case Event.PullRequestOpened e -> issue.pullRequest = issue.pullRequest.opened(e.url());
            case Event.PullRequestFailed e ->
                    issue.pullRequest = issue.pullRequest.failed(e.message(), e.notBefore());
            case Event.RescueTaken e -> {}
        }
    }

    private static String facts(Optional<Why> why) {
        return why.map(w -> String.join(", ", w.facts())).orElse("");
    }

    private static void gateEnded(
            IssueEdit issue, String attemptId, GateRun.Phase how, String detail) {
        boolean awaited =
                issue.gate
                        .filter(gate -> gate.phase() == GateRun.Phase.RUNNING)
                        .filter(gate -> gate.attemptId().equals(attemptId))
                        .isPresent();
        if (awaited) {
            issue.gate = Optional.of(new GateRun(attemptId, how, detail));
        }
    }

    private static void stageCompleted(IssueEdit issue, Event.StageCompleted event) {
        if (issue.retryStep.stage().filter(step -> step.name().equals(event.stage())).isPresent()) {
            issue.retryStep = issue.retryStep.next();
            issue.stageIndex = 0;
        } else {
            issue.stageIndex = event.stageIndex() + 1;
            issue.stagesDone =
                    Stream.concat(issue.stagesDone.stream(), Stream.of(event.stage())).toList();
        }
        issue.retries = issue.retries.forNextStage();
        issue.restart = Optional.empty();
        issue.gate = Optional.empty();
        issue.stageStartCommit = "";
        issue.decided = event.note();
        settle(issue);
        wantPush(issue);
    }

    private static void wantPush(IssueEdit issue) {
        issue.attempt
                .flatMap(CurrentAttempt::finish)
                .filter(finish -> finish.commitsSinceBase() > 0 && !finish.head().isEmpty())
                .ifPresent(finish -> issue.push = issue.push.want(finish.head()));
    }

    /**
     * Also what no finished stage has put there: a person may complete an issue, or an edit end its
     * pipeline, in the middle of a stage that has committed.
     */
    private static void wantAllPushed(IssueEdit issue) {
        issue.worktree
                .map(Worktree::head)
                .filter(head -> issue.commits > 0 && !head.isEmpty())
                .ifPresent(head -> issue.push = issue.push.want(head));
    }

    /** As if nothing had gone wrong with it yet. */
    private static void afresh(IssueEdit issue) {
        issue.retries = Retries.NONE;
        issue.trouble = Trouble.NONE;
        issue.stageStartCommit = "";
        issue.release();
    }

    /** Changes the issue if that attempt is its newest and is in such a phase. */
    private static void ifCurrent(
            IssueEdit issue,
            String attemptId,
            Predicate<AttemptPhase> phase,
            Consumer<IssueEdit> change) {
        if (issue.attempt
                .filter(current -> current.attempt().id().equals(attemptId))
                .filter(current -> phase.test(current.phase()))
                .isPresent()) {
            change.accept(issue);
        }
    }

    private static boolean isLive(AttemptPhase phase) {
        return switch (phase) {
            case STARTING, RUNNING, ENDING -> true;
            case ENDED, SETTLED -> false;
        };
    }

    private static void settle(IssueEdit issue) {
        issue.attempt(current -> current.isLive() ? current : current.in(AttemptPhase.SETTLED));
    }

    private static void attemptStarting(Instant at, IssueEdit issue, Attempt attempt) {
        issue.status = IssueStatus.IN_PROGRESS;
        issue.attempt = Optional.of(CurrentAttempt.starting(attempt));
        issue.attempts = attempt.number();
        issue.gate = Optional.empty();
        if (issue.stageStartCommit.isEmpty()) {
            issue.stageStartCommit = attempt.startCommit();
        }
        if (issue.firstStarted.isEmpty()) {
            issue.firstStarted = Optional.of(at);
        }
    }

    private static void attemptEnded(IssueEdit issue, Finish finish) {
        issue.attempt(current -> current.ended(finish));
        if (issue.worker.isEmpty()) {
            // The issue was set aside while it ran: nothing follows its end.
            settle(issue);
            if (issue.status == IssueStatus.COMPLETED) {
                wantPush(issue);
            }
        }
        issue.restart = Optional.empty();
        issue.commits = finish.commitsSinceBase();
        issue.worktree = issue.worktree.map(worktree -> worktree.withHead(finish.head()));
        issue.usage = issue.usage.plus(finish.usage());
    }

    private static void leftoversCommitted(IssueEdit issue, String commit) {
        if (!issue.leftoversCommitting) {
            return;
        }
        issue.leftoversCommitting = false;
        issue.worktree = issue.worktree.map(worktree -> worktree.withHead(commit));
        issue.attempt(current ->
                current.finish()
                        .map(finish -> current.ended(finish.withLeftoversCommitted(commit)))
                        .orElse(current));
        issue.attempt
                .flatMap(CurrentAttempt::finish)
                .ifPresent(finish -> issue.commits = finish.commitsSinceBase());
    }
}
