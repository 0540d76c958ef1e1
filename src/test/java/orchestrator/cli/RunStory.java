package orchestrator.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.RestartCause;
import orchestrator.model.Usage;
import orchestrator.store.Journal;
import orchestrator.store.StateFolder;

/** Writes a workspace's journal as a run would, minute by minute. */
final class RunStory {
    /** What every attempt costs. */
    static final double COST = 0.25;

    private final Journal journal;
    private final Map<IssueId, Attempt> newest = new HashMap<>();
    private final Map<IssueId, Integer> commits = new HashMap<>();
    private Instant now;

    RunStory(StateFolder state, Instant begin) {
        journal = Journal.open(StateFolder.create(state.root()).journal());
        now = begin;
    }

    static IssueId id(int number) {
        return new IssueId("a", number);
    }

    /** It is that many minutes later. */
    RunStory later(int minutes) {
        now = now.plusSeconds(minutes * 60L);
        return this;
    }

    RunStory then(Event... events) {
        for (Event event : events) {
            journal.append(now, List.of(new Journal.Entry(event, Optional.empty())));
        }
        return this;
    }

    RunStory launched() {
        return then(
                new Event.MonitorStarted(new ProcessIdentity(7, 1, "boot"), "terminal", "1.2.3"));
    }

    RunStory stopped() {
        return then(new Event.RunStopping("asked for"), new Event.MonitorStopped("asked for"));
    }

    /** A worker begins an issue: its first attempt. */
    RunStory begins(int worker, int issue) {
        String branch = "a/issue-" + issue;
        String path = "/trees/issue-" + issue;
        return then(
                        new Event.IssueAssigned(id(issue), worker, 0, "implement"),
                        new Event.WorktreeCreating(id(issue), "r", path, branch),
                        new Event.WorktreeReady(id(issue), "r", path, branch, "c0", "c0", true))
                .attempt(worker, issue, "implement", AttemptKind.FIRST);
    }

    RunStory attempt(int worker, int issue, String stage, AttemptKind kind) {
        Attempt before = newest.get(id(issue));
        int number = before == null ? 1 : before.number() + 1;
        int index = stage.equals("implement") ? 0 : 1;
        String name = issue + "-" + number;
        Attempt attempt =
                new Attempt(
                        name, id(issue), stage, index, worker, number, "s" + name, kind, "c", now);
        newest.put(id(issue), attempt);
        return then(new Event.AttemptStarting(attempt), new Event.AttemptStarted(id(issue), name));
    }

    private RunStory ended(int issue, AgentOutcome outcome, int more) {
        Attempt attempt = Objects.requireNonNull(newest.get(id(issue)));
        int all = commits.merge(id(issue), more, Integer::sum);
        Usage usage = new Usage(12_000, 3_400, 150_000, 8_000, COST);
        Finish finish = new Finish(Optional.of(0), outcome, "c" + all, more, all, 0, usage);
        return then(new Event.AttemptEnded(id(issue), attempt.id(), finish));
    }

    /** Its stage is done, with a commit. */
    RunStory done(int issue) {
        Attempt attempt = Objects.requireNonNull(newest.get(id(issue)));
        return ended(issue, new AgentOutcome.Done(7, 0, "done"), 1)
                .then(
                        new Event.StageCompleted(
                                id(issue), attempt.stage(), attempt.stageIndex(), ""));
    }

    /** It ended badly and is run again at once. */
    RunStory restarts(int issue, String why) {
        Attempt attempt = Objects.requireNonNull(newest.get(id(issue)));
        return ended(issue, new AgentOutcome.Failed(why), 0)
                .then(
                        new Event.RestartPlanned(
                                id(issue),
                                AttemptKind.CONTINUE,
                                true,
                                RestartCause.FAILED,
                                why,
                                now))
                .attempt(attempt.worker(), issue, attempt.stage(), AttemptKind.CONTINUE);
    }

    RunStory fails(int issue, String why) {
        return ended(issue, new AgentOutcome.Failed("exit 1"), 0)
                .then(new Event.IssueFailed(id(issue), why));
    }

    RunStory interrupted(int issue) {
        Attempt attempt = Objects.requireNonNull(newest.get(id(issue)));
        return then(new Event.AttemptEnding(id(issue), attempt.id(), EndCause.RUN_STOPPING))
                .ended(issue, new AgentOutcome.Interrupted(), 0)
                .then(
                        new Event.RestartPlanned(
                                id(issue),
                                AttemptKind.CONTINUE,
                                false,
                                RestartCause.RESUMED,
                                "the run was stopped",
                                now));
    }

    RunStory completed(int issue) {
        return then(new Event.IssueCompleted(id(issue)));
    }

    RunStory pushed(int issue) {
        String commit = "c" + commits.getOrDefault(id(issue), 0);
        return then(
                new Event.PushWanted(id(issue), commit),
                new Event.PushStarting(id(issue), commit),
                new Event.Pushed(id(issue), "a/issue-" + issue, commit));
    }

    /** Nothing more is told. */
    void end() {
        journal.close();
    }
}
