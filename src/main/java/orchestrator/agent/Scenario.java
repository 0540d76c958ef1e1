package orchestrator.agent;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.model.Project;
import orchestrator.model.Stage;
import orchestrator.model.WorkspaceConfig;

/**
 * How the runs of the rehearsal agent go; the file's form is described in {@code
 * rehearsal/SCENARIO.md}. Immutable.
 */
public final class Scenario {
    /** All goes well, in two seconds. */
    public static final Scenario GOOD = new Scenario(List.of(), Map.of());

    /** What a run can come to, as written in a scenario. */
    public static final Set<String> OUTCOMES =
            Set.of(
                    "good",
                    "no-commit",
                    "uncommitted",
                    "empty",
                    "zero-turns",
                    "crash",
                    "error",
                    "error-exit",
                    "usage-limit",
                    "overloaded",
                    "network",
                    "not-logged-in",
                    "no-credit",
                    "prompt-too-long",
                    "session-in-use",
                    "no-session",
                    "hang-start",
                    "hang-mid",
                    "hang-after-result",
                    "two-results",
                    "quiet",
                    "writes",
                    "ignore-term",
                    "huge-line",
                    "split-lines",
                    "invalid-utf8",
                    "leave-child");

    private static final Set<String> CONDITIONS =
            Set.of("project", "issue", "stage", "attempt", "number");
    private static final Map<String, String> BUILT_IN =
            Map.of(
                    "outcome", "good", "seconds", "2", "lines", "12", "reset", "60", "cost",
                    "0.0123", "size", "5");

