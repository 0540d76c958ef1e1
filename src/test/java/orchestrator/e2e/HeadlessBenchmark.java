package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.bench.Bench;
import orchestrator.model.Attempt;
import orchestrator.model.Event;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the monitor costs that {@code launch} starts, while 60 agents each say five lines a second:
 * its use of CPU and its memory, as Linux counts them; beside it, in the same seconds, one {@code
 * tail -F} over the same 60 files. The agents are shell scripts that start no processes, so that
 * they leave the machine to what is measured.
 *
 * <p>{@code -Dorchestrator.bench.seconds=60} measures so long instead of 15 s; {@code
 * -Dorchestrator.bench.workers=60} is how many.
 */
@Tag("benchmark")
@EnabledOnOs(OS.LINUX)
class HeadlessBenchmark {
    private static final int WORKERS = Integer.getInteger("orchestrator.bench.workers", 60);
    private static final int SECONDS = Integer.getInteger("orchestrator.bench.seconds", 15);

    /** Of CPU a second, in Linux's accounts. */
    private static final double TICKS = 100;

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    /** What a process has used so far. */
    private record Used(long nanos, double cpuSeconds) {
        static Used of(long pid) {
            String stat = read(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return new Used(System.nanoTime(), ticks / TICKS);
        }

        double percentSince(Used before) {
            return 100 * (cpuSeconds - before.cpuSeconds) / ((nanos - before.nanos) / 1e9);
        }
    }

    /** What each of a process's threads has used so far, in ticks, by name. */
    private static Map<String, Long> byThread(long pid) throws IOException {
        Map<String, Long> ticks = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                String[] fields;
                String name;
                try {
                    String stat = Files.readString(task.resolve("stat"));
                    name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                } catch (IOException e) {
                    continue; // It has just ended.
                }
                ticks.merge(
                        name, Long.parseLong(fields[11]) + Long.parseLong(fields[12]), Long::sum);
            }
        }
        return ticks;
    }

    /** The threads that used most, such as {@code monitor 0.4 %}. */
    private static String most(Map<String, Long> before, Map<String, Long> after) {
        return after.entrySet().stream()
                .map(entry ->
                        Map.entry(
                                entry.getKey(),
                                entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(6)
                .map(entry ->
                        String.format(
                                Locale.ROOT,
                                "%s %.1f%%",
                                entry.getKey(),
                                100 * entry.getValue() / TICKS / SECONDS))
                .collect(Collectors.joining(", "));
    }

    @Test
    void sixty_agents_that_speak() throws IOException {
        Path agent = speaker();
        orchestra.with(new ProjectFile().workers(WORKERS).issues(WORKERS).claude(agent.toString()));
        orchestra.launch();
        Orchestra.until(
                "all run", () -> orchestra.story.all(Event.AttemptStarted.class).size() == WORKERS);
        List<Path> streams = new ArrayList<>();
        for (Attempt attempt : orchestra.story.attempts()) {
            streams.add(orchestra.story.folder(attempt).stream());
        }
        Orchestra.until(
                "all speak", () -> streams.stream().allMatch(stream -> size(stream) > 1000));
        long monitor = orchestra.monitor().orElseThrow().pid();
        List<String> tail = new ArrayList<>(List.of("tail", "-n", "0", "-F"));
        streams.forEach(stream -> tail.add(stream.toString()));
        long peer = orchestra.hands.start(orchestra.root, tail).process().pid();

        Map<String, Long> threadsBefore = byThread(monitor);
        Used monitorBefore = Used.of(monitor);
        Used peerBefore = Used.of(peer);
        long said = streams.stream().mapToLong(HeadlessBenchmark::size).sum();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        Orchestra.until("the time is over", () -> System.nanoTime() >= end);
        Used monitorAfter = Used.of(monitor);
        Map<String, Long> threadsAfter = byThread(monitor);
        Used peerAfter = Used.of(peer);

        long grown = streams.stream().mapToLong(HeadlessBenchmark::size).sum() - said;
        assertThat(grown).as("bytes the agents said meanwhile").isGreaterThan(WORKERS * 1000L);
        assertThat(orchestra.story.all(Event.AttemptEnded.class)).isEmpty();
        System.out.printf(
                Locale.ROOT,
                """
                The headless monitor, %d agents, %.0f lines a second in all for %d s; load %s
                  %-24s %8s %10s %10s
                  %-24s %7.2f%% %7.1f MB %7.1f MB
                  %-24s %7.2f%% %7.1f MB %7.1f MB
                """,
                WORKERS,
                grown / (double) LINE / SECONDS,
                SECONDS,
                Bench.load(),
                "",
                "CPU",
                "memory",
                "peak",
                "monitor",
                monitorAfter.percentSince(monitorBefore),
                memory(monitor, "VmRSS"),
                memory(monitor, "VmHWM"),
                "tail -F of all streams",
                peerAfter.percentSince(peerBefore),
                memory(peer, "VmRSS"),
                memory(peer, "VmHWM"));
        System.out.println("  of the monitor's: " + most(threadsBefore, threadsAfter));
    }

    private static final int LINE = 200;

    /** Speaks five lines of {@value #LINE} bytes a second, until it is ended. */
    private Path speaker() throws IOException {
        String begin =
                "{\"type\":\"assistant\",\"message\":{\"id\":\"1\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"";
        String end = "\"}]}}";
        String words = "w".repeat(LINE - 1 - begin.length() - end.length());
        String script =
                """
                #!/bin/bash
                if [ "$1" = --version ]; then echo '2.0.0 (Claude Code)'; exit; fi
                echo '{"type":"system","subtype":"init","session_id":"s","model":"m"}'
                exec 3<> <(:)
                while :; do
                    echo '%s'
                    read -r -t 0.2 -u 3
                done
                """
                        .formatted(begin + words + end);
        Path file = Hands.write(orchestra.root.resolve("claude"), script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** In MB, as the kernel tells it. */
    private static double memory(long pid, String name) {
        return read(Path.of("/proc/" + pid + "/status"))
                        .lines()
                        .filter(line -> line.startsWith(name + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
