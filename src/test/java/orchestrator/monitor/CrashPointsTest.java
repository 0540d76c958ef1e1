package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import orchestrator.store.FaultyDisk;
import orchestrator.model.Fault;
import orchestrator.store.FaultyDisk.Moment;
import orchestrator.store.FaultyDisk.Refusal;
import orchestrator.store.FaultyDisk.Write;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Killed before, in the middle of and after every single write of a whole run, the next monitor
 * comes to the very end that an undisturbed one comes to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointsTest {
    private static final long SEED = 20261122;
    private static final List<Moment> MOMENTS = List.of(Moment.values());

    private List<Write> writes = List.of();
    private CrashRun.Result undisturbed = CrashRun.Result.NONE;

    @BeforeAll
    void run_it_undisturbed() throws IOException {
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

    @Test
    void killed_at_any_write_the_next_monitor_comes_to_the_same_end() throws IOException {
        List<String> wrong = new ArrayList<>();
        int points = 0;
        for (Write write : writes) {
            for (Moment moment : Moment.values()) {
                if (moment == Moment.MIDDLE && !write.hasMiddle()) {
                    continue;
                }
                points++;
                try (CrashRun run = new CrashRun()) {
                    FaultyDisk first = disk().killAt(write.number(), moment);
                    run.live(first);
                    if (!first.isDead()) {
                        wrong.add("not killed " + moment + " " + kind(write));
                    }
                    run.live(disk());
                    compare(moment + " " + write, run, wrong);
                }
            }
        }
        System.out.printf(
                "crash points: %d tried, before, in the middle of and after each of %d writes%n",
                points, writes.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void killed_again_and_again_also_while_it_recovers_it_comes_to_the_same_end()
            throws IOException {
        List<String> wrong = new ArrayList<>();
        Random random = new Random(SEED);
        int kills = 0;
        int runs = 60;
        for (int number = 0; number < runs; number++) {
            try (CrashRun run = new CrashRun()) {
                List<String> story = new ArrayList<>();
                for (int life = 0; life < 8; life++) {
                    int at = 1 + random.nextInt(60);
                    Moment moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
                    FaultyDisk disk = disk().killAt(at, moment);
                    run.live(disk);
                    if (!disk.isDead()) {
                        break;
                    }
                    kills++;
                    story.add(moment + " " + disk.writes().getLast());
                }
                run.live(disk());
                compare(story.toString(), run, wrong);
            }
        }
        System.out.printf("crash points: %d kills in %d runs, seed %d%n", kills, runs, SEED);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void refused_from_any_write_on_until_it_is_mended_it_comes_to_the_same_end(Refusal refusal)
            throws IOException {
        List<String> wrong = new ArrayList<>();
        int points = 0;
        int notBegun = 0;
        for (Write write : writes) {
            points++;
            try (CrashRun run = new CrashRun()) {
                try {
                    run.live(disk().failFrom(write.number(), refusal));
                } catch (Fault fault) {
                    // It says why and ends; a person makes room and starts it again.
                    notBegun++;
                    run.live(disk());
                }
                compare(refusal + " from " + write, run, wrong);
            }
        }
        System.out.printf(
                "crash points: %s from each of %d writes on, mended after 5 s; %d did not begin%n",
                refusal, points, notBegun);
        assertThat(wrong).isEmpty();
    }

    private void compare(String where, CrashRun run, List<String> wrong) throws IOException {
        run.result().differences(undisturbed).forEach(found -> wrong.add(where + ": " + found));
        run.wrongFiles().forEach(found -> wrong.add(where + ": " + found));
    }
}
