package orchestrator.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import orchestrator.process.Outcome.Exited;

/**
 * A repository inside a worktree: a submodule, or a clone somebody made there.
 *
 * @param entry its folder below the worktree, ending in {@code /}
 * @param born whether it has a commit
 * @param ownWork whether it holds commits that are on no remote of its own, or changed files
 */
record NestedRepository(String entry, boolean born, boolean ownWork) {
    static List<NestedRepository> of(GitCall outer, Path worktree, List<String> entries) {
        List<NestedRepository> all = new ArrayList<>();
        for (String entry : entries) {
            Path folder = worktree.resolve(entry);
            GitCall call = GitCall.in(outer.runner(), folder).reading();
            Exited found = call.run("rev-parse", "--show-prefix");
            if (found.ok() && found.stdout().isBlank()) {
                all.add(look(call, entry));
            } else if (!found.ok() && !isMereName(found)) {
                // One git refuses to read, such as another user's: we cannot know what it holds.
                all.add(new NestedRepository(entry, true, true));
            }
        }
        return List.copyOf(all);
    }

    /** A folder or file that is merely called .git makes no repository; git then adds the rest. */
    private static boolean isMereName(Exited found) {
        return found.stderr().contains("invalid gitfile format")
                || found.stderr().contains("not a git repository");
    }

    private static NestedRepository look(GitCall call, String entry) {
        GitStatus status = GitStatus.of(call);
        boolean born = !status.head().isEmpty();
        boolean ownWork =
                !born
                        || !status.entries().isEmpty()
                        || !call.must(
                                        "rev-list",
                                        "--max-count=1",
                                        "HEAD",
                                        "--branches",
                                        "--glob=refs/stash",
                                        "--not",
                                        "--remotes")
                                .isEmpty();
        return new NestedRepository(entry, born, ownWork);
    }
}
