package orchestrator.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import orchestrator.forge.IssueList;
import orchestrator.model.Fault;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.monitor.Figures;
import orchestrator.monitor.ImportPlan;
import orchestrator.monitor.ImportRequest;
import orchestrator.monitor.IssueImport;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: issues of GitHub or GitLab into a project's file, also mid-run. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Takes issues from GitHub or GitLab into a project's file.",
            "It asks gh or glab and writes in one change, which a running monitor takes at once. Issues that are defined already stay as they are."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator import 101 102                 these",
            "  orchestrator import --label ready --milestone 1.2",
            "  orchestrator import --epic 100 --dry-run    what that would be",
            "",
            "The task list of an epic gives the order, and by its words the rest:",
            "  - [x] #101 Prices                           ticked: taken as completed",
            "  - [ ] #102 Invoices (depends on #101)       or: blocked by #101 and #99",
            "  - [ ] #103 Reports (wave 3)                 or under the heading: Wave 3",
            "A nested line is an issue of its own. An issue that is given no wave comes into the one behind what it depends on. Issues of other repositories are told and left out. An issue's text is read as its work begins, unless --with-text writes it into the file."
        })
final class ImportCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final boolean terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "N", description = "Numbers of issues.")
    private List<String> numbers = new ArrayList<>();

    @Option(
            names = "--epic",
            paramLabel = "N",
            description = "The issue whose task list names the issues.")
    private @Nullable String epic;

    @Option(
            names = "--label",
            paramLabel = "NAME",
            description = "Open issues with this label; given twice: with both.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--milestone",
            paramLabel = "NAME",
            description = "Open issues of this milestone.")
    private @Nullable String milestone;

    @Option(names = "--wave", paramLabel = "W", description = "The wave of all of them.")
    private @Nullable Integer wave;

    @Option(
            names = "--repo",
            paramLabel = "NAME",
            description = "Their repository, when the project has several.")
    private @Nullable String repo;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "Their project, when there are several.")
    private @Nullable String project;

    @Option(names = "--with-text", description = "Write the issues' texts into the file too.")
    private boolean withText;

    @Option(
            names = "--update",
            description =
                    "Give issues that are defined the title they have now, and the text where the file has one; nothing else.")
    private boolean update;

    @Option(
            names = "--ignore-missing",
            description = "Do not wait for open issues that are neither defined nor imported.")
    private boolean ignoreMissing;

    @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    /**
     * The command.
     *
     * @param terminal whether reading many issues shows a bar
     */
    ImportCommand(WorkspaceOptions place, Workspaces workspaces, boolean terminal) {
        this.place = place;
        this.workspaces = workspaces;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ImportRequest request = request();
        WorkspaceOptions.Defined defined = place.read();
        Project target = ProjectWord.target(project, defined.config());
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        IssueImport importing =
                new IssueImport(
                        context.ports().commands(), defined.workspace(), target, repo(target));
        PrintWriter out = spec.commandLine().getOut();
        ImportPlan plan;
        try (ProgressBar bar = new ProgressBar(out, terminal)) {
            plan =
                    importing.plan(
                            request,
                            (read, all) ->
                                    bar.at(
                                            read,
                                            all,
                                            "%d of %s read"
                                                    .formatted(read, Figures.of(all, "issue"))));
        }
        ImportPlan done = dryRun ? plan : importing.write(plan);
        out.println(json ? ImportReport.json(done, dryRun) : ImportReport.text(done, dryRun));
        return Cli.DONE;
    }

    private ImportRequest request() {
        IssueList.Search search = new IssueList.Search(labels, Optional.ofNullable(milestone));
        if (numbers.isEmpty() && epic == null && search.isEmpty()) {
            throw new Fault(
                    "wrong-use",
                    "Say which issues: their numbers, --label, --milestone, or --epic and the issue that lists them.");
        }
        return new ImportRequest(
                numbers.stream().map(ImportCommand::number).toList(),
                epic == null ? OptionalInt.empty() : OptionalInt.of(number(epic)),
                search,
                wave == null ? OptionalInt.empty() : OptionalInt.of(wave),
                withText,
                update,
                ignoreMissing);
    }

    private static int number(String word) {
        if (word.matches("#?[0-9]{1,9}") && !word.matches("#?0+")) {
            return Integer.parseInt(word.replace("#", ""));
        }
        throw new Fault(
                "wrong-use",
                "'%s' is not an issue; give its number.".formatted(Text.oneLine(word, 60)));
    }

    private Repo repo(Project in) {
        List<String> names = in.repos().keySet().stream().sorted().toList();
        if (repo == null && names.size() > 1) {
            throw new Fault(
                    "wrong-use",
                    "The project %s has several repositories; say which with --repo: %s."
                            .formatted(in.name(), names));
        }
        return Optional.ofNullable(in.repos().get(repo == null ? names.getFirst() : repo))
                .orElseThrow(() ->
                        new Fault(
                                "wrong-use",
                                "The project %s has no repository '%s'; it has %s."
                                        .formatted(in.name(), repo, names)));
    }
}
