package orchestrator.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import orchestrator.config.ConfigEditor;
import orchestrator.config.IssueFields;
import orchestrator.config.NewIssue;
import orchestrator.config.Workspace;
import orchestrator.forge.ForgeIssue;
import orchestrator.forge.IssueList;
import orchestrator.forge.TaskList;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.monitor.ImportPlan.LeftOut;
import orchestrator.monitor.ImportPlan.Updated;
import orchestrator.monitor.ImportWishes.Wish;
import orchestrator.process.CommandRunner;
import orchestrator.rules.DependencyWaves;

/**
 * Takes issues of a repository from its platform into a project's file. Issues that the file
 * defines stay as they are, so that nothing is begun twice. Everything blocks; one thread.
 */
public final class IssueImport {
    private final PlatformIssues platform;
    private final Workspace workspace;
    private final Project project;
    private final Repo repo;

    /**
     * Imports into a project.
     *
     * @param repo the one of its repositories whose issues they are
     */
    public IssueImport(CommandRunner runner, Workspace workspace, Project project, Repo repo) {
        platform = new PlatformIssues(new IssueList(runner), repo);
        this.workspace = workspace;
        this.project = project;
        this.repo = repo;
    }

    /**
     * Reads them and says what would be written; writes nothing.
     *
     * @param progress is told how many issues of how many were read one by one
     * @throws Fault as {@link IssueList}; {@code import-empty}, {@code import-cycle}, {@code
     *     import-dependency}, {@code wrong-use}
     */
    public ImportPlan plan(ImportRequest request, Progress progress) {
        ImportWishes wishes = new ImportWishes();
        request.numbers().forEach(number -> wishes.add(number).byHand = true);
        request.epic().ifPresent(epic -> takeList(wishes, epic));
        if (!request.search().isEmpty()) {
            search(wishes, request);
        }
        Map<Integer, ForgeIssue> found = find(wishes, request.update(), progress);
        Map<Integer, Set<Integer>> dependsOn = dependencies(wishes, request.ignoreMissing());
        return plan(request, wishes, found, dependsOn);
    }

    private void takeList(ImportWishes wishes, int epic) {
        ForgeIssue issue = platform.one(epic);
        TaskList list = TaskList.of(issue.text());
        if (list.tasks().isEmpty()) {
            throw new Fault(
                    "import-empty",
                    "Issue %d of %s has no task list that names issues; write lines such as \"- [ ] #101\" into it, or name issues by number or label."
                            .formatted(epic, repo.name()));
        }
        wishes.add(issue, list);
    }

    private void search(ImportWishes wishes, ImportRequest request) {
        List<ForgeIssue> issues =
                platform.search(request.search(), request.withTexts() || request.update());
        issues.forEach(issue -> wishes.add(issue.number()));
        if (issues.size() >= IssueList.MOST_FOUND) {
            wishes.notes.add(
                    "Only the first %d issues were taken; narrow the search for others."
                            .formatted(issues.size()));
        }
    }

    /** Reads what is still to be known; what is no issue is left out. */
    private Map<Integer, ForgeIssue> find(ImportWishes wishes, boolean update, Progress progress) {
        List<Integer> wanted =
                wishes.all().stream()
                        .map(wish -> wish.number)
                        .filter(number ->
                                project.issue(number)
                                        .map(has -> update && isOurs(has))
                                        .orElse(true))
                        .toList();
        Map<Integer, PlatformIssues.Look> looks = platform.all(wanted, progress);
        Map<Integer, ForgeIssue> found = new HashMap<>();
        looks.forEach((number, look) -> {
            Wish wish = wishes.of(number).orElseThrow();
            switch (look) {
                case PlatformIssues.There(ForgeIssue issue) when issue.isRequest() -> {
                    if (wish.byHand) {
                        throw new Fault(
                                "wrong-use",
                                "%d is a pull request of %s; name issues."
                                        .formatted(number, repo.name()));
                    }
                    wishes.leaveOut(wish, "a pull request");
                }
                case PlatformIssues.There(ForgeIssue issue) -> found.put(number, issue);
                case PlatformIssues.NotThere(Fault fault) -> {
                    if (wish.byHand) {
                        throw fault;
                    }
                    wishes.leaveOut(wish, "not there, or not for you to see");
                }
            }
        });
        return found;
    }

