package orchestrator.git;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import orchestrator.model.Fault;

/**
 * Copies files that git does not hold from a checkout into a worktree: those that relative paths or
 * globs name, folders with all that is in them, over nothing that is there.
 */
final class CopyFiles {
    private final Path from;
    private final Path to;

    CopyFiles(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** Copies what the patterns name; one that names nothing is no fault. */
    void copy(List<String> patterns) {
        try {
            for (String pattern : patterns) {
                if (isGlob(pattern)) {
                    copyMatches(pattern);
                } else {
                    copyTree(from.resolve(pattern).normalize());
                }
            }
        } catch (IOException e) {
            throw new Fault(
                    "copy-files",
                    "What copy_files names could not be copied from %s to %s (%s); see that it can be read and that there is room."
                            .formatted(from, to, e),
                    e);
        }
    }

    private static boolean isGlob(String pattern) {
        return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private void copyMatches(String pattern) throws IOException {
        PathMatcher matcher = from.getFileSystem().getPathMatcher("glob:" + pattern);
        // A pattern without ** looks no deeper than it is long.
        int depth = pattern.contains("**") ? Integer.MAX_VALUE : Path.of(pattern).getNameCount();
        List<Path> found;
        try (Stream<Path> all =
                Files.find(
                        from,
                        depth,
                        (path, attributes) ->
                                !isGits(path) && matcher.matches(from.relativize(path)))) {
            found = all.toList();
        }
        for (Path path : found) {
            copyTree(path);
        }
    }

    private boolean isGits(Path path) {
        return from.relativize(path).startsWith(".git");
    }

    private void copyTree(Path source) throws IOException {
        if (!source.startsWith(from) || !Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                source,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a)
                            throws IOException {
                        if (isGits(folder)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(target(folder));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        copyFile(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private Path target(Path source) {
        return to.resolve(from.relativize(source));
    }

    private void copyFile(Path file) throws IOException {
        Path target = target(file);
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (FileAlreadyExistsException kept) {
            // What is there belongs to the branch, or to an earlier copy that is in use.
            return;
        }
    }
}
