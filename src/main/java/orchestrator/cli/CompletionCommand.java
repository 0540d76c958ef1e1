package orchestrator.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orchestrator.cli.shell.Asked;
import orchestrator.cli.shell.Completion;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.RescueShelf;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion SHELL}: the script with which a shell completes our commands. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the script with which a shell completes these commands.",
            "The packages of Debian and the like bring it along."
        },
        footer = {
            "",
            "Examples:",
            "  source <(orchestrator completion bash)     in ~/.bashrc",
            "  source <(orchestrator completion zsh)      in ~/.zshrc, after compinit",
            "  orchestrator completion fish > ~/.config/fish/completions/orchestrator.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final int LONGEST_TITLE = 100;

    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            completionCandidates = Completion.Names.class,
            description = "The shell: bash, zsh or fish.")
    private @Nullable String shell;

    /** What the scripts ask for while somebody types. */
    @Option(names = "--values", hidden = true)
    private @Nullable String values;

    CompletionCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (values != null) {
            values(values, place.read().config()).forEach(out::println);
            return Cli.DONE;
        }
        String named = shell == null ? "" : shell;
        Completion completion =
                Completion.of(named)
                        .orElseThrow(() ->
                                new Fault(
                                        "wrong-use",
                                        "Say for which shell: %s."
                                                .formatted(String.join(", ", Completion.names()))));
        out.print(completion.script(spec.root()));
        return Cli.DONE;
    }

    /** A word and, after a tab, what it is. */
    private Stream<String> values(String kind, WorkspaceConfig config) {
        return switch (kind) {
            case Asked.Issues.KIND -> issues(config);
            case Asked.Workers.KIND -> workers(config);
            case Asked.Logs.KIND -> Stream.concat(workers(config), issues(config, true));
            case Asked.Rescued.KIND -> rescues(config);
            default -> throw new Fault("wrong-use", "There are no values '%s'.".formatted(kind));
        };
    }

    private static Stream<String> workers(WorkspaceConfig config) {
        return IntStream.rangeClosed(1, config.settings().workers())
                .mapToObj(number -> number + "\tworker " + number);
    }

    private static Stream<String> issues(WorkspaceConfig config) {
        return issues(config, config.projects().size() > 1);
    }

    private static Stream<String> issues(WorkspaceConfig config, boolean withProject) {
        return config.projects().stream()
                .flatMap(project -> project.issues().stream())
                .map(issue -> line(word(issue, withProject), issue.title()));
    }

    private static String word(Issue issue, boolean withProject) {
        return withProject ? issue.id().toString() : String.valueOf(issue.id().number());
    }

    private Stream<String> rescues(WorkspaceConfig config) {
        return new RescueShelf(config, workspaces.rescues())
                .all().stream().map(item -> line(item.kept().ref(), item.kept().what()));
    }

    private static String line(String word, String about) {
        return word + "\t" + Text.oneLine(about, LONGEST_TITLE);
    }
}
