package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.scripted.Rig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time passes, and files are seen, only when a test says so. */
class IntakeTest {
    @TempDir Path folder;
    private @Nullable Rig rig;
    private final ByHand threads = new ByHand();
    private final List<Signal> signals = new ArrayList<>();

    @BeforeEach
    void makeRig() throws IOException {
        rig = new Rig(folder).config(Rig.issues(1, 1, "implement"));
    }

    private Rig rig() {
        return Objects.requireNonNull(rig);
    }

    private Intake open() {
        RunContext context = rig().context();
        Ports ports = context.ports();
        RunContext byHand =
                new RunContext(
                        context.workspace(),
                        context.state(),
                        context.workspaceId(),
                        new Ports(
                                ports.terminal(),
                                ports.worktrees(),
                                ports.agents(),
                                ports.forge(),
                                ports.processes(),
                                ports.commands(),
                                ports.machine(),
                                ports.clock(),
                                threads,
                                NoWatch::new),
                        context.selfCommand(),
                        context.workspaceArguments(),
                        context.linkFolder(),
                        context.environment(),
                        context.version());
        Intake intake = new Intake(byHand, new NoWatch(), signals::add);
        intake.open(rig().config());
        return intake;
    }

    private List<Integer> issuesTaken() {
        return signals.stream()
                .filter(Signal.ConfigRead.class::isInstance)
                .map(Signal.ConfigRead.class::cast)
                .map(Signal.ConfigRead::config)
                .map(WorkspaceConfig::ordered)
                .map(List::size)
                .toList();
    }

    @Test
    void a_file_that_an_editor_is_just_saving_is_not_called_broken() throws IOException {
        Intake intake = open();
        Files.writeString(rig().configFile(), "");
        intake.sweep();
        intake.sweep();
        threads.tick();
        intake.sweep();
        assertThat(signals).isEmpty();
        rig().config(Rig.issues(2, 1, "implement"));
        intake.sweep();
        assertThat(issuesTaken()).containsExactly(2);
        assertThat(threads.recurring).isEmpty();
    }

    @Test
    void a_file_that_stays_broken_is_told_once_without_another_event() throws IOException {
        Intake intake = open();
        rig().config("\"num_workers\": \"many\",");
        intake.sweep();
        threads.tick();
        assertThat(signals).isEmpty();
        threads.tick();
        assertThat(signals).singleElement().isInstanceOf(Signal.ConfigBroken.class);
        assertThat(threads.recurring).isEmpty();
        intake.sweep();
        assertThat(signals).hasSize(1);
        assertThat(threads.recurring).isEmpty();
    }

    @Test
    void a_file_that_is_broken_in_ever_new_ways_is_told_in_the_end() throws IOException {
        Intake intake = open();
        int ticks = 0;
        while (signals.isEmpty() && ticks < 100) {
            rig().config("\"num_workers\": \"" + ticks + "\",");
            intake.sweep();
            threads.tick();
            ticks++;
        }
        assertThat(signals).singleElement().isInstanceOf(Signal.ConfigBroken.class);
        assertThat(ticks).isEqualTo(21);
    }

    @Test
    void a_project_whose_file_is_away_for_a_moment_stays_defined() throws IOException {
        Path other = rig().configFile().resolveSibling("other-issues.json");
        String text =
                Files.readString(rig().configFile())
                        .replace("\"demo\"", "\"other\"")
                        .replace("demo/issue", "other/issue")
                        .replace("../trees", "../other-trees");
        Files.writeString(other, text);
        Intake intake = open();
        Files.delete(other);
        intake.sweep();
        threads.tick();
        Files.writeString(other, text);
        intake.sweep();
        threads.tick();
        assertThat(signals).isEmpty();

        Files.delete(other);
        intake.sweep();
        threads.tick();
        threads.tick();
        assertThat(issuesTaken()).as("it is gone indeed").containsExactly(1);
    }

    @Test
    void nothing_is_looked_at_once_it_is_closed() throws IOException {
        Intake intake = open();
        Files.writeString(rig().configFile(), "");
        intake.sweep();
        assertThat(threads.recurring).hasSize(1);
        intake.close();
        assertThat(threads.recurring).isEmpty();
    }

    /** Lines run at once; what recurs does when it is told to. */
    private static final class ByHand implements Threads {
        private final List<Runnable> recurring = new ArrayList<>();

        void tick() {
            List.copyOf(recurring).forEach(Runnable::run);
        }

        @Override
        public Task begin(String name, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Recurring every(String name, Duration pause, Runnable task) {
            recurring.add(task);
            return () -> recurring.remove(task);
        }

        @Override
        public Line line(String name) {
            return new Line() {
                @Override
                public void add(Runnable task) {
                    task.run();
                }

                @Override
                public void close(Duration limit) {
                    // Nothing waits in it.
                }
            };
        }

        @Override
        public <T> Mailbox<T> mailbox() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Lock lock() {
            return new ReentrantLock();
        }

        @Override
        public boolean await(Duration limit, Duration step, BooleanSupplier condition) {
            throw new UnsupportedOperationException();
        }
    }

    /** Tells nothing: the sweeps must be enough. */
    private static final class NoWatch implements FolderWatch {
        @Override
        public AutoCloseable watch(Path folder, boolean changesToo, Consumer<String> listener) {
            return () -> {};
        }

        @Override
        public void close() {
            // Nothing is watched.
        }
    }
}
