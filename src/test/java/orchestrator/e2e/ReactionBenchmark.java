package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.model.Attempt;
import orchestrator.model.Event;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long a worker stands still between two stages: from the moment its script has written the
 * agent's exit (the time of the file {@code exit}) to the moment the script of the next stage has
 * begun (the time of its file {@code process}), ten workers at once. It prints; it judges nothing,
 * since a busy machine is no defect.
 */
@Tag("benchmark")
class ReactionBenchmark {
    private static final int WORKERS = 10;
    private static final int ISSUES = 20;

    /** What lies between two stages, in the order it happens. */
    private enum Part {
        WHOLE("exit written → next stage's script begun"),
        NOTICED("  exit written → end gathered and being journaled"),
        DECIDED("  end journaled → next attempt decided"),
        BEGUN("  decided (and synced to disk) → script begun");

        private final String label;

        Part(String label) {
            this.label = label;
        }
    }

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void from_an_agents_exit_to_the_next_stages_start() {
        orchestra.with(
                new ProjectFile()
                        .workers(WORKERS)
                        .stages("implement", "optimize", "write_tests", "run_tests_fix", "document")
                        .issues(ISSUES)
                        .scenario("default seconds=1 lines=4"));
        orchestra.run("launch", "--wait").well();
        orchestra.story.isSound();
        Map<Part, List<Double>> sameIssue = measure(true);
        Map<Part, List<Double>> nextIssue = measure(false);
        assertThat(of(sameIssue, Part.WHOLE)).hasSizeGreaterThanOrEqualTo(60);
        System.out.println(
                "Reaction times, %d workers on %d cores, stages of about 1 s; milliseconds"
                        .formatted(WORKERS, Runtime.getRuntime().availableProcessors()));
        print("next stage of the same issue", sameIssue);
        print("first stage of the next issue (a worktree is made in between)", nextIssue);
    }

    /** For each attempt and the one that follows it on its worker. */
    private Map<Part, List<Double>> measure(boolean sameIssue) {
        Map<Integer, Attempt> last = new HashMap<>();
        Map<Part, List<Double>> times = new HashMap<>();
        for (Attempt next : orchestra.story.attempts()) {
            Attempt before = last.put(next.worker(), next);
            if (before != null && before.issue().equals(next.issue()) == sameIssue) {
                Instant exit = time(orchestra.story.folder(before).exitFile());
                Instant ended = ended(before);
                Instant begun = time(orchestra.story.folder(next).path().resolve("process"));
                note(times, Part.WHOLE, exit, begun);
                note(times, Part.NOTICED, exit, ended);
                note(times, Part.DECIDED, ended, next.startedAt());
                note(times, Part.BEGUN, next.startedAt(), begun);
            }
        }
        return times;
    }

    private static void note(Map<Part, List<Double>> times, Part part, Instant from, Instant to) {
        times.computeIfAbsent(part, key -> new ArrayList<>())
                .add(Duration.between(from, to).toNanos() / 1e6);
    }

    private static List<Double> of(Map<Part, List<Double>> times, Part part) {
        return times.getOrDefault(part, List.of());
    }

    private Instant ended(Attempt attempt) {
        return orchestra.story.events().stream()
                .filter(timed ->
                        timed.event() instanceof Event.AttemptEnded end
                                && end.attemptId().equals(attempt.id()))
                .map(TimedEvent::at)
                .findFirst()
                .orElseThrow();
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(String what, Map<Part, List<Double>> times) {
        System.out.printf(
                "%-52s %5s %7s %7s %7s %7s %7s%n",
                what, "count", "min", "median", "p90", "p99", "max");
        for (Part part : Part.values()) {
            List<Double> sorted = of(times, part).stream().sorted().toList();
            System.out.printf(
                    "  %-50s %5d %7.1f %7.1f %7.1f %7.1f %7.1f%n",
                    part.label,
                    sorted.size(),
                    rank(sorted, 0),
                    rank(sorted, 0.5),
                    rank(sorted, 0.9),
                    rank(sorted, 0.99),
                    rank(sorted, 1));
        }
    }

    private static double rank(List<Double> sorted, double share) {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
