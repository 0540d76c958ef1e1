package orchestrator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;

/**
 * Processes as Linux's {@code /proc} shows them. A tree's CPU time includes that of children its
 * living processes have already waited for, so that many short-lived ones count as work. What we
 * may not look at is not ours and is passed over.
 */
final class LinuxProcesses extends TableProcesses {
    private static final int ENVIRONMENT_LIMIT = 8 << 20;
    private static final byte[] NOTHING = {};

    private final Path proc;
    private final String bootId;
    private final LongSupplier askTicks;

    /** As {@link #askTicks} said; 0: not yet asked. */
    private volatile long ticksPerSecond;

    /**
     * Over the {@code /proc} given.
     *
     * @param askTicks how many ticks its clock has a second; asked when it is first needed, since
     *     to ask starts a process
     * @throws IOException when it shows no boot id
     */
    LinuxProcesses(Path proc, LongSupplier askTicks) throws IOException {
        this.proc = proc;
        this.askTicks = askTicks;
        this.bootId = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
    }

    @Override
    public Optional<ProcessIdentity> identify(long pid) {
        try {
            return ProcStat.read(proc, pid)
                    .filter(stat -> !stat.ended())
                    .map(stat -> new ProcessIdentity(pid, stat.start(), bootId));
        } catch (IOException e) {
            throw ProcessTable.failed(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Liveness check(ProcessIdentity process) {
        if (!process.bootId().equals(bootId)) {
            return Liveness.GONE;
        }
        try {
            Optional<ProcStat> stat = ProcStat.read(proc, process.pid());
            if (stat.isEmpty() && !Files.isReadable(proc.resolve("self/stat"))) {
                return Liveness.UNKNOWN;
            }
            return stat.filter(it -> !it.ended() && it.start() == process.startTicks())
                    .map(it -> Liveness.ALIVE)
                    .orElse(Liveness.GONE);
        } catch (IOException e) {
            return Liveness.UNKNOWN;
        }
    }

    @Override
    public Map<Long, Row> rows() {
        Map<Long, Row> rows = new HashMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[1-9]*")) {
            for (Path folder : folders) {
                long pid = number(folder.getFileName().toString());
                // The kernel's own threads start nothing of ours, and to ask each for its
                // environment
                // costs as much as to ask all others.
                ProcStat.read(proc, pid)
                        .filter(stat -> !stat.ended() && !stat.kernel())
                        .ifPresent(stat -> rows.put(pid, row(pid, stat)));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw ProcessTable.failed(String.valueOf(e.getMessage()), e);
        }
        if (rows.isEmpty()) {
            throw ProcessTable.failed(proc + " shows no process", new IOException("empty"));
        }
        return rows;
    }

    private static long number(String name) throws IOException {
        try {
            return Long.parseLong(name);
        } catch (NumberFormatException e) {
            throw new IOException("unexpected entry " + name, e);
        }
    }

    /** Two threads that ask at once are told the same. */
    private long ticksPerSecond() {
        long ticks = ticksPerSecond;
        if (ticks == 0) {
            ticks = askTicks.getAsLong();
            ticksPerSecond = ticks;
        }
        return ticks;
    }

    private Row row(long pid, ProcStat stat) {
        long rate = ticksPerSecond();
        long seconds = stat.ticks() / rate;
        long nanos = stat.ticks() % rate * 1_000_000_000L / rate;
        return new Row(
                new ProcessIdentity(pid, stat.start(), bootId),
                stat.parent(),
                Duration.ofSeconds(seconds, nanos));
    }

    @Override
    public Set<Long> carriers(Map<Long, Row> rows, String variable, String value) {
        byte[] entry = (variable + "=" + value).getBytes(StandardCharsets.UTF_8);
        long self = ProcessHandle.current().pid();
        Set<Long> found = new LinkedHashSet<>();
        for (long pid : rows.keySet()) {
            if (pid != self && carries(pid, entry)) {
                found.add(pid);
            }
        }
        return found;
    }

    private boolean carries(long pid, byte[] entry) {
        return contains(environment(pid), entry);
    }

    /** Empty when it has ended or is not ours. */
    private byte[] environment(long pid) {
        Path file = proc.resolve(Long.toString(pid)).resolve("environ");
        try {
            return ProcStat.bytes(proc, file, ENVIRONMENT_LIMIT).orElse(NOTHING);
        } catch (IOException e) {
            throw ProcessTable.failed(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<String> variable(long pid, String name) {
        String begin = name + "=";
        return Arrays.stream(new String(environment(pid), StandardCharsets.UTF_8).split("\0", -1))
                .filter(entry -> entry.startsWith(begin))
                .map(entry -> entry.substring(begin.length()))
                .findFirst();
    }

    /** Whether one of the NUL-ended entries is exactly that. */
    static boolean contains(byte[] environment, byte[] entry) {
        int start = 0;
        for (int at = 0; at <= environment.length; at++) {
            if (at == environment.length || environment[at] == 0) {
                if (at - start == entry.length
                        && Arrays.equals(environment, start, at, entry, 0, entry.length)) {
                    return true;
                }
                start = at + 1;
            }
        }
        return false;
    }
}
