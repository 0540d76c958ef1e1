package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The id that a state folder was given once: what marks tmux sessions and processes as this
 * workspace's and no other's.
 */
public final class WorkspaceMark {
    private static final String NAME = "workspace-id";

    private WorkspaceMark() {}

    /** The id; made if there is none. Any number of processes may call it at once. */
    public static String of(StateFolder state) {
        Optional<String> known = peek(state);
        if (known.isPresent()) {
            return known.get();
        }
        Path file = state.root().resolve(NAME);
        Path beside = Disk.beside(file);
        Disk disk = state.disk();
        try {
            try {
                disk.keepNew(beside, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8));
                // A hard link fails where the name is taken: the first one stays.
                disk.link(file, beside);
                disk.sync(state.root());
            } catch (FileAlreadyExistsException e) {
                return peek(state).orElseThrow();
            } finally {
                disk.delete(beside);
            }
        } catch (IOException e) {
            throw DiskFault.of(
                    "state-not-writable",
                    "write",
                    file,
                    e,
                    "Make the folder writable, or set state_dir.");
        }
        return peek(state).orElseThrow();
    }

    /** The id, if the folder has one. */
    public static Optional<String> peek(StateFolder state) {
        Path file = state.root().resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip()).filter(id -> !id.isEmpty());
        } catch (IOException e) {
            throw DiskFault.of("state-not-readable", "read", file, e, "Make it readable.");
        }
    }
}
