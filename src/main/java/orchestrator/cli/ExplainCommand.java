package orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import orchestrator.model.Fault;
import orchestrator.monitor.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain [CODE]}: what the code of a failure means. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what the code of a failure means, and what to do.",
            "Without a code it lists them all, with the exit code each leads to."
        },
        footer = {"", "Examples:", "  orchestrator explain forge-auth", "  orchestrator explain"})
final class ExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "CODE",
            completionCandidates = ErrorTable.Codes.class,
            description = "As a failure printed it after its sentence.")
    private @Nullable String code;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String named = code;
        if (named == null) {
            ErrorTable.all()
                    .forEach(
                            entry -> out.println("%-24s %d".formatted(entry.code(), entry.exit())));
            return Cli.DONE;
        }
        ErrorTable.Entry entry =
                ErrorTable.of(named)
                        .orElseThrow(() ->
                                new Fault(
                                        "code-unknown",
                                        "There is no code '%s'%s"
                                                .formatted(
                                                        Text.oneLine(named, 60),
                                                        advice(ErrorTable.like(named)))));
        out.println("%s (exit code %d)".formatted(entry.code(), entry.exit()));
        out.println(entry.means());
        out.println("What to do: " + entry.advice());
        return Cli.DONE;
    }

    private static String advice(List<String> like) {
        return like.isEmpty()
                ? "; `explain` alone lists them."
                : "; there are " + String.join(", ", like) + ".";
    }
}
