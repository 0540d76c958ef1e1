package orchestrator.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptSight;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueState;
import orchestrator.model.Liveness;
import orchestrator.model.Observations;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.RunState;
import orchestrator.model.Usage;
import orchestrator.model.WorkspaceConfig;

/** A run told step by step: what happens is folded, what is decided is folded too. */
final class Story {
    WorkspaceConfig config;
    RunState state = RunState.EMPTY;
    Instant now = Demo.NOW;
    final Map<String, AttemptSight> sights = new HashMap<>();
    List<Decision> last = List.of();

    Story(WorkspaceConfig config) {
        this.config = config;
        happens(new Event.WorkspaceOpened("w"));
        monitorStarts();
    }

    Story(Demo demo) {
        this(demo.config());
    }

    Story monitorStarts() {
        return happens(
                new Event.MonitorStarted(new ProcessIdentity(1, 1, "b"), "terminal", "test"));
    }

    Story happens(Event event) {
        state = state.apply(now, event);
        return this;
    }

    /** Decides, and takes what was decided as done. */
    List<Event> decide() {
        return decide(new Observations(sights));
    }

    /** The same, when the look began then. */
    List<Event> decideAfterLookOf(Instant look) {
        return decide(new Observations(sights, Optional.empty(), Optional.of(look)));
    }

    /** The same, having seen this. */
    List<Event> decide(Observations seen) {
        last = Decider.decide(config, state, seen, now);
        last.forEach(decision ->
                state = state.apply(now, decision.event(), Optional.of(decision.why())));
        return last.stream().map(Decision::event).toList();
    }

    Story later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Story seconds(long seconds) {
        return later(Duration.ofSeconds(seconds));
    }

    IssueState issue(int number) {
        return state.begun(Demo.id(number));
    }

    /** Decides until the issue's next attempt runs, worktrees being made at once. */
    Attempt run(int number) {
        for (int i = 0; i < 10; i++) {
            decide();
            for (IssueState issue : List.copyOf(state.issues().values())) {
                answerWorktree(issue);
            }
            CurrentAttempt current = issue(number).attempt().orElse(null);
            if (current != null && current.isLive()) {
                Attempt attempt = current.attempt();
                happens(new Event.AttemptStarted(attempt.issue(), attempt.id()));
                return attempt;
            }
        }
        throw new AssertionError("no attempt of " + number + " is started: " + state);
    }

    void answerWorktree(IssueState issue) {
        if (issue.worktree().filter(worktree -> !worktree.ready()).isPresent()) {
            happens(
                    new Event.WorktreeReady(
                            issue.id(),
                            "main",
                            "/t/" + issue.id().number(),
                            "b",
                            "c0",
                            "c0",
                            true));
        }
    }

    /** The newest attempt of the issue ends so, and what follows is decided. */
    List<Event> ends(int number, Finish finish) {
        ended(number, finish);
        return decide();
    }

    Story ended(int number, Finish finish) {
        String id = issue(number).attempt().orElseThrow().attempt().id();
        sights.remove(id);
        return happens(new Event.AttemptEnded(Demo.id(number), id, finish));
    }

    List<Event> ends(int number, AgentOutcome outcome) {
        return ends(number, Demo.finish(outcome, 0, 0));
    }

    Story seen(Attempt attempt, Sight sight) {
        sights.put(attempt.id(), sight.done());
        return this;
    }

    /** The decisions of a type that were made last. */
    <T extends Event> List<T> decided(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Decision decision : last) {
            if (type.isInstance(decision.event())) {
                found.add(type.cast(decision.event()));
            }
        }
        return found;
    }

    String why() {
        return last.getFirst().why().sentence();
    }

    static Finish finish(AgentOutcome outcome, String head, int stage, int branch, int files) {
        return new Finish(Optional.of(0), outcome, head, stage, branch, files, Usage.NONE);
    }

    /** What a look finds; alive and silent unless told otherwise. */
    static final class Sight {
        private Liveness process = Liveness.ALIVE;
        private Optional<Instant> output = Optional.empty();
        private Optional<Instant> worktree = Optional.empty();
        private Optional<Instant> cpu = Optional.empty();
        private boolean worked;
        private Optional<Instant> result = Optional.empty();

        Sight process(Liveness liveness) {
            process = liveness;
            return this;
        }

        Sight output(Instant at) {
            output = Optional.of(at);
            return this;
        }

        Sight worktree(Instant at) {
            worktree = Optional.of(at);
            return this;
        }

        Sight cpu(Instant at) {
            cpu = Optional.of(at);
            return this;
        }

        Sight worked() {
            worked = true;
            return this;
        }

        Sight result(Instant at) {
            result = Optional.of(at);
            return this;
        }

        AttemptSight done() {
            return new AttemptSight(process, output, worktree, cpu, Duration.ZERO, worked, result);
        }
    }
}
