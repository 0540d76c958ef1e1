package orchestrator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs JMH benchmarks in a process of their own and prints what they say as a small table. */
public final class Bench {
    /** How the program runs its monitor. */
    private static final List<String> JAVA =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    private static final boolean LONG = Boolean.getBoolean("orchestrator.bench.long");

    private Bench() {}

    /**
     * One line of the table.
     *
     * @param unit of the figures, such as {@code us/op}
     */
    public record Row(
            String name,
            long count,
            double min,
            double median,
            double p90,
            double p99,
            double max,
            String unit) {}

    /** Runs all benchmarks of a class. */
    public static List<Row> run(Class<?> benchmarks) {
        return run(benchmarks, options -> options);
    }

    /** The same, with options of its own. */
    static List<Row> run(Class<?> benchmarks, UnaryOperator<ChainedOptionsBuilder> more) {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("\\Q" + benchmarks.getName() + "\\E\\.")
                        .forks(1)
                        .jvmArgs(JAVA.toArray(String[]::new))
                        .warmupIterations(2)
                        .warmupTime(TimeValue.milliseconds(LONG ? 5000 : 300))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(LONG ? 5000 : 500))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
        try {
            return rows(new Runner(more.apply(options).build()).run());
        } catch (RunnerException e) {
            throw new AssertionError("the benchmarks of " + benchmarks + " did not run", e);
        }
    }

    private static List<Row> rows(Collection<RunResult> results) {
        List<Row> rows = new ArrayList<>();
        for (RunResult result : results) {
            Statistics figures = result.getPrimaryResult().getStatistics();
            String parameters =
                    result.getParams().getParamsKeys().stream()
                            .map(key -> result.getParams().getParam(key) + " " + key)
                            .collect(Collectors.joining(", ", " ", ""));
            rows.add(
                    new Row(
                            result.getPrimaryResult().getLabel() + parameters,
                            figures.getN(),
                            figures.getMin(),
                            figures.getPercentile(50),
                            figures.getPercentile(90),
                            figures.getPercentile(99),
                            figures.getMax(),
                            result.getPrimaryResult().getScoreUnit()));
        }
        rows.sort(Comparator.comparing(Row::name));
        return rows;
    }

    /** Prints them under a heading. */
    public static void print(String heading, List<Row> rows) {
        System.out.println(heading + "; load " + load());
        System.out.printf(
                Locale.ROOT,
                "  %-44s %8s %9s %9s %9s %9s %9s%n",
                "",
                "count",
                "min",
                "median",
                "p90",
                "p99",
                "max");
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-44s %8d %9.1f %9.1f %9.1f %9.1f %9.1f  %s%n",
                    row.name(),
                    row.count(),
                    row.min(),
                    row.median(),
                    row.p90(),
                    row.p99(),
                    row.max(),
                    row.unit());
        }
    }

    /** What else the machine does: its load averages of 1, 5 and 15 minutes and its cores. */
    public static String load() {
        Path file = Path.of("/proc/loadavg");
        String cores = " on " + Runtime.getRuntime().availableProcessors() + " cores";
        try {
            return Files.exists(file)
                    ? Files.readString(file).split(" [0-9]+/", 2)[0] + cores
                    : "unknown" + cores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
