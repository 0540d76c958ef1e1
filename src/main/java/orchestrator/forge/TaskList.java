package orchestrator.forge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The task list of an issue's text: lines such as {@code - [ ] #101 Prices (depends on #100)}, at
 * any depth; a nested line is a task of its own. Lines below a task that are indented further and
 * are no tasks belong to it. What stands in a block of code or in a comment is none. Pure.
 *
 * @param tasks in the order of the list, each as often as it stands there
 * @param others what stands there as a task and names no issue, or is struck out ({@code [~]})
 */
public record TaskList(List<Task> tasks, List<String> others) {
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(?:-->|\\z)");
    private static final Pattern TASK =
            Pattern.compile("([\\s>]{0,200})(?:[-*+]|\\d{1,9}[.)])\\s{1,20}\\[([ xX~])\\]\\s+(.*)");
    private static final Pattern FENCE = Pattern.compile("[\\s>]{0,200}(`{3,}|~{3,})\\s*(.*)");
    private static final Pattern HEADING =
            Pattern.compile(
                    "\\s{0,3}(?:#{1,6}\\s+|\\*\\*)\\W{0,10}wave\\s{0,5}(\\d{1,6})(?!\\w).*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY_HEADING = Pattern.compile("\\s{0,3}#{1,6}\\s.*");
    private static final int TAB = 4;

    public TaskList {
        tasks = List.copyOf(tasks);
        others = List.copyOf(others);
    }

    /**
     * A task.
     *
     * @param done whether it is ticked
     * @param dependsOn what it waits for
     * @param blocks what waits for it
     * @param wave the one it is given, by itself or by the heading {@code Wave 2} above it
     */
    public record Task(
            IssueReference issue,
            boolean done,
            Set<IssueReference> dependsOn,
            Set<IssueReference> blocks,
            OptionalInt wave) {}

    /** Reads a text; one without a task list has no tasks. */
    public static TaskList of(String text) {
        return new Reader().read(text);
    }

    /** A task being read. */
    private static final class Open {
        final int indent;
        final char mark;
        final String line;
        final Set<IssueReference> dependsOn = new LinkedHashSet<>();
        final Set<IssueReference> blocks = new LinkedHashSet<>();
        final List<IssueReference> named;
        OptionalInt wave;

        Open(int indent, char mark, String line, OptionalInt section) {
            this.indent = indent;
            this.mark = mark;
            this.line = line;
            TaskText text = TaskText.of(line);
            named = text.named();
            wave = text.wave().isPresent() ? text.wave() : section;
            more(text);
        }

        final void more(TaskText text) {
            dependsOn.addAll(text.dependsOn());
            blocks.addAll(text.blocks());
        }
    }

    private static final class Reader {
        private final List<Open> all = new ArrayList<>();

        /** The tasks the next line may belong to, the innermost last. */
        private final List<Open> path = new ArrayList<>();

        private OptionalInt section = OptionalInt.empty();
        private @Nullable String fence;

        TaskList read(String text) {
            COMMENT.matcher(text).replaceAll("").lines().forEach(this::line);
            List<Task> tasks = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (Open open : all) {
                if (open.named.isEmpty() || open.mark == '~') {
                    others.add(open.line.strip());
                } else {
                    tasks.add(
                            new Task(
                                    open.named.getFirst(),
                                    open.mark != ' ',
                                    open.dependsOn,
                                    open.blocks,
                                    open.wave));
                }
            }
            return new TaskList(tasks, others);
        }

        private void line(String line) {
            if (isCode(line)) {
                return;
            }
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                section = OptionalInt.of(Integer.parseInt(heading.group(1)));
            } else if (ANY_HEADING.matcher(line).matches()) {
                section = OptionalInt.empty();
            }
            Matcher task = TASK.matcher(line);
            int indent = indent(line);
            if (!line.isBlank()) {
                path.removeIf(open -> open.indent >= indent);
            }
            if (task.matches()) {
                Open open = new Open(indent, task.group(2).charAt(0), task.group(3), section);
                all.add(open);
                path.add(open);
            } else if (!path.isEmpty()) {
                path.getLast().more(TaskText.of(line));
            }
        }

        /** GitHub's own block of tasks looks like code and is none. */
        private boolean isCode(String line) {
            Matcher mark = FENCE.matcher(line);
            if (!mark.matches()) {
                return fence != null && !fence.isEmpty();
            }
            String info = mark.group(2).strip();
            if (fence == null) {
                fence = info.equals("[tasklist]") ? "" : mark.group(1);
            } else if (info.isEmpty() && (fence.isEmpty() || mark.group(1).startsWith(fence))) {
                fence = null;
            }
            return true;
        }

        private static int indent(String line) {
            int columns = 0;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '\t') {
                    columns += TAB - columns % TAB;
                } else if (c == ' ' || c == '>') {
                    columns++;
                } else {
                    break;
                }
            }
            return columns;
        }
    }
}
