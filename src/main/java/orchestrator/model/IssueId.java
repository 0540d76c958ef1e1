package orchestrator.model;

/**
 * The name of an issue in a workspace.
 *
 * @param project the project's name, {@code [A-Za-z0-9._-]+}
 * @param number the issue's number in that project, 1 or more
 */
public record IssueId(String project, int number) implements Comparable<IssueId> {
    @Override
    public int compareTo(IssueId other) {
        int byProject = project.compareTo(other.project);
        return byProject == 0 ? Integer.compare(number, other.number) : byProject;
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
