package orchestrator.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Writes a file that is not there yet: all of it or nothing, and never over somebody else's. */
final class NewFile {
    private NewFile() {}

    /**
     * Writes it.
     *
     * @param file in a folder that is there
     * @throws FileAlreadyExistsException when the name is taken
     */
    static void write(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(".new-" + UUID.randomUUID());
        try {
            Files.createFile(beside);
            FileReplacement.write(beside, content);
            link(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A link fails where the name is taken, in one step; a move looks first and then moves. */
    private static void link(Path beside, Path file) throws IOException {
        try {
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links.
            Files.move(beside, file);
        }
    }
}
