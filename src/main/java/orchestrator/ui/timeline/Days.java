package orchestrator.ui.timeline;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days as people read them. */
final class Days {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

    private Days() {}

    /** Such as {@code Sun 22 Nov}. */
    static String day(Instant at, ZoneId zone) {
        return DAY.withZone(zone).format(at);
    }
}
