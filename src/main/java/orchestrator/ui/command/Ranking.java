package orchestrator.ui.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which entries fit what was typed, the best first: each word of it must be found, at the start of
 * a word sooner than within one, in the title sooner than in the detail; at last as letters in
 * their order. Entries that fit equally well keep their order.
 */
final class Ranking {
    private static final int EXACT = 100;
    private static final int START = 60;
    private static final int WORD_START = 40;
    private static final int WITHIN = 20;
    private static final int IN_DETAIL = 10;
    private static final int LETTERS = 3;

    private record Ranked<T>(T entry, int score) {}

    private Ranking() {}

    /** The entries that fit, at most {@code most}. */
    static <T> List<T> best(
            List<T> entries,
            Function<T, String> title,
            Function<T, String> detail,
            String typed,
            int most) {
        List<String> words =
                Stream.of(folded(typed).split("\\s+", -1)).filter(w -> !w.isEmpty()).toList();
        return entries.stream()
                .map(entry ->
                        new Ranked<>(
                                entry,
                                score(
                                        folded(title.apply(entry)),
                                        folded(detail.apply(entry)),
                                        words)))
                .filter(ranked -> ranked.score() > 0)
                .sorted(Comparator.comparingInt((Ranked<T> ranked) -> -ranked.score()))
                .limit(most)
                .map(Ranked::entry)
                .toList();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** 0: it does not fit. */
    private static int score(String title, String detail, List<String> words) {
        int sum = 1;
        for (String word : words) {
            int one = score(title, detail, word);
            if (one == 0) {
                return 0;
            }
            sum += one;
        }
        return sum;
    }

    private static int score(String title, String detail, String word) {
        if (title.equals(word)) {
            return EXACT;
        }
        if (title.startsWith(word)) {
            return START;
        }
        int at = title.indexOf(word);
        if (at > 0) {
            return startsWord(title, word, at) ? WORD_START : WITHIN;
        }
        if (detail.contains(word)) {
            return IN_DETAIL;
        }
        return hasLetters(title, word) ? LETTERS : 0;
    }

    private static boolean startsWord(String text, String word, int first) {
        for (int at = first; at >= 0; at = text.indexOf(word, at + 1)) {
            if (!Character.isLetterOrDigit(text.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLetters(String text, String word) {
        int from = 0;
        for (int i = 0; i < word.length(); i++) {
            int at = text.indexOf(word.charAt(i), from);
            if (at < 0) {
                return false;
            }
            from = at + 1;
        }
        return true;
    }
}
