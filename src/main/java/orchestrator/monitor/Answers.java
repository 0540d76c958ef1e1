package orchestrator.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.model.CommandState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What commands are told. They stay in the inbox until their answer is journaled, so that one whose
 * monitor was killed is met again by the next. The monitor thread only.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** For the last answers to be written, at the end. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private final Executor executor;
    private final Intake intake;
    private final Map<String, CommandState.Answer> owed = new LinkedHashMap<>();
    private final List<Threads.Task> sending = new ArrayList<>();

    Answers(Executor executor, Intake intake) {
        this.executor = executor;
        this.intake = intake;
    }

    /** Keeps an answer until it is journaled. */
    void owe(String command, CommandState.Answer answer) {
        owed.put(command, answer);
    }

    /** Sends what was owed: it is journaled. */
    void sendOwed() {
        sending.removeIf(Threads.Task::isOver);
        owed.forEach(this::send);
        owed.clear();
    }

    /** Sends one that was journaled before. */
    void send(String command, CommandState.Answer answer) {
        sending.add(executor.begin(() -> intake.answer(command, answer.accepted(), answer.text())));
    }

    /** A command that is done must not wait in the inbox for the next monitor. */
    void awaitLast() {
        for (Threads.Task task : sending) {
            try {
                if (!task.await(LAST)) {
                    LOG.warn("An answer to a command is not written after {}", LAST);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
