package orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.cli.Typed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages say is so: their links lead somewhere, the files and classes that they name are
 * there, the picture of the house is that of the packages. Their commands are run by {@code
 * orchestrator.e2e.ReadmeTest}.
 */
class DocumentsTest {
    private static final int COLUMNS = 125;

    /** Files of which a page speaks as of a kind, or that only a user or a build makes. */
    private static final Set<String> NOT_HERE =
            Set.of(
                    "config/prompts/STAGE.md",
                    "config/prompts/NAME.md",
                    "config/shop-issues.json",
                    "src/main/resources/orchestrator/prompts/NAME.md");

    static Stream<String> pages() {
        return Documents.PAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void lines_are_no_longer_than_a_screen_is_wide(String page) {
        assertThat(Documents.text(page).lines().filter(line -> !line.startsWith("|")))
                .allSatisfy(
                        line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_somewhere(String page) {
        assertThat(Documents.find(page, "\\]\\(([^)\\s]+)\\)"))
                .allSatisfy(link -> {
                    String target = link.group(1);
                    assertThat(target)
                            .as("what is on the net is not looked at")
                            .doesNotContain("://");
                    String[] parts = target.split("#", 2);
                    String file =
                            parts[0].isEmpty()
                                    ? page
                                    : Path.of(page).resolveSibling(parts[0]).normalize().toString();
                    assertThat(Documents.ROOT.resolve(file)).as(target).exists();
                    if (parts.length == 2) {
                        assertThat(anchors(file)).as(target).contains(parts[1]);
                    }
                });
    }

    private static List<String> anchors(String page) {
        return Documents.find(page, "^#+ (.+)$").stream()
                .map(heading ->
                        heading.group(1)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N} -]", "")
                                .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void files_of_this_repository_that_are_named_are_there(String page) {
        List<String> named =
                Documents.inline(page).stream()
                        .filter(word -> word.matches("(src|config|packaging|icons)/[^ ]*"))
                        .filter(word -> !NOT_HERE.contains(word))
                        .toList();
        assertThat(named).allSatisfy(word -> assertThat(matches(word)).as(word).isNotEmpty());
    }

    private static List<Path> matches(String glob) throws IOException {
        PathMatcher matcher =
                FileSystems.getDefault().getPathMatcher("glob:" + glob.replaceFirst("/$", ""));
        try (Stream<Path> files =
                Files.walk(Documents.ROOT.resolve(glob.substring(0, glob.indexOf('/'))))) {
            return files.map(Documents.ROOT::relativize).filter(matcher::matches).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void classes_that_are_named_are_there(String page) throws IOException {
        Set<String> ours = new HashSet<>();
        try (Stream<Path> files = Files.walk(Documents.ROOT.resolve("src"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> ours.add(name.replace(".java", "")));
        }
        List<String> named =
                Documents.inline(page).stream()
                        .filter(word -> word.matches("([A-Z][a-z]+)+(\\.[A-Za-z_]+)?"))
                        .toList();
        assertThat(named)
                .allSatisfy(word -> assertThat(ours).contains(word.replaceFirst("\\..*", "")));
        if (page.equals("src/README.md")) {
            assertThat(named).hasSizeGreaterThan(50);
        }
        assertThat(Documents.find(page, "-Dtest=(\\w+)").stream().map(test -> test.group(1)))
                .isSubsetOf(ours);
    }

    @Test
    void every_command_line_can_be_typed() {
        List<String> commands = Documents.commands("orchestrator", "packaging/orchestrator");
        assertThat(commands).hasSizeGreaterThan(50);
        assertThat(commands)
                .allSatisfy(
                        line -> assertThat(Typed.refusal(Typed.words(line))).as(line).isEmpty());
    }

    @Test
    void every_command_of_the_program_is_told() {
        Set<String> told =
                Documents.commands("orchestrator", "packaging/orchestrator").stream()
                        .map(Typed::words)
                        .filter(words -> !words.isEmpty())
                        .map(List::getFirst)
                        .collect(Collectors.toSet());
        assertThat(told).containsAll(Typed.names());
    }

    @Test
    void scripts_that_are_named_explain_themselves() throws Exception {
        List<String> scripts =
                Documents.PAGES.stream()
                        .flatMap(page ->
                                Stream.concat(
                                        Documents.inline(page).stream(),
                                        Documents.blocks(page, "sh").stream()
                                                .flatMap(String::lines)))
                        .filter(word -> word.startsWith("packaging/"))
                        .map(word -> word.split(" ", 2)[0])
                        .filter(word -> !word.endsWith(".md"))
                        // It builds what is not built yet; the packages' checks run it.
                        .filter(word -> !word.equals("packaging/orchestrator"))
                        .distinct()
                        .toList();
        assertThat(scripts)
                .contains("packaging/verify", "packaging/benchmark", "packaging/package");
        for (String script : scripts) {
            Process process =
                    new ProcessBuilder(
                                    Documents.ROOT.resolve(script).toAbsolutePath().toString(),
                                    "--help")
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(script).isTrue();
            assertThat(process.exitValue()).as("%s: %s", script, said).isZero();
            assertThat(said).as(script).startsWith("Usage: ");
        }
    }

    @Test
    void the_picture_of_the_house_has_the_packages_and_arrows_that_there_are() {
        Map<String, Set<String>> drawn = drawn();
        Map<String, Set<String>> real = new TreeMap<>();
        for (JavaClass type : ArchitectureTest.OURS) {
            String from = ArchitectureTest.part(type);
            if (!from.isEmpty()) {
                Set<String> targets = real.computeIfAbsent(from, _ -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(arrow ->
                                ArchitectureTest.part(
                                        arrow.getTargetClass().getBaseComponentType()))
                        .filter(to -> !to.isEmpty() && !to.equals(from))
                        .forEach(targets::add);
            }
        }
        assertThat(drawn.keySet()).as("boxes").isEqualTo(real.keySet());
        drawn.forEach((from, targets) -> {
            assertThat(real.get(from)).as("arrows of %s that are drawn", from).containsAll(targets);
            if (!from.equals("wiring")) {
                assertThat(ArchitectureTest.MAY_USE.get(from))
                        .as("what %s may use", from)
                        .containsAll(targets);
            }
            assertThat(reached(drawn, from))
                    .as("what %s reaches", from)
                    .isEqualTo(reached(real, from));
            assertThat(targets)
                    .as("%s: what is reached over others is not drawn", from)
                    .allSatisfy(target ->
                            assertThat(
                                            targets.stream()
                                                    .filter(other -> !other.equals(target))
                                                    .flatMap(other ->
                                                            reached(drawn, other).stream()))
                                    .doesNotContain(target));
        });
        List<String> rows =
                Documents.find("src/README.md", "^\\| (`[a-z`, ]+) \\|").stream()
                        .map(row -> row.group(1))
                        .filter(row -> !row.contains("/"))
                        .toList();
        assertThat(String.join(",", rows).replaceAll("[` ]", "").split(",", -1))
                .as("rows of the table of packages")
                .containsAll(real.keySet());
    }

    private static Map<String, Set<String>> drawn() {
        Map<String, Set<String>> drawn = new TreeMap<>();
        List<String> pictures = Documents.blocks("src/README.md", "mermaid");
        assertThat(pictures).hasSize(1);
        pictures.getFirst()
                .lines()
                .filter(line -> line.contains(" --> "))
                .forEach(line -> {
                    String[] sides = line.strip().split(" --> ", -1);
                    for (String to : sides[1].split(" & ", -1)) {
                        assertThat(drawn.computeIfAbsent(sides[0], _ -> new TreeSet<>()).add(to))
                                .as(line)
                                .isTrue();
                        drawn.computeIfAbsent(to, _ -> new TreeSet<>());
                    }
                });
        return drawn;
    }

    private static Set<String> reached(Map<String, Set<String>> arrows, String from) {
        Set<String> reached = new TreeSet<>();
        List<String> next = new ArrayList<>(arrows.getOrDefault(from, Set.of()));
        while (!next.isEmpty()) {
            String each = next.removeLast();
            if (reached.add(each)) {
                next.addAll(arrows.getOrDefault(each, Set.of()));
            }
        }
        return reached;
    }
}
