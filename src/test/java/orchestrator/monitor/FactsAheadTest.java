package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import orchestrator.git.Worktrees.WorkFacts;
import orchestrator.model.Fault;
import org.junit.jupiter.api.Test;

class FactsAheadTest {
    private static final WorkFacts EARLY = new WorkFacts("c1", 1, 1, 0);
    private static final WorkFacts LATE = new WorkFacts("c2", 2, 2, 0);

    private static FactsAhead asking(List<Supplier<WorkFacts>> answers) {
        Deque<Supplier<WorkFacts>> left = new ArrayDeque<>(answers);
        return new FactsAhead(
                new SystemThreads(),
                () -> {
                    Supplier<WorkFacts> next;
                    synchronized (left) {
                        next = left.remove();
                    }
                    return next.get();
                });
    }

    @Test
    void who_never_asked_has_no_answer() {
        assertThat(asking(List.of()).take()).isEmpty();
    }

    @Test
    void only_the_newest_answer_counts_however_late_the_first_comes() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        FactsAhead ahead =
                asking(
                        List.of(
                                () -> {
                                    asked.countDown();
                                    await(answered);
                                    return EARLY;
                                },
                                () -> LATE));
        ahead.ask();
        await(asked);
        ahead.ask();
        assertThat(ahead.take()).contains(LATE);
        answered.countDown();
        assertThat(ahead.take()).contains(LATE);
    }

    @Test
    void a_git_that_does_not_answer_leaves_the_question_open() {
        FactsAhead ahead =
                asking(
                        List.of(() -> {
                            throw new Fault("git-failed", "The repository is locked.");
                        }));
        ahead.ask();
        assertThat(ahead.take()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
