package orchestrator.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done in a new worktree before the first agent starts in it.
 *
 * @param command for {@code sh -c} in the worktree, not blank; empty: nothing is run
 * @param timeout of the command, after which it is ended and has failed
 * @param copyFiles what is copied from the main checkout: paths or globs relative to it, such as
 *     {@code .env} or {@code config/*.local}; none leaves the repository or names its {@code .git}
 */
public record WorktreeSetup(Optional<String> command, Duration timeout, List<String> copyFiles) {
    /** How long the command may take when the config says nothing: 10 minutes. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(600);

    /** A worktree is used as git makes it. */
    public static final WorktreeSetup NONE =
            new WorktreeSetup(Optional.empty(), DEFAULT_TIMEOUT, List.of());

    public WorktreeSetup {
        copyFiles = List.copyOf(copyFiles);
    }
}
