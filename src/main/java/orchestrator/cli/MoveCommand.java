package orchestrator.cli;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import orchestrator.cli.shell.Asked;
import orchestrator.config.ConfigEditor;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code move PROJECT#N --wave W}: another wave or priority, also mid-run. */
@Command(
        name = "move",
        mixinStandardHelpOptions = true,
        description = {
            "Puts an issue into another wave of its project's file.",
            "A running monitor takes it at once."
        },
        footer = {"", "Example:", "  orchestrator move shop#52 --wave 3 --priority 1"})
final class MoveCommand implements Callable<Integer> {
    private final WorkspaceOptions place;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROJECT#N",
            completionCandidates = Asked.Issues.class,
            description = "The issue: project#number, or its number alone.")
    @SuppressWarnings("NullAway.Init") // required
    private String issue;

    @Option(
            names = "--wave",
            required = true,
            paramLabel = "W",
            description = "Its wave; lower is sooner.")
    private int wave;

    @Option(
            names = "--priority",
            paramLabel = "P",
            description = "Its priority within the wave; lower is sooner (default: as it was).")
    private @Nullable Integer priority;

    MoveCommand(WorkspaceOptions place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        IssueId id = IssueWord.defined(issue, defined.config());
        new ConfigEditor(defined.workspace())
                .moveIssue(
                        id,
                        wave,
                        priority == null ? OptionalInt.empty() : OptionalInt.of(priority));
        Path file =
                defined.config()
                        .project(id.project())
                        .map(Project::configFile)
                        .orElse(defined.workspace().configDir());
        spec.commandLine()
                .getOut()
                .println(
                        "Moved %s to wave %d%s in %s."
                                .formatted(
                                        id,
                                        wave,
                                        priority == null ? "" : ", priority " + priority,
                                        file));
        return Cli.DONE;
    }
}
