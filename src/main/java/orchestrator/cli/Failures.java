package orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.monitor.Text;
import orchestrator.store.Diagnostics;
import orchestrator.store.StateFolder;

/**
 * What a failure becomes: a sentence, a code, an exit code. Nobody is shown a bare stack trace:
 * that of an internal error goes to a file of the state folder, or to standard error when {@value
 * #DEBUG} is 1.
 */
final class Failures {
    /** The environment variable that has stack traces printed. */
    static final String DEBUG = "ORCHESTRATOR_DEBUG";

    private static final int LONGEST_MESSAGE = 300;

    /** Faults whose reason is what was asked for, or what is configured. */
    static final List<String> WRONG_USE =
            List.of(
                    "wrong-use",
                    "bad-path",
                    "code-unknown",
                    "worker-missing",
                    "options-conflict",
                    "no-workspace",
                    "no-rehearsal",
                    "scenario-invalid",
                    "issue-exists",
                    "issue-unknown",
                    "log-unknown",
                    "pattern-invalid",
                    "edit-refused",
                    "run-unknown",
                    "output-occupied",
                    "output-not-a-file",
                    "project-exists",
                    "project-refused",
                    "repository-missing",
                    "state-not-ours",
                    "forge-none",
                    "forge-not-found",
                    "import-empty",
                    "import-cycle",
                    "import-dependency",
                    "rescue-unknown",
                    "restore-occupied",
                    "window-absent",
                    "window-not-opened");

    /** Faults whose reason is what this machine lacks. */
    static final List<String> MISSING =
            List.of(
                    "prerequisites-missing",
                    "git-missing",
                    "agent-not-found",
                    "forge-missing",
                    "forge-auth");

    private final PrintWriter err;
    private final WorkspaceOptions place;
    private final Map<String, String> environment;
    private final String version;

    Failures(
            PrintWriter err,
            WorkspaceOptions place,
            Map<String, String> environment,
            String version) {
        this.err = err;
        this.place = place;
        this.environment = environment;
        this.version = version;
    }

    /** Tells it and returns the exit code. */
    int tell(Throwable failure) {
        if (failure instanceof Fault fault) {
            fault.sentence().lines().forEach(line -> err.println("orchestrator: " + line));
            err.println("orchestrator: code " + fault.code());
            if (debugs()) {
                err.print(trace(fault));
            }
            err.flush();
            return exit(fault.code());
        }
        String trace = trace(failure);
        err.println(
                "orchestrator: Orchestrator itself failed (%s); %s."
                        .formatted(
                                Text.oneLine(failure.toString(), LONGEST_MESSAGE), whereTo(trace)));
        err.println("orchestrator: code internal-error");
        if (debugs()) {
            err.print(trace);
        }
        err.flush();
        return Cli.FAILED_WORK;
    }

    /** With what a command ends that fails with this code. */
    static int exit(String code) {
        if (code.equals("workspace-held") || code.equals("launch-under-way")) {
            return Cli.HELD;
        }
        if (MISSING.contains(code)) {
            return Cli.PREREQUISITE_MISSING;
        }
        return WRONG_USE.contains(code) || code.startsWith("config-")
                ? Cli.WRONG_USE
                : Cli.FAILED_WORK;
    }

    private boolean debugs() {
        return environment.getOrDefault(DEBUG, "").equals("1");
    }

    private String whereTo(String trace) {
        if (debugs()) {
            return "its stack trace follows";
        }
        return kept(trace)
                .map(file -> "its stack trace is in " + file + ", please report it with that")
                .orElse("run it again with " + DEBUG + "=1 to see where, and report it with that");
    }

    /** Only in a state folder that is there: a command that only looks makes none. */
    private Optional<Path> kept(String trace) {
        Optional<StateFolder> state =
                place.lastRead()
                        .map(config -> new StateFolder(config.settings().stateDir()))
                        .filter(folder -> Files.isDirectory(folder.root()));
        if (state.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant now = Instant.now();
            return Optional.of(
                    new Diagnostics(state.get()).keep(now, version + " at " + now + "\n" + trace));
        } catch (IOException e) {
            err.println(
                    "orchestrator: The stack trace could not be kept under %s (%s)."
                            .formatted(state.get().logs(), e));
            return Optional.empty();
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
