package orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import orchestrator.config.IgnoredByGit;
import orchestrator.config.NewProject;
import orchestrator.config.Workspace;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.NewWorkspaces.Guess;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code init [DIR]}: a workspace for the repository one stands in. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a workspace for a repository: config/NAME-issues.json.",
            "It holds what the repository can tell. What was found and what will be written is shown first; on a terminal it asks before it writes. What is there is never replaced."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator init                  in the repository one stands in",
            "  orchestrator init ../shop-run      beside it; the repository stays as it is",
            "  orchestrator init --yes --name shop --workers 5 --test \"go test ./...\"",
            "",
            "A run keeps all it writes in state/ beside config/, which git ignores. In a repository `git clean -x` would remove it all the same; a folder beside it is safe."
        })
final class InitCommand implements Callable<Integer> {
    private static final int LONGEST = 300;

    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final BooleanSupplier terminal;
    private final Supplier<Optional<String>> answer;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The workspace's folder (default: the top of the repository).")
    private @Nullable Path dir;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description =
                    "The repository (default: the one that DIR, or the current folder, is in).")
    private @Nullable Path repository;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The project's name (default: that of the repository's folder).")
    private @Nullable String name;

    @Option(
            names = "--platform",
            paramLabel = "github|gitlab|none",
            description = "Where its issues are (default: by the address of origin).")
    private @Nullable String platform;

    @Option(
            names = "--default-branch",
            paramLabel = "NAME",
            description = "The branch that work starts from (default: origin's).")
    private @Nullable String defaultBranch;

    @Option(
            names = "--branch-prefix",
            paramLabel = "TEXT",
            description = "What branches begin with, before the number (default: NAME/issue-).")
    private @Nullable String branchPrefix;

    @Option(
            names = "--language",
            paramLabel = "TEXT",
            description = "Its language (default: by its files).")
    private @Nullable String language;

    @Option(
            names = "--build",
            paramLabel = "COMMAND",
            description = "How it is built (default: by its files; \"\" for nothing).")
    private @Nullable String build;

    @Option(
            names = "--test",
            paramLabel = "COMMAND",
            description = "How it is tested (default: by its files; \"\" for nothing).")
    private @Nullable String test;

    @Option(
            names = "--agent",
            paramLabel = "claude|codex|rehearsal",
            defaultValue = Guess.AGENT,
            description = "The agent (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // has a default
    private String agent;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "" + Guess.WORKERS,
            description = "How many work side by side (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--gitignore",
            description = "Add state/ to the repository's .gitignore, when the workspace is in it.")
    private boolean gitignore;

    @Option(names = "--dry-run", description = "Show it and write nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Write without asking; off a terminal nothing is ever asked.")
    private boolean yes;

    /**
     * The command.
     *
     * @param terminal whether somebody can be asked
     * @param answer their answer; empty: none
     */
    InitCommand(
            WorkspaceOptions place,
            Workspaces workspaces,
            BooleanSupplier terminal,
            Supplier<Optional<String>> answer) {
        this.place = place;
        this.workspaces = workspaces;
        this.terminal = terminal;
        this.answer = answer;
    }

    @Override
    public Integer call() {
        NewWorkspaces making = workspaces.making();
        Optional<Path> folder = folder();
        Guess guess = look(making, folder);
        Path workspace = folder.orElse(guess.facts().root());
        NewProject project = project(guess, workspace);
        requireNew(project);
        Path state = making.state(workspace).root();
        Optional<String> ignore = ignore(guess.facts().root(), state);
        PrintWriter out = spec.commandLine().getOut();
        show(out, project, state, ignore, making.warnings(project));
        List<String> problems = project.problems();
        if (!problems.isEmpty()) {
            throw new Fault("project-refused", String.join("\n", problems));
        }
        if (dryRun) {
            out.println("Nothing was written (--dry-run).");
            return Cli.DONE;
        }
        if (!isWanted(out)) {
            out.println("Nothing was written.");
            return Cli.FAILED_WORK;
        }
        Path file =
                project.write(() ->
                        ignore.ifPresent(line -> IgnoredByGit.add(guess.facts().root(), line)));
        out.println("Wrote " + file + ".");
        next(out, project);
        return Cli.DONE;
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    private Optional<Path> folder() {
        Optional<Path> named = place.folder();
        if (named.isPresent() && dir != null) {
            throw new Fault(
                    "options-conflict",
                    "%s and --workspace both name the folder; give only one of them."
                            .formatted(dir));
        }
        return Optional.ofNullable(dir)
                .or(() -> named)
                .map(path -> here().resolve(path).normalize());
    }

    /** A folder that is there and in a repository is that one's; any other is for where we are. */
    private Guess look(NewWorkspaces making, Optional<Path> folder) {
        if (repository != null) {
            return making.look(here().resolve(repository).normalize());
        }
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return making.look(here());
        }
        try {
            return making.look(folder.get());
        } catch (Fault none) {
            if (!none.code().equals("repository-missing")) {
                throw none;
            }
            return making.look(here());
        }
    }

    private NewProject project(Guess guess, Path workspace) {
        String called = name == null ? guess.name() : name;
        return new NewProject(
                workspace,
                called,
                guess.facts().root(),
                defaultBranch == null ? guess.facts().defaultBranch() : defaultBranch,
                branchPrefix == null ? Guess.branchPrefix(called) : branchPrefix,
                platform == null ? guess.facts().platform() : platform(platform),
                language == null ? guess.build().language() : language,
                build == null ? guess.build().build() : build,
                test == null ? guess.build().test() : test,
                agent,
                workers,
                List.of());
    }

    private static Platform platform(String word) {
        for (Platform each : Platform.values()) {
            if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new Fault(
                "wrong-use",
                "There is no platform '%s'; take github, gitlab or none."
                        .formatted(Text.oneLine(word, LONGEST)));
    }

    private void requireNew(NewProject project) {
        Path file = project.file();
        if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
        if (name == null) {
            existing(project.workspace())
                    .ifPresent(other -> {
                        throw exists(other);
                    });
        }
    }

    private static Optional<Path> existing(Path workspace) {
        try {
            return Optional.of(
                    Workspace.locate(
                                    Optional.of(workspace),
                                    Optional.empty(),
                                    Optional.empty(),
                                    workspace)
                            .files()
                            .getFirst());
        } catch (Fault none) {
            if (none.code().equals(Workspace.NONE_HERE)) {
                return Optional.empty();
            }
            throw none;
        }
    }

    private static Fault exists(Path file) {
        return new Fault(
                "project-exists",
                "%s is there already, and nothing was written; add issues to it with import or add-issue, or make another project beside it with --name."
                        .formatted(Text.oneLine(file.toString(), LONGEST)));
    }

    private Optional<String> ignore(Path root, Path state) {
        if (!gitignore) {
            return Optional.empty();
        }
        if (!state.startsWith(root)) {
            throw new Fault(
                    "wrong-use",
                    "%s is not in the repository %s, so its .gitignore need not name it; leave --gitignore out."
                            .formatted(state, root));
        }
        return Optional.of(IgnoredByGit.line(root, state));
    }

    private void show(
            PrintWriter out,
            NewProject project,
            Path state,
            Optional<String> ignore,
            List<String> warnings) {
        out.println("Found");
        row(out, "repository", project.repository().toString());
        row(out, "default branch", project.defaultBranch());
        row(out, "platform", project.platform().word());
        row(out, "language", project.language());
        row(out, "build", project.build());
        row(out, "test", project.test());
        out.println("To be written: " + project.file());
        row(out, "project", project.name());
        row(out, "branches", project.branchPrefix() + "N");
        row(out, "agent", project.agent() + ", " + project.workers() + " workers");
        row(out, "state", state + ", made by the launch; git ignores it");
        ignore.ifPresent(line -> row(out, ".gitignore", "one more line: " + line));
        warnings.forEach(warning -> out.println("Note: " + Text.oneLine(warning, 2 * LONGEST)));
        out.flush();
    }

    private static void row(PrintWriter out, String what, String found) {
        out.println(
                "  %-15s %s".formatted(what, found.isBlank() ? "-" : Text.oneLine(found, LONGEST)));
    }

    private boolean isWanted(PrintWriter out) {
        if (yes || !terminal.getAsBoolean()) {
            return true;
        }
        out.print("Write it? [Y/n] ");
        out.flush();
        return answer.get()
                .map(said -> said.strip().toLowerCase(Locale.ROOT))
                .filter(said -> said.isEmpty() || said.equals("y") || said.equals("yes"))
                .isPresent();
    }

    private static void next(PrintWriter out, NewProject project) {
        String where =
                project.workspace().equals(here())
                        ? ""
                        : " --workspace "
                                + Text.shellWords(List.of(project.workspace().toString()));
        out.println(
                "Next: orchestrator %s%s"
                        .formatted(
                                project.platform() == Platform.NONE
                                        ? "add-issue 1 --title \"What is to be done\""
                                        : "import 101 102",
                                where));
        out.println("then: orchestrator launch --dry-run" + where);
    }
}
