package orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import orchestrator.simulation.Simulation.Result;
import org.junit.jupiter.api.Test;

/**
 * The real engine in thousands of worlds in which everything goes wrong, each made from a seed.
 *
 * <p>A million runs: {@code mvn -o test -Dtest=SimulationTest -Dsimulation.seeds=1000000
 * -Dsimulation.from=1}. One run again: its seed as {@code simulation.from} and one as {@code
 * simulation.seeds}; its trace is then in {@code target/simulation}.
 */
class SimulationTest {
    private static final long FROM = Long.getLong("simulation.from", 1);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2_000);

    /** So many traces are kept; the first is what is looked at. */
    private static final int TRACES = 5;

    private static final int LINES_SHOWN = 80;

    @Test
    void whatever_goes_wrong_what_must_hold_holds() throws InterruptedException {
        AtomicLong next = new AtomicLong(FROM);
        ConcurrentLinkedQueue<Result> unsound = new ConcurrentLinkedQueue<>();
        AtomicLong simulated = new AtomicLong();
        AtomicInteger deaths = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        long begun = System.nanoTime();
        try (Defects defects = Defects.listen()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                threads.add(
                        Thread.ofPlatform()
                                .name("simulation-" + i)
                                .start(() -> {
                                    for (long seed = next.getAndIncrement();
                                            seed < FROM + SEEDS && unsound.size() < TRACES;
                                            seed = next.getAndIncrement()) {
                                        Result result = run(seed, defects);
                                        simulated.addAndGet(result.simulated().toSeconds());
                                        deaths.addAndGet(result.deaths());
                                        done.incrementAndGet();
                                        if (!result.isSound()) {
                                            unsound.add(result);
                                        }
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                "Simulation: %d runs from seed %d in %.1f s, %.1f ms each; %d h simulated, %d monitors died%n",
                done.get(),
                FROM,
                took.toMillis() / 1000.0,
                took.toMillis() / (double) Math.max(1, done.get()),
                simulated.get() / 3600,
                deaths.get());
        assertThat(unsound.stream().map(SimulationTest::describe).toList()).isEmpty();
    }

    @Test
    void the_same_seed_does_the_same() {
        try (Defects defects = Defects.listen()) {
            for (long seed = 1; seed <= 20; seed++) {
                Result once = run(seed, defects);
                Result again = run(seed, defects);
                assertThat(again.digest())
                        .as("the trace of seed %d", seed)
                        .isEqualTo(once.digest());
                assertThat(again.steps()).isEqualTo(once.steps());
            }
        }
    }

    @Test
    void different_seeds_do_different_things() {
        try (Defects defects = Defects.listen()) {
            List<String> digests = new ArrayList<>();
            for (long seed = 1; seed <= 20; seed++) {
                digests.add(run(seed, defects).digest());
            }
            assertThat(digests).doesNotHaveDuplicates();
        }
    }

    private static Result run(long seed, Defects defects) {
        Result result = Simulation.run(seed, Runs.folder(seed));
        return defects.of(seed).map(result::and).orElse(result);
    }

    private static String describe(Result result) {
        Path file = Runs.keep(result);
        List<String> trace = result.trace();
        return """

        Seed %d is unsound:
          %s
        Again: mvn -o test -Dtest=SimulationTest -Dsimulation.from=%d -Dsimulation.seeds=1
        The trace is in %s; it ends:
        %s
        """
                .formatted(
                        result.seed(),
                        String.join("\n  ", result.broken()),
                        result.seed(),
                        file,
                        String.join(
                                "\n",
                                trace.subList(
                                        Math.max(0, trace.size() - LINES_SHOWN), trace.size())));
    }

    /** Where runs have their files and their traces are kept. */
    static final class Runs {
        private static final AtomicLong NUMBER = new AtomicLong();

        private Runs() {}

        /** In memory where the system has such a place: what is written is never kept. */
        static Path folder(long seed) {
            Path memory = Path.of("/dev/shm");
            Path base =
                    Files.isWritable(memory)
                            ? memory
                            : Path.of(System.getProperty("java.io.tmpdir"));
            return base.resolve(
                    "simulation-%d-%d-%d"
                            .formatted(
                                    ProcessHandle.current().pid(), NUMBER.incrementAndGet(), seed));
        }

        static Path keep(Result result) {
            Path folder =
                    Path.of(System.getProperty("orchestrator.test.target", "target"), "simulation");
            try {
                Files.createDirectories(folder);
                return Files.write(
                        folder.resolve("seed-" + result.seed() + ".txt"), result.trace());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
