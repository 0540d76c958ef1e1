package orchestrator.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A small disk of its own, in memory; root can have one. */
final class Tmpfs implements AutoCloseable {
    private static final String FILLER = "filler";

    private final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    /** Puts one on a folder, which is made; empty where that is not allowed. */
    static Optional<Tmpfs> on(Path folder, int megabytes) {
        Hands.make(folder);
        String size = "size=" + megabytes + "m,mode=700";
        boolean done = run("mount", "-t", "tmpfs", "-o", size, "orchestrator", folder.toString());
        return done ? Optional.of(new Tmpfs(folder)) : Optional.empty();
    }

    /** Leaves not a page free. */
    void fill() {
        Path filler = folder.resolve(FILLER);
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] chunk = new byte[4096];
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            long free = folder.toFile().getUsableSpace();
            if (free > 0) {
                throw new AssertionError(free + " bytes stay free", full);
            }
        }
    }

    /** Makes room again. */
    void mend() {
        try {
            Files.delete(folder.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it away, whoever still has a file open in it. */
    @Override
    public void close() {
        if (!run("umount", "-l", folder.toString())) {
            throw new AssertionError("cannot unmount " + folder);
        }
    }

    private static boolean run(String... argv) {
        try {
            Process process =
                    new ProcessBuilder(List.of(argv))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
