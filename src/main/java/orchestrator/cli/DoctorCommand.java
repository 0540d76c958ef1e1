package orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import orchestrator.monitor.Doctor;
import orchestrator.monitor.Doctor.Finding;
import orchestrator.monitor.Doctor.Level;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code doctor}: whether all that a run rests on is well, and what to do where it is not. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Examines what a run rests on, and says what to do.",
            "Tools, logins, disk and memory, repositories, and what earlier runs have left. Changes nothing. Exit code 0, or 3 if something that is needed is missing."
        },
        footer = {"", "Example:", "  orchestrator doctor --workspace ~/shop"})
final class DoctorCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    DoctorCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        List<Finding> findings =
                new Doctor(
                                workspaces.look(defined.workspace(), defined.config()),
                                defined.config(),
                                workspaces.leftovers())
                        .examine();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(findings) : text(findings));
        return count(findings, Level.FAIL) == 0 ? Cli.DONE : Cli.PREREQUISITE_MISSING;
    }

    private static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding ->
                text.append("%-4s  %s%n".formatted(word(finding.level()), finding.text())));
        long failures = count(findings, Level.FAIL);
        long warnings = count(findings, Level.WARN);
        return text.append(
                        failures == 0
                                ? "Ready to launch"
                                : failures == 1
                                        ? "1 thing is missing"
                                        : failures + " things are missing")
                .append(
                        warnings == 0
                                ? "."
                                : warnings == 1 ? ", 1 warning." : ", " + warnings + " warnings.")
                .toString();
    }

    private static String json(List<Finding> findings) {
        ObjectNode root = JSON.createObjectNode();
        root.put("ok", count(findings, Level.FAIL) == 0);
        ArrayNode list = root.putArray("findings");
        findings.forEach(finding ->
                list.addObject().put("level", word(finding.level())).put("text", finding.text()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
