package orchestrator.cli.shell;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page: one of the whole program, each command a part of it, as {@code man} reads it.
 */
public final class ManPage {
    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    /**
     * Writes it.
     *
     * @param version such as "0.1.0"
     * @param date of the version
     * @param more sections that no command tells, by their headings: texts, or a term, a tab and
     *     what it is
     */
    public static String of(
            CommandSpec program, String version, LocalDate date, Map<String, List<String>> more) {
        ManPage all = new ManPage();
        all.write(program, version, date, more);
        return all.page.toString();
    }

    private void write(
            CommandSpec program, String version, LocalDate date, Map<String, List<String>> more) {
        String name = program.name();
        UsageMessageSpec usage = program.usageMessage();
        // A date is read by programs too: its hyphens stay hyphens.
        page.append(
                ".TH \"%s\" 1 \"%s\" \"%s %s\"\n"
                        .formatted(text(name.toUpperCase(Locale.ROOT)), date, text(name), version));
        macro("SH", "NAME");
        page.append(name)
                .append(" \\- ")
                .append(text(String.join(" ", usage.description()).replaceFirst("\\.$", "")))
                .append('\n');
        macro("SH", "SYNOPSIS");
        page.append("\\fB").append(name).append("\\fR [\\fIOPTIONS\\fR] [\\fICOMMAND\\fR]\n");
        macro("SH", "DESCRIPTION");
        lines(usage.description());
        footer(usage);
        macro("SH", "OPTIONS");
        page.append("Every command takes these, before or after its name.\n");
        program.options().stream().filter(option -> !option.hidden()).forEach(this::option);
        macro("SH", "COMMANDS");
        Word.visible(program).forEach(this::command);
        macro("SH", "EXIT STATUS");
        usage.exitCodeList()
                .forEach((code, meaning) -> term("\\fB" + text(code) + "\\fR", meaning));
        more.forEach((heading, lines) -> {
            macro("SH", heading);
            lines.forEach(this::entry);
        });
    }

    private void command(CommandSpec spec) {
        macro("SS", synopsis(spec));
        lines(spec.usageMessage().description());
        spec.positionalParameters().forEach(argument -> entry(argument, label(argument)));
        spec.options().stream()
                .filter(option -> !option.hidden() && !isEverywhere(spec, option))
                .forEach(this::option);
        footer(spec.usageMessage());
        Word.visible(spec).forEach(this::command);
    }

    /** Whether the program has it too: then it is told there. */
    private static boolean isEverywhere(CommandSpec spec, OptionSpec option) {
        return spec.root().findOption(option.longestName()) != null
                || List.of(option.names()).contains("--help");
    }

    private static String synopsis(CommandSpec spec) {
        StringBuilder words = new StringBuilder(spec.qualifiedName());
        if (spec.options().stream()
                .anyMatch(option -> !option.hidden() && !isEverywhere(spec, option))) {
            words.append(" [OPTIONS]");
        }
        for (ArgSpec argument : spec.positionalParameters()) {
            String label = label(argument);
            words.append(' ').append(argument.required() ? label : "[" + label + "]");
        }
        return words + (Word.visible(spec).findAny().isPresent() ? " COMMAND" : "");
    }

    private static String label(ArgSpec spec) {
        return spec.paramLabel()
                .replaceAll("[<>\\[\\]]", "")
                .replaceAll("([a-z])([A-Z])", "$1-$2")
                .toUpperCase(Locale.ROOT);
    }

    private void option(OptionSpec option) {
        String names =
                Word.join(
                        ", ",
                        Stream.of(option.names())
                                .sorted((a, b) -> a.length() - b.length())
                                .toList(),
                        name -> "\\fB" + text(name) + "\\fR");
        String value = option.arity().max() == 0 ? "" : " \\fI" + text(label(option)) + "\\fR";
        page.append(".TP\n").append(names).append(value).append('\n');
        lines(option.description());
    }

    private void entry(ArgSpec spec, String name) {
        page.append(".TP\n\\fI").append(text(name)).append("\\fR\n");
        lines(spec.description());
    }

    private void term(String term, String meaning) {
        page.append(".TP\n").append(term).append('\n').append(text(meaning)).append('\n');
    }

    /** A term, a tab, and what it is; or a text. */
    private void entry(String line) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            page.append(text(line)).append('\n');
        } else {
            term("\\fB" + text(line.substring(0, tab)) + "\\fR", line.substring(tab + 1));
        }
    }

    /** Examples are the lines that stand further in; they keep their form. */
    private void footer(UsageMessageSpec usage) {
        boolean example = false;
        for (String line : usage.footer()) {
            boolean inner = line.startsWith(" ");
            if (inner && !example) {
                page.append(".PP\n.nf\n.RS 4\n");
            } else if (!inner && example) {
                page.append(".RE\n.fi\n");
            }
            example = inner;
            if (inner) {
                page.append(text(line.strip())).append('\n');
            } else if (!line.isBlank()) {
                page.append(".PP\n").append(text(line)).append('\n');
            }
        }
        if (example) {
            page.append(".RE\n.fi\n");
        }
    }

    private void lines(String[] lines) {
        Arrays.stream(lines)
                .map(line -> text(line).strip())
                .forEach(line -> page.append(line).append('\n'));
    }

    private void macro(String name, String... words) {
        page.append('.').append(name);
        for (String word : words) {
            page.append(" \"").append(text(word).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    /** Text of which roff is to make nothing but itself. */
    private static String text(String plain) {
        String safe =
                plain.replace("%n", "")
                        .replace("%%", "%")
                        .replace("\\", "\\e")
                        .replace("-", "\\-")
                        .replace("^", "\\(ha")
                        .replace("~", "\\(ti")
                        .replace("`", "\\(ga")
                        .replace("'", "\\(aq");
        StringBuilder ascii = new StringBuilder(safe.startsWith(".") ? "\\&" : "");
        safe.codePoints()
                .forEach(letter -> {
                    if (letter < 128) {
                        ascii.append((char) letter);
                    } else {
                        ascii.append("\\[u%04X]".formatted(letter));
                    }
                });
        return ascii.toString();
    }
}
