package orchestrator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
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
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            if (vanished(e)) {
                return Optional.empty();
            }
            throw e;
        }
        Optional<ProcStat> parsed = parse(text);
        if (parsed.isEmpty()) {
            throw new IOException(file + " cannot be understood");
        }
        return parsed;
    }

    /** Whether a failure to read below {@code /proc/PID} only means that it is not there for us. */
    static boolean vanished(IOException failure) {
        return failure instanceof NoSuchFileException
                || failure instanceof AccessDeniedException
                || String.valueOf(failure.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("no such process");
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
