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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import orchestrator.model.Attempt;
import orchestrator.model.Event;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long a worker stands still between two stages: from the moment its script has written the
 * agent's exit (the time of the file {@code exit}) to the moment the script of the next stage has
 * begun (the time of its file {@code process}), ten workers at once, and what that time goes into.
 * Once with stages that end one by one, as real ones do, and once with ten that end together. It
 * prints; it judges nothing, since a busy machine is no defect.
 */
@Tag("benchmark")
class ReactionBenchmark {
    private static final int WORKERS = 10;
    private static final boolean FULL = Boolean.getBoolean("orchestrator.bench.full");
    private static final List<String> STAGES =
            List.of("implement", "optimize", "write_tests", "run_tests_fix", "document");

    private static final String WHOLE = "exit written → next stage's script begun";

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void of_stages_that_end_one_by_one() {
        if (FULL) {
            measure("stages of 2 to 6 s", 20, issue -> stages(issue, 2, 6));
        } else {
            measure("stages of 1 to 3 s", 10, issue -> stages(issue, 1, 3));
        }
    }

    @Test
    void of_stages_that_end_together() {
        measure("bursts: all stages of 1 s", FULL ? 20 : 10, issue -> stages(issue, 1, 1));
    }

    /** How long each stage of an issue takes, the same in each run of this. */
    private static String stages(int issue, double from, double to) {
        Random random = new Random(issue);
        StringBuilder rules = new StringBuilder();
        for (String stage : STAGES) {
            rules.append(
                    String.format(
                            Locale.ROOT,
                            "issue=%d stage=%s seconds=%.3f lines=4%n",
                            issue,
                            stage,
                            from + (to - from) * random.nextDouble()));
        }
        return rules.toString();
    }

    private interface Scenario {
        String of(int issue);
    }

    private void measure(String load, int issues, Scenario scenario) {
        StringBuilder rules = new StringBuilder();
        for (int issue = 1; issue <= issues; issue++) {
            rules.append(scenario.of(issue));
        }
        orchestra
                .debugging()
                .with(
                        new ProjectFile()
                                .workers(WORKERS)
                                .stages(STAGES.toArray(String[]::new))
                                .issues(issues)
                                .scenario(rules.toString()));
        orchestra.run("launch", "--wait").well();
        orchestra.story.isSound();
        Diagnosed diagnosed = Diagnosed.read(orchestra.state.logs().resolve("orchestrator.log"));
        Times sameIssue = new Times();
        Times nextIssue = new Times();
        Map<Integer, Attempt> last = new HashMap<>();
        for (Attempt next : orchestra.story.attempts()) {
            Attempt before = last.put(next.worker(), next);
            if (before != null) {
                boolean same = before.issue().equals(next.issue());
                between(before, next, diagnosed, same ? sameIssue : nextIssue);
            }
        }
        assertThat(sameIssue.count()).isGreaterThanOrEqualTo(40);
        System.out.printf(
                "Reaction, %d workers on %d cores, %s; milliseconds%n",
                WORKERS, Runtime.getRuntime().availableProcessors(), load);
        sameIssue.print("next stage of the same issue");
        nextIssue.print("first stage of the next issue, its worktree made in between");
    }

    private void between(Attempt before, Attempt next, Diagnosed diagnosed, Times times) {
        Instant exit = time(orchestra.story.folder(before).exitFile());
        Instant ended = ended(before);
        Path folder = orchestra.story.folder(next).path();
        Instant begun = time(folder.resolve("process"));
        times.note(WHOLE, exit, begun);
        Instant seen = diagnosed.seen(before);
        Instant harvested = diagnosed.harvested(before);
        times.note("  its exit file noticed", exit, seen);
        diagnosed.harvest(before).forEach((part, ms) -> times.note("  end: " + part, ms));
        times.note("  end told → journaled", harvested, ended);
        times.note("  end journaled → next attempt decided", ended, next.startedAt());
        Instant prompt = time(folder.resolve("prompt.md"));
        times.note("  decided → on disk, prompt written", next.startedAt(), prompt);
        Instant script = time(folder.resolve("started"));
        times.note("  prompt written → folder whole, tmux told, sh runs", prompt, script);
        times.note("  sh runs → its process noted", script, begun);
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

    /** Milliseconds of each part, in the order the parts come in. */
    private static final class Times {
        private final Map<String, List<Double>> parts = new LinkedHashMap<>();

        void note(String part, Instant from, Instant to) {
            note(part, Duration.between(from, to).toNanos() / 1e6);
        }

        void note(String part, double ms) {
            parts.computeIfAbsent(part, key -> new ArrayList<>()).add(ms);
        }

        int count() {
            return parts.getOrDefault(WHOLE, List.of()).size();
        }

        void print(String what) {
            System.out.printf(
                    "  %-60s %5s %7s %7s %7s %7s %7s%n",
                    what, "count", "min", "median", "p90", "p99", "max");
            parts.forEach((part, times) -> {
                List<Double> sorted = times.stream().sorted().toList();
                System.out.printf(
                        "    %-58s %5d %7.1f %7.1f %7.1f %7.1f %7.1f%n",
                        part,
                        sorted.size(),
                        rank(sorted, 0),
                        rank(sorted, 0.5),
                        rank(sorted, 0.9),
                        rank(sorted, 0.99),
                        rank(sorted, 1));
            });
        }

        private static double rank(List<Double> sorted, double share) {
            return sorted.get((int) Math.round(share * (sorted.size() - 1)));
        }
    }

    /** What the program's own diagnostics tell of the ends of attempts. */
    private static final class Diagnosed {
        private final Map<String, Instant> seen = new HashMap<>();
        private final Map<String, Instant> harvested = new HashMap<>();
        private final Map<String, Map<String, Double>> harvests = new HashMap<>();

        static Diagnosed read(Path log) {
            Diagnosed diagnosed = new Diagnosed();
            try {
                Files.readAllLines(log).forEach(diagnosed::take);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return diagnosed;
        }

        private void take(String line) {
            String[] words = line.split(": ", 2);
            if (words.length < 2) {
                return;
            }
            String[] said = words[1].split(" ", -1);
            if (words[0].endsWith("LiveAttempts") && words[1].startsWith("exit seen ")) {
                seen.putIfAbsent(said[2], at(line));
            } else if (words[0].endsWith("Harvest") && words[1].startsWith("harvested ")) {
                harvested.put(said[1], at(line));
                Map<String, Double> parts = new TreeMap<>();
                for (int i = 2; i < said.length; i++) {
                    String[] part = said[i].split("=", -1);
                    parts.put((i - 1) + " " + part[0], Double.parseDouble(part[1]));
                }
                harvests.put(said[1], parts);
            }
        }

        private static Instant at(String line) {
            return Instant.parse(line.substring(0, line.indexOf(' ')));
        }

        Instant seen(Attempt attempt) {
            return Objects.requireNonNull(seen.get(attempt.id()));
        }

        Instant harvested(Attempt attempt) {
            return Objects.requireNonNull(harvested.get(attempt.id()));
        }

        Map<String, Double> harvest(Attempt attempt) {
            return Objects.requireNonNull(harvests.get(attempt.id()));
        }
    }
}
