package orchestrator.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Rehearsals;
import orchestrator.monitor.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which workspace is meant; every command takes these, before or after its name. */
final class WorkspaceOptions {
    private static final String REHEARSAL = " --rehearsal";

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The folder that holds config/ (default: the current folder).")
    private @Nullable Path workspace;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "One project's file; the workspace is the parent of its config/, else its own folder.")
    private @Nullable Path config;

    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "A folder of *-issues.json: several projects, one pool, one session.")
    private @Nullable Path configDir;

    @Option(
            names = "--rehearsal",
            scope = ScopeType.INHERIT,
            description = "The rehearsal of that workspace; see launch --rehearse.")
    private boolean rehearsal;

    private @Nullable WorkspaceConfig lastRead;

    /** To be filled in from the words of a command. */
    WorkspaceOptions() {}

    /** The same as if these had been given. */
    WorkspaceOptions(
            Optional<Path> workspace,
            Optional<Path> config,
            Optional<Path> configDir,
            boolean rehearsal) {
        this.rehearsal = rehearsal;
        this.workspace = workspace.orElse(null);
        this.config = config.orElse(null);
        this.configDir = configDir.orElse(null);
    }

    /** The workspace and what is defined in it. */
    record Defined(Workspace workspace, WorkspaceConfig config) {}

    /**
     * Finds and reads it; a file that is just being saved is given a moment.
     *
     * @throws Fault with all that is wrong
     */
    Defined read() {
        return read(locate());
    }

    /** The same of the workspace itself where its rehearsal is meant. */
    Defined readRehearsed() {
        return read(chosen());
    }

    private Defined read(Workspace place) {
        return switch (ConfigReader.readSettled(place)) {
            case ConfigResult.Valid valid -> {
                lastRead = valid.config();
                yield new Defined(place, valid.config());
            }
            case ConfigResult.Invalid invalid ->
                    throw new Fault("config-invalid", String.join("\n", invalid.problems()));
        };
    }

    /**
     * The folder that was named.
     *
     * @throws Fault {@code options-conflict} when something else than a folder was
     */
    Optional<Path> folder() {
        if (config != null || configDir != null || rehearsal) {
            throw new Fault(
                    "options-conflict",
                    "A workspace is made in a folder; name it, without --config, --config-dir and --rehearsal.");
        }
        return Optional.ofNullable(workspace);
    }

    /** Whether the rehearsal of a workspace is meant. */
    boolean isRehearsal() {
        return rehearsal;
    }

    /** Whether any was given. */
    boolean isGiven() {
        return rehearsal || workspace != null || config != null || configDir != null;
    }

    /** What {@link #read} has read; empty before, and when it could not. */
    Optional<WorkspaceConfig> lastRead() {
        return Optional.ofNullable(lastRead);
    }

    /**
     * The options as they were given, to be put behind a command; with a space before, or empty.
     */
    String words() {
        return word("--workspace", workspace)
                + word("--config", config)
                + word("--config-dir", configDir)
                + (rehearsal ? REHEARSAL : "");
    }

    /** The same for the rehearsal of that workspace. */
    String wordsOfRehearsal() {
        return rehearsal ? words() : words() + REHEARSAL;
    }

    private static String word(String option, @Nullable Path value) {
        return value == null ? "" : " " + Text.shellWords(List.of(option, value.toString()));
    }

    /** Finds it. */
    Workspace locate() {
        return rehearsal ? Rehearsals.find(chosen()) : chosen();
    }

    private Workspace chosen() {
        return Workspace.locate(
                Optional.ofNullable(workspace),
                Optional.ofNullable(config),
                Optional.ofNullable(configDir),
                Path.of("").toAbsolutePath());
    }
}
