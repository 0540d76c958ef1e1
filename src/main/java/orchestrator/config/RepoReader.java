package orchestrator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.model.WorktreeSetup;

/**
 * Reads the repositories of a project, in the single form ({@code repo_path} …) or as {@code
 * repos}.
 */
final class RepoReader {
    private static final Map<String, Platform> PLATFORMS =
            Arrays.stream(Platform.values())
                    .collect(Collectors.toMap(Platform::word, Function.identity()));

    /**
     * Issue number that stands for all when a prefix is judged: digits never change the verdict.
     */
    private static final int SOME_ISSUE = 1;

    private final Section project;
    private final Source source;
    private final Set<String> names = new LinkedHashSet<>();

    RepoReader(Section project) {
        this.project = project;
        this.source = project.source();
    }

    /** Every repository named in the file, after {@link #read()}. */
    Set<String> names() {
        return names;
    }

    List<ProjectDraft.RepoDraft> read() {
        if (project.value("repos").isEmpty()) {
            return single();
        }
        for (String key :
                List.of(
                        "repo",
                        "repo_path",
                        "worktree_base",
                        "branch_prefix",
                        "default_branch",
                        "platform")) {
            project.value(key)
                    .ifPresent(value ->
                            source.problem(
                                    value.span(),
                                    "\"%s\" cannot stand beside \"repos\"; move it into the repository it is meant for"
                                            .formatted(key)));
        }
        Optional<Node.Obj> repos = project.object("repos");
        WorktreeSetup common = SetupReader.read(project, WorktreeSetup.NONE);
        return repos.map(object -> several(object, common)).orElse(List.of());
    }

    private List<ProjectDraft.RepoDraft> several(Node.Obj repos, WorktreeSetup common) {
        if (repos.members().isEmpty()) {
            source.problem(
                    repos.span(),
                    "\"repos\" is empty; name at least one, such as \"main\": {\"path\": \"…\","
                            + " \"branch_prefix\": \"…\"}");
        }
        Section.reportRepeats(source, repos);
        List<ProjectDraft.RepoDraft> drafts = new ArrayList<>();
        for (Node.Member member : repos.members()) {
            if (!names.add(member.key())) {
                continue;
            }
            checkName(member.key(), member.keySpan());
            if (member.value() instanceof Node.Obj object) {
                Section repo = new Section(source, object, Keys.REPO);
                read(repo, member.key(), "path", common).ifPresent(drafts::add);
            } else {
                Section.wrongType(
                        source,
                        "the repository " + Quoted.of(member.key()),
                        member.value(),
                        "an object { … }");
            }
        }
        return drafts;
    }

    private List<ProjectDraft.RepoDraft> single() {
        Optional<At<String>> name = project.line("repo");
        Optional<Path> path = project.value("repo_path").flatMap(RepoReader::lastPart);
        String chosen =
                name.map(At::value).or(() -> path.map(Path::toString)).orElse("the repository");
        names.add(chosen);
        return read(project, chosen, "repo_path", WorktreeSetup.NONE)
                .map(List::of)
                .orElse(List.of());
    }

    /** A name for a repository that has none: its folder's. */
    private static Optional<Path> lastPart(Node value) {
        if (value instanceof Node.Str text && text.value().indexOf('\0') < 0) {
            return Optional.ofNullable(Path.of(text.value()).getFileName())
                    .filter(name -> !name.toString().isBlank());
        }
        return Optional.empty();
    }

    private void checkName(String name, Node.Span at) {
        if (name.isBlank() || Section.hasControls(name)) {
            source.problem(
                    at,
                    "the repository's name %s is unusable; use a word on one line"
                            .formatted(Quoted.of(name)));
        }
    }

    private Optional<ProjectDraft.RepoDraft> read(
            Section repo, String name, String pathKey, WorktreeSetup common) {
        Optional<At<Path>> path = repo.path(pathKey);
        if (repo.value(pathKey).isEmpty()) {
            repo.missing(pathKey, "give the folder of the repository's checkout");
        }
        Optional<String> prefix = prefix(repo);
        String branch = defaultBranch(repo);
        Optional<At<Path>> base = repo.path("worktree_base");
        Platform platform = repo.word("platform", PLATFORMS).map(At::value).orElse(Platform.NONE);
        WorktreeSetup setup = SetupReader.read(repo, common);
        if (path.isEmpty() || prefix.isEmpty()) {
            return Optional.empty();
        }
        Path at = path.get().value();
        Path worktrees =
                base.map(At::value).orElseGet(() -> at.resolveSibling(lastName(at) + "-worktrees"));
        Repo read = new Repo(name, at, branch, worktrees, prefix.get(), platform, setup);
        return Optional.of(new ProjectDraft.RepoDraft(read, path.get().span()));
    }

    private static String lastName(Path path) {
        Path name = path.getFileName();
        return name == null ? "root" : name.toString();
    }

    private Optional<String> prefix(Section repo) {
        if (repo.value("branch_prefix").isEmpty()) {
            repo.missing(
                    "branch_prefix",
                    "say what issue branches begin with, such as \"branch_prefix\": \"work/issue-\"");
            return Optional.empty();
        }
        return repo.line("branch_prefix")
                .filter(prefix ->
                        isBranch(
                                prefix,
                                prefix.value() + SOME_ISSUE,
                                "\"branch_prefix\" "
                                        + Quoted.of(prefix.value())
                                        + " with a number behind it"))
                .map(At::value);
    }

    private String defaultBranch(Section repo) {
        return repo.line("default_branch")
                .filter(name ->
                        isBranch(
                                name,
                                name.value(),
                                "\"default_branch\" " + Quoted.of(name.value())))
                .map(At::value)
                .orElse("main");
    }

    private boolean isBranch(At<String> written, String branch, String subject) {
        Optional<String> fault = RefNames.fault(branch);
        fault.ifPresent(why ->
                source.problem(written.span(), subject + " " + why + "; choose another name"));
        return fault.isEmpty();
    }
}
