package orchestrator.cli;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import orchestrator.cli.shell.ManPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code man-page}: the manual page, for whoever makes a package. */
@Command(
        name = "man-page",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Prints the manual page.",
        footer = {"", "Example:", "  orchestrator man-page --date 2026-11-22 > orchestrator.1"})
final class ManPageCommand implements Callable<Integer> {
    private final String version;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--date", required = true, paramLabel = "DATE", description = "Of the version.")
    @SuppressWarnings("NullAway.Init") // required
    private LocalDate date;

    ManPageCommand(String version) {
        this.version = version;
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ManPage.of(spec.root(), version, date, sections()));
        return Cli.DONE;
    }

    private static Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put(
                "ENVIRONMENT",
                List.of(
                        "ORCHESTRATOR_DEBUG\t1: the stack trace of a failure is printed.",
                        "ORCHESTRATOR_JAVA_OPTIONS\tMore options for java, separated by spaces.",
                        "NO_COLOR\tNot empty: nothing is coloured.",
                        "XDG_CONFIG_HOME\tThe window's choices lie in its folder orchestrator (default: ~/.config)."));
        sections.put(
                "FILES",
                List.of(
                        "config/*-issues.json\tThe projects of a workspace: repositories, issues, pipeline.",
                        "config/prompts/STAGE.md\tReplaces or adds a stage's instructions to the agent.",
                        "state/orchestrator-log.jsonl\tThe journal: all that happened, one event a line.",
                        "state/attempts/PROJECT/NUMBER/NNN-STAGE/\tOne run of the agent: its prompt, all it said, its end."));
        sections.put("SEE ALSO", List.of("tmux(1), git(1), git-worktree(1)"));
        return sections;
    }
}
