package orchestrator.monitor;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How times are written, the one place for it: for people in their own zone to the second, for
 * scripts in UTC to the millisecond.
 */
public final class Times {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

    private Times() {}

    /** For people, such as {@code 2026-11-22 17:36:00}, in this machine's zone. */
    public static String local(Instant at) {
        return local(at, ZoneId.systemDefault());
    }

    /** The same in a zone. Pure. */
    public static String local(Instant at, ZoneId zone) {
        return DAY_AND_TIME.format(at.atZone(zone));
    }

    /** The time of day alone, such as {@code 17:36:00}. Pure. */
    public static String clock(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /** For scripts, such as {@code 2026-11-22T17:36:00.123Z}. Pure. */
    public static String iso(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A zone as people call it. Pure. */
    public static String zone(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** A day, such as {@code Sun 22 Nov}. Pure. */
    public static String day(Instant at, ZoneId zone) {
        return DAY.format(at.atZone(zone));
    }
}
