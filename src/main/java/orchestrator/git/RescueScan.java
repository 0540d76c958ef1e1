package orchestrator.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import orchestrator.model.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A walk over a worktree that finds what a rescue cannot or shall not hold: ignored folders that
 * can be rebuilt, ignored files that are too large, and repositories of their own.
 *
 * @param skipped paths below the worktree; a folder ends in {@code /}
 * @param nested folders of repositories within, each ending in {@code /}
 */
record RescueScan(Set<String> skipped, List<String> nested) {
    /**
     * Walks the worktree.
     *
     * @param ignored what git ignores, as its status names it
     */
    static RescueScan of(Path worktree, List<String> ignored) {
        Walk walk = new Walk(worktree, new HashSet<>(ignored));
        try {
            Files.walkFileTree(worktree, walk);
        } catch (IOException e) {
            throw new Fault(
                    "rescue-failed",
                    "The worktree %s could not be read (%s), so nothing was removed."
                            .formatted(worktree, e),
                    e);
        }
        return new RescueScan(walk.skipped, List.copyOf(walk.nested));
    }

    /**
     * Whether a path that git still finds outside the rescue is one that was left out on purpose.
     */
    boolean accounts(Path worktree, String entry) {
        if (isSkipped(entry)) {
            return true;
        }
        try {
            return entry.endsWith("/") && holdsNothingElse(worktree.resolve(entry), worktree);
        } catch (InvalidPathException e) {
            // A name this machine's locale cannot spell cannot be looked into either.
            return false;
        }
    }

    private boolean isSkipped(String entry) {
        if (skipped.contains(entry) || nested.contains(entry)) {
            return true;
        }
        int slash = entry.lastIndexOf('/', entry.length() - 2);
        return slash > 0 && isSkipped(entry.substring(0, slash + 1));
    }

    /** An ignored folder that is empty, or holds only what is skipped, is still listed by git. */
    private boolean holdsNothingElse(Path folder, Path worktree) {
        boolean[] found = {false};
        FileVisitor<Path> look =
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes is) {
                        return isSkipped(name(worktree, dir) + "/")
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                        found[0] =
                                (is.isRegularFile() || is.isSymbolicLink())
                                        && !isSkipped(name(worktree, file));
                        return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                    }
                };
        try {
            Files.walkFileTree(folder, look);
            return !found[0];
        } catch (IOException e) {
            // What cannot be looked into is not accounted for.
            return false;
        }
    }

    private static String name(Path worktree, Path path) {
        return worktree.relativize(path).toString();
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        final Set<String> skipped = new LinkedHashSet<>();
        final List<String> nested = new ArrayList<>();
        private final Path root;
        private final Set<String> ignored;

        /** Folders we are in that git ignores as a whole. */
        private int ignoredDepth;

        Walk(Path root, Set<String> ignored) {
            this.root = root;
            this.ignored = ignored;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            if (folder.endsWith(".git")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            String entry = name(root, folder) + "/";
            boolean isIgnored = ignoredDepth > 0 || ignored.contains(entry);
            if (isIgnored && Rebuildable.is(entry)) {
                skipped.add(entry);
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                nested.add(entry);
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (isIgnored) {
                ignoredDepth++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            if (ignoredDepth > 0) {
                ignoredDepth--;
            }
            return super.postVisitDirectory(folder, failure);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() > Rebuildable.LARGEST_FILE) {
                String entry = name(root, file);
                if (ignoredDepth > 0 || ignored.contains(entry)) {
                    skipped.add(entry);
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
