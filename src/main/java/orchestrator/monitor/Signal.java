package orchestrator.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AttemptSight;
import orchestrator.model.Event;
import orchestrator.model.Resources;
import orchestrator.model.Why;
import orchestrator.model.WorkspaceConfig;

/** What reaches the monitor thread from anywhere else. */
sealed interface Signal {
    /** Something is a fact now and is to be recorded. */
    record Happened(Event event, Optional<Why> why) implements Signal {
        Happened(Event event) {
            this(event, Optional.empty());
        }
    }

    /** An exit file was written, or the process of the attempt is gone without one. */
    record ExitSeen(String attemptId) implements Signal {}

    /** The live attempts and the machine were looked at, then. */
    record Looked(Instant at, Map<String, AttemptSight> sights, Resources resources)
            implements Signal {}

    /** A stream grew; there is something new to show. */
    record StreamGrew() implements Signal {}

    /** The configuration was edited and is valid. */
    record ConfigRead(WorkspaceConfig config) implements Signal {}

    /** The configuration was edited and cannot be taken. */
    record ConfigBroken(List<String> problems) implements Signal {}

    /** A command came through the inbox. */
    record Commanded(String id, String name, List<String> arguments) implements Signal {}

    /** End all attempts, then the monitor. */
    record Stop(String reason) implements Signal {}

    /** End the monitor; the workers work on. */
    record Release(String reason) implements Signal {}

    /** Look again at what is due. */
    record Wake() implements Signal {}
}
