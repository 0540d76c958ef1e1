package orchestrator.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Await;
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
    /**
     * Whoever is quicker than we are gets on, so this many in a row is not bad luck: somebody
     * writes the file all the time.
     */
    private static final int MOST_LOST = 200;

    /** How often a file that cannot be read is looked at again. */
    private static final int MOST_LOOKS = 20;

    /** All looks together outlast the time a file is given to be saved in. */
    private static final Duration WHILE_SAVED =
            ConfigReader.SETTLES.multipliedBy(2).dividedBy(MOST_LOOKS);

    /** What became of one try. */
    private enum Try {
        DONE,
        SOMEBODY_WAS_QUICKER,
        BEING_SAVED
    }

    private static final String INVALID = "config-invalid";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Locks on files hold between processes only. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    /** A change of a valid file's text. */
    interface Change {
        String of(String text, Node.Obj root) throws BadJson;
    }

    private final Workspace workspace;
    private final Runnable beforeLastLook;
    private final Runnable pause;

    /** An editor of a workspace's files. */
    public ConfigEditor(Workspace workspace) {
        this(workspace, () -> {}, () -> Await.pause(WHILE_SAVED));
    }

    /**
     * For tests: something that happens while the new text is being written, and in place of
     * waiting for somebody who is saving the file.
     */
    ConfigEditor(Workspace workspace, Runnable beforeLastLook, Runnable pause) {
        this.workspace = workspace;
        this.beforeLastLook = beforeLastLook;
        this.pause = pause;
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
        edit(
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
     * Takes an issue's definition out of its file, if it still stands there as it was written.
     *
     * @return what takes that back, by {@link #putBack}
     * @throws Fault {@code edit-overtaken} when it reads otherwise by now, {@code issue-unknown},
     *     {@code edit-refused} when others depend on it, and as {@link #addIssue}
     */
    public IssueEntry takeOut(IssueEntry entry) {
        Path file = fileOf(entry.issue());
        int number = entry.issue().number();
        edit(
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
        edit(
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
            case ConfigResult.Invalid(List<String> problems) -> throw invalid(problems);
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
        edit(
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
        return members;
    }

    /** Makes a change of one of the workspace's files. */
    void edit(Path file, Change change) {
        if (!workspace.files().contains(file)) {
            throw new Fault(
                    "config-missing",
                    "%s is no project file of the workspace %s; name one of its %s."
                            .formatted(
                                    Problems.printable(file),
                                    Problems.printable(workspace.root()),
                                    Workspace.FILES));
        }
        IN_THIS_PROCESS.lock();
        try {
            int lost = 0;
            int looks = 1;
            while (lost < MOST_LOST) {
                switch (tryEdit(file, change, looks == MOST_LOOKS)) {
                    case DONE -> {
                        return;
                    }
                    case SOMEBODY_WAS_QUICKER -> lost++;
                    case BEING_SAVED -> looks++;
                }
            }
        } catch (NoSuchFileException e) {
            throw new Fault(
                    "config-missing",
                    Problems.printable(file) + " is not there any more; nothing was written.",
                    e);
        } catch (AccessDeniedException e) {
            throw new Fault(
                    "config-not-writable",
                    "%s or its folder may not be written by this user; change its permissions."
                            .formatted(Problems.printable(file)),
                    e);
        } catch (IOException e) {
            throw new Fault(
                    "config-not-writable",
                    "%s could not be written (%s); it is unchanged."
                            .formatted(
                                    Problems.printable(file),
                                    Quoted.shortened(String.valueOf(e.getMessage()))),
                    e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
        throw new Fault(
                "config-busy",
                "%s is being changed by somebody else all the time; nothing was written, try again."
                        .formatted(Problems.printable(file)));
    }

    private Try tryEdit(Path file, Change change, boolean last) throws IOException {
        try {
            return tryEdit(file, change) ? Try.DONE : Try.SOMEBODY_WAS_QUICKER;
        } catch (Fault fault) {
            if (!last
                    && fault.code().equals(INVALID)
                    && workspace.changedWithin(ConfigReader.SETTLES)) {
                pause.run();
                return Try.BEING_SAVED;
            }
            throw fault;
        }
    }

    /** False when somebody else was quicker. */
    private boolean tryEdit(Path file, Change change) throws IOException {
        Path target = file.toRealPath();
        Object identity = identity(target);
        try (FileChannel channel =
                        FileChannel.open(
                                target, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            // Another editor of ours put a new file here while we waited for the old one's lock.
            if (!lock.isValid() || !Objects.equals(identity, identity(target))) {
                return false;
            }
            byte[] before = content(channel);
            byte[] after = FileText.encode(change(file, before, change));
            if (Arrays.equals(before, after)) {
                return true;
            }
            check(file, after);
            return FileReplacement.replace(
                    target,
                    after,
                    () -> {
                        beforeLastLook.run();
                        return Objects.equals(identity, identity(target))
                                && Arrays.equals(before, content(channel));
                    });
        }
    }

    /**
     * Read through the channel that is locked: the system gives up a process's locks on a file as
     * soon as the process closes that file anywhere.
     */
    private static byte[] content(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // Each turn reads a piece.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static Object identity(Path target) throws IOException {
        return Files.readAttributes(target, BasicFileAttributes.class).fileKey();
    }

    private String change(Path file, byte[] before, Change change) {
        try {
            String text = FileText.decode(before);
            if (JsonTree.parse(text) instanceof Node.Obj root) {
                requireValid(file, before);
                return change.of(text, root);
            }
            throw invalid(List.of(Problems.printable(file) + ":1:1: no object"));
        } catch (BadJson e) {
            throw invalid(
                    List.of(
                            "%s:%d:%d: %s"
                                    .formatted(
                                            Problems.printable(file),
                                            e.line(),
                                            e.column(),
                                            e.sentence())));
        }
    }

    private void requireValid(Path file, byte[] content) {
        if (readWith(file, content) instanceof ConfigResult.Invalid(List<String> problems)) {
            throw invalid(problems);
        }
    }

    static Fault invalid(List<String> problems) {
        return new Fault(
                INVALID,
                "The config has faults already, correct them first: " + problems.getFirst());
    }

    private void check(Path file, byte[] after) {
        if (readWith(file, after) instanceof ConfigResult.Invalid(List<String> problems)) {
            // The place is one in a text that is never written.
            String sentence = problems.getFirst().replaceFirst("^.*?:\\d+:\\d+: ", "");
            throw new Fault(
                    "edit-refused",
                    "%s was left as it is: %s.".formatted(Problems.printable(file), sentence));
        }
    }

    private ConfigResult readWith(Path file, byte[] content) {
        return ConfigReader.read(
                workspace, each -> each.equals(file) ? content : ConfigReader.fromDisk(each));
    }
}
