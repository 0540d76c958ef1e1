package orchestrator.simulation;

import java.io.IOException;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import orchestrator.store.Disk;

/**
 * One process's disk: each write is a place where the process may be killed, before it, in its
 * middle or after it, and where a full or a failing disk refuses it. What it does write is real;
 * that it is brought down to the machine's own disk is left out.
 */
final class SimDisk implements Disk {
    private final World world;
    private final Trouble trouble;
    private final Disk disk = Disk.real();
    private final List<Open> open = new ArrayList<>();

    SimDisk(World world, Trouble trouble) {
        this.world = world;
        this.trouble = trouble;
    }

    /** The system closes a process's files, however it ends. */
    void closeAll() {
        for (Open one : List.copyOf(open)) {
            try {
                one.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.clear();
    }

    private interface Effect {
        void happen() throws IOException;
    }

    private interface Bytes {
        void put(byte[] part) throws IOException;
    }

    /** One step, whole or not at all. */
    private void step(String what, Path path, boolean needsRoom, Effect effect) throws IOException {
        trouble.mayDieWriting("before", what, path);
        if (needsRoom && world.ills.isFull()) {
            throw full(path);
        }
        effect.happen();
        world.written(path);
        trouble.mayDieWriting("after", what, path);
    }

    private void put(String what, Path path, byte[] bytes, Bytes target) throws IOException {
        trouble.mayDieWriting("before", what, path);
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
        if (world.ills.isFull()) {
            target.put(half);
            world.written(path);
            throw full(path);
        }
        if (trouble.wouldDieWriting()) {
            target.put(half);
            world.written(path);
            trouble.dieWriting("in the middle of", what, path);
        }
        target.put(bytes);
        world.written(path);
        trouble.mayDieWriting("after", what, path);
    }

    private void bringDown(Path path) throws IOException {
        trouble.mayDieWriting("before", "sync", path);
        if (world.ills.doesNotSync()) {
            throw new SyncFailedException("Input/output error");
        }
    }

    private static IOException full(Path path) {
        return new FileSystemException(path.toString(), null, "No space left on device");
    }

    @Override
    public void newFolder(Path folder) throws IOException {
        step("newFolder", folder, true, () -> disk.newFolder(folder));
    }

    @Override
    public void makePrivate(Path folder) throws IOException {
        disk.makePrivate(folder);
    }

    @Override
    public void newFile(Path file) throws IOException {
        step("newFile", file, true, () -> disk.newFile(file));
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        put("append", file, bytes, part -> disk.append(file, part));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step("move", to, false, () -> disk.move(from, to));
    }

    @Override
    public void delete(Path path) throws IOException {
        step("delete", path, false, () -> disk.delete(path));
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        step("link", name, true, () -> disk.link(name, file));
    }

    @Override
    public void symbolicLink(Path name, Path target) throws IOException {
        step("symbolicLink", name, true, () -> disk.symbolicLink(name, target));
    }

    @Override
    public void sync(Path path) throws IOException {
        bringDown(path);
    }

    @Override
    public Open open(Path file) throws IOException {
        Open opened = new OpenFile(file, disk.open(file));
        open.add(opened);
        return opened;
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
            bringDown(path);
        }

        @Override
        public void cut(long size) throws IOException {
            step("cut", path, false, () -> file.cut(size));
        }

        @Override
        public void close() throws IOException {
            file.close();
            open.remove(this);
        }
    }
}
