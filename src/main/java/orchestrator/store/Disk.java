package orchestrator.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The few ways in which this package writes; all it writes goes through here, carried by the {@link
 * StateFolder}. What is abstract is one effect each, whole or not at all but for {@link Open#write}
 * and {@link #append}, of which a full disk or a power cut may leave a part: so a test can fail or
 * stop the writing at each of them. The rest is made of those.
 *
 * <p>An interrupt of the calling thread neither closes a file nor loses a write. Any thread.
 */
public interface Disk {
    /** The machine's own file systems. */
    static Disk real() {
        return RealDisk.MACHINE;
    }

    /** A file that is open to be written. Whoever opened it closes it. One thread at a time. */
    interface Open extends Closeable {
        /** Puts bytes at an offset. When it fails, some of them may be there. */
        void write(long offset, byte[] bytes) throws IOException;

        /** Brings what was written down to the disk. */
        void sync() throws IOException;

        /** Takes off all from {@code size} on. */
        void cut(long size) throws IOException;
    }

    /** Makes a private folder that must not exist yet. Its parent must. */
    void newFolder(Path folder) throws IOException;

    /** Makes a folder that is there private, if it is not. */
    void makePrivate(Path folder) throws IOException;

    /** Makes an empty private file that must not exist yet. */
    void newFile(Path file) throws IOException;

    /** Opens a file that is there, keeping what it holds. */
    Open open(Path file) throws IOException;

    /** Puts bytes at the end of a file that is there, whoever else does so at the same time. */
    void append(Path file, byte[] bytes) throws IOException;

    /** Renames within a file system; what has that name already is replaced, in one step. */
    void move(Path from, Path to) throws IOException;

    /** Removes a file, a link or an empty folder, if it is there. */
    void delete(Path path) throws IOException;

    /** Gives a file a second name that must not be taken. */
    void link(Path name, Path file) throws IOException;

    /** Makes a symbolic link whose name must not be taken. */
    void symbolicLink(Path name, Path target) throws IOException;

    /** Brings a file's content, or a folder's entries, down to the disk. */
    void sync(Path path) throws IOException;

    /** Makes a private folder, or makes one that is there private. Its parent must exist. */
    default void folder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            try {
                newFolder(folder);
                return;
            } catch (FileAlreadyExistsException e) {
                // Made by another process a moment ago: looked at like any that was there.
            }
        }
        if (!Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        makePrivate(folder);
    }

    /** Writes a private file that must not exist yet. */
    default void writeNew(Path file, byte[] bytes) throws IOException {
        newFile(file);
        try (Open out = open(file)) {
            out.write(0, bytes);
        }
    }

    /** Writes a private file that must not exist yet, down to the disk. */
    default void keepNew(Path file, byte[] bytes) throws IOException {
        newFile(file);
        try (Open out = open(file)) {
            out.write(0, bytes);
            out.sync();
        }
    }

    /** Writes a file beside its place, down to the disk, and renames it there. */
    default void replace(Path file, byte[] bytes) throws IOException {
        Path beside = beside(file);
        try {
            keepNew(beside, bytes);
            move(beside, file);
        } catch (IOException e) {
            throw withoutTrace(beside, e);
        }
    }

    /**
     * Writes a file beside its place and renames it there, leaving the disk its time: for what can
     * be made again from the journal.
     */
    default void project(Path file, byte[] bytes) throws IOException {
        Path beside = beside(file);
        try {
            writeNew(beside, bytes);
            move(beside, file);
        } catch (IOException e) {
            throw withoutTrace(beside, e);
        }
    }

    /** A hidden name of its own beside a file, see {@link StateFolder#sweep}. */
    static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    }

    private IOException withoutTrace(Path beside, IOException e) {
        try {
            delete(beside);
        } catch (IOException again) {
            e.addSuppressed(again);
        }
        return e;
    }
}
