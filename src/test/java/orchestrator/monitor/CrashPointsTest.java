package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import orchestrator.model.Fault;
import orchestrator.store.FaultyDisk;
import orchestrator.store.FaultyDisk.Moment;
import orchestrator.store.FaultyDisk.Refusal;
import orchestrator.store.FaultyDisk.Write;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Killed before, in the middle of and after every single write of a whole run, the next monitor
 * comes to the very end that an undisturbed one comes to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointsTest {
    private static final long SEED = 20261122;
    private static final List<Moment> MOMENTS = List.of(Moment.values());

    private static final Logger OURS = (Logger) LoggerFactory.getLogger("orchestrator");

    private @Nullable Level logged;
    private List<Write> writes = List.of();
    private CrashRun.Result undisturbed = CrashRun.Result.NONE;

    @BeforeAll
    void run_it_undisturbed() throws IOException {
        // Thousands of words on disks that refuse.
        logged = OURS.getLevel();
        OURS.setLevel(Level.OFF);
        try (CrashRun run = new CrashRun()) {
            FaultyDisk disk = disk();
            run.live(disk);
            writes = disk.writes();
            undisturbed = run.result();
            assertThat(run.wrongFiles()).isEmpty();
        }
        assertThat(undisturbed.ran())
                .containsEntry("1-implement", 2)
                .containsEntry("2-implement", 1)
                .containsEntry("3-review", 1)
                .hasSize(6);
        assertThat(undisturbed.completed())
                .hasSize(9)
                .allSatisfy((what, times) -> {
                    assertThat(times).as(what).isEqualTo(1);
                });
        assertThat(undisturbed.answers()).hasSize(2).doesNotContainValue("no answer");
        assertThat(undisturbed.running()).isEmpty();
        assertThat(writes)
                .filteredOn(write -> write.what().equals("move"))
                .extracting(write -> write.path().getFileName().toString())
                .as("the journal is compacted while it runs")
                .contains("orchestrator-log.snapshot")
                .anyMatch(name -> name.matches("orchestrator-log\\.0+1-0+\\d+\\.jsonl"));
    }

    @AfterAll
    void log_again() {
        OURS.setLevel(logged);
    }

    private static FaultyDisk disk() {
        return new FaultyDisk().withoutSync();
    }

    @Test
    void the_same_run_makes_the_same_writes() throws IOException {
        try (CrashRun run = new CrashRun()) {
            FaultyDisk disk = disk();
            run.live(disk);
            assertThat(disk.writes())
                    .extracting(CrashPointsTest::kind)
                    .isEqualTo(writes.stream().map(CrashPointsTest::kind).toList());
        }
    }

    /** What stays the same in another folder. */
    private static String kind(Write write) {
        return write.what()
                + " "
                + write.path().getFileName().toString().replaceAll("[0-9a-f]{8}-.*", "");
    }

    private record Point(Write write, Moment moment) {}

    @Test
    void killed_at_any_write_the_next_monitor_comes_to_the_same_end() {
        List<Point> points = new ArrayList<>();
        for (Write write : writes) {
            for (Moment moment : MOMENTS) {
                if (moment != Moment.MIDDLE || write.hasMiddle()) {
                    points.add(new Point(write, moment));
                }
            }
        }
        List<String> wrong = inParallel(points, this::killedAt);
        System.out.printf(
                "crash points: %d tried, before, in the middle of and after each of %d writes%n",
                points.size(), writes.size());
        assertThat(wrong).isEmpty();
    }

    private List<String> killedAt(Point point) throws IOException {
        try (CrashRun run = new CrashRun()) {
            FaultyDisk first = disk().killAt(point.write().number(), point.moment());
            run.live(first);
            run.live(disk());
            List<String> wrong = wrong(point.moment() + " " + point.write(), run);
            if (!first.isDead()) {
                wrong.add("not killed " + point);
            }
            return wrong;
        }
    }

    /** Runs know nothing of each other. */
    private static <T> List<String> inParallel(List<T> points, Trial<T> trial) {
        return points.parallelStream()
                .flatMap(point -> {
                    try {
                        return trial.wrong(point).stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private interface Trial<T> {
        List<String> wrong(T point) throws IOException;
    }

    @Test
    void killed_again_and_again_also_while_it_recovers_it_comes_to_the_same_end() {
        AtomicInteger kills = new AtomicInteger();
        int runs = 30;
        List<Long> seeds = LongStream.range(SEED, SEED + runs).boxed().toList();
        List<String> wrong = inParallel(seeds, seed -> killedAgainAndAgain(seed, kills));
        System.out.printf(
                "crash points: %d kills in %d runs, seeds from %d%n", kills.get(), runs, SEED);
        assertThat(wrong).isEmpty();
    }

    private List<String> killedAgainAndAgain(long seed, AtomicInteger kills) throws IOException {
        Random random = new Random(seed);
        List<String> story = new ArrayList<>();
        try (CrashRun run = new CrashRun()) {
            boolean dead = true;
            for (int life = 0; life < 8 && dead; life++) {
                int at = 1 + random.nextInt(60);
                Moment moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
                FaultyDisk disk = disk().killAt(at, moment);
                run.live(disk);
                dead = disk.isDead();
                if (dead) {
                    kills.incrementAndGet();
                    story.add(moment + " " + disk.writes().getLast());
                }
            }
            run.live(disk());
            return wrong("seed " + seed + ": " + story, run);
        }
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void refused_from_any_write_on_until_it_is_mended_it_comes_to_the_same_end(Refusal refusal) {
        // Refusing from another one on is refusing from the next of these on.
        List<Write> points = writes.stream().filter(write -> write.isRefusedBy(refusal)).toList();
        AtomicInteger notBegun = new AtomicInteger();
        List<String> wrong = inParallel(points, write -> refusedFrom(write, refusal, notBegun));
        System.out.printf(
                "crash points: %s from each of %d writes on, mended after 5 s; %d did not begin at once%n",
                refusal, points.size(), notBegun.get());
        assertThat(wrong).isEmpty();
    }

    private List<String> refusedFrom(Write write, Refusal refusal, AtomicInteger notBegun)
            throws IOException {
        try (CrashRun run = new CrashRun()) {
            try {
                run.live(disk().failFrom(write.number(), refusal));
            } catch (Fault fault) {
                // It says why and ends; a person makes room and starts it again.
                notBegun.incrementAndGet();
                run.live(disk());
            }
            return wrong(refusal + " from " + write, run);
        }
    }

    private List<String> wrong(String where, CrashRun run) throws IOException {
        List<String> wrong = new ArrayList<>();
        run.result().differences(undisturbed).forEach(found -> wrong.add(where + ": " + found));
        run.wrongFiles().forEach(found -> wrong.add(where + ": " + found));
        return wrong;
    }
}
