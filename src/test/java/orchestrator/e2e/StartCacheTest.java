package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.config.RehearsalFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What java has loaded is kept for the next start: the script has it made, uses it, and is not
 * disturbed by one that is of no use. Needs the build that people run, as the verify makes it.
 */
@EnabledIfSystemProperty(named = "orchestrator.test.app", matches = ".+")
class StartCacheTest {
    private static final Path OURS = Path.of(System.getProperty("orchestrator.test.basedir", "."));

    @TempDir Path folder;
    private Path script;
    private Path app;

    @BeforeEach
    void copyTheBuild() throws IOException {
        Path build = Path.of(System.getProperty("orchestrator.test.app"));
        app = Files.createDirectories(folder.resolve("a checkout/target/app/1"));
        Path root = folder.resolve("a checkout");
        Files.createDirectories(root.resolve("src/main"));
        Files.createDirectories(root.resolve(".mvn"));
        Files.copy(OURS.resolve("pom.xml"), root.resolve("pom.xml"));
        Files.createDirectories(root.resolve("packaging"));
        for (String name : List.of("orchestrator", "lib.sh", "start.sh")) {
            Files.copy(OURS.resolve("packaging").resolve(name), root.resolve("packaging/" + name));
        }
        script = root.resolve("packaging/orchestrator");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try (Stream<Path> all = Files.walk(build)) {
            for (Path from : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                if (from.toString().endsWith(".jar")) {
                    Path to = app.resolve(build.relativize(from).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(from, to);
                }
            }
        }
        Files.writeString(folder.resolve("a checkout/target/app/current"), "1\n");
    }

    @Test
    void the_first_start_has_it_made_and_the_next_uses_it() throws Exception {
        assertThat(said()).startsWith("orchestrator ").hasLineCount(1);
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(cache()));
        Path loaded = folder.resolve("loaded");
        assertThat(said("-Xlog:class+load:file=" + loaded))
                .startsWith("orchestrator ")
                .hasLineCount(1);
        assertThat(Files.readAllLines(loaded))
                .as("our own classes come out of the cache")
                .anyMatch(line ->
                        line.contains("orchestrator.cli.Cli ")
                                && line.contains("shared objects file"));
        await("it tidies up").until(() -> !Files.exists(Path.of(cache() + ".made")));
    }

    @Test
    void a_status_has_one_of_its_own_with_nothing_in_it_that_it_does_not_need() throws Exception {
        Path workspace = folder.resolve("rehearsal");
        RehearsalFiles.layOut(workspace);
        String[] status = {"--workspace", workspace.toString(), "status"};
        String first = said(List.of(), status);
        assertThat(first).contains("0 of 8 completed");
        Path own = Path.of(cache().toString().replace("commands-", "status-"));
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(own));
        Path loaded = folder.resolve("loaded");
        assertThat(said(List.of("-Xlog:class+load:file=" + loaded), status)).isEqualTo(first);
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes)
                .anyMatch(line ->
                        line.contains("orchestrator.cli.StatusText ")
                                && line.contains("shared objects file"));
        assertThat(classes)
                .as("what takes long to load")
                .noneMatch(line ->
                        line.contains(" picocli.")
                                || line.contains(" ch.qos.logback.")
                                || line.contains(" tools.jackson.databind.ObjectMapper "));
        assertThat(Files.exists(cache())).as("a status needs none of all commands").isFalse();
        await("it tidies up").until(() -> !Files.exists(Path.of(own + ".made")));
    }

    @Test
    void one_whose_making_was_cut_short_is_made_by_a_later_start_and_one_that_failed_is_not()
            throws Exception {
        Path notes = Files.createDirectories(Path.of(cache() + ".made"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.writeString(notes.resolve("failed"), "");
        Files.setLastModifiedTime(notes, longAgo);
        assertThat(said()).startsWith("orchestrator ");
        assertThat(Files.getLastModifiedTime(notes)).as("it was left alone").isEqualTo(longAgo);
        Files.delete(notes.resolve("failed"));
        Files.setLastModifiedTime(notes, longAgo);
        assertThat(said()).startsWith("orchestrator ");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(cache()));
    }

    @Test
    void one_that_is_of_no_use_is_none() throws Exception {
        Files.writeString(cache(), "no cache at all");
        assertThat(said()).startsWith("orchestrator ").hasLineCount(1);
        assertThat(cache()).as("it is not ours to mend").hasContent("no cache at all");
    }

    /** The verify has made it, with a window that nobody saw. */
    @Test
    @Tag("display")
    void the_window_starts_from_its_own() throws Exception {
        Path workspace = folder.resolve("rehearsal");
        RehearsalFiles.layOut(workspace);
        Path loaded = folder.resolve("loaded");
        ProcessBuilder builder =
                new ProcessBuilder(
                        OURS.resolve("packaging/orchestrator").toString(),
                        "--workspace",
                        workspace.toString());
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put(
                        "ORCHESTRATOR_JAVA_OPTIONS",
                        "-Dorchestrator.log=debug -Dprism.order=sw -Xlog:class+load:file="
                                + loaded);
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        Path log = workspace.resolve("state/logs/orchestrator.log");
        Process process = builder.start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            Files.exists(log) && Files.readString(log).contains("first frame "));
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line ->
                        line.contains("orchestrator.ui.shell.MainWindow ")
                                && line.contains("shared objects file"));
    }

    private Path cache() {
        return app.resolve("commands-%s.aot".formatted(System.getProperty("java.version")));
    }

    /** What {@code --version} prints, wherever it prints it. */
    private String said(String... options) throws Exception {
        return said(List.of(options), "--version");
    }

    private String said(List<String> options, String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of(script.toString()));
        argv.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ORCHESTRATOR_JAVA_OPTIONS", String.join(" ", options));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
