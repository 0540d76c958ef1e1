package orchestrator.model;

import java.util.Comparator;

/**
 * The name of an issue in a workspace.
 *
 * @param project the project's name, {@code [A-Za-z0-9._-]+}
 * @param number the issue's number in that project, 1 or more
 */
public record IssueId(String project, int number) implements Comparable<IssueId> {
    private static final Comparator<IssueId> ORDER =
            Comparator.comparing(IssueId::project).thenComparingInt(IssueId::number);

    @Override
    public int compareTo(IssueId other) {
        return ORDER.compare(this, other);
    }

    /** Reads {@code project#12}; the opposite of {@link #toString()}. */
    public static IssueId parse(String text) {
        int hash = text.lastIndexOf('#');
        if (hash < 1) {
            throw new IllegalArgumentException(
                    "not an issue name (expected project#number): " + text);
        }
        return new IssueId(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
    }

    @Override
    public String toString() {
        return project + "#" + number;
    }
}
