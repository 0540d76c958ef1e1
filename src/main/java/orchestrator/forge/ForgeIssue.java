package orchestrator.forge;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An issue as its platform tells it. Title and text are those of strangers: data, never code.
 *
 * @param title one line, not empty
 * @param text may be empty; at most {@link CommandLineForge#LONGEST_BODY} characters
 * @param open whether there is still work to be done on it
 * @param address where people read it; empty when it was not told
 */
public record ForgeIssue(int number, String title, String text, boolean open, String address) {
    private static final Pattern PLACE =
            Pattern.compile(
                    "https?://(?:[^/@\\s]+@)?([^/\\s]+/[^\\s]+?)/(?:-/)?(issues|work_items|pull|merge_requests)/\\d+.*");

    /** Whether it is a pull or merge request, which share their numbers with issues on GitHub. */
    public boolean isRequest() {
        Matcher place = PLACE.matcher(address);
        return place.matches() && IssueReference.isRequest(place.group(2));
    }

    /** The repository it belongs to, as {@code github.com/acme/shop} in small letters. */
    public Optional<String> repository() {
        Matcher place = PLACE.matcher(address);
        return place.matches()
                ? Optional.of(place.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
