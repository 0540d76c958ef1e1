package orchestrator.ui.changes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.BranchWork.Patch;

/**
 * A difference as numbered lines, read from git's unified text. Immutable.
 *
 * @param lines in the order of the text
 * @param mates for each line that was removed or added, the index of the one that stands in its
 *     place on the other side, or -1
 */
record Diff(List<Line> lines, List<Integer> mates) {
    static final Diff EMPTY = new Diff(List.of(), List.of());

    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@ ?(.*)");

    /** What a line is. */
    enum Kind {
        /** Begins a file; its text is the file's name. */
        FILE,
        /** Says what happened to the file as a whole, such as a new mode. */
        NOTE,
        /** Begins a hunk; its text is where git thinks it is, such as a method's head. */
        HUNK,
        CONTEXT,
        REMOVED,
        ADDED;

        boolean isChange() {
            return this == REMOVED || this == ADDED;
        }

        /** Whether it is a line of the file. */
        boolean isCode() {
            return this == CONTEXT || isChange();
        }
    }

    /**
     * A line.
     *
     * @param before its number before, or 0
     * @param after its number after, or 0
     */
    record Line(Kind kind, int before, int after, String text) {}

    /**
     * A row as it is shown.
     *
     * @param left index of a line, or -1
     * @param right index of a line, the same as {@code left} for what stands on both sides, or -1
     */
    record Row(int left, int right) {}

    /** Reads git's text. What it does not understand becomes a note: nothing is left out. */
    static Diff read(Patch patch) {
        Reader reader = new Reader();
        String text = patch.text();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            reader.take(text.substring(from, to));
            from = to + 1;
        }
        return reader.diff();
    }

    /** One row a line. */
    List<Row> unified() {
        List<Row> rows = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            rows.add(new Row(i, i));
        }
        return rows;
    }

    /** What was removed left of what stands in its place. */
    List<Row> sideBySide() {
        List<Row> rows = new ArrayList<>(lines.size());
        int i = 0;
        while (i < lines.size()) {
            if (!lines.get(i).kind().isChange()) {
                rows.add(new Row(i, i));
                i++;
                continue;
            }
            int removed = i;
            int added = endOf(removed, Kind.REMOVED);
            int end = endOf(added, Kind.ADDED);
            int height = Math.max(added - removed, end - added);
            for (int k = 0; k < height; k++) {
                int left = removed + k < added ? removed + k : -1;
                int right = added + k < end ? added + k : -1;
                rows.add(new Row(left, right));
            }
            i = end;
        }
        return rows;
    }

    private int endOf(int from, Kind kind) {
        int end = from;
        while (end < lines.size() && lines.get(end).kind() == kind) {
            end++;
        }
        return end;
    }

    /** Whether a row shows a change. */
    boolean isChange(Row row) {
        return (row.left() >= 0 && lines.get(row.left()).kind().isChange())
                || (row.right() >= 0 && lines.get(row.right()).kind().isChange());
    }

    /** How many lines were added and removed. */
    long count(Kind kind) {
        return lines.stream().filter(line -> line.kind() == kind).count();
    }

    /** One reading. */
    private static final class Reader {
        private final List<Line> lines = new ArrayList<>();
        private String from = "";
        private int before;
        private int after;
        private int leftBefore;
        private int leftAfter;

        void take(String line) {
            if (leftBefore > 0 || leftAfter > 0) {
                body(line);
            } else {
                head(line);
            }
        }

        /** The counts of the hunk's head say where it ends: its lines may look like heads. */
        private void body(String line) {
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            String text = line.isEmpty() ? "" : line.substring(1);
            switch (sign) {
                case '-' -> {
                    add(Kind.REMOVED, before++, 0, text);
                    leftBefore--;
                }
                case '+' -> {
                    add(Kind.ADDED, 0, after++, text);
                    leftAfter--;
                }
                case '\\' -> add(Kind.NOTE, 0, 0, text.strip());
                default -> {
                    add(Kind.CONTEXT, before++, after++, text);
                    leftBefore--;
                    leftAfter--;
                }
            }
        }

        private void head(String line) {
            Matcher hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                before = Integer.parseInt(hunk.group(1));
                after = Integer.parseInt(hunk.group(3));
                leftBefore = length(hunk.group(2));
                leftAfter = length(hunk.group(4));
                add(Kind.HUNK, before, after, hunk.group(5));
            } else if (line.startsWith("diff --git ")) {
                from = "";
                add(Kind.FILE, 0, 0, nameOf(line));
            } else if (line.startsWith("+++ ") || line.startsWith("--- ")) {
                name(line.substring("+++ ".length()));
            } else if (line.startsWith("rename from ") || line.startsWith("copy from ")) {
                from = plain(line.substring(line.indexOf(" from ") + " from ".length()));
            } else if (line.startsWith("rename to ") || line.startsWith("copy to ")) {
                rename(plain(line.substring(line.indexOf(" to ") + " to ".length())));
            } else if (line.startsWith("\\")) {
                add(Kind.NOTE, 0, 0, line.substring(1).strip());
            } else if (!line.isEmpty() && !line.startsWith("index ")) {
                add(Kind.NOTE, 0, 0, line);
            }
        }

        private static int length(@org.jspecify.annotations.Nullable String group) {
            return group == null ? 1 : Integer.parseInt(group);
        }

        /** {@code a/NAME b/NAME}, twice the same; of a renamed one the names follow. */
        private static String nameOf(String line) {
            String names = line.substring("diff --git ".length());
            return plain(names.substring(names.length() / 2).strip());
        }

        private static String plain(String name) {
            // After a name with a space git puts a tab.
            String bare = name.endsWith("\t") ? name.substring(0, name.length() - 1) : name;
            boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
            bare = quoted ? bare.substring(1, bare.length() - 1) : bare;
            return bare.startsWith("b/") || bare.startsWith("a/") ? bare.substring(2) : bare;
        }

        /** The name stands by itself here: better than out of two in one line. */
        private void name(String name) {
            if (from.isEmpty() && !name.equals("/dev/null")) {
                file(plain(name));
            }
        }

        private void rename(String to) {
            file(from + " → " + to);
        }

        private void file(String name) {
            for (int i = lines.size() - 1; i >= 0; i--) {
                if (lines.get(i).kind() == Kind.FILE) {
                    lines.set(i, new Line(Kind.FILE, 0, 0, name));
                    return;
                }
            }
        }

        private void add(Kind kind, int old, int now, String text) {
            lines.add(new Line(kind, old, now, text));
        }

        Diff diff() {
            List<Integer> mates = new ArrayList<>(Collections.nCopies(lines.size(), -1));
            Diff diff = new Diff(List.copyOf(lines), List.of());
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).kind() == Kind.REMOVED) {
                    int added = diff.endOf(i, Kind.REMOVED);
                    int end = diff.endOf(added, Kind.ADDED);
                    for (int k = 0; i + k < added && added + k < end; k++) {
                        mates.set(i + k, added + k);
                        mates.set(added + k, i + k);
                    }
                    i = end - 1;
                }
            }
            return new Diff(diff.lines(), List.copyOf(mates));
        }
    }
}
