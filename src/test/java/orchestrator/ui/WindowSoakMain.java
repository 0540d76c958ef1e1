package orchestrator.ui;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Window;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.process.Await;
import orchestrator.process.ExecRunner;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.shell.WindowProgram;
import orchestrator.ui.shell.WindowSettings;

/**
 * The window as a program of its own, over an hour of a run told in less: a second of it every few
 * milliseconds, two hundred attempts. It prints how much memory the process holds as it goes.
 */
final class WindowSoakMain {
    private static final int WORKERS = 20;
    private static final int SECONDS = 3_600;
    private static final int ATTEMPTS = 200;
    private static final int TOLD = 12;

    private WindowSoakMain() {}

    public static void main(String[] arguments) {
        Duration second = Duration.ofMillis(Integer.parseInt(arguments[0]));
        FakeRunControl control = new FakeRunControl();
        AtomicReference<Instant> now = new AtomicReference<>(SampleRun.NOW);
        Thread.ofPlatform().daemon().name("hour").start(() -> hour(control, now, second));
        WindowProgram.run(
                new NoWorkspaces(),
                Optional.of(
                        new WindowProgram.Opened(
                                control,
                                WindowSettings.defaults()
                                        .withClock(
                                                () -> Objects.requireNonNull(now.get()),
                                                ZoneOffset.UTC))));
    }

    private static void hour(
            FakeRunControl control, AtomicReference<Instant> now, Duration second) {
        List<EventView> events = new ArrayList<>();
        for (int at = 0; at < SECONDS; at++) {
            Instant then = SampleRun.NOW.plusSeconds(at);
            now.set(then);
            if (at % (SECONDS / ATTEMPTS) == 0) {
                events.add(
                        new EventView(
                                at + 1,
                                then,
                                Optional.empty(),
                                "An attempt began at second " + at + ".",
                                at % 5 == 0));
            }
            control.snapshot.set(snapshot(at, events));
            if (at % (SECONDS / TOLD) == 0) {
                System.out.println("rss " + at + " " + ProcessRss.megabytes());
            }
            Await.pause(second);
        }
        System.out.println("rss " + SECONDS + " " + ProcessRss.megabytes());
        Platform.runLater(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
    }

    private static RunSnapshot snapshot(int at, List<EventView> events) {
        List<IssueView> issues = new ArrayList<>();
        List<WorkerView> workers = new ArrayList<>();
        int begun = at * ATTEMPTS / SECONDS;
        for (int i = 1; i <= ATTEMPTS; i++) {
            SampleRun.IssueOf issue = SampleRun.issue(i, 1 + i % 6, "Task " + i);
            if (i <= begun - WORKERS) {
                issue.done(3, 0.4);
            } else if (i <= begun) {
                issue.running(1 + i % WORKERS, at / 9 % 4, 1, 0.2);
            }
            issues.add(issue.view());
        }
        for (int i = 1; i <= WORKERS; i++) {
            int issue = Math.max(1, begun - begun % WORKERS + i - WORKERS);
            workers.add(
                    SampleRun.worker(
                            i,
                            WorkerStatus.RUNNING,
                            issues.get(Math.min(ATTEMPTS, issue) - 1),
                            at % 300,
                            1,
                            "line %d of worker %d".formatted(at, i),
                            "",
                            ""));
        }
        RunSnapshot run = SampleRun.of(SampleRun.HERE, GateView.OPEN, workers, issues);
        return SampleRun.withEvents(run, events);
    }

    /** As of a user who has none. */
    private static final class NoWorkspaces implements WindowProgram.Workspaces {
        @Override
        public WindowProgram.Opened open(Path folder) {
            throw new Fault("no-workspace", "There is none.");
        }

        @Override
        public UserData user() {
            return UserData.ofThisWindow();
        }

        @Override
        public NewWorkspaces making() {
            return new NewWorkspaces(new ExecRunner());
        }

        @Override
        public Path rehearsal() {
            return Path.of("/nowhere");
        }
    }

    /** What the kernel says this process holds in memory. */
    private static final class ProcessRss {
        static long megabytes() {
            try (var lines = java.nio.file.Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                        .findFirst()
                        .orElse(0);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
