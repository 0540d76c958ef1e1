package orchestrator.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import orchestrator.git.Worktrees.WorkFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git's word on what an attempt did, asked for beside the last look at its processes: a worker
 * waits for both. What was asked too early is thrown away and asked anew. One thread at a time.
 */
final class FactsAhead {
    private static final Logger LOG = LoggerFactory.getLogger(FactsAhead.class);

    /** Longer than git's own calls may take. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Threads threads;
    private final Supplier<WorkFacts> look;
    private Optional<Asked> newest = Optional.empty();

    private record Asked(Threads.Task task, Answer answer) {}

    /** Written by the task, read by whoever asked. */
    private static final class Answer {
        private volatile Optional<WorkFacts> facts = Optional.empty();
    }

    FactsAhead(Threads threads, Supplier<WorkFacts> look) {
        this.threads = threads;
        this.look = look;
    }

    /** Asks now; what was asked before counts no more. */
    void ask() {
        Answer answer = new Answer();
        newest = Optional.of(new Asked(threads.begin("facts", () -> find(answer)), answer));
    }

    private void find(Answer answer) {
        try {
            answer.facts = Optional.of(look.get());
        } catch (RuntimeException e) {
            // Whoever takes the answer finds none and asks for himself, with all the patience.
            LOG.debug("Git's word was not to be had at once: {}", e.toString());
        }
    }

    /** The newest answer; empty when nothing was asked or git did not answer. Blocks. */
    Optional<WorkFacts> take() {
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        try {
            return newest.get().task().await(LIMIT)
                    ? newest.get().answer().facts
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
