package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptPhase;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueState;
import orchestrator.model.RunState;
import orchestrator.model.Usage;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.AttemptFolder;

/**
 * What a new monitor does with the attempts of the last one: those that run are adopted, those
 * whose start was not yet certain become certain, and ends that came meanwhile are found by the
 * watch it begins.
 */
final class Recovery {
    /** Between TERM and KILL (DESIGN §6). */
    private static final Duration GRACE = Duration.ofSeconds(10);

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
        boolean starting = current.phase() == AttemptPhase.STARTING;
        if (starting && folder.forbidMaking(context.state())) {
            events.add(notStarted(attempt, "the monitor ended before its folder was written"));
            return;
        }
        if (!folder.exists()) {
            events.add(lost(state, attempt));
            return;
        }
        if (starting) {
            // Whoever makes the folder's mark first decides whether this attempt ever runs.
            // The last one may have died between its mark and its word.
            if (folder.forbidStart() || folder.forbidden()) {
                events.add(notStarted(attempt, "the monitor ended before it was started"));
                return;
            }
            events.add(new Event.AttemptStarted(attempt.issue(), attempt.id()));
        }
        lives.add(config, state, attempt, folder);
    }

    /** Somebody removed the folder of an attempt that ran: it may run still, unseen. */
    private Event lost(RunState state, Attempt attempt) {
        context.ports().processes().end(AttemptFolder.MARKER, attempt.id(), Duration.ZERO, GRACE);
        AgentOutcome outcome = new AgentOutcome.Vanished("its attempt folder is not there");
        int commits = state.begun(attempt.issue()).commits();
        Finish finish = new Finish(Optional.empty(), outcome, "", 0, commits, 0, Usage.NONE);
        return new Event.AttemptEnded(attempt.issue(), attempt.id(), finish);
    }

    private Event notStarted(Attempt attempt, String why) {
        Instant now = context.ports().clock().instant();
        return new Event.AttemptStartFailed(attempt.issue(), attempt.id(), why, now);
    }
}
