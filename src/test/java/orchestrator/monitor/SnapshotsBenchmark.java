package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.bench.Bench;
import orchestrator.bench.BigRun;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Demo;
import orchestrator.model.IssueState;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunState;
import orchestrator.monitor.scripted.Rig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a snapshot costs the monitor thread, of ten thousand issues and {@value BigRun#WORKERS}
 * workers: after an event, and after agents have said something.
 *
 * <p>{@code -Dorchestrator.bench.long=true} measures ten times as long.
 */
@Tag("benchmark")
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class SnapshotsBenchmark {
    private static final int ISSUES = 10_000;
    private static final int STEPS = 2000;

    private Path folder = Path.of("");
    private Optional<Snapshots> snapshots = Optional.empty();
    private List<BigRun.Step> steps = List.of();
    private final Map<Integer, LiveFacts> live = new HashMap<>();
    private int next;

    /** Plays a run up to its middle. */
    @Setup(Level.Trial)
    public void play() throws IOException {
        folder = Files.createTempDirectory("rig");
        BigRun run = BigRun.inFullSwing(ISSUES);
        RunContext context = new Rig(folder).config(Rig.issues(1, 1, "implement")).context();
        snapshots = Optional.of(new Snapshots(run.config(), context));
        steps = run.steps(STEPS);
        for (IssueState issue : run.state().activeIssues()) {
            issue.attempt()
                    .map(CurrentAttempt::attempt)
                    .ifPresent(attempt ->
                            live.put(
                                    attempt.worker(),
                                    new LiveFacts(
                                            attempt.id(),
                                            true,
                                            Optional.of(Demo.NOW),
                                            Demo.USAGE,
                                            "reads a file")));
        }
    }

    /** Takes its folder away. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private RunSnapshot show(RunState state) {
        RunSnapshot.MonitorView monitor =
                new RunSnapshot.MonitorView(
                        RunSnapshot.MonitorState.RUNNING, Optional.of(1L), true, "terminal");
        return snapshots.orElseThrow().show(state, live, List.of(), monitor, Demo.NOW);
    }

    /** An event has changed an issue. */
    @Benchmark
    public RunSnapshot afterAnEvent() {
        next = (next + 1) % steps.size();
        return show(steps.get(next).before());
    }

    /** Only the agents went on. */
    @Benchmark
    public RunSnapshot afterAgentsSpoke() {
        return show(steps.getFirst().before());
    }

    @Test
    void a_snapshot_of_10000_issues() {
        List<Bench.Row> rows = Bench.run(SnapshotsBenchmark.class);
        assertThat(rows).hasSize(2);
        Bench.print("Snapshots, %d issues, %d workers".formatted(ISSUES, BigRun.WORKERS), rows);
    }
}
