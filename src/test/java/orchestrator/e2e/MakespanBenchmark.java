package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import orchestrator.bench.Bench;
import orchestrator.model.Attempt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long a hundred stages take on ten workers: from the first agent's begin to the last one's
 * exit. Beside it, of the same minute and machine: the ideal, in which a stage takes what it is
 * told to and everything else nothing; and ten shell loops that run the same agents by the same
 * script with the same git and tmux processes one after the other, and do nothing besides.
 *
 * <p>{@code -Dorchestrator.bench.stages=4} makes each worker's two issues go through so many stages
 * instead of five; {@code -Dorchestrator.bench.stageSeconds=2} is what a stage takes.
 */
@Tag("benchmark")
class MakespanBenchmark {
    private static final int WORKERS = 10;
    private static final int ISSUES = 2 * WORKERS;
    private static final int STAGES = Integer.getInteger("orchestrator.bench.stages", 5);
    private static final int SECONDS = Integer.getInteger("orchestrator.bench.stageSeconds", 2);
    private static final List<String> NAMES =
            List.of("implement", "optimize", "write_tests", "run_tests_fix", "document");

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void a_hundred_stages_on_ten_workers() {
        orchestra.with(
                new ProjectFile()
                        .workers(WORKERS)
                        .stages(NAMES.subList(0, STAGES).toArray(String[]::new))
                        .issues(ISSUES)
                        .scenario("default seconds=%d lines=4".formatted(SECONDS)));
        String before = Bench.load();
        orchestra.run("launch", "--wait").well();
        orchestra.story.isSound();
        List<Attempt> attempts = orchestra.story.attempts();
        assertThat(attempts).hasSize(ISSUES * STAGES);
        double ours = seconds(makespan(attempts));
        double bare = seconds(bare());
        double ideal = 1.0 * SECONDS * STAGES * ISSUES / WORKERS;
        System.out.printf(
                Locale.ROOT,
                """
                Makespan of %d stages of %d s on %d workers; load before %s, after %s
                  %-58s %7.2f s
                  %-58s %7.2f s  (machine's own cost %.2f s)
                  %-58s %7.2f s  (%+.1f %% of the ideal plus that cost)
                """,
                attempts.size(),
                SECONDS,
                WORKERS,
                before,
                Bench.load(),
                "ideal",
                ideal,
                "the same processes in ten shell loops",
                bare,
                bare - ideal,
                "Orchestrator, first agent's begin to last one's exit",
                ours,
                100 * (ours / bare - 1));
        printLanes(attempts);
    }

    /** What a worker's time went into, in seconds: all ten, from the least to the most. */
    private void printLanes(List<Attempt> attempts) {
        Instant first =
                attempts.stream().map(this::begun).min(Comparator.naturalOrder()).orElseThrow();
        List<Double> starts = new ArrayList<>();
        List<Double> working = new ArrayList<>();
        List<Double> between = new ArrayList<>();
        attempts.stream()
                .collect(Collectors.groupingBy(Attempt::worker))
                .values()
                .forEach(lane -> {
                    double work =
                            lane.stream()
                                    .mapToDouble(each ->
                                            seconds(Duration.between(begun(each), ended(each))))
                                    .sum();
                    double whole =
                            seconds(
                                    Duration.between(
                                            begun(lane.getFirst()), ended(lane.getLast())));
                    starts.add(seconds(Duration.between(first, begun(lane.getFirst()))));
                    working.add(work);
                    between.add(whole - work);
                });
        System.out.println("  of a worker's time, least to most of ten");
        Map<String, List<Double>> lanes = new LinkedHashMap<>();
        lanes.put("first agent of all → its first", starts);
        lanes.put("its agents at work, begin to exit", working);
        lanes.put("between its agents", between);
        lanes.forEach((what, times) ->
                System.out.printf(
                        Locale.ROOT,
                        "    %-56s %7.2f to %.2f s%n",
                        what,
                        times.stream().min(Comparator.naturalOrder()).orElseThrow(),
                        times.stream().max(Comparator.naturalOrder()).orElseThrow()));
    }

    private Instant begun(Attempt attempt) {
        return time(orchestra.story.folder(attempt).path().resolve("process"));
    }

    private Instant ended(Attempt attempt) {
        return time(orchestra.story.folder(attempt).exitFile());
    }

    private Duration makespan(List<Attempt> attempts) {
        return Duration.between(
                attempts.stream().map(this::begun).min(Comparator.naturalOrder()).orElseThrow(),
                attempts.stream().map(this::ended).max(Comparator.naturalOrder()).orElseThrow());
    }

    /** What the machine needs for the same agents, worktrees, looks, pushes and windows. */
    private Duration bare() {
        Hands.make(orchestra.root.resolve("lanes"));
        Path script =
                Hands.write(
                        orchestra.root.resolve("lane.sh"),
                        """
                        lane=$1; stages=$2; pause=$3; agent=$4; root=$5; run=$6
                        for turn in 1 2; do
                            tree=$root/lanes/$lane-$turn
                            # One at a time, as git may fail when two worktrees of a repository are made at once.
                            until mkdir "$root/lanes/lock" 2>/dev/null; do sleep 0.01; done
                            git -C "$root/repo" worktree add -q -b "lane/$lane-$turn" "$tree" main || exit 1
                            rmdir "$root/lanes/lock"
                            cd "$tree" || exit 1
                            stage=0
                            while [ $stage -lt $stages ]; do
                                stage=$((stage + 1))
                                tmux -u list-sessions >/dev/null 2>&1
                                attempt=$root/lanes/$lane-$turn-$stage
                                mkdir "$attempt"
                                printf 'Do it.\\n' >"$attempt/prompt.md"
                                printf '%s\\n' "$tree" >"$attempt/worktree"
                                printf '%s\\n' sh "$agent" >"$attempt/argv"
                                printf '%s\\n' "PATH=$PATH" "HOME=$HOME" "ORCHESTRATOR_ISSUE=$lane" \\
                                    "ORCHESTRATOR_STAGE=s$stage" "ORCHESTRATOR_ATTEMPT_NUMBER=$stage" \\
                                    REHEARSAL_LINES=4 "REHEARSAL_PAUSE=$pause" >"$attempt/environment"
                                sh "$run" "$attempt" >/dev/null || exit 1
                                git status --porcelain=v2 --branch >/dev/null || exit 1
                                git rev-list --parents HEAD ^main -- >/dev/null || exit 1
                                git push -q origin "lane/$lane-$turn" &
                            done
                            wait
                        done
                        """);
        Path agent = orchestra.state.bin().resolve("rehearsal-agent.sh");
        Attempt any = orchestra.story.attempts().getFirst();
        Path run = orchestra.story.folder(any).path().resolve("run.sh");
        assertThat(List.of(agent, run)).allMatch(Files::exists);
        long begun = System.nanoTime();
        List<Hands.Running> lanes = new ArrayList<>();
        for (int lane = 1; lane <= WORKERS; lane++) {
            lanes.add(
                    orchestra.hands.start(
                            orchestra.root,
                            List.of(
                                    "sh",
                                    script.toString(),
                                    Integer.toString(lane),
                                    Integer.toString(STAGES),
                                    String.format(Locale.ROOT, "%.3f", SECONDS / 4.0),
                                    agent.toString(),
                                    orchestra.root.toString(),
                                    run.toString())));
        }
        lanes.forEach(lane -> lane.end().well());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
