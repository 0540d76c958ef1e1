package orchestrator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes the few changes we make to a user's files: an issue added, a value of an issue set. The
 * change is made in the file's text, so unknown keys, their order and the layout stay; the result
 * is read and checked together with the other files before it takes the file's place at once.
 *
 * <p>When somebody else changed the file meanwhile, the change is made again on what they wrote;
 * when they are just saving it, they are let finish. Safe on any thread; editors of ours in other
 * processes take turns by a lock on the file. Foreign editors know no lock: between our last look
 * and the file's replacement, some microseconds, nobody can tell us of a change.
 */
public final class ConfigEditor {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Workspace workspace;
    private final FileEdit files;

    /** An editor of a workspace's files. */
    public ConfigEditor(Workspace workspace) {
        this(workspace, new FileEdit(workspace));
    }

    /** For tests: as {@link FileEdit#FileEdit(Workspace, Runnable, Runnable)}. */
    ConfigEditor(Workspace workspace, Runnable beforeLastLook, Runnable pause) {
        this(workspace, new FileEdit(workspace, beforeLastLook, pause));
    }

    private ConfigEditor(Workspace workspace, FileEdit files) {
        this.workspace = workspace;
        this.files = files;
    }

    /**
     * Adds an issue at the end of a project's issues.
     *
     * @param file one of the workspace's files, a link is followed
     * @return what was written, for {@link #takeOut}
     * @throws Fault {@code issue-exists}, {@code edit-refused} when the config would no longer be
     *     valid, {@code config-invalid} when it is not valid now, {@code config-missing}, {@code
     *     config-not-writable}, {@code config-busy}; nothing is written then
     */
    public IssueEntry addIssue(Path file, NewIssue issue) {
        AtomicReference<@Nullable IssueEntry> added = new AtomicReference<>();
        files.edit(
                file,
                (text, root) -> {
                    requireNew(file, root, issue.number());
                    String project = projectOf(root);
                    String edited = new IssueText(text, root).add(members(issue, project));
                    IssueId id = new IssueId(project, issue.number());
                    added.set(new IssueEntry(id, definition(edited, issue.number()), true));
                    return edited;
                });
        return Objects.requireNonNull(added.get(), "nothing was added");
    }

    /**
     * Adds issues at the end of a project's issues and sets values of others, all in one change of
     * the file. What somebody else has added meanwhile stays as it is.
     *
     * @param changed number → values of an issue that is there
     * @return the numbers of those that were added
     * @throws Fault {@code issue-unknown}, and as {@link #addIssue}
     */
    public Set<Integer> addIssues(
            Path file, List<NewIssue> issues, Map<Integer, IssueFields> changed) {
        Set<Integer> added = new LinkedHashSet<>();
        files.edit(
                file,
                (text, root) -> {
                    added.clear(); // somebody was quicker: the change is made anew
                    String project = projectOf(root);
                    Map<IssueId, IssueFields> wanted = new LinkedHashMap<>();
                    changed.forEach(
                            (number, fields) -> wanted.put(new IssueId(project, number), fields));
                    String edited =
                            new ChangedText(file, text, root).set(wanted, new ArrayList<>());
                    for (NewIssue issue : issues) {
                        Node.Obj now = object(edited);
                        if (IssueText.issue(now, issue.number()).isEmpty()) {
                            edited = new IssueText(edited, now).add(members(issue, project));
                            added.add(issue.number());
                        }
                    }
                    return edited;
                });
        return added;
    }

    /**
     * Takes an issue's definition out of its file, if it still stands there as it was written.
     *
     * @return what takes that back, by {@link #putBack}
     * @throws Fault {@code edit-overtaken} when it reads otherwise by now, {@code issue-unknown},
     *     {@code edit-refused} when others depend on it, and as {@link #addIssue}
     */
    public IssueEntry takeOut(IssueEntry entry) {
        Path file = fileOf(entry.issue());
        int number = entry.issue().number();
        files.edit(
                file,
                (text, root) -> {
                    Node.Obj issue =
                            IssueText.issue(root, number).orElseThrow(() -> unknown(file, number));
                    if (!textOf(text, issue).equals(entry.text())) {
                        throw new Fault(
                                "edit-overtaken",
                                "%s was edited since; it was not taken out, do it by hand."
                                        .formatted(entry.issue()));
                    }
                    return new IssueText(text, root).removeIssue(issue);
                });
        return entry.reversed();
    }

    /**
     * Puts the definition of an issue back, at the end of the file.
     *
     * @return what takes that back, by {@link #takeOut}
     * @throws Fault as {@link #addIssue}
     */
    public IssueEntry putBack(IssueEntry entry) {
        Path file = fileOf(entry.issue());
        files.edit(
                file,
                (text, root) -> {
                    requireNew(file, root, entry.issue().number());
                    return new IssueText(text, root).add(entry.text());
                });
        return entry.reversed();
    }

