package orchestrator.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import orchestrator.process.Await;
import org.jspecify.annotations.Nullable;

/**
 * Removes a folder with all that is in it; links are removed, and what they lead to stays. Blocks;
 * safe on any thread.
 */
public final class TreeRemoval {
    /** A build's daemon that is just ending may write one file more. */
    private static final int TRIES = 20;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Disk disk;

    /** On that disk. */
    public TreeRemoval(Disk disk) {
        this.disk = disk;
    }

    /**
     * Removes it; does nothing where it is not. Folders that may not be entered are opened first.
     *
     * @throws IOException when something stays
     */
    public void remove(Path folder) throws IOException {
        for (int i = 1; Files.exists(folder); i++) {
            try {
                Files.walkFileTree(folder, new Remover());
            } catch (DirectoryNotEmptyException e) {
                if (i == TRIES) {
                    throw e;
                }
                Await.pause(BETWEEN);
            }
        }
    }

    private final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            // Caches of packages are often read only, folders too.
            disk.makePrivate(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            disk.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            if (failure instanceof AccessDeniedException && Files.isDirectory(path)) {
                // Not even to be read: opened, and walked by itself.
                disk.makePrivate(path);
                Files.walkFileTree(path, this);
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            disk.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
