package orchestrator.log;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    // One of these is in every secret above; looking for them first keeps ordinary lines cheap.
    private static final List<String> SIGNS =
            List.of(
                    "sk-",
                    "ghp_",
                    "gho_",
                    "ghu_",
                    "ghs_",
                    "ghr_",
                    "github_pat_",
                    "glpat-",
                    "gldt-",
                    "glrt-",
                    "glcbt-",
                    "glptt-",
                    "glft-",
                    "gloas-",
                    "glsoat-",
                    "glagent-",
                    "AKIA",
                    "ASIA",
                    "xox",
                    "npm_",
                    "AIza",
                    "earer",
                    "EARER",
                    "asic",
                    "://",
                    "-----BEGIN ");

    /** The signs that begin with an ASCII character, by that character. */
    private static final String[][] SIGNS_FROM = new String[128][0];

    static {
        for (String sign : SIGNS) {
            char first = sign.charAt(0);
            SIGNS_FROM[first] =
                    Stream.concat(Arrays.stream(SIGNS_FROM[first]), Stream.of(sign))
                            .toArray(String[]::new);
        }
    }

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

    /** All signs in one pass: to look for each on its own is half the cost of reading a stream. */
    private static boolean hasSign(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < SIGNS_FROM.length) {
                for (String sign : SIGNS_FROM[c]) {
                    if (text.startsWith(sign, i)) {
                        return true;
                    }
                }
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
