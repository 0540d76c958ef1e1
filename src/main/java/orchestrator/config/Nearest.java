package orchestrator.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Nearest {
    private static final int FARTHEST = 2;

    private Nearest() {}

    /** The candidate closest to a word, if one is close. */
    static Optional<String> to(String word, Collection<String> candidates) {
        String wanted = plain(word);
        return candidates.stream()
                .filter(candidate -> distance(wanted, plain(candidate)) <= limit(candidate))
                .min(
                        Comparator.comparingInt((String c) -> distance(wanted, plain(c)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code (did you mean "x"?)}, or nothing. */
    static String hint(String word, Collection<String> candidates) {
        return to(word, candidates).map(near -> " (did you mean \"" + near + "\"?)").orElse("");
    }

    /** Case and separators are what people mistake most. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    private static int limit(String candidate) {
        return Math.min(FARTHEST, candidate.length() / 3);
    }

    /** Letters to add, drop, change or swap with their neighbour. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > FARTHEST) {
            return FARTHEST + 1;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
