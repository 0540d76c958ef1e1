package orchestrator.agent;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.IssueId;

/** Attempts and settings to test with. */
final class Attempts {
    static final String SESSION = "7d0c7b4e-2f6a-4a57-9d0b-0c6c1b5a9e11";

    private Attempts() {}

    static Attempt of(int issue, String stage, int number) {
        return new Attempt(
                "attempt-" + number,
                new IssueId("demo", issue),
                stage,
                0,
                1,
                number,
                SESSION,
                AttemptKind.FIRST,
                "",
                Instant.EPOCH);
    }

    static AgentSettings rehearsal(Optional<Path> scenario) {
        return new AgentSettings(
                "rehearsal",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                scenario);
    }

    static AgentSettings claude(
            Optional<String> path,
            Optional<String> model,
            Optional<List<String>> arguments,
            Map<String, String> environment) {
        return new AgentSettings("claude", path, model, arguments, environment, Optional.empty());
    }
}