    private static void requireNew(Path file, Node.Obj root, int number) {
        if (IssueText.issue(root, number).isPresent()) {
            throw new Fault(
                    "issue-exists",
                    "Issue %d is already in %s; choose another number."
                            .formatted(number, Problems.printable(file)));
        }
    }

    private static String definition(String text, int number) throws BadJson {
        return IssueText.issue(object(text), number)
                .map(issue -> textOf(text, issue))
                .orElseThrow();
    }

    private static String textOf(String text, Node node) {
        return text.substring(node.span().start(), node.span().end());
    }

    /**
     * Sets a value of an issue, such as {@code wave} or {@code priority}; adds the key when it is
     * not there.
     *
     * @throws Fault {@code issue-unknown}, and as {@link #addIssue}
     */
    public void setIssueField(Path file, int number, String key, JsonNode value) {
        if (!Keys.ISSUE.contains(key) || key.equals("number")) {
            throw new IllegalArgumentException("not a key of an issue that can be set: " + key);
        }
        setFields(file, number, Map.of(key, value));
    }

    /**
     * Puts an issue into a wave, and at a priority when one is given; both in one change.
     *
     * @param id of an issue that one of the workspace's files defines
     * @throws Fault as {@link #setIssueField}
     */
    public void moveIssue(IssueId id, int wave, OptionalInt priority) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        fields.put("wave", JSON.numberNode(wave));
        priority.ifPresent(chosen -> fields.put("priority", JSON.numberNode(chosen)));
        setFields(fileOf(id), id.number(), fields);
    }

    private Path fileOf(IssueId id) {
        return switch (ConfigReader.readSettled(workspace)) {
            case ConfigResult.Invalid(List<String> problems) -> throw FileEdit.invalid(problems);
            case ConfigResult.Valid(WorkspaceConfig config) ->
                    config.project(id.project())
                            .map(Project::configFile)
                            .orElseThrow(() ->
                                    new Fault(
                                            "issue-unknown",
                                            "There is no issue %s: no file of the workspace defines the project %s."
                                                    .formatted(id, Quoted.of(id.project()))));
        };
    }

    private void setFields(Path file, int number, Map<String, JsonNode> fields) {
        files.edit(
                file,
                (text, root) -> {
                    String edited = text;
                    for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
                        // Each change moves what stands behind it: the places are found anew.
                        Node.Obj now = edited.equals(text) ? root : object(edited);
                        Node.Obj issue =
                                IssueText.issue(now, number)
                                        .orElseThrow(() -> unknown(file, number));
                        edited =
                                new IssueText(edited, now)
                                        .set(issue, field.getKey(), field.getValue());
                    }
                    return edited;
                });
    }

    static Node.Obj object(String text) throws BadJson {
        if (JsonTree.parse(text) instanceof Node.Obj object) {
            return object;
        }
        throw new IllegalStateException("an edit of ours made something else of an object");
    }

    static Fault unknown(Path file, int number) {
        return new Fault(
                "issue-unknown",
                "There is no issue %d in %s; it may have been removed meanwhile."
                        .formatted(number, Problems.printable(file)));
    }

    private static String projectOf(Node.Obj root) {
        return root.member("project").map(Node.Member::value).stream()
                .filter(Node.Str.class::isInstance)
                .map(value -> ((Node.Str) value).value())
                .findFirst()
                .orElse("");
    }

    private static Map<String, JsonNode> members(NewIssue issue, String project) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        members.put("number", JSON.numberNode(issue.number()));
        members.put("title", JSON.stringNode(issue.title()));
        if (!issue.description().isEmpty()) {
            members.put("description", JSON.stringNode(issue.description()));
        }
        issue.priority().ifPresent(priority -> members.put("priority", JSON.numberNode(priority)));
        if (!issue.dependsOn().isEmpty()) {
            ArrayNode list = JSON.arrayNode();
            issue.dependsOn().forEach(id -> list.add(IssueFields.dependency(id, project)));
            members.put("depends_on", list);
        }
        issue.wave().ifPresent(wave -> members.put("wave", JSON.numberNode(wave)));
        issue.repo().ifPresent(repo -> members.put("repo", JSON.stringNode(repo)));
        if (!issue.taskType().isEmpty()) {
            members.put("task_type", JSON.stringNode(issue.taskType()));
        }
        issue.branch().ifPresent(branch -> members.put("branch", JSON.stringNode(branch)));
        if (!issue.exclusive().isEmpty()) {
            ArrayNode list = JSON.arrayNode();
            issue.exclusive().forEach(list::add);
            members.put("exclusive", list);
        }
        if (issue.status() != IssueStatus.PENDING) {
            members.put("status", JSON.stringNode(issue.status().word()));
        }
        return members;
    }
}
