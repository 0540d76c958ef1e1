package orchestrator.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * When a file below a folder last changed; bounded, and only asked when an attempt is otherwise
 * quiet.
 */
final class WorktreeScan {
    /** Folders that tools fill; a change in them is shown by CPU anyway. */
    private static final Set<String> SKIPPED =
            Set.of(".git", "node_modules", "target", "build", ".gradle", ".venv", "__pycache__");

    /** At about 5 µs an entry a look stays within 100 ms. */
    private static final int MAX_ENTRIES = 20_000;

    private WorktreeScan() {}

    /**
     * The newest change seen among at most {@link #MAX_ENTRIES} entries; empty when there is
     * nothing to see. What claims to be from after {@code now} (an unpacked archive, a file
     * touched) is no sign of life: it would hide a stall until then.
     */
    static Optional<Instant> newestChange(Path root, Instant now) throws IOException {
        Newest newest = new Newest(root, now);
        Files.walkFileTree(root, newest);
        return Optional.ofNullable(newest.at);
    }

    private static final class Newest extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Instant now;
        private @org.jspecify.annotations.Nullable Instant at;
        private int entries;

        Newest(Path root, Instant now) {
            this.root = root;
            this.now = now;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            if (!folder.equals(root) && name != null && SKIPPED.contains(name.toString())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return seen(attributes);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return seen(attributes);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // Removed while we looked: the agent is at work, and its folder's own time tells.
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult seen(BasicFileAttributes attributes) {
            Instant changed = attributes.lastModifiedTime().toInstant();
            if (!changed.isAfter(now) && (at == null || changed.isAfter(at))) {
                at = changed;
            }
            entries++;
            return entries < MAX_ENTRIES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
    }
}
