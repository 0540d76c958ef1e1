package orchestrator.ui.fx;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import orchestrator.monitor.Figures;

/** Values as people read them. */
public final class Format {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK_SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final int LONGEST_LINE = 600;

    private Format() {}

    /** A span as {@code 0:07}, {@code 12:07} or {@code 1:02:33}. */
    public static String elapsed(long seconds) {
        return Figures.elapsed(seconds);
    }

    /** A coarse span as {@code 7 s}, {@code 12 min}, {@code 3 h} or {@code 2 d}. */
    public static String coarse(Texts texts, long seconds) {
        if (seconds < 60) {
            return texts.get("time.seconds", Math.max(0, seconds));
        }
        if (seconds < 3600) {
            return texts.get("time.minutes", seconds / 60);
        }
        return seconds < 86_400
                ? texts.get("time.hours", seconds / 3600)
                : texts.get("time.days", seconds / 86_400);
    }

    /** A count as {@code 950}, {@code 12.4k} or {@code 3.1M}. */
    public static String count(long number) {
        return Figures.count(number);
    }

    /** US dollars with cents. */
    public static String cost(double dollars) {
        return Figures.cost(dollars);
    }

    /** A time of day as {@code 17:36}. */
    public static String clock(Instant at, ZoneId zone) {
        return CLOCK.withZone(zone).format(at);
    }

    /** A time of day as {@code 17:36:02}. */
    public static String clockSeconds(Instant at, ZoneId zone) {
        return CLOCK_SECONDS.withZone(zone).format(at);
    }

    /**
     * A time of day as {@code 17:36:02}, on another day than {@code now} as {@code 21 Nov 17:36}.
     */
    public static String moment(Instant at, Instant now, ZoneId zone) {
        boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return today ? clockSeconds(at, zone) : DAY.withZone(zone).format(at);
    }

    /**
     * Foreign text as one line: controls (line ends too) become spaces, marks that change the
     * direction of writing are dropped, and what is very long is cut, since it would stall the
     * layout.
     */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST_LINE));
        text.codePoints()
                .limit(LONGEST_LINE)
                .filter(point -> !turnsDirection(point))
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .forEach(line::appendCodePoint);
        if (text.length() > LONGEST_LINE) {
            line.append('…');
        }
        return line.toString().strip();
    }

    private static boolean turnsDirection(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }
}
