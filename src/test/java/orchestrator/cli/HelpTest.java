package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --help} prints, as it looks on a terminal of 80 columns. */
class HelpTest {
    private static final int COLUMNS = 80;
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "^ {2}(?:source <\\()?(?<line>orchestrator\\b.*?)(?:\\).*| {2,}\\S.*)?$");

    @TempDir Path folder;

    static Stream<String> commands() {
        return Typed.all(Typed.program()).map(CommandSpec::qualifiedName);
    }

    private String help(String command) throws IOException {
        CliLab.Said said =
                new CliLab(folder)
                        .anywhere(
                                Stream.concat(Typed.words(command).stream(), Stream.of("--help"))
                                        .toArray(String[]::new));
        assertThat(said.exit()).isZero();
        return said.out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void it_fits_a_terminal_and_its_examples_can_be_typed(String command) throws IOException {
        String help = help(command);
        assertThat(help.lines())
                .allSatisfy(
                        line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
        assertThat(help).doesNotContain("=<", "Display").contains("\n\n");
        List<String> examples = examples(help);
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(Typed.refusal(Typed.words(line))).as(line).isEmpty();
                    assertThat(line).startsWith(command.replaceFirst(" help$", ""));
                });
    }

    private static List<String> examples(String help) {
        return help.substring(Math.max(0, help.indexOf("\nExample")))
                .lines()
                .map(EXAMPLE::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(example -> example.group("line"))
                .toList();
    }

    @Test
    void every_command_stands_in_one_group_of_the_main_help() throws IOException {
        List<String> visible =
                Typed.program().subcommands().entrySet().stream()
                        .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                        .map(each -> each.getKey())
                        .toList();
        assertThat(HelpPages.GROUPS.values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(visible);
        String help = help("orchestrator");
        assertThat(help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")))
                .containsExactly(
                        "Begin:",
                        "Watch:",
                        "Step in:",
                        "Afterwards:",
                        "More:",
                        "Options of every command:",
                        "Exit codes:",
                        "Examples:");
        assertThat(visible)
                .allSatisfy(name ->
                        assertThat(help.lines().filter(line -> line.startsWith("  " + name + "  ")))
                                .as(name)
                                .hasSize(1));
    }

    @Test
    void a_commands_own_options_come_before_those_of_every_command() throws IOException {
        String help = help("orchestrator launch");
        assertThat(help).startsWith("Usage: orchestrator launch [OPTIONS]\n\nBegins the run");
        assertThat(help.indexOf("--dry-run"))
                .isBetween(0, help.indexOf("\n\nOptions of every command:\n"));
        assertThat(help.indexOf("--workspace=DIR"))
                .isGreaterThan(help.indexOf("\n\nOptions of every command:\n"));
        assertThat(help("orchestrator add-issue"))
                .startsWith("Usage: orchestrator add-issue --title=TEXT [OPTIONS] N\n");
        assertThat(help("orchestrator import"))
                .startsWith("Usage: orchestrator import [OPTIONS] [N...]\n");
        assertThat(help("orchestrator rescue"))
                .startsWith("Usage: orchestrator rescue [OPTIONS] COMMAND\n");
    }

    @Test
    void the_words_of_a_line_are_those_a_shell_would_make() {
        assertThat(Typed.words("orchestrator fail shop#5 --reason \"a b\" --x='c d'e | jq .x"))
                .containsExactly("fail", "shop#5", "--reason", "a b", "--x=c de");
        assertThat(Typed.words("orchestrator   # opens it")).isEmpty();
        assertThat(Typed.refusal(List.of("lanch"))).contains("lanch");
        assertThat(Typed.refusal(Arrays.asList("stop", "two"))).contains("two");
    }
}
