package orchestrator.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import orchestrator.config.ConfigEditor;
import orchestrator.config.NewIssue;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code add-issue N}: one more issue, also mid-run. */
@Command(
        name = "add-issue",
        mixinStandardHelpOptions = true,
        description = {"Adds an issue to a project's file.", "A running monitor takes it at once."},
        footer = {
            "",
            "Example:",
            "  orchestrator add-issue 99 --title \"New feature\" --wave 2 --depends-on 97,98"
        })
final class AddIssueCommand implements Callable<Integer> {
    private final WorkspaceOptions place;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "N", description = "Its number.")
    private int number;

    @Option(
            names = "--title",
            required = true,
            paramLabel = "TEXT",
            description = "Its title, one line.")
    @SuppressWarnings("NullAway.Init") // required
    private String title;

    @Option(
            names = "--description",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Its text.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String description;

    @Option(names = "--wave", paramLabel = "W", description = "Its wave; lower is sooner.")
    private @Nullable Integer wave;

    @Option(
            names = "--priority",
            paramLabel = "P",
            description = "Its priority within the wave; lower is sooner.")
    private @Nullable Integer priority;

    @Option(
            names = "--task-type",
            paramLabel = "WORD",
            defaultValue = "",
            description = "The kind of work, such as review.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String taskType;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "The existing branch to look at, for --task-type review.")
    private @Nullable String branch;

    @Option(
            names = "--exclusive",
            split = ",",
            paramLabel = "NAME",
            description = "What no other issue may use at the same time, such as staking.db.")
    private List<String> exclusive = new ArrayList<>();

    @Option(
            names = "--depends-on",
            split = ",",
            paramLabel = "N",
            description = "Issues that must be completed first: numbers, or project#number.")
    private List<String> dependsOn = new ArrayList<>();

    @Option(
            names = "--repo",
            paramLabel = "NAME",
            description = "Its repository, when the project has several.")
    private @Nullable String repo;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "Its project, when there are several.")
    private @Nullable String project;

    AddIssueCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        Project target = ProjectWord.target(project, defined.config());
        new ConfigEditor(defined.workspace()).addIssue(target.configFile(), issue(target));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "Added %s to %s."
                        .formatted(new IssueId(target.name(), number), target.configFile()));
        return Cli.DONE;
    }

    private NewIssue issue(Project in) {
        return new NewIssue(
                number,
                title,
                description,
                wave == null ? OptionalInt.empty() : OptionalInt.of(wave),
                priority == null ? OptionalInt.empty() : OptionalInt.of(priority),
                dependsOn.stream().map(word -> dependency(word, in)).toList(),
                Optional.ofNullable(repo),
                taskType,
                Optional.ofNullable(branch),
                exclusive);
    }

    private static IssueId dependency(String word, Project in) {
        try {
            return word.indexOf('#') > 0
                    ? IssueId.parse(word)
                    : new IssueId(in.name(), Integer.parseInt(word.strip()));
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    "wrong-use",
                    "'%s' is not an issue; give numbers, or project#number.".formatted(word),
                    e);
        }
    }
}
