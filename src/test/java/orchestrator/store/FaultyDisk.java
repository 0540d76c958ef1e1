package orchestrator.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A disk on which a test says what goes wrong. It numbers the writes from 1 on; it can be killed
 * (as by kill -9: what was written stays, nothing more comes) at one of them, or refuse from one of
 * them on until it is mended. One of these is one life of a process: a killed one stays dead, the
 * next life takes a new one over the same files. Any thread.
 */
public final class FaultyDisk implements Disk {
    /** When the process is killed. */
    public enum Moment {
        /** The write has not begun. */
        BEFORE,
        /** Half of its bytes are there. */
        MIDDLE,
        /** It is done, and nobody was told. */
        AFTER
    }

    /** What the disk refuses. */
    public enum Refusal {
        /** No byte more, no new name: ENOSPC. */
        FULL,
        /** What was written is not brought down: fsync fails with EIO. */
        SYNC
    }

    /**
     * A write.
     *
     * @param number from 1 on
     * @param what such as {@code write}, {@code move}
     * @param path what it is done to; for a move, its target
     * @param bytes how many it writes; 0: it is one step, without a middle
     */
    public record Write(long number, String what, Path path, int bytes) {
        /** Whether it can be cut in two. */
        public boolean hasMiddle() {
            return bytes > 1;
        }

        /** Whether a disk that refuses so would refuse it. */
        public boolean isRefusedBy(Refusal refusal) {
            return switch (refusal) {
                case FULL -> !what.equals("sync") && !UNREFUSED.contains(what);
                case SYNC -> what.equals("sync");
            };
        }

        @Override
        public String toString() {
            return "write %d (%s %s, %d bytes)".formatted(number, what, path, bytes);
        }
    }

    /** The process was killed here. Nobody catches it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String where) {
            super("killed " + where);
        }
    }

    /** What a full disk still does. */
    private static final Set<String> UNREFUSED = Set.of("move", "delete", "cut");

    private record Kill(long at, Moment moment) {}

    private record Fails(long from, Refusal refusal) {}

    private final Disk disk;
    private final List<Write> writes = new ArrayList<>();
    private boolean syncs = true;
    private Optional<Kill> kill = Optional.empty();
    private Optional<Fails> fails = Optional.empty();
    private Optional<String> dead = Optional.empty();
    private long refused;

    /** A disk without faults, so far. */
    public FaultyDisk() {
        this(Disk.real());
    }

    /** The same over another one. */
    public FaultyDisk(Disk disk) {
        this.disk = disk;
    }

    /**
     * Leaves out what only a power cut would show: a test that kills processes thousands of times
     * need not wait for the machine's disk.
     */
    public synchronized FaultyDisk withoutSync() {
        syncs = false;
        return this;
    }

    /** Kills at the n-th write, counted from the first of all. */
    public synchronized FaultyDisk killAt(long write, Moment moment) {
        kill = Optional.of(new Kill(write, moment));
        return this;
    }

    /** Refuses from the n-th write on, counted from the first of all. */
    public synchronized FaultyDisk failFrom(long write, Refusal refusal) {
        fails = Optional.of(new Fails(write, refusal));
        return this;
    }

    /** Refuses from now on. */
    public synchronized FaultyDisk fail(Refusal refusal) {
        return failFrom(writes.size() + 1L, refusal);
    }

    /** Refuses no more. */
    public synchronized void mend() {
        fails = Optional.empty();
    }

    /** How many writes it has refused. */
    public synchronized long refused() {
        return refused;
    }

    /** Kills now. */
    public synchronized void kill() {
        dead = Optional.of("by the test after " + writes.size() + " writes");
    }

    /** Whether the process was killed. */
    public synchronized boolean isDead() {
        return dead.isPresent();
    }

    /** Throws when the process was killed: for what else it does to the world. */
    public synchronized void live() {
        dead.ifPresent(where -> {
            throw new Killed("already, " + where);
        });
    }

    /** What was written so far, refused and killed ones included. */
    public synchronized List<Write> writes() {
        return List.copyOf(writes);
    }

    private interface Effect {
        void happen() throws IOException;
    }

    private interface Bytes {
        void put(byte[] bytes) throws IOException;
    }

