package orchestrator.ui.theme;

import atlantafx.base.theme.Styles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.ui.fx.Preferences;

/**
 * Our style sheets. They are written for text of 13 pixels; for another size every length in them
 * grows with it, but hair lines.
 */
final class Sheets {
    private static final int WRITTEN_FOR = Preferences.USUAL;
    private static final Pattern LENGTH = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)px");
    private static final double HAIR_LINE = 1;

    /** The window's own sheet, then one a feature. */
    private static final List<URL> SHEETS =
            Stream.of(
                            "window",
                            "board",
                            "plan",
                            "workers",
                            "logs",
                            "terminal",
                            "changes",
                            "timeline")
                    .map(name -> "/orchestrator/css/" + name + ".css")
                    .map(path -> Objects.requireNonNull(Sheets.class.getResource(path)))
                    .toList();

    private Sheets() {}

    /** The addresses of all of them for a size of text in pixels. */
    static List<String> of(int size) {
        Stream<String> own =
                size == WRITTEN_FOR
                        ? SHEETS.stream().map(URL::toExternalForm)
                        : SHEETS.stream().map(sheet -> Styles.toDataURI(scaled(read(sheet), size)));
        return Stream.concat(own, Stream.of(Fonts.sheet())).toList();
    }

    static String scaled(String sheet, int size) {
        return LENGTH.matcher(sheet).replaceAll(length -> scaled(length, size));
    }

    private static String scaled(MatchResult length, int size) {
        double written = Double.parseDouble(length.group(1));
        return written <= HAIR_LINE
                ? length.group()
                : String.format(Locale.ROOT, "%.1fpx", written * size / WRITTEN_FOR);
    }

    private static String read(URL sheet) {
        try (var in = sheet.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a style sheet of ours cannot be read: " + sheet, e);
        }
    }
}
