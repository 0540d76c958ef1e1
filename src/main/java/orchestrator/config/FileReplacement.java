package orchestrator.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts new content in a file's place at once: whoever reads it, and whatever crashes, there is the
 * old or the new content, never a mixture.
 */
final class FileReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(FileReplacement.class);

    private FileReplacement() {}

    /** Looks, as the last thing before the replacement, whether it may still be made. */
    interface LastLook {
        boolean unchanged() throws IOException;
    }

    /**
     * Replaces the file unless it has changed. Permissions are kept; owner and group too, as far as
     * this user may set them.
     *
     * @param file no link
     * @return false when it has changed; it is then left as it is
     */
    static boolean replace(Path file, byte[] content, LastLook look) throws IOException {
        Path folder = folder(file);
        Path temporary = Files.createTempFile(folder, "." + file.getFileName() + ".", ".tmp");
        try {
            write(temporary, content);
            keepAttributes(file, temporary);
            if (!look.unchanged()) {
                return false;
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(folder);
        return true;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /**
     * Makes a file that is not there yet, with the permissions that new files have here.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there; it is left as it is
     */
    static void create(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        Path beside = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createFile(beside);
            write(beside, content);
            // Not ATOMIC_MOVE, which would replace what has that name.
            Files.move(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
        sync(folder);
    }

    /** Writes all of it, onto the disk. */
    static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void keepAttributes(Path from, Path to) throws IOException {
        PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        try {
            if (!now.owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
            if (!now.group().equals(old.group())) {
                view.setGroup(old.group());
            }
        } catch (FileSystemException e) {
            LOG.info("{} now belongs to this user: owner or group could not be kept ({})", from, e);
        }
        // After the owner: a change of owner may take bits away.
        view.setPermissions(old.permissions());
    }
}
