package orchestrator.monitor;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import orchestrator.agent.Agent;
import orchestrator.forge.Forge;
import orchestrator.git.Worktrees;
import orchestrator.model.AgentSettings;
import orchestrator.model.Fault;
import orchestrator.process.CommandRunner;
import orchestrator.process.Machine;
import orchestrator.process.Processes;
import orchestrator.store.AttemptFolder;
import orchestrator.tmux.Terminal;

/**
 * Everything outside the monitor, behind interfaces: the real adapters in the program, scripted
 * ones in a simulation.
 *
 * @param agents by type
 * @param commands runs what the configuration names: gates, setups
 * @param machine tells what is free on it
 * @param threads where the engine's own tasks run and wait
 * @param watches makes a watch for one monitor, which closes it
 */
public record Ports(
        Terminal terminal,
        Worktrees worktrees,
        Map<String, Agent> agents,
        Forge forge,
        Processes processes,
        CommandRunner commands,
        Machine machine,
        InstantSource clock,
        Threads threads,
        Supplier<FolderWatch> watches) {
    public Ports {
        agents = Map.copyOf(agents);
    }

    /**
     * The agent that an attempt runs or ran, whatever the configuration says by now.
     *
     * @param otherwise for attempts of versions that did not note it
     */
    Agent agent(AttemptFolder folder, AgentSettings otherwise) {
        return agent(
                folder.agent()
                        .filter(agents::containsKey)
                        .map(otherwise::ofType)
                        .orElse(otherwise));
    }

    /** The agent these settings name. */
    Agent agent(AgentSettings settings) {
        Agent agent = agents.get(settings.type());
        if (agent == null) {
            throw new Fault(
                    "agent-unknown",
                    "There is no agent of type '%s'; the configuration's agent.type can be one of %s."
                            .formatted(
                                    settings.type(), agents.keySet().stream().sorted().toList()));
        }
        return agent;
    }
}
