package orchestrator.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads instants as {@link Instant#toString} writes them. A journal's snapshot holds thousands, and
 * the formatter of {@link Instant#parse} is what a start would then wait for.
 */
final class Instants {
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int SECONDS_A_DAY = 24 * 60 * 60;
    private static final int NANO_DIGITS = 9;

    private Instants() {}

    /**
     * The same as {@link Instant#parse}.
     *
     * @throws DateTimeException when it is no instant
     */
    static Instant parse(String text) {
        return isPlain(text) ? plain(text) : Instant.parse(text);
    }

    /** Whether it is a year of four digits to a second of the day, a fraction or none, and Z. */
    private static boolean isPlain(String text) {
        int fraction = text.length() - FORM.length() - 1;
        if (fraction < 0
                || fraction == 1
                || fraction > 1 + NANO_DIGITS
                || text.charAt(text.length() - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < text.length() - 1; i++) {
            char form = i < FORM.length() ? FORM.charAt(i) : i == FORM.length() ? '.' : '0';
            char c = text.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        // What comes at the end of a day may be a leap second: that is for others to know.
        return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
    }

    private static Instant plain(String text) {
        LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        int second = (number(text, 11, 13) * 60 + number(text, 14, 16)) * 60 + number(text, 17, 19);
        int from = Math.min(FORM.length() + 1, text.length() - 1);
        int nano = number(text, from, text.length() - 1);
        for (int digits = text.length() - 1 - from; digits < NANO_DIGITS; digits++) {
            nano *= 10;
        }
        return Instant.ofEpochSecond(day.toEpochDay() * SECONDS_A_DAY + second, nano);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
