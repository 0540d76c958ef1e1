package orchestrator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import orchestrator.model.Decision;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.rules.Decider;
import orchestrator.store.Journal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What an event costs the monitor thread before it may act: to fold it into the state and to decide
 * anew, with {@value BigRun#WORKERS} workers at work; and what it costs to fold a long journal, as
 * at a start. By the Java options the program runs with.
 *
 * <p>{@code -Dorchestrator.bench.long=true} measures ten times as long, and a size in between.
 */
@Tag("benchmark")
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class DecideBenchmark {
    /** Of a run in full swing: about 900 attempts end and some 300 issues complete. */
    private static final int STEPS = 3000;

    /** A run of one moment. */
    @State(Scope.Thread)
    public static class Swing {
        @Param({"1000", "5000", "10000"})
        public int issues;

        private Playing playing = Playing.NOTHING;

        /** Plays it up to there. */
        @Setup
        public void play() {
            playing = new Playing(BigRun.inFullSwing(issues));
        }
    }

    /** Idle workers and nothing for them to do. */
    @State(Scope.Thread)
    public static class Stuck {
        private Playing playing = Playing.NOTHING;

        /** Plays it up to there. */
        @Setup
        public void play() {
            playing = new Playing(BigRun.stuck(10_000));
        }
    }

    /** A journal of 200,000 events. */
    @State(Scope.Thread)
    public static class Past {
        static final int EVENTS = 200_000;

        private List<TimedEvent> events = List.of();
        private Path folder = Path.of("");

        /** Writes it. */
        @Setup(Level.Trial)
        public void write() throws IOException {
            events = BigRun.history(EVENTS);
            folder = Files.createTempDirectory("journal");
            try (Journal journal = Journal.open(file())) {
                for (int from = 0; from < EVENTS; from += 1000) {
                    journal.append(
                            events.get(from).at(),
                            events.subList(from, from + 1000).stream()
                                    .map(told -> new Journal.Entry(told.event(), Optional.empty()))
                                    .toList());
                }
            }
        }

        Path file() {
            return folder.resolve("orchestrator-log.jsonl");
        }

        /** Takes it away. */
        @TearDown(Level.Trial)
        public void delete() throws IOException {
            Files.delete(file());
            Files.delete(folder);
        }
    }

    /** One event after the other, from the first again after the last. */
    private static final class Playing {
        static final Playing NOTHING = new Playing(List.of(), Optional.empty());

        private final List<BigRun.Step> steps;
        private final Optional<Decider> decider;
        private int next;

        Playing(BigRun run) {
            this(run.steps(STEPS), Optional.of(new Decider(run.config())));
        }

        private Playing(List<BigRun.Step> steps, Optional<Decider> decider) {
            this.steps = steps;
            this.decider = decider;
        }

        List<Decision> one() {
            BigRun.Step step = steps.get(next);
            next = (next + 1) % steps.size();
            Instant now = step.now();
            RunState state = step.before().apply(now, step.event());
            return decider.orElseThrow().decide(state, step.seen(), now);
        }

        Optional<Instant> due() {
            BigRun.Step step = steps.get(next);
            next = (next + 1) % steps.size();
            return decider.orElseThrow().nextDue(step.before(), step.now());
        }
    }

    /** An event of a run in full swing. */
    @Benchmark
    public List<Decision> inFullSwing(Swing swing) {
        return swing.playing.one();
    }

    /** When it must look again, asked once an event. */
    @Benchmark
    public Optional<Instant> nextDue(Swing swing) {
        return swing.playing.due();
    }

    /** An event while workers idle and nothing is ready. */
    @Benchmark
    public List<Decision> idleWorkersNothingReady(Stuck stuck) {
        return stuck.playing.one();
    }

    /** The events of a long journal, folded. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public RunState foldJournal(Past past) {
        return RunState.EMPTY.applyAll(past.events);
    }

    /** A long journal, opened: read, checked, folded. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public long openJournal(Past past) {
        try (Journal journal = Journal.open(past.file())) {
            return journal.past().count();
        }
    }

    @Test
    void an_event_with_500_workers_and_10000_issues() {
        boolean all = Boolean.getBoolean("orchestrator.bench.long");
        List<Bench.Row> rows =
                Bench.run(
                        DecideBenchmark.class,
                        options -> all ? options : options.param("issues", "10000"));
        assertThat(rows).hasSize(all ? 9 : 5);
        Bench.print("Deciding, %d workers".formatted(BigRun.WORKERS), rows);
    }

    @Test
    void what_is_measured_decides_something_and_ends_whole() {
        Playing swing = new Playing(BigRun.inFullSwing(1000));
        Playing stuck = new Playing(BigRun.stuck(1000));
        int decisions = 0;
        for (int i = 0; i < STEPS; i++) {
            decisions += swing.one().size();
            stuck.one();
        }
        assertThat(decisions).isGreaterThan(STEPS);
        assertThat(RunState.EMPTY.applyAll(BigRun.history(Past.EVENTS)).issues())
                .hasSizeGreaterThan(7000);
        assertThat(Duration.between(swing.steps.getFirst().now(), swing.steps.getLast().now()))
                .isPositive();
    }
}
