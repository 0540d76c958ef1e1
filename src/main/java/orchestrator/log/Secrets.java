package orchestrator.log;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets of known shapes out of text before it is written or shown. Pure. */
public final class Secrets {
    private static final String MASK = "•••";

    // Each alternative: what may stay, for people to see which secret it was, and then the secret.
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?<![A-Za-z0-9])(?<name>"
                            + "sk-ant-(?=[A-Za-z0-9_-]{8})"
                            + "|sk-(?=[A-Za-z0-9_-]{20})"
                            + "|gh[pousr]_(?=[A-Za-z0-9]{16})"
                            + "|github_pat_(?=[A-Za-z0-9_]{16})"
                            + "|gl(?:pat|dt|rt|cbt|ptt|ft|oas|soat|agent)-(?=[A-Za-z0-9_-]{10})"
                            + "|(?:AKIA|ASIA)(?=[A-Z0-9]{12})"
                            + "|xox[abeoprs]-(?=[A-Za-z0-9-]{10})"
                            + "|npm_(?=[A-Za-z0-9]{20})"
                            + "|AIza(?=[A-Za-z0-9_-]{30})"
                            + ")[A-Za-z0-9_.-]++"
                            + "|(?<header>\\b(?:[Bb]earer|BEARER)\\s{1,4}|\\b[Aa]uthorization:\\s{0,4}[Bb]asic\\s{1,4})"
                            + "[A-Za-z0-9._~+/=-]{8,}+"
                            + "|(?<=://)(?<url>[^\\s/:@\"']{0,100}:)[^\\s/@\"']{1,200}(?=@)"
                            + "|(?<pem>-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)"
                            + "[A-Za-z0-9+/=\\s\\\\]*+(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?+");

    // One of these is in every secret above. They are told by a character that is rare in what
    // agents say: to look at each that begins one takes longer than all the rest of reading.
    private static final List<String> BEFORE_DASH =
            List.of(
                    "sk", "glpat", "gldt", "glrt", "glcbt", "glptt", "glft", "gloas", "glsoat",
                    "glagent");
    private static final List<String> BEFORE_LOW_LINE =
            List.of("ghp", "gho", "ghu", "ghs", "ghr", "github_pat", "npm");
    private static final List<String> FROM_A = List.of("AKIA", "ASIA", "AIza");

    private Secrets() {}

    /**
     * The text with every secret replaced by its kind and three dots; masking twice is the same.
     */
    public static String mask(String text) {
        if (!hasSign(text)) {
            return text;
        }
        Matcher matcher = SECRET.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        do {
            matcher.appendReplacement(out, Matcher.quoteReplacement(kind(matcher) + MASK));
        } while (matcher.find());
        return matcher.appendTail(out).toString();
    }

    /** All signs in one pass. */
    private static boolean hasSign(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean sign =
                    switch (text.charAt(i)) {
                        case '-' -> text.startsWith("-----BEGIN ", i) || ends(text, i, BEFORE_DASH);
                        case '_' -> ends(text, i, BEFORE_LOW_LINE);
                        case ':' -> text.startsWith("://", i);
                        case 'A' -> begins(text, i, FROM_A);
                        case 'x' -> text.startsWith("xox", i);
                        case 'B' ->
                                text.startsWith("earer", i + 1)
                                        || text.startsWith("EARER", i + 1)
                                        || text.startsWith("asic", i + 1);
                        case 'b' ->
                                text.startsWith("earer", i + 1) || text.startsWith("asic", i + 1);
                        default -> false;
                    };
            if (sign) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String text, int at, List<String> signs) {
        for (String sign : signs) {
            if (text.startsWith(sign, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(String text, int at, List<String> signs) {
        for (String sign : signs) {
            if (text.startsWith(sign, at - sign.length())) {
                return true;
            }
        }
        return false;
    }

    private static String kind(Matcher matcher) {
        for (String group : new String[] {"name", "header", "url", "pem"}) {
            String kept = matcher.group(group);
            if (kept != null) {
                return kept;
            }
        }
        return "";
    }
}
