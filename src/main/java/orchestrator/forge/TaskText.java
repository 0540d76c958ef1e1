package orchestrator.forge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a task list says: which issue it is, what that waits for, what waits for it, its
 * wave. Pure. Every pattern takes time in proportion to the line, whoever wrote it.
 */
final class TaskText {
    /** A longer line is no task that people read. */
    private static final int LONGEST = 10_000;

    private static final String SLUG = "[A-Za-z0-9_.-]{1,100}(?:/[A-Za-z0-9_.-]{1,100}){1,8}";
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "https?://(?<host>[A-Za-z0-9.:-]{1,100})/(?<path>"
                            + SLUG
                            + "?)/(?:-/)?(?<kind>issues|work_items|pull|merge_requests)/(?<at>\\d{1,9})(?!\\d)[^\\s)]*"
                            + "|(?<![\\w./-])(?<slug>"
                            + SLUG
                            + ")#(?<other>\\d{1,9})(?!\\w)"
                            + "|(?<![\\w/&#])#(?<hash>\\d{1,9})(?!\\w)"
                            + "|(?<![\\w-])GH-(?<gh>\\d{1,9})(?!\\w)");
    private static final Pattern LINK =
            Pattern.compile(
                    "\\[([^\\]\\[]{0,500})\\]\\(\\s*<?(https?://[^\\s()<>]{1,500})>?[^()]{0,200}\\)");

    /** What may stand before them says the contrary. */
    private static final String NOT =
            "(?<!\\bnot )(?<!\\bnever )(?<!\\blonger )(?<!n't )(?<![\\w-])";

    /** The first needs nothing behind it, the others an issue: they are words of titles too. */
    private static final Pattern WAITS =
            Pattern.compile(
                    NOT
                            + "(?:(?<strong>depend(?:s|ent|ing)?[ -]on|blocked[ -](?:by|on)|wait(?:s|ing)? (?:for|on))"
                            + "|(?<weak>requires|needs|after)"
                            + "|(?<blocks>blocks))(?!\\w)\\s{0,5}:?\\s{0,5}",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern CLAUSE_END =
            Pattern.compile(
                    ";|\\.(?=\\s|$)|\\s[–—-]\\s|\\b(?:see|cf|related|fixes|closes|part of)\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern WAVE =
            Pattern.compile(
                    "[(\\[,;]\\s{0,5}wave\\s{0,5}[:=#]?\\s{0,5}(\\d{1,6})\\s{0,5}[)\\],;]",
                    Pattern.CASE_INSENSITIVE);

    private final Set<IssueReference> named = new LinkedHashSet<>();
    private final Set<IssueReference> dependsOn = new LinkedHashSet<>();
    private final Set<IssueReference> blocks = new LinkedHashSet<>();
    private final OptionalInt wave;

    private TaskText(String written) {
        String text = plain(written);
        boolean[] taken = new boolean[text.length()];
        Matcher waits = WAITS.matcher(text);
        int from = 0;
        while (waits.find(from)) {
            from = waits.end();
            if (!counts(waits, text)) {
                continue;
            }
            int end = end(text, from);
            (waits.group("blocks") == null ? dependsOn : blocks)
                    .addAll(references(text, from, end));
            Arrays.fill(taken, from, end, true);
        }
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            if (!taken[reference.start()]) {
                named.add(read(reference));
            }
        }
        Matcher given = WAVE.matcher(text);
        wave =
                given.find()
                        ? OptionalInt.of(Integer.parseInt(given.group(1)))
                        : OptionalInt.empty();
    }

    /** Reads a line, without the mark of its list. */
    static TaskText of(String line) {
        return new TaskText(line.substring(0, Math.min(line.length(), LONGEST)));
    }

    /** The issues that are named for themselves, in order: the first is the one the line is of. */
    List<IssueReference> named() {
        return List.copyOf(named);
    }

    Set<IssueReference> dependsOn() {
        return dependsOn;
    }

    Set<IssueReference> blocks() {
        return blocks;
    }

    OptionalInt wave() {
        return wave;
    }

    /** Links are what they lead to where that is an issue, else their words; no emphasis. */
    private static String plain(String written) {
        String linked =
                LINK.matcher(written)
                        .replaceAll(link ->
                                Matcher.quoteReplacement(
                                        REFERENCE.matcher(link.group(2)).matches()
                                                ? link.group(2) + " "
                                                : link.group(1)));
        return linked.replaceAll("\\*\\*|__|~~|`|[<>]", "")
                .replaceAll("\\*(?=\\S)|(?<=\\S)\\*", "");
    }

    /** Where what is waited for ends: with the bracket it stands in, or with the sentence. */
    private static int end(String text, int from) {
        int open = 0;
        int end = text.length();
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                open++;
            } else if (c == ')' && open-- == 0) {
                end = i;
                break;
            }
        }
        Matcher clause = CLAUSE_END.matcher(text).region(from, end);
        if (clause.find()) {
            end = clause.start();
        }
        Matcher next = WAITS.matcher(text).region(from, end);
        while (next.find()) {
            if (counts(next, text)) {
                return next.start();
            }
        }
        return end;
    }

    private static boolean counts(Matcher waits, String text) {
        return waits.group("strong") != null
                || REFERENCE.matcher(text).region(waits.end(), text.length()).lookingAt();
    }

    private static List<IssueReference> references(String text, int from, int end) {
        List<IssueReference> found = new ArrayList<>();
        // What stands before and behind is looked at too: a piece of a word is none.
        Matcher reference = REFERENCE.matcher(text).region(from, end).useTransparentBounds(true);
        while (reference.find()) {
            found.add(read(reference));
        }
        return found;
    }

    private static IssueReference read(Matcher found) {
        if (found.group("at") != null) {
            return IssueReference.elsewhere(
                    found.group("host") + "/" + found.group("path"),
                    Integer.parseInt(found.group("at")),
                    IssueReference.isRequest(found.group("kind")));
        }
        if (found.group("slug") != null) {
            return IssueReference.elsewhere(
                    found.group("slug"), Integer.parseInt(found.group("other")), false);
        }
        String number = found.group("hash") == null ? found.group("gh") : found.group("hash");
        return IssueReference.here(Integer.parseInt(number));
    }
}
