package orchestrator.simulation;

import java.util.List;
import java.util.Set;
import orchestrator.forge.Forge;
import orchestrator.model.Platform;
import orchestrator.model.Repo;

/** A forge whose issues are short and whose pull requests have numbers. */
final class SimForge implements Forge {
    private final Trouble trouble;

    SimForge(Trouble trouble) {
        this.trouble = trouble;
    }

    @Override
    public List<String> check(Set<Platform> platforms) {
        return List.of();
    }

    @Override
    public String issueBody(Repo repo, int number) {
        return trouble.look("forge.body", () -> "Do number " + number + ".");
    }

    @Override
    public String propose(Repo repo, Proposal proposal) {
        return trouble.act("forge.propose", () -> "https://forge.test/" + proposal.branch());
    }
}
