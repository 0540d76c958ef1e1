package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The launcher's environment for the monitor that tmux starts: a window sees its server's
 * environment, not the launcher's. One {@code NAME=value} a line, 0600.
 */
public final class SavedEnvironment {
    private static final String NAME = "launch-environment";

    private SavedEnvironment() {}

    /** Keeps it; values hold no newline. */
    public static void save(StateFolder state, Map<String, String> environment) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(environment)
                .forEach(
                        (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        Path file = state.root().resolve(NAME);
        try {
            state.disk().replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw DiskFault.of(
                    "state-not-writable", "write", file, e, "See that the disk is not full.");
        }
    }

    /** What was kept last; empty when nothing was. */
    public static Map<String, String> load(StateFolder state) {
        Path file = state.root().resolve(NAME);
        Map<String, String> environment = new TreeMap<>();
        if (!Files.exists(file)) {
            return environment;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    environment.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw DiskFault.of(
                    "state-not-readable", "read", file, e, "Remove it and launch again.");
        }
        return environment;
    }
}
