package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import orchestrator.config.NewIssue;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.WaveBounds;

/**
 * What is written into the form of an issue, and what is wrong with it: all faults at once, each
 * with its field. Knows what one field can tell; what only the whole config can (a cycle, two
 * branches of one name), the edit's own check says.
 */
final class IssueFormModel {
    private static final int FARTHEST_PRIORITY = 1_000_000;

    /** A field of the form. */
    enum Field {
        PROJECT,
        NUMBER,
        TITLE,
        DESCRIPTION,
        WAVE,
        PRIORITY,
        DEPENDS_ON,
        REPO,
        TASK_TYPE,
        BRANCH,
        EXCLUSIVE,
        STAGE,
        BUDGET
    }

    private final WorkspaceConfig config;
    private final Optional<Issue> before;
    private final Map<Field, String> values = new EnumMap<>(Field.class);

    private IssueFormModel(WorkspaceConfig config, Optional<Issue> before) {
        this.config = config;
        this.before = before;
        for (Field field : Field.values()) {
            values.put(field, "");
        }
    }

    /** A form for a new issue of the first project, with the next free number. */
    static IssueFormModel adding(WorkspaceConfig config, Optional<String> project, int wave) {
        IssueFormModel form = new IssueFormModel(config, Optional.empty());
        form.set(Field.WAVE, Integer.toString(wave));
        form.set(Field.PRIORITY, "0");
        form.chooseProject(project.or(() -> form.projects().stream().findFirst()).orElse(""));
        return form;
    }

    /** A form for an issue as it is defined. */
    static IssueFormModel editing(WorkspaceConfig config, Issue issue) {
        IssueFormModel form = new IssueFormModel(config, Optional.of(issue));
        String project = issue.id().project();
        form.set(Field.PROJECT, project);
        form.set(Field.NUMBER, Integer.toString(issue.id().number()));
        form.set(Field.TITLE, issue.title());
        form.set(Field.DESCRIPTION, issue.description());
        form.set(Field.WAVE, Integer.toString(issue.wave()));
        form.set(Field.PRIORITY, Integer.toString(issue.priority()));
        form.set(
                Field.DEPENDS_ON,
                issue.dependsOn().stream()
                        .map(id ->
                                id.project().equals(project)
                                        ? Integer.toString(id.number())
                                        : id.toString())
                        .collect(Collectors.joining(", ")));
        form.set(Field.REPO, issue.repo());
        form.set(Field.TASK_TYPE, issue.taskType());
        form.set(Field.BRANCH, issue.branch().orElse(""));
        form.set(Field.EXCLUSIVE, String.join(", ", issue.exclusive()));
        form.set(Field.STAGE, issue.initialStage().orElse(""));
        form.set(
                Field.BUDGET,
                issue.maxBudgetUsd().isPresent()
                        ? Double.toString(issue.maxBudgetUsd().getAsDouble())
                                .replaceFirst("\\.0$", "")
                        : "");
        return form;
    }

    /** Whether an issue that is there is edited. */
    boolean isEditing() {
        return before.isPresent();
    }

    /** The issue as it was when it was opened. */
    Issue before() {
        return before.orElseThrow();
    }

    List<String> projects() {
        return config.projects().stream().map(Project::name).toList();
    }

    List<String> repos() {
        return project().stream()
                .flatMap(project -> project.repos().keySet().stream())
                .sorted()
                .toList();
    }

    List<String> stages() {
        return project().stream()
                .flatMap(project -> project.pipeline().stream())
                .map(stage -> stage.name())
                .toList();
    }

    private Optional<Project> project() {
        return config.project(value(Field.PROJECT));
    }

    /** For a new issue: its number follows those of the project, its repository is the first. */
    void chooseProject(String name) {
        set(Field.PROJECT, name);
        int next =
                project().stream()
                                .flatMap(project -> project.issues().stream())
                                .mapToInt(issue -> issue.id().number())
                                .max()
                                .orElse(0)
                        + 1;
        set(Field.NUMBER, Integer.toString(next));
        set(Field.REPO, repos().stream().findFirst().orElse(""));
    }

    void set(Field field, String value) {
        values.put(field, value);
    }

    String value(Field field) {
        return values.getOrDefault(field, "");
    }

    // ── What is wrong ───────────────────────────────────────────────────────────────

    /** What is wrong with a field: a key of the texts, and what stands in it. */
    record Wrong(String text, List<String> arguments) {
        static Wrong of(String text, String... arguments) {
            return new Wrong(text, List.of(arguments));
        }
    }

