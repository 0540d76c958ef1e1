package orchestrator.monitor;

import java.time.Duration;
import java.util.Locale;

/** Spans, counts and costs as people read them, the one place for it. Pure. */
public final class Figures {
    private Figures() {}

    /** A span as {@code 0:07}, {@code 12:07} or {@code 1:02:33}. */
    public static String elapsed(long seconds) {
        Duration span = Duration.ofSeconds(Math.max(0, seconds));
        return span.toHours() > 0
                ? "%d:%02d:%02d"
                        .formatted(span.toHours(), span.toMinutesPart(), span.toSecondsPart())
                : "%d:%02d".formatted(span.toMinutes(), span.toSecondsPart());
    }

    /** A span in words: {@code 7 s}, {@code 12 min 7 s} or {@code 1 h 2 min}. */
    public static String span(Duration span) {
        if (span.toHours() > 0) {
            return and(span.toHours() + " h", span.toMinutesPart(), " min");
        }
        return span.toMinutes() > 0
                ? and(span.toMinutes() + " min", span.toSecondsPart(), " s")
                : Math.max(0, span.toSeconds()) + " s";
    }

    private static String and(String more, int less, String unit) {
        return less == 0 ? more : more + " " + less + unit;
    }

    /** A count as {@code 950}, {@code 12.4k} or {@code 3.1M}. */
    public static String count(long number) {
        if (number < 1000) {
            return Long.toString(number);
        }
        if (number < 999_950) {
            return scaled(number / 1e3, "k");
        }
        return number < 999_950_000 ? scaled(number / 1e6, "M") : scaled(number / 1e9, "G");
    }

    /** So many of a thing whose plural ends with s: {@code 1 issue}, {@code 3 issues}. */
    public static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static String scaled(double value, String unit) {
        return String.format(Locale.ROOT, value < 99.95 ? "%.1f%s" : "%.0f%s", value, unit);
    }

    /** US dollars with cents. */
    public static String cost(double dollars) {
        return String.format(Locale.ROOT, "$%,.2f", dollars);
    }
}
