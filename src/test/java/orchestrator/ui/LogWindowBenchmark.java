package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import orchestrator.bench.Bench;
import orchestrator.log.LogSamples;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How soon a big log is on the screen, and how smoothly one that grows fast is followed. */
@Tag("benchmark")
@Tag("display")
class LogWindowBenchmark {
    private static final boolean FULL = Boolean.getBoolean("orchestrator.bench.full");
    private static final long LOG = FULL ? 1L << 30 : 64L << 20;
    private static final int ROUNDS = FULL ? 7 : 3;
    private static final int SECONDS = FULL ? 10 : 3;
    private static final int LINES_A_SECOND = 50_000;
    private static final String LAST = "the very last line";

    @TempDir Path folder;

    private static void show(WindowFixture window, List<Path> logs) {
        List<IssueView> issues = new ArrayList<>();
        List<WorkerView> workers = new ArrayList<>();
        for (int i = 1; i <= logs.size(); i++) {
            IssueView issue = SampleRun.issue(i, 1, "Task " + i).running(i, 1, 1, 0).view();
            issues.add(issue);
            workers.add(
                    SampleRun.worker(
                            i,
                            WorkerStatus.RUNNING,
                            issue,
                            9,
                            1,
                            "",
                            "",
                            logs.get(i - 1).toString()));
        }
        window.control.snapshot.set(SampleRun.of(SampleRun.HERE, GateView.OPEN, workers, issues));
        window.untilSeen("#workers-table", "Task " + logs.size());
    }

    /** From the press of the mouse to the frame after the one in which the text was laid out. */
    private static double opened(WindowFixture window, String row, String text) throws Exception {
        CompletableFuture<Double> shown = new CompletableFuture<>();
        AnimationTimer[] timer = new AnimationTimer[1];
        long[] pressed = {0};
        boolean[] laidOut = {false};
        Runnable layout =
                () -> {
                    Node lines = window.scene().lookup("#log-lines");
                    laidOut[0] |= lines != null && WindowHands.textOf(lines).contains(text);
                };
        fx(() -> {
            window.scene()
                    .addEventFilter(
                            MouseEvent.MOUSE_PRESSED,
                            event -> pressed[0] = pressed[0] == 0 ? System.nanoTime() : pressed[0]);
            window.scene().addPostLayoutPulseListener(layout);
            timer[0] =
                    new AnimationTimer() {
                        @Override
                        public void handle(long now) {
                            if (laidOut[0] && pressed[0] != 0) {
                                stop();
                                window.scene().removePostLayoutPulseListener(layout);
                                shown.complete((System.nanoTime() - pressed[0]) / 1e6);
                            }
                        }
                    };
            timer[0].start();
            return true;
        });
        window.robot.clickOn(row);
        return shown.get(60, TimeUnit.SECONDS);
    }

    private static double less(Path log) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qec", "less +Gq " + log, "/dev/null");
        builder.environment().put("TERM", "xterm");
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        long begun = System.nanoTime();
        if (!builder.start().waitFor(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("less does not end");
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static String told(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %.0f ms (%.0f to %.0f)",
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }

    @Test
    void a_big_log_is_on_the_screen_after_a_click() throws Exception {
        Path big = folder.resolve("big.log");
        LogSamples.writeLog(big, LOG);
        Files.writeString(big, LAST + "\n", StandardOpenOption.APPEND);
        Path small = Files.writeString(folder.resolve("small.log"), "a small one\n");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        boolean less = Files.isExecutable(Path.of("/usr/bin/less"));
        WindowFixture window = new WindowFixture();
        try {
            show(window, List.of(small, big));
            for (int i = 0; i <= ROUNDS; i++) {
                opened(window, "Task 1", "a small one");
                ours.add(opened(window, "Task 2", LAST));
                if (less && i > 0) {
                    theirs.add(less(big));
                }
            }
        } finally {
            window.close();
        }
        System.out.printf(
                Locale.ROOT,
                "window, the end of a log of %,d MB on the screen after the click: %s (goal ≤ 100), the first time %.0f ms; less +G: %s; load %s%n",
                Files.size(big) / 1_000_000,
                told(ours.subList(1, ours.size())),
                ours.getFirst(),
                less ? told(theirs) : "not installed",
                Bench.load());
    }

    @Test
    void a_log_that_grows_by_50000_lines_a_second_is_followed() throws Exception {
        Path log = Files.writeString(folder.resolve("growing.log"), "the first line\n");
        WindowFixture window = new WindowFixture();
        try {
            show(window, List.of(log));
            opened(window, "Task 1", "the first line");
            CompletableFuture<Boolean> written =
                    CompletableFuture.supplyAsync(
                            () -> grow(log), task -> new Thread(task, "pool-writer").start());
            String watched = WindowBenchmark.watched(window, true, written::isDone);
            written.get(1, TimeUnit.SECONDS);
            window.untilSeen("#log-lines", LAST);
            System.out.printf(
                    Locale.ROOT,
                    "window, following %,d lines a second (goal 60 frames/s): %s; load %s%n",
                    LINES_A_SECOND,
                    watched,
                    Bench.load());
        } finally {
            window.close();
        }
    }

    private static boolean grow(Path log) {
        try {
            LogSamples.grow(
                    log,
                    LINES_A_SECOND,
                    SECONDS,
                    number -> number + " a line as they are printed by a build, long enough\n");
            Files.writeString(log, LAST + "\n", StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
