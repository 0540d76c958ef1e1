package orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import orchestrator.config.OutputFile;
import orchestrator.model.Fault;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.RunReport;
import orchestrator.monitor.RunReports;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: what a run came to, for people to keep, send and print. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what a run came to, as Markdown, HTML or JSON.",
            "Issues, attempts, times, cost, failures, pauses, branches and pull requests. HTML has the timeline too, and needs no other file. A run lasts from a launch until all work is stopped, whoever holds the monitor meanwhile."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator report                         the newest run, as Markdown",
            "  orchestrator report --output run.html       as a page with its timeline",
            "  orchestrator report --run 2 --format json | jq .work.cost_usd",
            "  orchestrator report --all --output all.md"
        })
final class ReportCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    /** The form of a report. */
    enum Format {
        MD,
        HTML,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one that a file's name ends with. */
        static Optional<Format> of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            for (Format format : values()) {
                if (name.endsWith("." + format)) {
                    return Optional.of(format);
                }
            }
            return name.endsWith(".htm") ? Optional.of(HTML) : Optional.empty();
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "${COMPLETION-CANDIDATES} (default: what FILE's name ends with, else md).")
    private @Nullable Format format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Write it there, whole or not at all, instead of printing it. A report that is there is replaced.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace FILE also when it is no report.")
    private boolean force;

    @Option(
            names = "--run",
            paramLabel = "N",
            description = "That run, the first is 1 (default: the newest).")
    private @Nullable Integer run;

    @Option(names = "--all", description = "All runs together.")
    private boolean all;

    private ReportCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    /** The command's line. */
    static CommandLine line(WorkspaceOptions place, Workspaces workspaces) {
        return new CommandLine(new ReportCommand(place, workspaces))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        Integer number = run;
        if (all && number != null) {
            throw new Fault("options-conflict", "Give --run or --all, not both.");
        }
        WorkspaceOptions.Defined defined = place.read();
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        RunReports reports = new RunReports(context, defined.config());
        RunReport report =
                all
                        ? reports.ofAll()
                        : reports.of(number == null ? OptionalInt.empty() : OptionalInt.of(number));
        Path file = output;
        String text = text(report, file);
        PrintWriter out = spec.commandLine().getOut();
        if (file == null) {
            out.print(text);
            out.flush();
        } else {
            new OutputFile(file, ReportWords.SIGN).write(text, force);
            out.println("%s is in %s.".formatted(ReportWords.headline(report), file));
        }
        return Cli.DONE;
    }

    private String text(RunReport report, @Nullable Path file) {
        Format wanted = format;
        if (wanted == null) {
            wanted = Optional.ofNullable(file).flatMap(Format::of).orElse(Format.MD);
        }
        ZoneId zone = ZoneId.systemDefault();
        return switch (wanted) {
            case MD -> ReportMarkdown.of(report, zone);
            case HTML -> ReportHtml.of(report, zone);
            case JSON -> ReportJson.of(report);
        };
    }
}
