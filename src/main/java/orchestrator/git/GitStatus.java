package orchestrator.git;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code git status --porcelain=v2 -z --branch}, read.
 *
 * @param head the commit, or empty in a repository without one
 * @param branch the branch's short name, or empty when detached
 * @param entries everything that is not as in the commit
 * @param complete false when the output was cut off, so that more may be there
 */
record GitStatus(String head, String branch, List<Entry> entries, boolean complete) {
    /**
     * One path.
     *
     * @param kind {@code 1} changed, {@code 2} renamed, {@code u} unmerged, {@code ?} untracked,
     *     {@code !} ignored
     * @param xy the states in the index and in the folder
     * @param submodule the four letters git gives a submodule, {@code N...} for anything else
     * @param path as git wrote it, bytes that are no UTF-8 replaced
     */
    record Entry(char kind, String xy, String submodule, String path) {
        boolean isTracked() {
            return kind == '1' || kind == '2' || kind == 'u';
        }
    }

    private static final List<String> BASE =
            List.of(
                    "status",
                    "--porcelain=v2",
                    "-z",
                    "--no-renames",
                    "--untracked-files=all",
                    "--ignore-submodules=none");

    /** The status of a working tree. */
    static GitStatus of(GitCall call) {
        return read(call, List.of("--branch", "--no-ahead-behind"));
    }

    /** The same with what git ignores; a folder that is ignored as a whole is one entry. */
    static GitStatus withIgnored(GitCall call) {
        return read(call, List.of("--branch", "--no-ahead-behind", "--ignored=matching"));
    }

    private static GitStatus read(GitCall call, List<String> more) {
        List<String> arguments = new ArrayList<>(BASE);
        arguments.addAll(more);
        return parse(call.reading().must(arguments));
    }

    static GitStatus parse(String output) {
        String head = "";
        String branch = "";
        List<Entry> entries = new ArrayList<>();
        String[] records = output.split("\0", -1);
        // Each record ends in NUL, so what follows the last one is empty unless it was cut off.
        boolean complete = records[records.length - 1].isEmpty();
        for (int i = 0; i < records.length - 1; i++) {
            String line = records[i];
            if (line.startsWith("# branch.oid ")) {
                String oid = line.substring("# branch.oid ".length());
                head = oid.equals("(initial)") ? "" : oid;
            } else if (line.startsWith("# branch.head ")) {
                String name = line.substring("# branch.head ".length());
                branch = name.equals("(detached)") ? "" : name;
            } else if (!line.isEmpty() && line.charAt(0) != '#') {
                entries.add(entry(line));
                if (line.charAt(0) == '2') {
                    i++;
                }
            }
        }
        return new GitStatus(head, branch, List.copyOf(entries), complete);
    }

    private static Entry entry(String line) {
        char kind = line.charAt(0);
        int fields =
                switch (kind) {
                    case '1' -> 9;
                    case '2' -> 10;
                    case 'u' -> 11;
                    default -> 2;
                };
        String[] parts = line.split(" ", fields);
        return kind == '?' || kind == '!'
                ? new Entry(kind, kind + "" + kind, "N...", parts[1])
                : new Entry(kind, parts[1], parts[2], parts[fields - 1]);
    }

    /** How many paths are modified or untracked. */
    int uncommitted() {
        return (int) entries.stream().filter(entry -> entry.kind() != '!').count();
    }

    List<String> modified() {
        return entries.stream().filter(Entry::isTracked).map(Entry::path).toList();
    }

    List<String> untracked() {
        return paths('?');
    }

    List<String> ignored() {
        return paths('!');
    }

    private List<String> paths(char kind) {
        return entries.stream().filter(each -> each.kind() == kind).map(Entry::path).toList();
    }
}
