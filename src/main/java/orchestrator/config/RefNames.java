package orchestrator.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** What may be a branch: the rules of {@code git check-ref-format --branch}. */
final class RefNames {
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]");

    private RefNames() {}

    /** What forbids the name, as the rest of a sentence that begins with the name; empty: good. */
    static Optional<String> fault(String branch) {
        if (branch.isEmpty()) {
            return Optional.of("is empty");
        }
        if (branch.startsWith("-")) {
            return Optional.of("begins with \"-\", so git would take it for an option");
        }
        if (FORBIDDEN.matcher(branch).find()) {
            return Optional.of(
                    "holds a space, a control character or one of ~ ^ : ? * [ \\, which git"
                            + " forbids");
        }
        if (branch.contains("..") || branch.contains("@{")) {
            return Optional.of("holds \"..\" or \"@{\", which git forbids");
        }
        if (branch.startsWith("/") || branch.endsWith("/") || branch.contains("//")) {
            return Optional.of("begins or ends with \"/\", or holds \"//\", which git forbids");
        }
        if (branch.endsWith(".")) {
            return Optional.of("ends with \".\", which git forbids");
        }
        for (String part : branch.split("/", -1)) {
            if (part.startsWith(".") || part.endsWith(".lock")) {
                return Optional.of(
                        "has a part that begins with \".\" or ends with \".lock\", which git"
                                + " forbids");
            }
        }
        if (branch.equals("@") || branch.equals("HEAD")) {
            return Optional.of("is a name git keeps for itself");
        }
        return hasLoneSurrogate(branch)
                ? Optional.of("holds half a character, which no file name can")
                : Optional.empty();
    }

    static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
}
