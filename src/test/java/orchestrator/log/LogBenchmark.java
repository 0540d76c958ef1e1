package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import orchestrator.agent.StreamJson;
import orchestrator.bench.Bench;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The inner loops of logs, one core, nothing read from a disk: what a MiB costs to be indexed,
 * searched and made readable. By the Java options the program runs with.
 */
@Tag("benchmark")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class LogBenchmark {
    private static final int MIB = 1 << 20;
    private final byte[] log = new byte[MIB];
    private byte[] stream = {};
    private final LogQuery literal = LogQuery.of(LogSamples.RARE, false, true);
    private final LogQuery anyCase = LogQuery.of(LogSamples.RARE, false, false);
    private final LogQuery expression = LogQuery.of(LogSamples.EXPRESSION, true, true);

    /** Makes a MiB of a log and one of a stream. */
    @Setup
    public void make() {
        byte[] lines = new LogSamples(1).lines(2 * MIB).getBytes(UTF_8);
        System.arraycopy(lines, 0, log, 0, MIB);
        log[MIB - 1] = '\n';
        stream = new LogSamples(2).objects(MIB).getBytes(UTF_8);
    }

    /** Counts lines and keeps places. */
    @Benchmark
    public long indexMiB() {
        LineIndex index = new LineIndex();
        index.accept(log, MIB);
        return index.lines();
    }

    private long hits(LogQuery query) {
        long[] hits = {0};
        LineHits taker =
                new LineHits(
                        query,
                        () -> false,
                        _ -> {
                            hits[0]++;
                            return true;
                        },
                        _ -> true);
        return taker.take(log, MIB, 0, false, false) ? hits[0] : -1;
    }

    /** Plain text. */
    @Benchmark
    public long literalMiB() {
        return hits(literal);
    }

    /** Plain text in any case. */
    @Benchmark
    public long literalAnyCaseMiB() {
        return hits(anyCase);
    }

    /** An expression. */
    @Benchmark
    public long expressionMiB() {
        return hits(expression);
    }

    /** A stream of an agent, made readable. */
    @Benchmark
    public long transcriptMiB() {
        long[] chars = {0};
        new StreamJson().accept(stream, 0, stream.length, line -> chars[0] += line.length());
        return chars[0];
    }

    @Test
    void what_a_MiB_costs() {
        make();
        assertThat(indexMiB()).isGreaterThan(5_000);
        assertThat(literalMiB()).isEqualTo(literalAnyCaseMiB()).isPositive();
        assertThat(expressionMiB()).isPositive();
        assertThat(transcriptMiB()).isPositive();
        List<Bench.Row> rows = Bench.run(LogBenchmark.class);
        assertThat(rows).hasSize(5);
        Bench.print("Logs, one core, a MiB in memory", rows);
    }
}
