package orchestrator.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} says.
 *
 * @param state one letter; Z and X: it has ended
 * @param ticks CPU time of all its threads and of the children it has waited for
 * @param start in clock ticks since boot
 * @param kernel a thread of the kernel's own
 */
record ProcStat(char state, long parent, long ticks, long start, boolean kernel) {
    /** A line of 52 numbers and a name of at most 64 bytes is shorter than that. */
    private static final int LIMIT = 4096;

    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int FLAGS = 6;
    private static final int UTIME = 11;
    private static final int START = 19;
    private static final long KERNEL_THREAD = 0x0020_0000;

    /** The name in brackets may hold anything, brackets and newlines too: its end is the last. */
    static Optional<ProcStat> parse(String text) {
        int end = text.lastIndexOf(')');
        String[] fields = text.substring(end + 1).strip().split(" ", -1);
        if (end < 0 || fields.length <= START || fields[STATE].length() != 1) {
            return Optional.empty();
        }
        try {
            long ticks = 0;
            for (int field = UTIME; field < UTIME + 4; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return Optional.of(
                    new ProcStat(
                            fields[STATE].charAt(0),
                            Long.parseLong(fields[PARENT]),
                            ticks,
                            Long.parseLong(fields[START]),
                            (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The process of that number, ended or not; empty when there is none, or none that we may see.
     *
     * @throws IOException when the look failed
     */
    static Optional<ProcStat> read(Path proc, long pid) throws IOException {
        Path file = proc.resolve(Long.toString(pid)).resolve("stat");
        Optional<byte[]> bytes = bytes(proc, file, LIMIT);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(bytes.get(), StandardCharsets.ISO_8859_1);
        Optional<ProcStat> parsed = parse(text);
        if (parsed.isEmpty()) {
            throw new IOException(file + " cannot be understood");
        }
        return parsed;
    }

    /**
     * What a file below {@code /proc/PID} holds, {@code limit} bytes at most; empty when it is not
     * there for us.
     *
     * <p>The words of a failure are in the user's language and tell nothing; its type does not tell
     * that of a process that is just ending (it has no memory any more, and so no environment). But
     * then we can still read of ourselves, which we could not with too many files open.
     *
     * @throws IOException when the look failed
     */
    static Optional<byte[]> bytes(Path proc, Path file, int limit) throws IOException {
        try {
            return Optional.of(read(file, limit));
        } catch (NoSuchFileException | AccessDeniedException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!canLook(proc)) {
                throw e;
            }
        }
        try {
            return Optional.of(read(file, limit));
        } catch (IOException e) {
            if (!canLook(proc)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean canLook(Path proc) {
        try {
            return read(proc.resolve("self/stat"), LIMIT).length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] read(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit);
        }
    }

    boolean ended() {
        return state == 'Z' || state == 'X' || state == 'x';
    }

    /** Whether it is known to have ended; false where there is no {@code /proc}. */
    static boolean isZombie(Path proc, long pid) {
        try {
            return read(proc, pid).map(ProcStat::ended).orElse(false);
        } catch (IOException e) {
            return false; // Not known to have: then it is waited for.
        }
    }
}
