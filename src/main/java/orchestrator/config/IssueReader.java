package orchestrator.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Stage;

/** Reads the issues of a project. */
final class IssueReader {
    static final int HIGHEST_WAVE = 1_000_000;
    static final int FARTHEST_PRIORITY = 1_000_000;
    static final int DEFAULT_WAVE = 1;
    static final int DEFAULT_PRIORITY = 0;

    private static final Map<String, IssueStatus> STATUSES =
            Arrays.stream(IssueStatus.values())
                    .collect(Collectors.toMap(IssueStatus::word, Function.identity()));
    private static final Pattern ELSEWHERE =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*)#([1-9]\\d{0,8})");

    private final Source source;
    private final String project;
    private final Set<String> repos;
    private final Set<String> stages;
    private final Map<Integer, Node.Span> numbers = new HashMap<>();

    IssueReader(Source source, String project, Set<String> repos, List<Stage> pipeline) {
        this.source = source;
        this.project = project;
        this.repos = repos;
        this.stages = pipeline.stream().map(Stage::name).collect(Collectors.toSet());
    }

    List<ProjectDraft.IssueDraft> read(List<Node> items) {
        List<ProjectDraft.IssueDraft> drafts = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Node.Obj object) {
                drafts.add(issue(new Section(source, object, Keys.ISSUE)));
            } else {
                Section.wrongType(source, "an entry of \"issues\"", item, "an object { … }");
            }
        }
        return drafts;
    }

    private ProjectDraft.IssueDraft issue(Section section) {
        Optional<At<Integer>> number = number(section);
        IssueId id = new IssueId(project, number.map(At::value).orElse(0));
        List<At<IssueId>> dependencies = dependencies(section);
        String taskType = section.text("task_type").map(At::value).orElse("");
        Issue issue =
                new Issue(
                        id,
                        section.text("title").map(At::value).orElse("Issue " + id.number()),
                        section.text("description").map(At::value).orElse(""),
                        section.integer("priority", -FARTHEST_PRIORITY, FARTHEST_PRIORITY)
                                .map(At::value)
                                .orElse(DEFAULT_PRIORITY),
                        dependencies.stream().map(At::value).toList(),
                        section.integer("wave", 0, HIGHEST_WAVE)
                                .map(At::value)
                                .orElse(DEFAULT_WAVE),
                        section.word("status", STATUSES).map(At::value).orElse(IssueStatus.PENDING),
                        repo(section),
                        taskType,
                        stage(section),
                        section.lineOrLines("exclusive").stream()
                                .map(At::value)
                                .collect(Collectors.toSet()),
                        branch(section, taskType.equals(Issue.REVIEW)),
                        section.dollars("max_budget_usd", ProjectReader.MOST)
                                .map(at -> OptionalDouble.of(at.value()))
                                .orElse(OptionalDouble.empty()));
        return new ProjectDraft.IssueDraft(
                issue,
                number.isPresent(),
                number.map(At::span).orElse(section.span()),
                dependencies);
    }

    private Optional<At<Integer>> number(Section section) {
        if (section.value("number").isEmpty()) {
            section.missing("number", "give the issue its number");
            return Optional.empty();
        }
        Optional<At<Integer>> number = section.integer("number", 1, Integer.MAX_VALUE);
        if (number.isEmpty()) {
            return number;
        }
        Node.Span first = numbers.putIfAbsent(number.get().value(), number.get().span());
        if (first == null) {
            return number;
        }
        source.problem(
                number.get().span(),
                "issue %d stands here a second time (first in line %d); give one of them another number"
                        .formatted(number.get().value(), first.line()));
        return Optional.empty();
    }

    private List<At<IssueId>> dependencies(Section section) {
        List<At<IssueId>> dependencies = new ArrayList<>();
        Set<IssueId> seen = new HashSet<>();
        for (Node item : section.list("depends_on").map(Node.Arr::items).orElse(List.of())) {
            Optional<IssueId> id = dependency(item);
            if (id.isPresent() && !seen.add(id.get())) {
                source.warning(item.span(), "this dependency is already in the list");
            } else {
                id.ifPresent(found -> dependencies.add(new At<>(found, item.span())));
            }
        }
        return dependencies;
    }

    private Optional<IssueId> dependency(Node item) {
        if (item instanceof Node.Str text) {
            Matcher elsewhere = ELSEWHERE.matcher(text.value());
            if (elsewhere.matches()) {
                return Optional.of(
                        new IssueId(elsewhere.group(1), Integer.parseInt(elsewhere.group(2))));
            }
            source.problem(
                    item.span(),
                    "the dependency %s is not understood; write the issue's number, or \"project#number\" for one of another project"
                            .formatted(Quoted.of(text.value())));
            return Optional.empty();
        }
        return Section.asInteger(source, "a dependency", item, 1, Integer.MAX_VALUE)
                .map(number -> new IssueId(project, number.value()));
    }

    /** The branch a review looks at; every other issue has one that we name. */
    private Optional<String> branch(Section section, boolean review) {
        Optional<Node> written = section.value("branch");
        if (review && written.isEmpty()) {
            section.missing(
                    "branch",
                    "a review needs the branch it looks at, such as \"branch\": \"feature/x\"");
        } else if (!review && written.isPresent()) {
            source.problem(
                    written.get().span(),
                    "\"branch\" is only for an issue with \"task_type\": \"review\"; leave it out, work on this one starts from \"default_branch\"");
            return Optional.empty();
        }
        Optional<At<String>> branch = section.line("branch");
        Optional<String> fault = branch.flatMap(name -> RefNames.fault(name.value()));
        if (branch.isPresent() && fault.isPresent()) {
            source.problem(
                    branch.get().span(),
                    "\"branch\" %s %s; name an existing branch"
                            .formatted(Quoted.of(branch.get().value()), fault.get()));
            return Optional.empty();
        }
        return branch.map(At::value);
    }

    private String repo(Section section) {
        Optional<At<String>> named = section.text("repo");
        if (named.isEmpty()) {
            if (repos.size() > 1 && section.value("repo").isEmpty()) {
                section.missing("repo", "say which one it is worked on in: " + repoList());
            }
            return repos.size() == 1 ? repos.iterator().next() : "";
        }
        String name = named.get().value();
        if (!repos.contains(name)) {
            source.problem(
                    named.get().span(),
                    "the repository %s is not known%s; use one of %s"
                            .formatted(Quoted.of(name), Nearest.hint(name, repos), repoList()));
        }
        return name;
    }

    private String repoList() {
        return repos.stream().map(Quoted::of).sorted().collect(Collectors.joining(", "));
    }

    private Optional<String> stage(Section section) {
        Optional<At<String>> stage = section.text("pipeline_stage");
        if (stage.isEmpty() || stages.contains(stage.get().value())) {
            return stage.map(At::value);
        }
        String name = stage.get().value();
        source.problem(
                stage.get().span(),
                "the stage %s is not in the pipeline%s; use one of %s"
                        .formatted(
                                Quoted.of(name),
                                Nearest.hint(name, stages),
                                stages.stream().sorted().collect(Collectors.joining(", "))));
        return Optional.empty();
    }
}
