package orchestrator.forge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import orchestrator.process.Outcome.Exited;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The issues of a repository on its platform, through {@code gh} or {@code glab}. Methods block;
 * safe on any thread. They throw a {@link Fault} {@code forge-none} without a platform, {@code
 * folder-missing}, {@code forge-missing}, {@code forge-network}, {@code forge-auth}, {@code
 * forge-rate-limit}, {@code forge-not-found}, {@code forge-failed}, {@code forge-bad-answer}.
 */
public final class IssueList {
    /** More than anybody hands out in an evening; the platforms give no more at once. */
    private static final int MOST = 100;

    /** At most so many are found by a search. */
    public static final int MOST_FOUND = 1000;

    private final CommandRunner runner;
    private final String gh;
    private final String glab;

    /** An open issue. */
    public record Listed(int number, String title) {}

    /**
     * Which open issues are looked for: those to which all of this applies.
     *
     * @param milestone its title, or on GitHub its number
     */
    public record Search(List<String> labels, Optional<String> milestone) {
        public Search {
            labels = List.copyOf(labels);
        }

        /** Whether it would find every open issue. */
        public boolean isEmpty() {
            return labels.isEmpty() && milestone.isEmpty();
        }
    }

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
     * The open issues, oldest first, at most a hundred.
     *
     * @param repository a folder of a clone
     */
    public List<Listed> open(Path repository, Platform platform) {
        List<String> words =
                platform == Platform.GITHUB
                        ? List.of(
                                "issue",
                                "list",
                                "--state=open",
                                "--limit=" + MOST,
                                "--json=number,title")
                        : List.of("issue", "list", "--per-page=" + MOST, "--output=json");
        return list(new Asked(repository, platform), words).stream()
                .map(issue -> new Listed(issue.number(), issue.title()))
                .toList();
    }

    /**
     * One issue, open or closed.
     *
     * @param repository a folder of a clone
     */
    public ForgeIssue issue(Path repository, Platform platform, int number) {
        Asked asked = new Asked(repository, platform);
        List<String> words =
                platform == Platform.GITHUB
                        ? List.of(
                                "issue",
                                "view",
                                Integer.toString(number),
                                "--json=number,title,body,state,url")
                        : List.of("issue", "view", Integer.toString(number), "--output=json");
        String what = "issue " + number;
        try {
            return read(ForgeJson.MAPPER.readTree(asked.run(words, what)))
                    .filter(issue -> issue.number() == number)
                    .orElseThrow(() -> asked.badAnswer(what));
        } catch (JacksonException e) {
            throw asked.badAnswer(what, e);
        }
    }

    /**
     * The open issues that are looked for, oldest first, at most {@value #MOST_FOUND}.
     *
     * @param repository a folder of a clone
     * @param texts whether their texts are wanted too; otherwise they may be empty
     */
    public List<ForgeIssue> search(
            Path repository, Platform platform, Search search, boolean texts) {
        Asked asked = new Asked(repository, platform);
        List<String> words = new ArrayList<>(List.of("issue", "list"));
        // As one word each: a label may begin with a dash.
        search.labels().forEach(label -> words.add("--label=" + label));
        search.milestone().ifPresent(milestone -> words.add("--milestone=" + milestone));
        if (platform == Platform.GITHUB) {
            words.addAll(
                    List.of(
                            "--state=open",
                            "--limit=" + MOST_FOUND,
                            "--json=number,title,state,url" + (texts ? ",body" : "")));
            return list(asked, words);
        }
        words.addAll(List.of("--per-page=" + MOST, "--output=json"));
        List<ForgeIssue> all = new ArrayList<>();
        for (int page = 1; page <= MOST_FOUND / MOST; page++) {
            List<String> paged = new ArrayList<>(words);
            paged.add("--page=" + page);
            List<ForgeIssue> found = list(asked, paged);
            all.addAll(0, found);
            if (found.size() < MOST) {
                break;
            }
        }
        return List.copyOf(all);
    }

    /** The platforms tell the newest first. */
    private List<ForgeIssue> list(Asked asked, List<String> words) {
        String answer = asked.run(words, "the issues");
        List<ForgeIssue> found = new ArrayList<>();
        try {
            for (JsonNode issue : ForgeJson.MAPPER.readTree(answer.isBlank() ? "[]" : answer)) {
                read(issue).ifPresent(found::addFirst);
            }
        } catch (JacksonException e) {
            throw asked.badAnswer("a list of issues", e);
        }
        return List.copyOf(found);
    }

    private static Optional<ForgeIssue> read(JsonNode issue) {
        int number = issue.path("number").asInt(issue.path("iid").asInt(0));
        String title = line(issue.path("title").asString(""));
        if (number < 1 || title.isEmpty()) {
            return Optional.empty();
        }
        String text = issue.path("body").asString(issue.path("description").asString(""));
        return Optional.of(
                new ForgeIssue(
                        number,
                        title,
                        CommandLineForge.bounded(text),
                        !issue.path("state").asString("").toLowerCase(Locale.ROOT).equals("closed"),
                        issue.path("url").asString(issue.path("web_url").asString(""))));
    }

    /** A title is one line, whatever was put into it. */
    private static String line(String title) {
        return title.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    /** A platform's program, asked in a clone of the repository. */
    private final class Asked {
        private final Path repository;
        private final Platform platform;
        private final Tool tool;

        Asked(Path repository, Platform platform) {
            this.repository = repository;
            this.platform = platform;
            tool =
                    switch (platform) {
                        case GITHUB -> Tool.github(gh);
                        case GITLAB -> Tool.gitlab(glab);
                        case NONE ->
                                throw new Fault(
                                        "forge-none",
                                        "The repository %s is on no platform that could be asked; set its \"platform\" to github or gitlab, or type its issues."
                                                .formatted(repository));
                    };
        }

        String run(List<String> words, String what) {
            return switch (runner.run(tool.command(words).in(repository))) {
                case Outcome.CouldNotStart _ ->
                        throw Files.isDirectory(repository)
                                ? new Fault("forge-missing", Tool.notInstalled(tool, platform))
                                : new Fault(
                                        "folder-missing",
                                        "The folder " + repository + " is not there.");
                case Outcome.TimedOut late ->
                        throw new Fault(
                                "forge-network",
                                "%s gave no answer within %d s; see whether the network is there."
                                        .formatted(tool.name(), late.after().toSeconds()));
                case Exited exited when exited.ok() -> exited.stdout();
                case Exited exited -> throw failed(words, what, exited);
            };
        }

        private Fault failed(List<String> words, String what, Exited exited) {
            String kind = Tool.kind(exited);
            String verb = words.get(1);
            return new Fault(
                    "forge-" + kind,
                    "%s could not %s %s of %s (%s); %s."
                            .formatted(
                                    tool.name(),
                                    verb.equals("view") ? "read" : verb,
                                    what,
                                    repository,
                                    Tool.usefulLine(exited),
                                    tool.advice(
                                            kind,
                                            kind.equals("not-found")
                                                    ? "correct what is asked for, or the repository's remote"
                                                    : "try %s issue %s in that folder"
                                                            .formatted(tool.name(), verb))));
        }

        Fault badAnswer(String what) {
            return new Fault("forge-bad-answer", sentence(what));
        }

        Fault badAnswer(String what, JacksonException cause) {
            return new Fault("forge-bad-answer", sentence(what), cause);
        }

        private String sentence(String what) {
            return "%s answered something other than %s; update %s, or type them."
                    .formatted(tool.name(), what, tool.name());
        }
    }
}
