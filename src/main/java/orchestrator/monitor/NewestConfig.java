package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import org.jspecify.annotations.Nullable;

/**
 * A workspace's configuration, read again only when its files have changed. One thread at a time.
 */
final class NewestConfig {
    private final Workspace workspace;
    private List<Stamp> seen = List.of();
    private @Nullable WorkspaceConfig config;

    /** How a file looks from outside; an editor that changes it changes one of these. */
    private record Stamp(Path file, FileTime time, long size, Optional<Object> key) {}

    NewestConfig(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Takes the files as they are now for known: {@link #changed()} tells of later changes. */
    void know() {
        seen = stamps();
    }

    /** True once for each time the files have changed. */
    boolean changed() {
        List<Stamp> now = stamps();
        boolean changed = !now.equals(seen);
        seen = now;
        return changed;
    }

    /**
     * What the files say.
     *
     * @throws Fault {@code config-invalid}
     */
    WorkspaceConfig config() {
        WorkspaceConfig known = config;
        // Looked at before they are read: what changes while we read is read with the next look.
        if (!changed() && known != null) {
            return known;
        }
        config = null;
        WorkspaceConfig read =
                switch (ConfigReader.readSettled(workspace)) {
                    case ConfigResult.Valid valid -> valid.config();
                    case ConfigResult.Invalid invalid ->
                            throw new Fault(
                                    "config-invalid", String.join("\n", invalid.problems()));
                };
        config = read;
        return read;
    }

    private List<Stamp> stamps() {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : workspace.refreshed().files()) {
            stamps.add(stamp(file));
        }
        return stamps;
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    file, now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()));
        } catch (IOException e) {
            // Whoever reads it says why it cannot be; that it changed is all that counts here.
            return new Stamp(file, FileTime.fromMillis(0), -1, Optional.empty());
        }
    }
}
