package orchestrator.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How {@code --help} looks: a command's own options first and those of every command after them,
 * and the commands of the program by what one wants.
 */
final class HelpPages {
    private static final String LAST = "More";

    /** The commands by what one wants; what stands in none of them comes with the last. */
    static final Map<String, List<String>> GROUPS = groups();

    private HelpPages() {}

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Begin", List.of("init", "import", "add-issue", "doctor", "launch"));
        groups.put("Watch", List.of("status", "dashboard", "plan", "logs", "attach"));
        groups.put(
                "Step in",
                List.of(
                        "pause",
                        "resume",
                        "restart",
                        "stop",
                        "continue",
                        "retry",
                        "push",
                        "complete",
                        "fail",
                        "park",
                        "move"));
        groups.put("Afterwards", List.of("report", "rescue", "cleanup"));
        groups.put(LAST, List.of("explain", "completion", "monitor", "help"));
        return groups;
    }

    /** Gives the program and all commands under it this look. */
    static void apply(CommandLine program) {
        dress(program);
        UsageMessageSpec usage = program.getCommandSpec().usageMessage().commandListHeading("");
        program.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpPages::grouped);
        // Whoever asks the program itself wants to know its commands first.
        List<String> order = new ArrayList<>(usage.sectionKeys());
        order.remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST);
        order.add(
                order.indexOf(UsageMessageSpec.SECTION_KEY_COMMAND_LIST) + 1,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST);
        usage.sectionKeys(order);
    }

    /** {@code help}, in our words. */
    static CommandLine ofHelp() {
        CommandLine line = new CommandLine(new CommandLine.HelpCommand());
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage()
                .header(new String[0])
                .synopsisHeading("Usage: ")
                .description("Shows the help of a command, or of the program.")
                .footer("", "Example:", "  orchestrator help launch");
        return line;
    }

    private static void dress(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage()
                .customSynopsis(synopsis(spec))
                .descriptionHeading("%n")
                .parameterListHeading(spec.positionalParameters().isEmpty() ? "" : "%n")
                .commandListHeading("%nCommands:%n");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPages::options);
        line.getSubcommands().values().forEach(HelpPages::dress);
    }

    /** The name, what must be given, and what may be. */
    private static String synopsis(CommandSpec spec) {
        Stream<String> needed =
                spec.options().stream()
                        .filter(OptionSpec::required)
                        .map(option -> option.longestName() + "=" + option.paramLabel());
        Stream<String> arguments = spec.positionalParameters().stream().map(HelpPages::argument);
        Stream<String> below = spec.subcommands().isEmpty() ? Stream.empty() : Stream.of("COMMAND");
        return Stream.of(
                        Stream.of(spec.qualifiedName()),
                        needed,
                        Stream.of("[OPTIONS]"),
                        arguments,
                        below.map(word -> spec.parent() == null ? "[" + word + "]" : word))
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }

    private static String argument(PositionalParamSpec argument) {
        String label =
                argument.paramLabel().replaceAll("[\\[\\]]", "")
                        + (argument.arity().max() > 1 ? "..." : "");
        return argument.required() ? label : "[" + label + "]";
    }

    private static String options(Help help) {
        List<OptionSpec> all = help.commandSpec().options();
        String own = help.optionListExcludingGroups(only(all, option -> !isEverywhere(option)));
        String common = help.optionListExcludingGroups(only(all, HelpPages::isEverywhere));
        boolean first = help.commandSpec().positionalParameters().isEmpty() && !own.isEmpty();
        return (first ? "%n" : "").formatted()
                + own
                + "%nOptions of every command:%n".formatted()
                + common;
    }

    private static List<OptionSpec> only(List<OptionSpec> all, Predicate<OptionSpec> wanted) {
        return all.stream().filter(option -> !option.hidden()).filter(wanted).toList();
    }

    private static boolean isEverywhere(OptionSpec option) {
        return option.inherited()
                || option.usageHelp()
                || option.versionHelp()
                || option.scopeType() == CommandLine.ScopeType.INHERIT;
    }

    private static String grouped(Help help) {
        Map<String, Help> shown = help.subcommands();
        int widest = shown.keySet().stream().mapToInt(String::length).max().orElse(0);
        int width = help.commandSpec().usageMessage().width();
        StringBuilder text = new StringBuilder();
        groups(shown.keySet())
                .forEach((heading, names) -> {
                    TextTable table =
                            TextTable.forColumns(
                                    help.colorScheme(),
                                    new Column(widest + 4, 2, Column.Overflow.SPAN),
                                    new Column(width - widest - 4, 0, Column.Overflow.WRAP));
                    for (String name : names) {
                        Help command = shown.get(name);
                        if (command != null) {
                            table.addRowValues(name, about(command.commandSpec()));
                        }
                    }
                    text.append("%n%s:%n".formatted(heading)).append(table);
                });
        return text.toString();
    }

    private static Map<String, List<String>> groups(Collection<String> all) {
        Map<String, List<String>> groups = new LinkedHashMap<>(GROUPS);
        List<String> known = GROUPS.values().stream().flatMap(List::stream).toList();
        groups.computeIfPresent(
                LAST,
                (heading, names) ->
                        Stream.concat(
                                        all.stream().filter(name -> !known.contains(name)),
                                        names.stream())
                                .toList());
        return groups;
    }

    /** The first line of what it does. */
    private static String about(CommandSpec spec) {
        return Arrays.stream(spec.usageMessage().description()).findFirst().orElse("");
    }
}
