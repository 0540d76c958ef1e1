package orchestrator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import orchestrator.model.Demo;
import orchestrator.model.TimedEvent;
import orchestrator.store.Journal;
import orchestrator.store.JournalReader;
import orchestrator.store.StateFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a journal of 200,000 events of 1,000 issues costs whoever starts: read as a whole and from
 * its snapshot, and {@code status} as the process that people start, beside a small one of Python.
 * Printed, not judged. {@code ORCHESTRATOR_JAVA_OPTIONS} goes to that process as it does when the
 * program is started.
 */
@Tag("benchmark")
class JournalBenchmark {
    private static final int EVENTS = 200_000;
    private static final int ISSUES = 1000;
    private static final int TIMES = Boolean.getBoolean("orchestrator.bench.full") ? 9 : 3;
    private static final String APP = System.getProperty("orchestrator.test.app", "");
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path ROOT = Path.of(System.getProperty("orchestrator.test.basedir", "."));

    /**
     * Runs a command so many times; prints of each the milliseconds, its peak of memory in MB, and
     * the milliseconds it had a core.
     */
    private static final String MEASURE =
            """
            import os, sys, time
            for i in range(int(sys.argv[1])):
                begin = time.monotonic()
                child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ,
                    file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
                _, code, used = os.wait4(child, 0)
                assert code == 0, code
                millis = round((time.monotonic() - begin) * 1000)
                print(millis, used.ru_maxrss // 1024, round((used.ru_utime + used.ru_stime) * 1000))
            """;

    @TempDir Path folder;

    @Test
    void a_long_journal_is_opened_and_told_of_at_once() throws Exception {
        Path workspace = workspace();
        Path file = StateFolder.create(workspace.resolve("state")).journal();
        write(file, EVENTS);
        System.out.printf(
                Locale.ROOT,
                "journal, %d events of %d issues, %d MB; load %s%n",
                EVENTS,
                ISSUES,
                Files.size(file) >> 20,
                Bench.load());
        System.out.println("  opened, not compacted:       " + spread(3, () -> open(file)));
        try (Journal journal = Journal.open(file)) {
            System.out.println(
                    "  compacted in:                " + spread(1, () -> compact(journal)));
        }
        System.out.println("  opened from its snapshot:    " + spread(TIMES, () -> open(file)));
        try (Journal journal = Journal.open(file)) {
            append(journal, BigRun.history(499, ISSUES));
        }
        System.out.println("  and 499 events more:         " + spread(TIMES, () -> open(file)));
        System.out.println("  read as a whole (timeline):  " + spread(3, () -> readAll(file)));
        tellStatus(workspace);
    }

    /** As people start it: by the script of the build that the verify has made. */
    private static void tellStatus(Path workspace) throws Exception {
        if (APP.isEmpty() || !Files.isExecutable(PYTHON)) {
            System.out.println(
                    "  status: not measured; that needs -Dtest.app with a build, and " + PYTHON);
            return;
        }
        System.out.println(
                "  status, without its cache:   " + status(workspace, "-XX:AOTMode=off"));
        System.out.println("  status:                      " + status(workspace, ""));
        System.out.println(
                "  python3 -c 'import json,argparse': "
                        + process(List.of(PYTHON.toString(), "-c", "import json,argparse")));
    }

    private Path workspace() throws IOException {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        String issues =
                IntStream.rangeClosed(1, ISSUES)
                        .mapToObj(n ->
                                "{\"number\": %d, \"title\": \"Issue %d\", \"description\": \"Do it.\", \"wave\": %d}"
                                        .formatted(n, n, 1 + n / 100))
                        .reduce((a, b) -> a + ",\n" + b)
                        .orElseThrow();
        Files.createDirectories(workspace.resolve("config"));
        String project = Demo.id(1).project();
        Files.writeString(
                workspace.resolve("config").resolve(project + "-issues.json"),
                """
                {"project": "%s", "repo": "r", "repo_path": "../state/rehearsal/%s",
                 "worktree_base": "../state/rehearsal/trees",
                 "branch_prefix": "demo/issue-", "default_branch": "main", "platform": "none",
                 "tmux_session": "bench", "tmux_socket": "%s", "num_workers": 10,
                 "agent": {"type": "rehearsal"},
                 "pipeline": ["implement", "optimize", "write_tests", "document"],
                 "issues": [%s]}
                """
                        .formatted(project, project, folder.resolve("tmux.sock"), issues));
        return workspace;
    }

    private static void write(Path file, int events) {
        try (Journal journal = Journal.open(file)) {
            append(journal, BigRun.history(events, ISSUES));
        }
    }

    private static void append(Journal journal, List<TimedEvent> events) {
        for (int from = 0; from < events.size(); from += 1000) {
            journal.append(
                    events.get(from).at(),
                    events.subList(from, Math.min(events.size(), from + 1000)).stream()
                            .map(told -> new Journal.Entry(told.event(), Optional.empty()))
                            .toList());
        }
    }

    private static long open(Path file) {
        try (Journal journal = Journal.open(file)) {
            return journal.past().count();
        }
    }

    private static long compact(Journal journal) {
        journal.compact();
        return journal.past().count();
    }

    private static long readAll(Path file) {
        JournalReader reader = new JournalReader(file);
        reader.poll(events -> {});
        return reader.history().count();
    }

    private static String spread(int times, LongSupplier what) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            assertThat(what.getAsLong()).isGreaterThanOrEqualTo(EVENTS);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        return String.format(
                Locale.ROOT,
                "median %.1f ms (%.1f to %.1f, %d times)",
                millis[times / 2],
                millis[0],
                millis[times - 1],
                times);
    }

    private static String status(Path workspace, String options) throws Exception {
        return process(
                List.of(
                        "/usr/bin/env",
                        "ORCHESTRATOR_JAVA_OPTIONS=" + options,
                        ROOT.toAbsolutePath().resolve("packaging/orchestrator").toString(),
                        "--workspace",
                        workspace.toString(),
                        "status"));
    }

    private static String process(List<String> command) throws Exception {
        List<String> argv = new ArrayList<>(List.of(PYTHON.toString(), "-c", MEASURE, TIMES + ""));
        argv.addAll(command);
        Process process =
                new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        List<long[]> figures =
                said.lines()
                        .map(line ->
                                Arrays.stream(line.split(" ", 3))
                                        .mapToLong(Long::parseLong)
                                        .toArray())
                        .toList();
        return "%s ms, %s MB at its peak, %s ms on a core, %d times"
                .formatted(middle(figures, 0), middle(figures, 1), middle(figures, 2), TIMES);
    }

    private static String middle(List<long[]> figures, int which) {
        long[] sorted = figures.stream().mapToLong(f -> f[which]).sorted().toArray();
        return "%d (%d to %d)"
                .formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
