package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in every run, over seeded random ones. The seed is in the name of a failed case and in
 * its message; {@code -Dorchestrator.seed=N} runs that one alone.
 */
class RandomRunsTest {
    private static final int STEPS = 250;

    static LongStream seeds() {
        Long one = Long.getLong("orchestrator.seed");
        return one == null ? LongStream.range(0, 150) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatever_happens_the_invariants_hold(long seed) {
        RandomRun run = new RandomRun(seed, false);
        replayable(
                seed,
                run,
                () -> {
                    for (int i = 0; i < STEPS; i++) {
                        run.step();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void when_all_goes_well_every_issue_is_completed(long seed) {
        RandomRun run = new RandomRun(seed, true);
        replayable(
                seed,
                run,
                () -> {
                    for (int i = 0; i < 4000 && !run.isOver(); i++) {
                        run.step();
                    }
                    for (Project project : run.config().projects()) {
                        for (var issue : project.issues()) {
                            assertThat(run.state().issue(project, issue).status())
                                    .as("%s", issue.id())
                                    .isEqualTo(IssueStatus.COMPLETED);
                        }
                    }
                });
    }

    @Test
    void a_seed_replays() {
        RandomRun one = new RandomRun(7, false);
        RandomRun two = new RandomRun(7, false);
        for (int i = 0; i < STEPS; i++) {
            one.step();
            two.step();
        }
        assertThat(two.state()).isEqualTo(one.state());
        assertThat(two.told()).isEqualTo(one.told()).isNotEmpty();
    }

    private static void replayable(long seed, RandomRun run, Runnable story) {
        try {
            story.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed %d (-Dorchestrator.seed=%d): %s%nlast events:%n%s"
                            .formatted(seed, seed, e.getMessage(), run.told()),
                    e);
        }
    }
}
