package orchestrator.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.ProcessIdentity;
import orchestrator.process.Await;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A lock that one process holds while it lives; the system releases it when the process dies,
 * however it dies. Who holds it stands beside, in a file of the same name with {@code .json}.
 *
 * <p>Traps this class is built around: closing any channel of a file releases all locks the whole
 * process has on it, and a second lock attempt in one process is an exception. So the locked file
 * is opened here only, under one monitor, and never while this process holds it. Safe on any
 * thread.
 */
public final class RunLock implements AutoCloseable {
    /** A look by another process shares the lock for an instant; that must not make us fail. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Map<Path, Holder> HELD = new HashMap<>();

    private final Disk disk;
    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object key;
    private boolean released;

    /**
     * Who holds a lock.
     *
     * @param host {@code window} or {@code terminal}; {@code unknown} when it left no details
     */
    public record Holder(ProcessIdentity process, String host, Instant since) {
        static final Holder UNKNOWN =
                new Holder(new ProcessIdentity(0, 0, "none"), "unknown", Instant.EPOCH);
    }

    private RunLock(Disk disk, Path file, FileChannel channel) throws IOException {
        this.disk = disk;
        this.file = file;
        this.channel = channel;
        this.key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** As {@link #tryAcquire(Disk, Path, String, ProcessIdentity)}, on this machine's disk. */
    public static Optional<RunLock> tryAcquire(Path file, String host, ProcessIdentity self) {
        return tryAcquire(Disk.real(), file, host, self);
    }

    /**
     * Takes the lock, or returns empty when another holder has it.
     *
     * @param disk where the file is
     * @param file such as {@link StateFolder#monitorLock()}; its folder must exist
     * @throws Fault {@code lock} when the file system cannot lock
     */
    public static Optional<RunLock> tryAcquire(
            Disk disk, Path file, String host, ProcessIdentity self) {
        Holder holder = new Holder(self, host, Instant.now());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<RunLock> lock = attempt(disk, file, holder);
            if (lock.isPresent() || System.nanoTime() - deadline > 0) {
                return lock;
            }
            Await.pause(BETWEEN);
        }
    }

    private static Optional<RunLock> attempt(Disk disk, Path file, Holder holder) {
        synchronized (HELD) {
            try {
                Path real = real(file);
                if (HELD.containsKey(real)) {
                    return Optional.empty();
                }
                makeIfMissing(disk, real);
                FileChannel channel = locked(real, false);
                if (channel == null) {
                    return Optional.empty();
                }
                try {
                    RunLock lock = new RunLock(disk, real, channel);
                    disk.replace(details(real), json(holder));
                    HELD.put(real, holder);
                    return Optional.of(lock);
                } catch (IOException | Error e) {
                    channel.close();
                    throw e;
                }
            } catch (IOException e) {
                throw fault(file, e);
            }
        }
    }

    private static void makeIfMissing(Disk disk, Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                disk.newFile(file);
            } catch (FileAlreadyExistsException e) {
                // Another process was quicker; the lock decides.
                return;
            }
        }
    }

    /**
     * Who holds the lock now; empty: nobody, whatever is written beside. Takes nothing from the
     * holder.
     */
    public static Optional<Holder> holder(Path file) {
        synchronized (HELD) {
            try {
                if (!Files.exists(file)) {
                    return Optional.empty();
                }
                Path real = real(file);
                Holder ours = HELD.get(real);
                if (ours != null) {
                    return Optional.of(ours);
                }
                // Shared: others who only look are no holders.
                FileChannel channel = locked(real, true);
                if (channel != null) {
                    channel.close();
                    return Optional.empty();
                }
                return Optional.of(read(details(real)));
            } catch (IOException e) {
                throw fault(file, e);
            }
        }
    }

    /**
     * Who wrote itself down as the holder last; empty when that one has let go as it should. One
     * that is not {@link #holder} now was killed.
     */
    public static Optional<Holder> lastHolder(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null
                    || !Files.isDirectory(folder)
                    || !Files.exists(details(real(file)))) {
                return Optional.empty();
            }
            return Optional.of(read(details(real(file))));
        } catch (IOException e) {
            throw fault(file, e);
        }
    }

    /** A channel that holds or shares the lock, or null when another process holds it. */
    private static @Nullable FileChannel locked(Path file, boolean shared) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                try {
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
                    if (lock != null) {
                        return channel;
                    }
                    channel.close();
                    return null;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                } catch (IOException | RuntimeException e) {
                    channel.close();
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Path real(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(absolute.getParent());
        return folder.toRealPath().resolve(absolute.getFileName());
    }

    private static Path details(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.lock$", "");
        return file.resolveSibling(name + ".json");
    }

    private static byte[] json(Holder holder) {
        ObjectNode json = StoreJson.MAPPER.createObjectNode();
        json.put("pid", holder.process().pid());
        json.put("startTicks", holder.process().startTicks());
        json.put("bootId", holder.process().bootId());
        json.put("host", holder.host());
        json.put("since", holder.since().toString());
        return (StoreJson.MAPPER.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Holder read(Path details) throws IOException {
        if (!Files.isRegularFile(details, LinkOption.NOFOLLOW_LINKS)) {
            return Holder.UNKNOWN;
        }
        try {
            SmallFile file = SmallFile.read(Files.readAllBytes(details));
            return new Holder(
                    new ProcessIdentity(
                            file.number("pid"),
                            file.number("startTicks"),
                            file.text("bootId", "none")),
                    file.text("host", "unknown"),
                    Instants.parse(file.text("since", "")));
        } catch (JacksonException | DateTimeException | NoSuchFileException e) {
            return Holder.UNKNOWN;
        }
    }

    private static Fault fault(Path file, IOException e) {
        return DiskFault.of(
                "lock",
                "lock",
                file,
                e,
                "See that the folder is writable and on a file system with locks, or set state_dir.");
    }

    /**
     * Whether the lock still means something: false once its file was removed or replaced, as
     * another process could then hold "the same" lock. Cheap.
     */
    public boolean stands() {
        try {
            return !released
                    && Objects.equals(
                            key, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return false;
        }
    }

    /** Releases it. Doing so again does nothing. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (released) {
                return;
            }
            released = true;
            HELD.remove(file);
            try (FileChannel closing = channel) {
                if (closing.isOpen()) {
                    disk.delete(details(file));
                }
            } catch (IOException e) {
                throw fault(file, e);
            }
        }
    }
}
