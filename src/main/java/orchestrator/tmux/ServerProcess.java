package orchestrator.tmux;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;

/**
 * A tmux server that runs, found by its number and start and never by its name.
 *
 * @param pid its process
 */
record ServerProcess(long pid) {
    private static final Pattern SERVER = Pattern.compile("(\\d{1,18})\\.(\\d{1,12})");

    /**
     * The running server; empty when no tmux with that pid and start runs.
     *
     * @param server as in {@link orchestrator.model.WindowRef#server()}
     */
    static Optional<ServerProcess> of(String server) {
        Matcher parts = SERVER.matcher(server);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long pid = Long.parseLong(parts.group(1));
        Instant started = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
        return ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                // Any other program would die of the signal.
                .filter(info -> info.command().orElse("").contains("tmux"))
                .flatMap(ProcessHandle.Info::startInstant)
                // The two clocks differ by rounding, and by what the clock was set since the boot.
                .filter(at -> Duration.between(at, started).abs().toSeconds() <= 5)
                .map(at -> new ServerProcess(pid));
    }

    /** Makes it put its deleted socket back; true when it was told to. */
    boolean recreateSocket(CommandRunner runner) {
        String script = "kill -USR1 \"$1\"";
        Outcome outcome = runner.run(Command.of("sh", "-c", script, "sh", Long.toString(pid)));
        return outcome instanceof Outcome.Exited exited && exited.ok();
    }
}
