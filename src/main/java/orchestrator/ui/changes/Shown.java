package orchestrator.ui.changes;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a line of foreign text is shown: what cannot be seen is spelled out, what is long is cut. */
final class Shown {
    /** A longer line would stall the layout. */
    static final int LONGEST = 1000;

    private static final int TAB = 4;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+|\\s+|.", Pattern.DOTALL);

    /** Where more than that share of a line differs, marks would only be noise. */
    private static final double MOST_CHANGED = 0.7;

    private Shown() {}

    /** A stretch of a text, {@code to} excluded. */
    record Range(int from, int to) {}

    /** The text as it is shown. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST) + TAB);
        int i = 0;
        while (i < text.length() && shown.length() < LONGEST) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\t') {
                shown.repeat(' ', TAB - shown.length() % TAB);
            } else if (point == '\r' && i == text.length()) {
                shown.append('␍');
            } else if (Character.isISOControl(point)
                    || (Character.getType(point) == Character.FORMAT && point != 0x200D)) {
                // Marks that turn the direction of writing make code look like other code.
                shown.append(String.format(Locale.ROOT, "⟨%04X⟩", point));
            } else {
                shown.appendCodePoint(point);
            }
        }
        return i < text.length() ? shown.append('…').toString() : shown.toString();
    }

    /** What of {@code text} is not in {@code mate}, both as they are shown. */
    static List<Range> changed(String text, String mate) {
        List<String> words = words(text);
        List<Range> ranges = new ArrayList<>();
        int total = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(words, words(mate)).getDeltas()) {
            Chunk<String> chunk = delta.getSource();
            int from = length(words.subList(0, chunk.getPosition()));
            int to = from + length(chunk.getLines());
            if (to > from) {
                ranges.add(new Range(from, to));
                total += to - from;
            }
        }
        return total > text.length() * MOST_CHANGED ? List.of() : ranges;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    private static int length(List<String> words) {
        return words.stream().mapToInt(String::length).sum();
    }
}
