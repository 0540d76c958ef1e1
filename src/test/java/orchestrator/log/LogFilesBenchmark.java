package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.bench.Bench;
import orchestrator.process.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs beside the tools that people know, on the same file, in the same minute, each in a process
 * of its own, in turns: medians and spread. Only where nothing is lost is judged; the figures are
 * told as they are.
 *
 * <p>{@code -Dorchestrator.bench.full=true}: a log of 1 GiB, a stream of 200 MB, more rounds.
 */
@Tag("benchmark")
class LogFilesBenchmark {
    private static final boolean FULL = Boolean.getBoolean("orchestrator.bench.full");
    private static final long LOG = FULL ? 1L << 30 : 64L << 20;
    private static final long STREAM = FULL ? 200_000_000 : 10_000_000;
    private static final int ROUNDS = FULL ? 7 : 3;
    private static final int LINES_A_SECOND = 50_000;
    private static final int SECONDS = FULL ? 10 : 2;
    private static final String ROW = "  %-34s %9s %19s   %-22s %9s %19s  %6s  %s%n";

    @TempDir Path folder;
    private Path log = Path.of("");
    private Path stream = Path.of("");
    private Optional<Worker> worker = Optional.empty();

    /** The process that does our part. */
    private record Worker(Process process, BufferedWriter in, BufferedReader out) {
        List<Double> ask(String what) throws IOException {
            in.write(what + "\n");
            in.flush();
            String answer = out.readLine();
            assertThat(answer).as("an answer to %s", what).isNotNull();
            return Arrays.stream(answer.split(" ", -1)).map(Double::valueOf).toList();
        }
    }

    @BeforeEach
    void make() throws IOException {
        log = folder.resolve("big.log");
        stream = folder.resolve("stream.jsonl");
        LogSamples.writeLog(log, LOG);
        LogSamples.writeStream(stream, STREAM);
        worker = Optional.of(start());
    }

