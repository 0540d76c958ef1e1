package orchestrator.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Kind;

/** Reads what {@code --raw --numstat -z} prints: first what happened to each file, then counts. */
final class RawDiff {
    private record Counts(int added, int removed, boolean binary) {}

    private record Raw(Kind kind, String path, String from) {}

    private final List<Raw> raws = new ArrayList<>();
    private final Map<String, Counts> counts = new HashMap<>();

    private RawDiff() {}

    static List<FileChange> parse(String output) {
        RawDiff diff = new RawDiff();
        Deque<String> words = new ArrayDeque<>(List.of(output.split("\0", -1)));
        while (!words.isEmpty()) {
            String word = words.poll();
            if (word.startsWith(":")) {
                diff.raw(word, words);
            } else if (!word.isEmpty()) {
                diff.count(word, words);
            }
        }
        return diff.changes();
    }

    /** {@code :100644 100644 OID OID R093}, then one path or two. */
    private void raw(String word, Deque<String> words) {
        String status = word.substring(word.lastIndexOf(' ') + 1);
        Kind kind = kind(status.isEmpty() ? '?' : status.charAt(0));
        String first = next(words);
        boolean moved = kind == Kind.RENAMED || kind == Kind.COPIED;
        raws.add(moved ? new Raw(kind, next(words), first) : new Raw(kind, first, ""));
    }

    private static Kind kind(char letter) {
        return switch (letter) {
            case 'A' -> Kind.ADDED;
            case 'D' -> Kind.DELETED;
            case 'R' -> Kind.RENAMED;
            case 'C' -> Kind.COPIED;
            case 'T' -> Kind.TYPE_CHANGED;
            case 'U' -> Kind.UNMERGED;
            default -> Kind.MODIFIED;
        };
    }

    /** {@code 3 TAB 1 TAB path}; of a renamed file the path is empty and two follow. */
    private void count(String word, Deque<String> words) {
        String[] fields = word.split("\t", 3);
        if (fields.length < 3) {
            return; // The end of an output that was cut off.
        }
        String path = fields[2];
        if (path.isEmpty()) {
            next(words);
            path = next(words);
        }
        boolean binary = fields[0].equals("-");
        counts.put(
                path,
                binary
                        ? new Counts(0, 0, true)
                        : new Counts(
                                Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), false));
    }

    private static String next(Deque<String> words) {
        String word = words.poll();
        return word == null ? "" : word;
    }

    private List<FileChange> changes() {
        Map<String, FileChange> byPath = new java.util.LinkedHashMap<>();
        Counts none = new Counts(0, 0, false);
        for (Raw raw : raws) {
            Counts count = counts.getOrDefault(raw.path(), none);
            FileChange change =
                    new FileChange(
                            raw.kind(),
                            raw.path(),
                            raw.from(),
                            count.added(),
                            count.removed(),
                            count.binary());
            // An open merge names a file twice, first as what it is.
            byPath.putIfAbsent(raw.path(), change);
        }
        return List.copyOf(byPath.values());
    }
}