    /** What each new issue waits for, of what will be defined. */
    private Map<Integer, Set<Integer>> dependencies(ImportWishes wishes, boolean ignoreMissing) {
        Map<Integer, Set<Integer>> dependsOn = new LinkedHashMap<>();
        wishes.all()
                .forEach(wish -> dependsOn.put(wish.number, new LinkedHashSet<>(wish.dependsOn)));
        DependencyWaves order = DependencyWaves.of(dependsOn, Map.of());
        if (!order.cycle().isEmpty()) {
            throw new Fault(
                    "import-cycle",
                    "These issues wait for each other: %s; nothing was written, take one of the dependencies out of the list."
                            .formatted(
                                    order.cycle().stream()
                                            .map(number -> "#" + number)
                                            .collect(Collectors.joining(" → "))));
        }
        Map<Integer, Set<Integer>> missing = new LinkedHashMap<>();
        for (Wish wish : wishes.all()) {
            Optional<Issue> defined = project.issue(wish.number);
            if (defined.isPresent()) {
                tellOtherOrder(wishes, wish, defined.get());
                if (!isOurs(defined.get())) {
                    wishes.notes.add(
                            "#%d is defined for the repository %s: it stays as it is."
                                    .formatted(wish.number, defined.get().repo()));
                }
                continue;
            }
            for (int on : wish.dependsOn) {
                if (wishes.of(on).isEmpty() && project.issue(on).isEmpty()) {
                    missing.computeIfAbsent(on, _ -> new TreeSet<>()).add(wish.number);
                }
            }
        }
        judge(missing, wishes, ignoreMissing);
        missing.forEach((on, waiting) ->
                waiting.forEach(number ->
                        Optional.ofNullable(dependsOn.get(number))
                                .ifPresent(all -> all.remove(on))));
        return dependsOn;
    }

    private void tellOtherOrder(ImportWishes wishes, Wish wish, Issue defined) {
        Set<Integer> here =
                defined.dependsOn().stream()
                        .filter(id -> id.project().equals(project.name()))
                        .map(IssueId::number)
                        .collect(Collectors.toSet());
        if (!here.containsAll(wish.dependsOn)) {
            wishes.notes.add(
                    "The list has #%d wait for %s, its definition does not: it stays as it is."
                            .formatted(
                                    wish.number,
                                    hashed(
                                            wish.dependsOn.stream()
                                                    .filter(on -> !here.contains(on))
                                                    .toList())));
        }
    }

