package orchestrator.forge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The open issues of a repository on its platform, through {@code gh} or {@code glab}. */
public final class IssueList {
    /** More than anybody hands out in an evening; the platforms give no more at once. */
    private static final int MOST = 100;

    private final CommandRunner runner;
    private final String gh;
    private final String glab;

    /** An open issue. */
    public record Listed(int number, String title) {}

    /** With the programs found on the PATH. */
    public IssueList(CommandRunner runner) {
        this(runner, "gh", "glab");
    }

    /** With these programs, each a name on the PATH or a path. */
    public IssueList(CommandRunner runner, String gh, String glab) {
        this.runner = runner;
        this.gh = gh;
        this.glab = glab;
    }

    /**
     * The open issues, oldest first, at most a hundred. Blocks; any thread.
     *
     * @param repository a folder of a clone
     * @throws Fault {@code forge-none} without a platform; {@code forge-missing}, {@code
     *     forge-network}, {@code forge-auth}, {@code forge-failed}, {@code forge-bad-answer}
     */
    public List<Listed> open(Path repository, Platform platform) {
        Tool tool =
                switch (platform) {
                    case GITHUB -> Tool.github(gh);
                    case GITLAB -> Tool.gitlab(glab);
                    case NONE ->
                            throw new Fault(
                                    "forge-none",
                                    "The repository is on no platform that could be asked; type its issues.");
                };
        List<String> words =
                platform == Platform.GITHUB
                        ? List.of(
                                "issue",
                                "list",
                                "--state=open",
                                "--limit=" + MOST,
                                "--json=number,title")
                        : List.of("issue", "list", "--per-page=" + MOST, "--output=json");
        return switch (runner.run(tool.command(words).in(repository))) {
            case Outcome.CouldNotStart _ ->
                    throw new Fault("forge-missing", Tool.notInstalled(tool, platform));
            case Outcome.TimedOut late ->
                    throw new Fault(
                            "forge-network",
                            "%s gave no answer within %d s; see whether the network is there."
                                    .formatted(tool.name(), late.after().toSeconds()));
            case Outcome.Exited exited when exited.ok() -> read(tool, exited.stdout());
            case Outcome.Exited exited ->
                    throw new Fault(
                            "forge-" + Tool.kind(exited),
                            "%s could not list the issues of %s (%s); try %s issue list in that folder."
                                    .formatted(
                                            tool.name(),
                                            repository,
                                            Tool.usefulLine(exited),
                                            tool.name()));
        };
    }

    private List<Listed> read(Tool tool, String answer) {
        List<Listed> found = new ArrayList<>();
        try {
            for (JsonNode issue : ForgeJson.MAPPER.readTree(answer.isBlank() ? "[]" : answer)) {
                int number = issue.path("number").asInt(issue.path("iid").asInt(0));
                String title = issue.path("title").asString("").strip();
                if (number > 0 && !title.isEmpty()) {
                    found.addFirst(new Listed(number, title));
                }
            }
        } catch (JacksonException e) {
            throw new Fault(
                    "forge-bad-answer",
                    "%s answered something other than a list of issues; update %s, or type them."
                            .formatted(tool.name(), tool.name()),
                    e);
        }
        return List.copyOf(found);
    }
}
