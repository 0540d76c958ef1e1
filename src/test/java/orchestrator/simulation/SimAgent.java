package orchestrator.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orchestrator.agent.Agent;
import orchestrator.agent.AgentStream;
import orchestrator.agent.ClaudeVerdict;
import orchestrator.agent.StreamFacts;
import orchestrator.agent.StreamJson;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;

/** Claude as far as its words and its end go; what is run is the world's. */
final class SimAgent implements Agent {
    private final Trouble trouble;

    SimAgent(Trouble trouble) {
        this.trouble = trouble;
    }

    @Override
    public List<String> check(AgentSettings settings) {
        return List.of();
    }

    @Override
    public Call call(AgentSettings settings, Attempt attempt, Path folder) {
        return trouble.look(
                "agent.call", () -> new Call(List.of("/scripted", attempt.stage()), Map.of()));
    }

    @Override
    public AgentStream stream() {
        return new StreamJson();
    }

    @Override
    public AgentOutcome judge(StreamFacts facts, Exit exit) {
        return ClaudeVerdict.judge(facts, exit);
    }
}