    private Worker start() throws IOException {
        List<String> java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        classPath(),
                        LogWork.class.getName(),
                        log.toString(),
                        stream.toString());
        Process process =
                new ProcessBuilder(java).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new Worker(
                process,
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8)),
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
    }

    private static String classPath() {
        // Surefire hands the real one over in a property of its own.
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (worker.isPresent()) {
            worker.get().in().close();
            assertThat(worker.get().process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<Double> ask(String what) throws IOException {
        return worker.orElseThrow().ask(what);
    }

    /** Milliseconds of a command, and what it printed, if it is one line. */
    private record Run(double millis, String said) {}

    private Run run(List<String> argv) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(Map.of("LC_ALL", "C", "TERM", "xterm"));
        builder.redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.redirectInput(new File("/dev/null"));
        long start = System.nanoTime();
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        double millis = (System.nanoTime() - start) / 1e6;
        return new Run(millis, Files.size(out) < 200 ? Files.readString(out).strip() : "");
    }

    private static boolean exists(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }

    private static String spread(List<Double> values) {
        return number(values.stream().min(Double::compare).orElseThrow())
                + " to "
                + number(values.stream().max(Double::compare).orElseThrow());
    }

    private static void row(
            String what, List<Double> ours, String beside, List<Double> theirs, String goal) {
        System.out.printf(
                Locale.ROOT,
                ROW,
                what,
                number(median(ours)),
                spread(ours),
                beside,
                theirs.isEmpty() ? "" : number(median(theirs)),
                theirs.isEmpty() ? "" : spread(theirs),
                theirs.isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, "%.2f×", median(ours) / median(theirs)),
                goal);
    }

    /** Ours and theirs in turns; what both count must be the same. */
    private void beside(String what, String ask, List<String> tool, String name, String goal)
            throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        boolean there = tool.isEmpty() || exists(tool.getFirst());
        for (int i = 0; i < ROUNDS; i++) {
            List<Double> answer = ask(ask);
            ours.add(answer.getFirst());
            if (there && !tool.isEmpty()) {
                Run run = run(tool);
                theirs.add(run.millis());
                if (run.said().matches("\\d+( .*)?")) {
                    assertThat(Double.valueOf(run.said().split(" ", 2)[0]))
                            .as(what)
                            .isEqualTo(answer.get(1));
                }
            }
        }
        row(what, ours, there ? name : tool.getFirst() + " is not installed", theirs, goal);
    }

    private void header(String heading) {
        System.out.println(heading + "; load " + Bench.load());
        System.out.printf(
                Locale.ROOT,
                ROW,
                "ms",
                "median",
                "spread",
                "beside",
                "median",
                "spread",
                "",
                "goal");
    }

    @Test
    void logs_beside_the_tools_that_people_know() throws IOException, InterruptedException {
        String file = log.toString();
        List<Double> cold = ask("page");
        header(
                "Logs, a file of %,d MB in the page cache, %d rounds"
                        .formatted(Files.size(log) / 1_000_000, ROUNDS));
        row("first page, as the process begins", List.of(cold.getFirst()), "", List.of(), "");
        List<String> less = List.of("script", "-qec", "less +Gq " + file, "/dev/null");
        beside("first page", "page", less, "less +G", "≤ 100");
        beside("full index", "index", List.of("wc", "-l", file), "wc -l", "≤ 800 for 1 GiB, ≤ 4×");
        beside("jump to any line, 99th percentile", "jump", List.of(), "", "≤ 10");
        beside("first hit of a search", "first " + LogSamples.RARE, List.of(), "", "≤ 100");
        beside(
                "literal search",
                "literal " + LogSamples.RARE,
                List.of("grep", "-c", "-F", LogSamples.RARE, file),
                "grep -c -F",
                "≤ 2×");
        beside(
                "literal search, a frequent word",
                "literal error warning",
                List.of("grep", "-c", "-F", "error warning", file),
                "grep -c -F",
                "≤ 2×");
        beside(
                "literal search in any case",
                "any-case " + LogSamples.RARE,
                List.of("grep", "-c", "-i", "-F", LogSamples.RARE, file),
                "grep -c -i -F",
                "");
        beside(
                "regular expression",
                "regex " + LogSamples.EXPRESSION,
                List.of("grep", "-c", "-E", LogSamples.EXPRESSION, file),
                "grep -c -E",
                "≤ 2×");
        String frequent = "error .*warning [0-9]+ fail";
        beside(
                "expression with frequent words",
                "regex " + frequent,
                List.of("grep", "-c", "-E", frequent, file),
                "grep -c -E",
                "≤ 2×");
        String noText = "[0-9]{3}-[a-z]+";
        beside(
                "expression without a rare character",
                "regex " + noText,
                List.of("grep", "-c", "-E", noText, file),
                "grep -c -E",
                "≤ 2×");
        String alternatives = "(error|failed|passed|tests|commit) [0-9]+ (of|in) [a-z]+ing";
        beside(
                "expression of frequent words only",
                "regex " + alternatives,
                List.of("grep", "-c", "-E", alternatives, file),
                "grep -c -E",
                "≤ 2×");
        List<Double> heap = ask("heap");
        System.out.printf(
                Locale.ROOT,
                "  memory of the index: %.1f MB for %,.0f lines; goal ≤ 8 MB for 8 million%n",
                heap.getFirst(),
                heap.get(1));
        beside(
                "transcript of %,d MB".formatted(Files.size(stream) / 1_000_000),
                "transcript",
                List.of("jq", "-c", ".type", stream.toString()),
                "jq -c .type",
                "≥ 150 MB/s: ≤ %,d".formatted(Files.size(stream) / 150_000));
    }

    @Test
    void a_log_that_grows_by_50000_lines_a_second_beside_tail()
            throws IOException, InterruptedException {
        Path growing = Files.createFile(folder.resolve("growing.log"));
        ProcessBuilder builder = new ProcessBuilder("tail", "-n", "+1", "-F", growing.toString());
        Path tailed = folder.resolve("tailed");
        Process tail = builder.redirectOutput(tailed.toFile()).start();
        try {
            Worker ours = worker.orElseThrow();
            ours.in().write("follow " + growing + "\n");
            ours.in().flush();
            long written =
                    LogSamples.grow(
                            growing,
                            LINES_A_SECOND,
                            SECONDS,
                            number ->
                                    System.currentTimeMillis()
                                            + " "
                                            + number
                                            + " a line as they are printed by a build, long enough to be one\n");
            Files.writeString(growing, "end\n", StandardOpenOption.APPEND);
            List<Double> answer =
                    Arrays.stream(ours.out().readLine().split(" ", -1))
                            .map(Double::valueOf)
                            .toList();
            assertThat(answer.get(1)).as("lines that came").isEqualTo((double) written);
            assertThat(answer.get(2)).as("lines out of turn").isZero();
            assertThat(
                            Await.until(
                                    Duration.ofSeconds(20),
                                    () -> tailed.toFile().length() == growing.toFile().length()))
                    .isTrue();
            Optional<Duration> cpu = tail.toHandle().info().totalCpuDuration();
            System.out.println(
                    "Following %,d lines a second for %d s; load "
                                    .formatted(LINES_A_SECOND, SECONDS)
                            + Bench.load());
            System.out.printf(
                    Locale.ROOT,
                    "  %,.0f lines, none lost; behind at the 99th percentile: %.0f ms (goal ≤ 150); processor: %.0f %% of a core (goal ≤ 30 %%), tail -F: %s%n",
                    answer.get(1),
                    answer.getFirst(),
                    answer.get(3) / 10 / SECONDS,
                    cpu.map(it ->
                                    String.format(
                                            Locale.ROOT, "%.0f %%", it.toMillis() / 10.0 / SECONDS))
                            .orElse("unknown"));
        } finally {
            tail.destroy();
            assertThat(tail.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
