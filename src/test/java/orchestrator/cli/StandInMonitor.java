package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import orchestrator.process.Await;
import orchestrator.process.ExecRunner;
import orchestrator.process.SystemProcesses;
import orchestrator.store.Inbox;
import orchestrator.store.RunLock;
import orchestrator.store.StateFolder;
import org.jspecify.annotations.Nullable;

/** Holds a workspace as a monitor does, and answers its inbox as a test likes. */
final class StandInMonitor implements AutoCloseable {
    final List<List<String>> taken = new CopyOnWriteArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    /**
     * Takes the workspace.
     *
     * @param answers to each command; null: it stays in the inbox
     */
    StandInMonitor(StateFolder place, Function<Inbox.Submitted, Inbox.@Nullable Answer> answers) {
        StateFolder state = StateFolder.create(place.root());
        RunLock lock =
                RunLock.tryAcquire(
                                state.monitorLock(),
                                "terminal",
                                SystemProcesses.create(new ExecRunner()).self())
                        .orElseThrow();
        Inbox inbox = new Inbox(state);
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try (lock) {
                                Await.until(
                                        Duration.ofMinutes(2),
                                        Duration.ofMillis(5),
                                        () -> answerAll(inbox, answers) || over.get());
                            }
                        });
    }

    /** True when it was told to end. */
    private boolean answerAll(
            Inbox inbox, Function<Inbox.Submitted, Inbox.@Nullable Answer> answers) {
        for (Inbox.Submitted command : inbox.pending().commands()) {
            Inbox.Answer answer = answers.apply(command);
            if (answer != null) {
                List<String> words = new ArrayList<>(List.of(command.name()));
                words.addAll(command.arguments());
                taken.add(words);
                inbox.answer(command.id(), answer.accepted(), answer.text());
                inbox.remove(command.id());
                if (command.name().equals("stop")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        over.set(true);
        assertThat(Await.until(Duration.ofSeconds(20), () -> !thread.isAlive())).isTrue();
    }
}
