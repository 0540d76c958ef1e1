package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.config.RehearsalFiles;
import orchestrator.e2e.StartScript;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The window as the process that people start: how soon it is seen, and what memory it holds.
 * Printed, not judged. {@code -Dorchestrator.bench.second=100} makes the hour of the soak take six
 * minutes instead of a quarter of one.
 */
@Tag("benchmark")
@Tag("display")
class WindowProcessBenchmark {
    private static final int STARTS = 3;
    private static final int MILLIS_A_SECOND = Integer.getInteger("orchestrator.bench.second", 4);
    private static final Path ROOT = Path.of(System.getProperty("orchestrator.test.basedir", "."));
    private static final Pattern FRAME =
            Pattern.compile("(?m)^([0-9TZ.:-]+) .*first frame [0-9]+ ms");

    private static final String NO_CACHE = "-XX:AOTMode=off";

    @TempDir Path folder;

    @Test
    @EnabledIfSystemProperty(named = "orchestrator.test.app", matches = ".+")
    void memory_over_an_hour_of_two_hundred_attempts() throws Exception {
        Process process =
                StartScript.here()
                        .window(
                                Path.of(System.getProperty("orchestrator.test.app")),
                                ROOT.resolve("target/test-classes").toString(),
                                List.of(
                                        WindowSoakMain.class.getName(),
                                        String.valueOf(MILLIS_A_SECOND)))
                        .redirectErrorStream(true)
                        .start();
        List<String> figures = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("rss ")) {
                    String[] words = line.split(" ", -1);
                    figures.add(Integer.parseInt(words[1]) / 60 + " min " + words[2]);
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(figures).hasSizeGreaterThan(10);
        System.out.println(
                "window, an hour of 200 attempts in %d s, memory held in MB: %s"
                        .formatted(3_600 * MILLIS_A_SECOND / 1000, String.join(", ", figures)));
    }

    @Test
    void the_first_frame_plain_and_with_a_cache_of_what_is_loaded() throws Exception {
        Path workspace = folder.resolve("rehearsal");
        RehearsalFiles.layOut(workspace);
        System.out.println("window, first frame without its cache: " + starts(workspace, NO_CACHE));
        Optional<Path> cache = cache();
        System.out.println(
                "window, from the command to the first frame: "
                        + (cache.isPresent()
                                ? starts(workspace, "")
                                : "not measured, the build has no cache yet"));
    }

    /** The build's, made by the verify or by an earlier start. */
    private static Optional<Path> cache() {
        String app = System.getProperty("orchestrator.test.app", "");
        return Optional.of(
                        Path.of(app, "window-%s.aot".formatted(System.getProperty("java.version"))))
                .filter(file -> !app.isEmpty() && Files.isReadable(file));
    }

    private String starts(Path workspace, String option) throws Exception {
        long[] times = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            times[i] = start(workspace, option).orElseThrow();
        }
        Arrays.sort(times);
        return "median %d ms (%d to %d, %d starts)"
                .formatted(times[STARTS / 2], times[0], times[STARTS - 1], STARTS);
    }

    /** Starts the program, waits until its window was seen or it ended by itself, ends it. */
    private Optional<Long> start(Path workspace, String option) throws Exception {
        Path log = workspace.resolve("state/logs/orchestrator.log");
        Files.deleteIfExists(log);
        ProcessBuilder builder =
                new ProcessBuilder(
                        ROOT.resolve("packaging/orchestrator").toString(),
                        "--workspace",
                        workspace.toString());
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("ORCHESTRATOR_JAVA_OPTIONS", "-Dorchestrator.log=debug " + option);
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        Instant begun = Instant.now();
        Process process = builder.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> frame(log).isPresent() || !process.isAlive());
            return frame(log).map(seen -> Duration.between(begun, seen).toMillis());
        } finally {
            process.destroy();
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** When the program noted that it was seen. */
    private static Optional<Instant> frame(Path log) throws IOException {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        Matcher frame = FRAME.matcher(Files.readString(log));
        return frame.find() ? Optional.of(Instant.parse(frame.group(1))) : Optional.empty();
    }
}