    /** A new name: a full disk has no room for it, but still says that it is taken. */
    private synchronized void name(String what, Path path, Effect effect) throws IOException {
        Write write = begin(what, path, 0);
        if (refuses(write, Refusal.FULL) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refusal(Refusal.FULL, path);
        }
        happen(write, effect);
    }

    private synchronized void sync(Path path, Effect effect) throws IOException {
        Write write = begin("sync", path, 0);
        if (refuses(write, Refusal.SYNC)) {
            throw refusal(Refusal.SYNC, path);
        }
        happen(write, effect);
    }

    /** What the disk itself refuses, because a name is taken, say, is a write like any other. */
    private void happen(Write write, Effect effect) throws IOException {
        try {
            effect.happen();
        } finally {
            end(write);
        }
    }

    private synchronized void put(String what, Path path, byte[] bytes, Bytes target)
            throws IOException {
        Write write = begin(what, path, bytes.length);
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
        if (refuses(write, Refusal.FULL)) {
            target.put(half);
            throw refusal(Refusal.FULL, path);
        }
        if (write.hasMiddle() && isKilled(write, Moment.MIDDLE)) {
            target.put(half);
            throw killed(write, Moment.MIDDLE);
        }
        target.put(bytes);
        end(write);
    }

    private Write begin(String what, Path path, int bytes) {
        live();
        Write write = new Write(writes.size() + 1L, what, path, bytes);
        writes.add(write);
        if (isKilled(write, Moment.BEFORE)) {
            throw killed(write, Moment.BEFORE);
        }
        return write;
    }

    private void end(Write write) {
        // Of a step without a middle, the middle is its end.
        if (isKilled(write, Moment.AFTER) || isKilled(write, Moment.MIDDLE)) {
            throw killed(write, Moment.AFTER);
        }
    }

    private boolean isKilled(Write write, Moment moment) {
        return kill.filter(k -> k.at() == write.number() && k.moment() == moment).isPresent();
    }

    private Killed killed(Write write, Moment moment) {
        String where = moment + " " + write;
        dead = Optional.of(where);
        return new Killed(where);
    }

    private boolean refuses(Write write, Refusal refusal) {
        return fails.filter(f -> f.from() <= write.number() && f.refusal() == refusal).isPresent();
    }

    private IOException refusal(Refusal refusal, Path path) {
        refused++;
        return switch (refusal) {
            case FULL -> new FileSystemException(path.toString(), null, "No space left on device");
            case SYNC -> new SyncFailedException("Input/output error");
        };
    }

    @Override
    public void newFolder(Path folder) throws IOException {
        name("newFolder", folder, () -> disk.newFolder(folder));
    }

    @Override
    public void makePrivate(Path folder) throws IOException {
        live();
        disk.makePrivate(folder);
    }

    @Override
    public void newFile(Path file) throws IOException {
        name("newFile", file, () -> disk.newFile(file));
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        put("append", file, bytes, part -> disk.append(file, part));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        unrefused("move", to, () -> disk.move(from, to));
    }

    @Override
    public void delete(Path path) throws IOException {
        unrefused("delete", path, () -> disk.delete(path));
    }

    /** What a full disk still does. */
    private synchronized void unrefused(String what, Path path, Effect effect) throws IOException {
        happen(begin(what, path, 0), effect);
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        name("link", name, () -> disk.link(name, file));
    }

    @Override
    public void symbolicLink(Path name, Path target) throws IOException {
        name("symbolicLink", name, () -> disk.symbolicLink(name, target));
    }

    @Override
    public void sync(Path path) throws IOException {
        sync(
                path,
                () -> {
                    if (syncs) {
                        disk.sync(path);
                    }
                });
    }

    @Override
    public Open open(Path file) throws IOException {
        live();
        if (!file.toFile().isFile()) {
            throw new FileNotFoundException(file.toString());
        }
        return new OpenFile(file, disk.open(file));
    }

    private final class OpenFile implements Open {
        private final Path path;
        private final Open file;

        OpenFile(Path path, Open file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(long offset, byte[] bytes) throws IOException {
            put("write", path, bytes, part -> file.write(offset, part));
        }

        @Override
        public void sync() throws IOException {
            FaultyDisk.this.sync(
                    path,
                    () -> {
                        if (syncs) {
                            file.sync();
                        }
                    });
        }

        @Override
        public void cut(long size) throws IOException {
            unrefused("cut", path, () -> file.cut(size));
        }

        /** Also of a dead process: the system closes its files. */
        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
