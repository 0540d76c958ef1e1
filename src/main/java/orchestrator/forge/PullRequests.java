package orchestrator.forge;

import java.util.List;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Pull requests of GitHub, merge requests of GitLab. */
final class PullRequests {
    private final CommandRunner runner;
    private final Tool tool;
    private final Repo repo;

    PullRequests(CommandRunner runner, Tool tool, Repo repo) {
        this.runner = runner;
        this.tool = tool;
        this.repo = repo;
    }

    /** Opens it, unless one is open for the branch; its address either way. */
    String propose(Forge.Proposal proposal) {
        Optional<String> there = find(proposal.branch());
        if (there.isPresent()) {
            return there.get();
        }
        String said = run(create(proposal), proposal.branch());
        return said.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("http"))
                .reduce((first, second) -> second)
                // It says where in other words: ask.
                .or(() -> find(proposal.branch()))
                .orElseThrow(() ->
                        new Fault(
                                "forge-bad-answer",
                                "%s did not say where the request for %s is; look for it on the platform."
                                        .formatted(tool.name(), proposal.branch())));
    }

    private Command create(Forge.Proposal proposal) {
        // As one word each: a title may begin with a dash.
        List<String> words =
                isGitHub()
                        ? List.of(
                                "pr",
                                "create",
                                "--head=" + proposal.branch(),
                                "--base=" + proposal.into(),
                                "--title=" + proposal.title(),
                                "--body=" + proposal.body())
                        : List.of(
                                "mr",
                                "create",
                                "--source-branch=" + proposal.branch(),
                                "--target-branch=" + proposal.into(),
                                "--title=" + proposal.title(),
                                "--description=" + proposal.body(),
                                "--yes");
        return tool.command(words);
    }

    private Optional<String> find(String branch) {
        List<String> words =
                isGitHub()
                        ? List.of(
                                "pr",
                                "list",
                                "--head=" + branch,
                                "--state=open",
                                "--limit=1",
                                "--json=url")
                        : List.of("mr", "list", "--source-branch=" + branch, "--output=json");
        String answer = run(tool.command(words), branch);
        if (answer.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode first = ForgeJson.MAPPER.readTree(answer).path(0);
            String url = first.path("url").asString(first.path("web_url").asString(""));
            return url.isEmpty() ? Optional.empty() : Optional.of(url);
        } catch (JacksonException e) {
            throw new Fault(
                    "forge-bad-answer",
                    "%s answered something other than a list of requests for %s; update it."
                            .formatted(tool.name(), branch),
                    e);
        }
    }

    private boolean isGitHub() {
        return repo.platform() == Platform.GITHUB;
    }

    private String run(Command command, String branch) {
        return switch (runner.run(command.in(repo.path()))) {
            case Outcome.Exited exited -> {
                if (!exited.ok()) {
                    throw new Fault(
                            "forge-" + Tool.kind(exited),
                            "%s could not open a request for %s in %s (%s); see that it is logged in and that the branch is there."
                                    .formatted(
                                            tool.name(),
                                            branch,
                                            repo.path(),
                                            Tool.usefulLine(exited)));
                }
                yield exited.stdout();
            }
            case Outcome.TimedOut late ->
                    throw new Fault(
                            "forge-network",
                            "%s gave no answer on the request for %s within %d s; see whether the network is there."
                                    .formatted(tool.name(), branch, late.after().toSeconds()));
            case Outcome.CouldNotStart none ->
                    throw new Fault("forge-missing", Tool.notInstalled(tool, repo.platform()));
        };
    }
}