    /**
     * A scenario and what is wrong with its file; a rule that is wrong is left out.
     *
     * @param problems {@code file:line: what is wrong and what to do}
     */
    public record Reading(Scenario scenario, List<String> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The run a rule is looked up for.
     *
     * @param attempt which attempt at this stage, from 1
     * @param number which attempt of the issue, from 1
     */
    public record Run(String project, int issue, String stage, int attempt, int number) {
        private String value(String condition) {
            return switch (condition) {
                case "project" -> project;
                case "issue" -> Integer.toString(issue);
                case "stage" -> stage;
                case "attempt" -> Integer.toString(attempt);
                case "number" -> Integer.toString(number);
                default -> throw new IllegalArgumentException(condition);
            };
        }
    }

    /**
     * How a run goes.
     *
     * @param outcome one of {@link #OUTCOMES}
     * @param seconds how long it takes
     * @param lines how many steps it shows, 1 or more
     * @param reset seconds until a usage limit resets
     * @param cost US dollars
     * @param size MiB of a huge line, 1 or more
     */
    public record Course(
            String outcome, double seconds, int lines, int reset, double cost, int size) {}

    private record Rule(int line, Map<String, String> conditions, Map<String, String> says) {
        boolean fits(Run run) {
            return conditions.entrySet().stream()
                    .allMatch(c -> c.getValue().equals(run.value(c.getKey())));
        }

        /** Whether the project has what is named; how many attempts there will be, nobody knows. */
        boolean mayFit(Project project) {
            return says("project", project.name()::equals)
                    && says("issue", number -> project.issue(Integer.parseInt(number)).isPresent())
                    && says(
                            "stage",
                            name ->
                                    project.stageIndex(name) >= 0
                                            || Stage.RESERVED.stream()
                                                    .anyMatch(it -> it.name().equals(name)));
        }

        private boolean says(String condition, Predicate<String> holds) {
            String wanted = conditions.get(condition);
            return wanted == null || holds.test(wanted);
        }

        String named() {
            return Stream.of("project", "issue", "stage")
                    .filter(conditions::containsKey)
                    .map(key -> key + "=" + conditions.get(key))
                    .collect(Collectors.joining(" "));
        }
    }

    private final List<Rule> rules;
    private final Map<String, String> defaults;

    private Scenario(List<Rule> rules, Map<String, String> defaults) {
        this.rules = List.copyOf(rules);
        this.defaults = Map.copyOf(defaults);
    }

    /** Reads a scenario; a file that cannot be read is a problem too. Blocks. */
    public static Reading read(Path file) {
        try {
            return new Parser(file).parse(Files.readAllLines(file));
        } catch (MalformedInputException notText) {
            return new Reading(GOOD, List.of(file + ":1: not UTF-8 text; save it as UTF-8"));
        } catch (IOException failure) {
            return new Reading(
                    GOOD,
                    List.of(
                            file
                                    + ":1: the scenario cannot be read; correct agent.scenario in the config or make the file"));
        }
    }

    /**
     * Rules that no run of a workspace can fit, as its projects lack the issue or the stage, a
     * sentence each: a slip of the pen would otherwise just have no effect.
     *
     * @param file what is said to hold them
     */
    public List<String> idle(Path file, WorkspaceConfig config) {
        return rules.stream()
                .filter(rule -> config.projects().stream().noneMatch(rule::mayFit))
                .map(rule ->
                        "%s:%d: fits no run: no project of the workspace has all of %s"
                                .formatted(file, rule.line(), rule.named()))
                .toList();
    }

    /** How that run goes. */
    public Course of(Run run) {
        Optional<Rule> rule = rules.stream().filter(r -> r.fits(run)).findFirst();
        Map<String, String> values = new HashMap<>(BUILT_IN);
        values.putAll(defaults);
        rule.ifPresent(r -> values.putAll(r.says()));
        return new Course(
                values.getOrDefault("outcome", ""),
                Double.parseDouble(values.getOrDefault("seconds", "")),
                Integer.parseInt(values.getOrDefault("lines", "")),
                Integer.parseInt(values.getOrDefault("reset", "")),
                Double.parseDouble(values.getOrDefault("cost", "")),
                Integer.parseInt(values.getOrDefault("size", "")));
    }

    /** Reads one file. */
    private static final class Parser {
        private final Path file;
        private final List<String> problems = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();
        private Map<String, String> defaults = Map.of();
        private int line;
        private int defaultLine;

        Parser(Path file) {
            this.file = file;
        }

        Reading parse(List<String> lines) {
            for (String text : lines) {
                line++;
                String rule = text.strip();
                if (!rule.isEmpty() && !rule.startsWith("#")) {
                    rule(List.of(rule.split("\\s+", -1)));
                }
            }
            return new Reading(new Scenario(rules, defaults), problems);
        }

        private void rule(List<String> words) {
            int before = problems.size();
            boolean isDefault = words.getFirst().equals("default");
            Map<String, String> conditions = new HashMap<>();
            Map<String, String> says = new HashMap<>();
            Set<String> seen = new HashSet<>();
            for (String word : isDefault ? words.subList(1, words.size()) : words) {
                word(word, seen, conditions, says);
            }
            if (isDefault) {
                defaultRule(conditions, says, before);
            } else if (problems.size() == before) {
                conditions.values().removeIf("*"::equals);
                rules.add(new Rule(line, conditions, says));
            }
        }

        private void defaultRule(
                Map<String, String> conditions, Map<String, String> says, int before) {
            if (!conditions.isEmpty()) {
                problem("\"default\" fits every run; take out " + conditions.keySet());
            }
            if (defaultLine > 0) {
                problem("a second \"default\"; line " + defaultLine + " holds the first");
            } else if (problems.size() == before) {
                defaults = says;
                defaultLine = line;
            }
        }

        private void word(
                String word,
                Set<String> seen,
                Map<String, String> conditions,
                Map<String, String> says) {
            int equals = word.indexOf('=');
            if (equals < 1 || equals == word.length() - 1) {
                problem("\"" + word + "\" is not of the form key=value");
                return;
            }
            String key = word.substring(0, equals);
            String value = word.substring(equals + 1);
            if (!seen.add(key)) {
                problem("\"" + key + "\" stands here twice");
            } else if (CONDITIONS.contains(key)) {
                condition(key, value);
                conditions.put(key, value);
            } else if (BUILT_IN.containsKey(key)) {
                value(key, value);
                says.put(key, value);
            } else {
                problem(
                        "unknown key \""
                                + key
                                + "\"; known are project, issue, stage, attempt, number, outcome, seconds, lines, reset, cost, size");
            }
        }

        private void condition(String key, String value) {
            boolean isName = key.equals("project") || key.equals("stage");
            if (!value.equals("*") && !isName && !value.matches("[1-9][0-9]{0,8}")) {
                problem(key + "=" + value + " is neither a number from 1 nor *");
            }
        }

        private void value(String key, String value) {
            switch (key) {
                case "outcome" -> {
                    if (!OUTCOMES.contains(value)) {
                        problem(
                                "unknown outcome \""
                                        + value
                                        + "\"; known are "
                                        + String.join(", ", OUTCOMES.stream().sorted().toList()));
                    }
                }
                case "seconds" -> number(key, value, "\\d{1,6}(\\.\\d{1,6})?", 0, 86_400);
                case "lines" -> number(key, value, "\\d{1,6}", 1, 100_000);
                case "reset" -> number(key, value, "\\d{1,6}", 0, 604_800);
                case "size" -> number(key, value, "\\d{1,4}", 1, 1_000);
                case "cost" -> number(key, value, "\\d{1,4}(\\.\\d{1,6})?", 0, 1_000);
                default -> throw new IllegalArgumentException(key);
            }
        }

        private void number(String key, String value, String form, int least, int most) {
            boolean good =
                    value.matches(form)
                            && Double.parseDouble(value) >= least
                            && Double.parseDouble(value) <= most;
            if (!good) {
                problem(key + "=" + value + " is not a number from " + least + " to " + most);
            }
        }

        private void problem(String what) {
            problems.add(file + ":" + line + ": " + what);
        }
    }
}
