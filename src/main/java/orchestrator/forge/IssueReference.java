package orchestrator.forge;

import java.util.Locale;

/**
 * How a text names an issue: {@code #12}, {@code acme/shop#12}, or its address.
 *
 * @param repository empty: that of the text; else {@code acme/shop}, or with its host {@code
 *     github.com/acme/shop}; in small letters
 * @param request whether an address says that it is a pull or merge request
 */
public record IssueReference(String repository, int number, boolean request) {
    /** One of the text's own repository. */
    static IssueReference here(int number) {
        return new IssueReference("", number, false);
    }

    /** One of a named repository. */
    static IssueReference elsewhere(String repository, int number, boolean request) {
        return new IssueReference(repository.toLowerCase(Locale.ROOT), number, request);
    }

    /** What the part of an address before the number says. */
    static boolean isRequest(String kind) {
        return kind.equals("pull") || kind.equals("merge_requests");
    }

    /**
     * Whether it is of that repository.
     *
     * @param home as {@link ForgeIssue#repository()}; empty when it is not known
     */
    public boolean isOf(String home) {
        return repository.isEmpty()
                || home.equals(repository)
                || home.substring(home.indexOf('/') + 1).equals(repository);
    }

    @Override
    public String toString() {
        return repository + "#" + number;
    }
}
