package orchestrator.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptPhase;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Event;
import orchestrator.model.IssueState;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.AttemptFolder;

/**
 * What a new monitor does with the attempts of the last one: those that run are adopted, those
 * whose start was not yet certain become certain, and ends that came meanwhile are found by the
 * watch it begins.
 */
final class Recovery {
    private final RunContext context;
    private final WorkspaceConfig config;
    private final LiveAttempts lives;

    Recovery(RunContext context, WorkspaceConfig config, LiveAttempts lives) {
        this.context = context;
        this.config = config;
        this.lives = lives;
    }

    /** Adopts, and tells what has become certain. Blocks. */
    List<Event> recover(RunState state) {
        List<Event> events = new ArrayList<>();
        for (IssueState issue : state.issues().values()) {
            if (issue.hasLiveAttempt()) {
                recover(state, issue.attempt().orElseThrow(), events);
            }
        }
        return events;
    }

    private void recover(RunState state, CurrentAttempt current, List<Event> events) {
        Attempt attempt = current.attempt();
        AttemptFolder folder = AttemptFolder.of(context.state(), attempt);
        if (!folder.exists()) {
            events.add(notStarted(attempt, "the monitor ended before its folder was written"));
            return;
        }
        if (current.phase() == AttemptPhase.STARTING) {
            // Whoever makes the folder's mark first decides whether this attempt ever runs.
            if (folder.forbidStart()) {
                events.add(notStarted(attempt, "the monitor ended before it was started"));
                return;
            }
            events.add(new Event.AttemptStarted(attempt.issue(), attempt.id()));
        }
        if (config.issue(attempt.issue()).isPresent()) {
            lives.add(config, state, attempt, folder);
        }
    }

    private Event notStarted(Attempt attempt, String why) {
        Instant now = context.ports().clock().instant();
        return new Event.AttemptStartFailed(attempt.issue(), attempt.id(), why, now);
    }
}