    /** All that is wrong, by field; empty: it can be saved. */
    Map<Field, Wrong> problems() {
        Map<Field, Wrong> problems = new EnumMap<>(Field.class);
        if (!isEditing()) {
            number().ifPresentOrElse(
                            number -> {
                                if (config.issue(new IssueId(value(Field.PROJECT), number))
                                        .isPresent()) {
                                    problems.put(
                                            Field.NUMBER,
                                            Wrong.of("form.number-taken", value(Field.NUMBER)));
                                }
                            },
                            () -> problems.put(Field.NUMBER, Wrong.of("form.number")));
        }
        if (value(Field.TITLE).isBlank()) {
            problems.put(Field.TITLE, Wrong.of("form.title-missing"));
        }
        whole(Field.WAVE, WaveBounds.FIRST_WAVE, WaveBounds.LAST_WAVE, problems);
        whole(Field.PRIORITY, -FARTHEST_PRIORITY, FARTHEST_PRIORITY, problems);
        dependencyProblem().ifPresent(wrong -> problems.put(Field.DEPENDS_ON, wrong));
        boolean review = value(Field.TASK_TYPE).strip().equals(Issue.REVIEW);
        boolean branch = !value(Field.BRANCH).isBlank();
        if (review != branch) {
            problems.put(
                    Field.BRANCH, Wrong.of(review ? "form.branch-missing" : "form.branch-alone"));
        }
        if (!value(Field.BUDGET).isBlank() && budget().isEmpty()) {
            problems.put(Field.BUDGET, Wrong.of("form.budget-wrong"));
        }
        return problems;
    }

    private Optional<Integer> number() {
        return integer(Field.NUMBER, 1, Integer.MAX_VALUE);
    }

    private void whole(Field field, int least, int most, Map<Field, Wrong> problems) {
        if (integer(field, least, most).isEmpty()) {
            problems.put(
                    field, Wrong.of("form.whole", Integer.toString(least), Integer.toString(most)));
        }
    }

    private Optional<Integer> integer(Field field, int least, int most) {
        String text = value(field).strip();
        if (!text.matches("-?\\d{1,10}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return number < least || number > most ? Optional.empty() : Optional.of((int) number);
    }

    private OptionalDouble budget() {
        String text = value(Field.BUDGET).strip();
        if (!text.matches("\\d{1,9}(\\.\\d{1,4})?")) {
            return OptionalDouble.empty();
        }
        double dollars = Double.parseDouble(text);
        return dollars > 0 ? OptionalDouble.of(dollars) : OptionalDouble.empty();
    }

    private Optional<Wrong> dependencyProblem() {
        for (String word : words(Field.DEPENDS_ON)) {
            Optional<IssueId> id = dependency(word);
            if (id.isEmpty()) {
                return Optional.of(Wrong.of("form.dependency-unread", word));
            }
            if (id.get().toString().equals(value(Field.PROJECT) + "#" + value(Field.NUMBER))) {
                return Optional.of(Wrong.of("form.dependency-self"));
            }
            if (config.issue(id.get()).isEmpty()) {
                return Optional.of(Wrong.of("form.dependency-unknown", id.get().toString()));
            }
        }
        return Optional.empty();
    }

    private Optional<IssueId> dependency(String word) {
        String bare = word.startsWith("#") ? word.substring(1) : word;
        try {
            return Optional.of(
                    bare.contains("#")
                            ? IssueId.parse(bare)
                            : new IssueId(value(Field.PROJECT), Integer.parseInt(bare)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // told beside the field
        }
    }

    private List<String> words(Field field) {
        return Arrays.stream(value(field).split("[,;\\s]+", -1))
                .filter(word -> !word.isBlank())
                .toList();
    }

    /** Names may hold spaces: only commas part them. */
    private Set<String> exclusive() {
        return Arrays.stream(value(Field.EXCLUSIVE).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<IssueId> dependencies() {
        List<IssueId> ids = new ArrayList<>();
        words(Field.DEPENDS_ON)
                .forEach(word ->
                        dependency(word).filter(id -> !ids.contains(id)).ifPresent(ids::add));
        return ids;
    }

    private static Optional<String> given(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    // ── What comes of it ────────────────────────────────────────────────────────────

    /** The issue to be added; only without problems. */
    NewIssue added() {
        return new NewIssue(
                number().orElseThrow(),
                value(Field.TITLE).strip(),
                value(Field.DESCRIPTION),
                OptionalInt.of(wave()),
                OptionalInt.of(priority()),
                dependencies(),
                repos().size() > 1 ? given(value(Field.REPO)) : Optional.empty(),
                value(Field.TASK_TYPE).strip(),
                given(value(Field.BRANCH)),
                List.copyOf(exclusive()));
    }

    private int wave() {
        return integer(Field.WAVE, WaveBounds.FIRST_WAVE, WaveBounds.LAST_WAVE).orElseThrow();
    }

    private int priority() {
        return integer(Field.PRIORITY, -FARTHEST_PRIORITY, FARTHEST_PRIORITY).orElseThrow();
    }

    /** The issue as it is to be; only without problems. */
    Issue after() {
        Issue old = before();
        IssueStatus status = old.initialStatus();
        return new Issue(
                old.id(),
                value(Field.TITLE).strip(),
                value(Field.DESCRIPTION),
                priority(),
                dependencies(),
                wave(),
                status,
                given(value(Field.REPO)).orElse(old.repo()),
                value(Field.TASK_TYPE).strip(),
                given(value(Field.STAGE)),
                exclusive(),
                given(value(Field.BRANCH)),
                budget());
    }
}
