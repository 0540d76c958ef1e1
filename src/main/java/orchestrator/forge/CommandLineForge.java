package orchestrator.forge;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import orchestrator.process.Outcome.Exited;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@link Forge} over {@code gh} and {@code glab}. */
public final class CommandLineForge implements Forge {
    /** The most text of an issue that is taken, in characters. */
    public static final int LONGEST_BODY = 1024 * 1024;

    private static final String CUT = "\n\n[The rest was cut: longer than 1 MB.]\n";
    private final CommandRunner runner;
    private final Tool github;
    private final Tool gitlab;

    /** With the {@code gh} and {@code glab} found on the PATH. */
    public CommandLineForge(CommandRunner runner) {
        this(runner, "gh", "glab");
    }

    /**
     * With these programs.
     *
     * @param gh name on the PATH, or path, of GitHub's program
     * @param glab likewise of GitLab's
     */
    public CommandLineForge(CommandRunner runner, String gh, String glab) {
        this.runner = runner;
        this.github = Tool.github(gh);
        this.gitlab = Tool.gitlab(glab);
    }

    @Override
    public List<String> check(Set<Platform> platforms) {
        List<String> missing = new ArrayList<>();
        for (Platform platform : platforms.stream().sorted().toList()) {
            tool(platform).flatMap(tool -> problem(tool, platform)).ifPresent(missing::add);
        }
        return List.copyOf(missing);
    }

    private Optional<Tool> tool(Platform platform) {
        return switch (platform) {
            case GITHUB -> Optional.of(github);
            case GITLAB -> Optional.of(gitlab);
            case NONE -> Optional.empty();
        };
    }

    private Optional<String> problem(Tool tool, Platform platform) {
        Outcome outcome = runner.run(tool.command("auth", "status"));
        return switch (outcome) {
            case Outcome.CouldNotStart none -> Optional.of(Tool.notInstalled(tool, platform));
            case Outcome.TimedOut late ->
                    Optional.of(
                            "%s auth status gave no answer within %d s; see whether the network is"
                                            .formatted(tool.name(), late.after().toSeconds())
                                    + " there.");
            case Exited exited ->
                    exited.ok() ? Optional.empty() : Optional.of(notReady(tool, exited));
        };
    }

    private static String notReady(Tool tool, Exited exited) {
        return switch (Tool.kind(exited)) {
            case "network" ->
                    "%s cannot reach its server (%s); see whether the network is there."
                            .formatted(tool.name(), Tool.usefulLine(exited));
            default ->
                    "%s is not logged in (%s); run %s auth login."
                            .formatted(tool.name(), Tool.usefulLine(exited), tool.name());
        };
    }

    @Override
    public String issueBody(Repo repo, int number) {
        Tool tool = tool(repo.platform()).orElseThrow(() -> none(repo));
        String issue = Integer.toString(number);
        Command view =
                switch (repo.platform()) {
                    case GITHUB -> tool.command("issue", "view", issue, "--json", "title,body");
                    case GITLAB, NONE -> tool.command("issue", "view", issue, "--output", "json");
                };
        return switch (runner.run(view.in(repo.path()))) {
            case Outcome.CouldNotStart none -> throw couldNotStart(tool, repo);
            case Outcome.TimedOut late ->
                    throw new Fault(
                            "forge-network",
                            "%s gave no answer on issue %d of %s within %d s; see whether the"
                                            .formatted(
                                                    tool.name(),
                                                    number,
                                                    repo.name(),
                                                    late.after().toSeconds())
                                    + " network is there.");
            case Exited exited -> {
                if (!exited.ok()) {
                    throw failed(tool, repo, number, exited);
                }
                yield text(tool, repo, number, exited.stdout());
            }
        };
    }

    @Override
    public String propose(Repo repo, Proposal proposal) {
        Tool tool = tool(repo.platform()).orElseThrow(() -> none(repo));
        return new PullRequests(runner, tool, repo).propose(proposal);
    }

    private static Fault none(Repo repo) {
        return new Fault(
                "forge-none",
                "Repository \"%s\" has no forge to ask; set its platform to github or gitlab."
                        .formatted(repo.name()));
    }

    private static Fault couldNotStart(Tool tool, Repo repo) {
        return Files.isDirectory(repo.path())
                ? new Fault("forge-missing", Tool.notInstalled(tool, repo.platform()))
                : new Fault("folder-missing", "The folder " + repo.path() + " is not there.");
    }

    private static Fault failed(Tool tool, Repo repo, int number, Exited exited) {
        String kind = Tool.kind(exited);
        String advice =
                kind.equals("not-found")
                        ? "correct the issue's number or the repository's remote"
                        : tool.advice(
                                kind,
                                "try " + tool.name() + " issue view " + number + " in that folder");
        return new Fault(
                "forge-" + kind,
                "%s could not read issue %d of %s in %s (%s); %s."
                        .formatted(
                                tool.name(),
                                number,
                                repo.name(),
                                repo.path(),
                                Tool.usefulLine(exited),
                                advice));
    }

    private String text(Tool tool, Repo repo, int number, String answer) {
        try {
            JsonNode issue = ForgeJson.MAPPER.readTree(answer);
            String title = issue.path("title").asString("");
            String body = issue.path("body").asString(issue.path("description").asString(""));
            if (!title.isEmpty() || !body.isEmpty()) {
                return bounded(body.isBlank() ? title : title + "\n\n" + body);
            }
        } catch (JacksonException e) {
            throw badAnswer(tool, repo, number, e);
        }
        throw badAnswer(tool, repo, number, null);
    }

    private static Fault badAnswer(Tool tool, Repo repo, int number, @Nullable Throwable cause) {
        String sentence =
                "%s answered something other than issue %d of %s; update %s, or write the issue's"
                                .formatted(tool.name(), number, repo.name(), tool.name())
                        + " description into the config.";
        return cause == null
                ? new Fault("forge-bad-answer", sentence)
                : new Fault("forge-bad-answer", sentence, cause);
    }

    /** At most {@link #LONGEST_BODY} characters, not cut within one, and saying that it was cut. */
    static String bounded(String text) {
        if (text.length() <= LONGEST_BODY) {
            return text;
        }
        int end = LONGEST_BODY - CUT.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + CUT;
    }
}
