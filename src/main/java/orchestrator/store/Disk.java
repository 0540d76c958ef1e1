package orchestrator.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import orchestrator.model.Fault;

/** The few ways in which this package writes. Streams, not channels: an interrupt closes those. */
final class Disk {
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private Disk() {}

    /** Makes a private folder, or makes one that is there private. Its parent must exist. */
    static void folder(Path folder) throws IOException {
        try {
            newFolder(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) {
                Files.setPosixFilePermissions(folder, FOLDER);
            }
        }
    }

    /** Makes a private folder that must not exist yet. */
    static void newFolder(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }

    /** Makes an empty private file that must not exist yet. */
    static void newFile(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    }

    /** Writes a private file that must not exist yet, down to the disk. */
    static void writeNew(Path file, byte[] bytes) throws IOException {
        newFile(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
    }

    /** Writes a file beside its place, down to the disk, and renames it there. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            writeNew(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Writes a file beside its place and renames it there, leaving the disk its time: for what can
     * be made again from the journal.
     */
    static void project(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            newFile(beside);
            Files.write(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Brings a file's content, or a folder's entries, down to the disk. */
    static void sync(Path path) throws IOException {
        boolean interrupted = false;
        try {
            boolean done = false;
            while (!done) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    channel.force(true);
                    done = true;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static boolean isPlainFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Why it failed, as a phrase for people; the path stands elsewhere in the sentence. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something is already there";
        }
        String said = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return said == null || said.isBlank() ? e.getClass().getSimpleName() : said;
    }

    /** {@code Cannot <act> <path>: <why>. <then>}. */
    static Fault fault(String code, String act, Path path, IOException e, String then) {
        return new Fault(code, "Cannot " + act + " " + path + ": " + reason(e) + ". " + then, e);
    }
}
