package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import orchestrator.agent.StreamJson;
import orchestrator.process.Await;

/**
 * What the benchmark measures, in a process of its own with the program's Java options: does a
 * piece of work for each line of its input and answers with figures, the first milliseconds.
 */
public final class LogWork {
    private static final long STEP = 16L << 20;
    private static final int SCREEN = 60;
    private static final int JUMPS = 1000;
    private final Path file;
    private final Path stream;

    private LogWork(Path file, Path stream) {
        this.file = file;
        this.stream = stream;
    }

    /** Works until its input ends. */
    public static void main(String[] paths) throws IOException {
        LogWork work = new LogWork(Path.of(paths[0]), Path.of(paths[1]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            System.out.println(work.figures(words[0], words.length > 1 ? words[1] : ""));
        }
    }

    private String figures(String what, String of) throws IOException {
        return switch (what) {
            case "page" -> page();
            case "index" -> index();
            case "heap" -> heap();
            case "jump" -> jump();
            case "literal" -> search(LogQuery.of(of, false, true));
            case "any-case" -> search(LogQuery.of(of, false, false));
            case "regex" -> search(LogQuery.of(of, true, true));
            case "first" -> first(LogQuery.of(of, false, true));
            case "transcript" -> transcript();
            case "follow" -> follow(Path.of(of));
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static String since(long start, long value) {
        return String.format(Locale.ROOT, "%.3f %d", (System.nanoTime() - start) / 1e6, value);
    }

    /** The last screenful of a file that was never seen before. */
    private String page() {
        long start = System.nanoTime();
        try (LogFile log = new LogFile(file)) {
            log.look(1 << 20);
            return since(start, log.tail(SCREEN).size());
        }
    }

    private static void all(LogFile log) {
        while (!log.look(STEP).complete()) {
            // a step a time, as the window does
        }
    }

    private String index() {
        long start = System.nanoTime();
        try (LogFile log = new LogFile(file)) {
            all(log);
            return since(start, log.count());
        }
    }

    private String heap() {
        long before = used();
        try (LogFile log = new LogFile(file)) {
            all(log);
            return Math.max(0, used() - before) / 1e6 + " " + log.count();
        }
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The 99th percentile of jumps to anywhere. */
    private String jump() {
        try (LogFile log = new LogFile(file)) {
            all(log);
            Random random = new Random(1);
            long[] times = new long[JUMPS];
            for (int i = 0; i < JUMPS; i++) {
                long start = System.nanoTime();
                log.read(random.nextLong(log.count()), SCREEN);
                times[i] = System.nanoTime() - start;
            }
            Arrays.sort(times);
            return times[JUMPS * 99 / 100] / 1e6 + " " + JUMPS;
        }
    }

    private String search(LogQuery query) {
        try (LogFile log = new LogFile(file)) {
            all(log);
            long start = System.nanoTime();
            LogSearch search = log.search(query).orElseThrow();
            while (!search.progress().complete()) {
                search.advance(STEP);
            }
            return since(start, search.count());
        }
    }

    /** Until the first hit can be shown, from a file that was never seen before. */
    private String first(LogQuery query) {
        long start = System.nanoTime();
        try (LogFile log = new LogFile(file)) {
            Optional<LogSearch> search = Optional.empty();
            while (search.map(LogSearch::count).orElse(0L) == 0) {
                log.look(STEP / 4);
                search = search.or(() -> log.search(query));
                search.orElseThrow().advance(STEP / 4);
            }
            return since(start, search.orElseThrow().read(0, 1).size());
        }
    }

    private String transcript() throws IOException {
        Path folder = Files.createTempDirectory("transcript");
        Path transcript = folder.resolve("transcript.log");
        long start = System.nanoTime();
        TranscriptWriter writer =
                new TranscriptWriter(
                        stream, transcript, new StreamJson()::accept, Clock.systemUTC());
        while (writer.catchUp()) {
            // 2 MiB a time
        }
        String figures = since(start, Files.size(transcript));
        for (String name : new String[] {"transcript.log", "transcript.offset", LogTimes.NAME}) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
        return figures;
    }

    /**
     * Follows a file as the command line does, until a line says {@code end}. Each line begins with
     * the time it was written at and its number: answers how far behind at the 99th percentile,
     * lines that were lost or came twice, and the processor time that it took, in milliseconds.
     */
    private String follow(Path path) {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long[] seen = {0, 0}; // the next line, how many were not it
        long[] behind = new long[1_000_000];
        try (LogFile log = new LogFile(path)) {
            boolean ended = false;
            while (!ended) {
                log.look(STEP);
                long now = System.currentTimeMillis();
                long first = seen[0];
                String text =
                        log.copy(first, log.ended() - 1, 1 << 28)
                                .filter(_ -> log.ended() > first)
                                .orElse("");
                for (String line : text.split("\n", -1)) {
                    String[] words = line.split(" ", 3);
                    ended |= words[0].equals("end");
                    if (words.length == 3) {
                        seen[1] += Long.parseLong(words[1]) == seen[0] ? 0 : 1;
                        behind[(int) seen[0]++] = now - Long.parseLong(words[0]);
                    }
                }
                Await.pause(java.time.Duration.ofMillis(50));
            }
        }
        long[] times = Arrays.copyOf(behind, (int) seen[0]);
        Arrays.sort(times);
        long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        return times[times.length * 99 / 100]
                + " "
                + seen[0]
                + " "
                + seen[1]
                + " "
                + spent / 1_000_000;
    }
}
