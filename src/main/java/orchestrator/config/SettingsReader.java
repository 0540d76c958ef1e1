package orchestrator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import orchestrator.model.Floors;
import orchestrator.model.LogKeeping;
import orchestrator.model.Settings;

/**
 * Settles what holds for the whole workspace: the first file, by name, that states a key decides;
 * one that states it differently is warned about.
 */
final class SettingsReader {
    private static final int DEFAULT_WORKERS = 5;
    private static final Duration DEFAULT_CYCLE = Duration.ofSeconds(60);
    private static final Duration DEFAULT_STAGGER = Duration.ofSeconds(30);

    private record Stated<T>(ProjectDraft by, At<T> at) {}

    private final Workspace workspace;
    private final List<ProjectDraft> drafts;

    SettingsReader(Workspace workspace, List<ProjectDraft> drafts) {
        this.workspace = workspace;
        this.drafts = drafts;
    }

    Settings read() {
        return new Settings(
                first("tmux_session", ProjectDraft.Shared::tmuxSession)
                        .orElseGet(this::defaultSession),
                first("num_workers", ProjectDraft.Shared::workers).orElse(DEFAULT_WORKERS),
                first("cycle_interval", ProjectDraft.Shared::cycleInterval).orElse(DEFAULT_CYCLE),
                first("stagger_delay", ProjectDraft.Shared::staggerDelay).orElse(DEFAULT_STAGGER),
                first("tmux_socket", ProjectDraft.Shared::tmuxSocket),
                stateDir(),
                first("max_budget_usd", ProjectDraft.Shared::maxBudgetUsd)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                new Floors(
                        first("min_free_disk_mb", ProjectDraft.Shared::minFreeDiskMb)
                                .map(Integer::longValue)
                                .orElse(Floors.DEFAULT.diskMb()),
                        first("min_free_memory_mb", ProjectDraft.Shared::minFreeMemoryMb)
                                .map(Integer::longValue)
                                .orElse(Floors.DEFAULT.memoryMb())),
                new LogKeeping(
                        first("compress_logs_after_days", ProjectDraft.Shared::compressLogsAfter)
                                .map(days -> Duration.ofDays(days))
                                .orElse(LogKeeping.DEFAULT.compressAfter()),
                        first("compress_logs_above_mb", ProjectDraft.Shared::compressLogsAboveMb)
                                .map(Integer::longValue)
                                .orElse(LogKeeping.DEFAULT.compressAboveMb())));
    }

    /** tmux itself turns a dot in a session's name into an underscore. */
    private String defaultSession() {
        String project =
                drafts.isEmpty() ? "project" : drafts.getFirst().name().value().replace('.', '_');
        return project + "-orchestrator";
    }

    private Path stateDir() {
        for (ProjectDraft draft : drafts) {
            draft.shared().stateDir().ifPresent(at -> checkStateDir(draft, at));
        }
        return first("state_dir", ProjectDraft.Shared::stateDir)
                .orElseGet(() -> workspace.root().resolve("state"));
    }

    /**
     * The state folder is made private and ignored by git as a whole: it must hold nothing else.
     */
    private void checkStateDir(ProjectDraft draft, At<Path> at) {
        boolean holdsConfig =
                workspace.root().startsWith(at.value())
                        || workspace.configDir().startsWith(at.value());
        if (holdsConfig) {
            draft.source()
                    .problem(
                            at.span(),
                            "\"state_dir\" is %s, which holds the workspace itself; give a folder of its own, such as \"../state\""
                                    .formatted(Problems.printable(at.value())));
        }
    }

    private <T> Optional<T> first(
            String key, Function<ProjectDraft.Shared, Optional<At<T>>> value) {
        Optional<Stated<T>> first = Optional.empty();
        for (ProjectDraft draft : drafts) {
            Optional<At<T>> stated = value.apply(draft.shared());
            if (stated.isEmpty()) {
                continue;
            }
            if (first.isEmpty()) {
                first = Optional.of(new Stated<>(draft, stated.get()));
            } else if (!first.get().at().value().equals(stated.get().value())) {
                warn(draft, key, stated.get(), first.get());
            }
        }
        return first.map(Stated::at).map(At::value);
    }

    private static <T> void warn(ProjectDraft draft, String key, At<T> here, Stated<T> first) {
        draft.source()
                .warning(
                        here.span(),
                        "\"%s\" holds for the whole workspace and is already set differently in %s; what stands here has no effect"
                                .formatted(key, first.by().source().place(first.at().span())));
    }
}
