package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.cli.ErrorTable.Entry;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of codes is the codes that the sources give, each with its exit code. */
class ErrorCodesTest {
    private static final Path SOURCES =
            Path.of(
                    System.getProperty("orchestrator.test.basedir", "."),
                    "src/main/java/orchestrator");

    /** Where a code is given: what stands before the first comma. */
    private static final Pattern GIVEN =
            Pattern.compile("(?:new Fault|DiskFault\\.of)\\(\\s*([^,;]+?)\\s*,");

    private static final Pattern LITERAL = Pattern.compile("\"([a-z0-9-]+)\"");
    private static final Pattern CONSTANT = Pattern.compile("(?:([A-Z][A-Za-z]+)\\.)?([A-Z_]+)");

    @TempDir Path folder;

    @Test
    void every_code_of_the_sources_stands_on_the_page_and_no_other() throws IOException {
        Set<String> codes = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                GIVEN.matcher(read(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(call -> {
                            String given =
                                    call.substring(call.indexOf('(') + 1, call.length() - 1)
                                            .strip();
                            List<String> found = codes(file, given);
                            if (found.isEmpty() && !isPassedOn(file, given)) {
                                unknown.add(file.getFileName() + ": " + given);
                            }
                            codes.addAll(found);
                        });
            }
        }
        assertThat(unknown).as("codes that this test cannot read; teach it").isEmpty();
        assertThat(codes).hasSizeGreaterThan(140);
        assertThat(ErrorTable.all()).extracting(Entry::code).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(ErrorTable.all().stream().map(Entry::code).toList()))
                .as("src/main/resources/orchestrator/help/errors.md")
                .isEqualTo(codes);
    }

    /** A code that somebody else has given, in the table by where that was. */
    private static boolean isPassedOn(Path file, String given) {
        return Set.of("LogSubject.java unknown.code()", "DiskFault.java code")
                .contains(file.getFileName() + " " + given);
    }

    private static List<String> codes(Path file, String given) {
        Matcher literal = LITERAL.matcher(given);
        if (literal.matches()) {
            return List.of(literal.group(1));
        }
        Matcher constant = CONSTANT.matcher(given);
        if (constant.matches()) {
            Path home =
                    constant.group(1) == null
                            ? file
                            : file.resolveSibling(constant.group(1) + ".java");
            Matcher value =
                    Pattern.compile("String " + constant.group(2) + " = \"([a-z-]+)\"")
                            .matcher(read(home));
            return value.find() ? List.of(value.group(1)) : List.of();
        }
        String where = file.getFileName().toString();
        if (given.startsWith("\"forge-\" + ")) {
            return kinds("forge/Tool.java").stream().map("forge-"::concat).toList();
        }
        if (where.equals("Remote.java") && given.startsWith("verb + ")) {
            List<String> kinds =
                    given.equals("verb + \"-\" + kind")
                            ? kinds("git/Stderr.java")
                            : List.of(given.replaceAll("verb \\+ \"-|\"", ""));
            return Pattern.compile("talk\\(\\s*\"([a-z]+)\"")
                    .matcher(read(file))
                    .results()
                    .flatMap(verb -> kinds.stream().map(kind -> verb.group(1) + "-" + kind))
                    .toList();
        }
        return List.of();
    }

    /** What its method {@code kind} can answer. */
    private static List<String> kinds(String file) {
        String source = read(SOURCES.resolve(file));
        int begin = source.indexOf("static String kind(");
        String body = source.substring(begin, source.indexOf("\n    }", begin));
        List<String> kinds =
                Pattern.compile("(?:return|\\?|:) \"([a-z-]+)\"")
                        .matcher(body)
                        .results()
                        .map(kind -> kind.group(1))
                        .toList();
        assertThat(kinds).as(file).hasSizeGreaterThan(2);
        return kinds;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void exit_codes_are_those_that_a_failure_ends_with() {
        assertThat(ErrorTable.all())
                .allSatisfy(entry ->
                        assertThat(Failures.exit(entry.code()))
                                .as(entry.code())
                                .isEqualTo(entry.exit()));
        assertThat(ErrorTable.all().stream().map(Entry::code).collect(Collectors.toSet()))
                .as("codes of which an exit code is said")
                .containsAll(Failures.WRONG_USE)
                .containsAll(Failures.MISSING)
                .contains("workspace-held", "launch-under-way");
    }

    @Test
    void every_row_is_whole_sentences() throws IOException {
        assertThat(ErrorTable.all())
                .allSatisfy(entry -> {
                    assertThat(entry.means())
                            .as(entry.code())
                            .matches("(?s)([A-Z`]|git |origin |tmux ).*\\.")
                            .doesNotContain("  ");
                    assertThat(entry.advice()).as(entry.code()).matches("(?s)[A-Z`].*\\.");
                });
        String page =
                read(SOURCES.resolve("../../resources/orchestrator/help/errors.md").normalize());
        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .as("every row can be read")
                .hasSize(ErrorTable.all().size());
    }

    @Test
    void a_code_is_explained() throws IOException {
        CliLab lab = new CliLab(folder);
        CliLab.Said said = lab.anywhere("explain", "forge-auth");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .containsExactly(
                        "forge-auth (exit code 3)",
                        "`gh` or `glab` is not logged in, or may not see the repository.",
                        "What to do: `gh auth login` or `glab auth login`; then `orchestrator doctor`.");
        CliLab.Said all = lab.anywhere("explain");
        assertThat(all.exit()).isZero();
        assertThat(all.out().lines())
                .hasSameSizeAs(ErrorTable.all())
                .contains("config-invalid           2", "workspace-held           4");
    }

    @Test
    void a_code_that_does_not_exist_is_told_with_those_that_are_like_it() throws IOException {
        CliLab lab = new CliLab(folder);
        CliLab.Said said = lab.anywhere("explain", "forge-login");
        assertThat(said.exit()).isEqualTo(Cli.WRONG_USE);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("orchestrator: There is no code 'forge-login'; there are forge-none, ")
                .endsWith("orchestrator: code code-unknown\n");
        assertThat(lab.anywhere("explain", "nothing").err())
                .startsWith(
                        "orchestrator: There is no code 'nothing'; `explain` alone lists them.\n");
    }
}