    /** What is closed holds nobody back; what is open would. */
    private void judge(
            Map<Integer, Set<Integer>> missing, ImportWishes wishes, boolean ignoreMissing) {
        Set<Integer> open = new TreeSet<>();
        platform.all(missing.keySet(), Progress.UNSEEN)
                .forEach((number, look) -> {
                    String waiting = hashed(Optional.ofNullable(missing.get(number)).orElseThrow());
                    switch (look) {
                        case PlatformIssues.There(ForgeIssue issue)
                                when issue.open() && !issue.isRequest() && !ignoreMissing ->
                                open.add(number);
                        case PlatformIssues.There(ForgeIssue issue) ->
                                wishes.notes.add(
                                        "%s will not wait for #%d, %s."
                                                .formatted(
                                                        waiting,
                                                        number,
                                                        issue.isRequest()
                                                                ? "a pull request"
                                                                : issue.open()
                                                                        ? "which is open and not imported"
                                                                        : "which is closed"));
                        case PlatformIssues.NotThere _ ->
                                wishes.notes.add(
                                        "%s will not wait for #%d, which is not there, or not for you to see."
                                                .formatted(waiting, number));
                    }
                });
        if (!open.isEmpty()) {
            Set<Integer> waiting = new TreeSet<>();
            open.forEach(number ->
                    waiting.addAll(Optional.ofNullable(missing.get(number)).orElseThrow()));
            throw new Fault(
                    "import-dependency",
                    "%s would wait for %s, open and neither imported nor defined; nothing was written, name %s too, or take --ignore-missing."
                            .formatted(
                                    hashed(waiting),
                                    hashed(open),
                                    open.stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(" "))));
        }
    }

    private static String hashed(Collection<Integer> numbers) {
        return numbers.stream().map(number -> "#" + number).collect(Collectors.joining(", "));
    }

    private ImportPlan plan(
            ImportRequest request,
            ImportWishes wishes,
            Map<Integer, ForgeIssue> found,
            Map<Integer, Set<Integer>> dependsOn) {
        Map<Integer, Integer> given = new HashMap<>();
        project.issues().forEach(issue -> given.put(issue.id().number(), issue.wave()));
        for (Wish wish : wishes.all()) {
            OptionalInt wave = request.wave().isPresent() ? request.wave() : wish.wave;
            wave.ifPresent(wanted -> given.putIfAbsent(wish.number, wanted));
        }
        Map<Integer, Integer> waves = DependencyWaves.of(dependsOn, given).waves();
        List<NewIssue> added = new ArrayList<>();
        List<Updated> updated = new ArrayList<>();
        List<Issue> unchanged = new ArrayList<>();
        int place = 0;
        for (Wish wish : wishes.all()) {
            place++;
            Optional<Issue> defined = project.issue(wish.number);
            Optional<ForgeIssue> now = Optional.ofNullable(found.get(wish.number));
            if (defined.isPresent()) {
                Optional<Updated> change =
                        now.flatMap(issue -> change(defined.get(), issue, request.withTexts()));
                change.ifPresentOrElse(updated::add, () -> unchanged.add(defined.get()));
            } else {
                ForgeIssue issue = now.orElseThrow();
                Set<Integer> on = Optional.ofNullable(dependsOn.get(wish.number)).orElseThrow();
                int wave = Optional.ofNullable(waves.get(wish.number)).orElseThrow();
                tellUpsideDown(wishes.notes, wish.number, wave, on, waves, given);
                if (!issue.open() && !wish.ticked) {
                    wishes.notes.add(
                            "#%d is closed: it is taken as completed.".formatted(wish.number));
                }
                added.add(
                        issue(
                                issue,
                                wish.ticked || !issue.open(),
                                wave,
                                place,
                                on,
                                request.withTexts()));
            }
        }
        return new ImportPlan(
                project,
                source(found.values()),
                added,
                updated,
                unchanged,
                wishes.leftOut,
                wishes.notes);
    }

    private static void tellUpsideDown(
            List<String> notes,
            int number,
            int wave,
            Set<Integer> on,
            Map<Integer, Integer> waves,
            Map<Integer, Integer> given) {
        on.stream()
                .filter(other -> waves.getOrDefault(other, given.getOrDefault(other, wave)) > wave)
                .findFirst()
                .ifPresent(other ->
                        notes.add(
                                "#%d is in wave %d and waits for #%d of a later wave: it will begin after that."
                                        .formatted(number, wave, other)));
    }

    private NewIssue issue(
            ForgeIssue issue,
            boolean completed,
            int wave,
            int priority,
            Set<Integer> dependsOn,
            boolean withText) {
        return new NewIssue(
                issue.number(),
                issue.title(),
                withText ? issue.text() : "",
                OptionalInt.of(wave),
                OptionalInt.of(priority),
                dependsOn.stream().map(on -> new IssueId(project.name(), on)).toList(),
                project.repos().size() > 1 ? Optional.of(repo.name()) : Optional.empty(),
                "",
                Optional.empty(),
                List.of(),
                completed ? IssueStatus.COMPLETED : IssueStatus.PENDING);
    }

    /** An issue of another repository that happens to have this number is another issue. */
    private boolean isOurs(Issue defined) {
        return defined.repo().equals(repo.name());
    }

    private static Optional<Updated> change(Issue defined, ForgeIssue now, boolean withText) {
        boolean text = withText || !defined.description().isEmpty();
        IssueFields fields =
                IssueFields.worded(
                        Optional.of(now.title()).filter(title -> !title.equals(defined.title())),
                        Optional.of(now.text())
                                .filter(words -> text && !words.equals(defined.description())));
        return fields.wanted().isEmpty()
                ? Optional.empty()
                : Optional.of(new Updated(defined, now.title(), fields));
    }

    private String source(Collection<ForgeIssue> found) {
        return found.stream()
                .flatMap(issue -> issue.repository().stream())
                .findFirst()
                .orElseGet(() -> repo.path().toString());
    }

    /**
     * Writes it, in one change of the project's file, which a running monitor takes at once.
     *
     * @return what was written: an issue that somebody else has added meanwhile is left as it is
     * @throws Fault as {@link ConfigEditor#addIssues}
     */
    public ImportPlan write(ImportPlan plan) {
        if (plan.isEmpty()) {
            return plan;
        }
        Map<Integer, IssueFields> changed = new LinkedHashMap<>();
        plan.updated().forEach(each -> changed.put(each.issue().id().number(), each.fields()));
        Path file = project.configFile();
        Set<Integer> added = new ConfigEditor(workspace).addIssues(file, plan.added(), changed);
        List<LeftOut> leftOut = new ArrayList<>(plan.leftOut());
        plan.added().stream()
                .filter(issue -> !added.contains(issue.number()))
                .forEach(issue ->
                        leftOut.add(
                                new LeftOut(
                                        "#" + issue.number(),
                                        "defined by somebody else just now")));
        return new ImportPlan(
                plan.project(),
                plan.source(),
                plan.added().stream().filter(issue -> added.contains(issue.number())).toList(),
                plan.updated(),
                plan.unchanged(),
                leftOut,
                plan.notes());
    }
}
