package orchestrator.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The machine's own file systems. Streams, not channels: an interrupt closes those. */
final class RealDisk implements Disk {
    static final RealDisk MACHINE = new RealDisk();

    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private RealDisk() {}

    @Override
    public void newFolder(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }

    @Override
    public void makePrivate(Path folder) throws IOException {
        if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    @Override
    public void newFile(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    }

    @Override
    public Open open(Path file) throws IOException {
        if (!Files.exists(file)) {
            // The mode that writes would make it, readable by others.
            throw new NoSuchFileException(file.toString());
        }
        return new OpenFile(new RandomAccessFile(file.toFile(), "rw"));
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes);
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    @Override
    public void symbolicLink(Path name, Path target) throws IOException {
        Files.createSymbolicLink(name, target);
    }

    @Override
    public void sync(Path path) throws IOException {
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

    private record OpenFile(RandomAccessFile file) implements Open {
        @Override
        public void write(long offset, byte[] bytes) throws IOException {
            file.seek(offset);
            file.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void cut(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
