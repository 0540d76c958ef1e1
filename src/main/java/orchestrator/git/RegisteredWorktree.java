package orchestrator.git;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.process.Outcome.Exited;

/**
 * One entry of {@code git worktree list}.
 *
 * @param path as registered, symbolic links resolved
 * @param head the commit; empty for a bare repository
 * @param ref the full ref checked out; empty when detached
 * @param locked the reason when locked, which may be an empty text
 * @param main whether it is the repository's own checkout
 */
record RegisteredWorktree(
        Path path, String head, String ref, Optional<String> locked, boolean main) {
    /** The reason git itself gives while it is still making a worktree. */
    static final String INITIALIZING = "initializing";

    private static final int USAGE_ERROR = 129;

    /** All worktrees of a repository, its own checkout first. */
    static List<RegisteredWorktree> of(GitCall call) {
        Exited exited = call.reading().run("worktree", "list", "--porcelain", "-z");
        if (exited.code() == USAGE_ERROR) {
            // Before git 2.36 there is no -z.
            return parse(call.reading().must("worktree", "list", "--porcelain") + "\n", '\n');
        }
        if (!exited.ok()) {
            throw call.failure(List.of("worktree"), exited);
        }
        return parse(exited.stdout(), '\0');
    }

    static List<RegisteredWorktree> parse(String output, char end) {
        List<RegisteredWorktree> all = new ArrayList<>();
        String path = "";
        String head = "";
        String ref = "";
        Optional<String> locked = Optional.empty();
        for (String line : output.split(String.valueOf(end), -1)) {
            if (line.isEmpty()) {
                if (!path.isEmpty()) {
                    all.add(
                            new RegisteredWorktree(
                                    Path.of(path), head, ref, locked, all.isEmpty()));
                }
                path = "";
                head = "";
                ref = "";
                locked = Optional.empty();
            } else if (line.startsWith("worktree ")) {
                path = line.substring("worktree ".length());
            } else if (line.startsWith("HEAD ")) {
                head = line.substring("HEAD ".length());
            } else if (line.startsWith("branch ")) {
                ref = line.substring("branch ".length());
            } else if (line.equals("locked") || line.startsWith("locked ")) {
                locked = Optional.of(line.substring("locked".length()).strip());
            }
        }
        return List.copyOf(all);
    }

    /**
     * Restores the file by which the folder knows its repository, if it is gone. Nothing else is
     * touched.
     */
    void relink(GitCall call) {
        if (!Files.exists(path.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
            // With a path it would need the very file that is gone; without, it mends what it knows
            // of.
            call.mustPatiently("worktree", "repair");
        }
    }
}
