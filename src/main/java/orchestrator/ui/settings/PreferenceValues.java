package orchestrator.ui.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Preferences.Colours;

/** Preferences as texts and back; what cannot be read stays as it is by itself. */
final class PreferenceValues {
    private static final String COLOURS = "colours";
    private static final String TERMINAL = "terminal";
    private static final String EDITOR = "editor";
    private static final String NOTIFICATIONS = "notifications";
    private static final String FONT_SIZE = "font-size";
    private static final String REDUCED_MOTION = "reduced-motion";

    private PreferenceValues() {}

    static void load(Preferences into, Map<String, String> values) {
        text(values, COLOURS)
                .flatMap(word ->
                        Stream.of(Colours.values())
                                .filter(colours -> word(colours).equals(word))
                                .findFirst())
                .ifPresent(into.colours::set);
        text(values, TERMINAL).ifPresent(into.terminal::set);
        text(values, EDITOR).ifPresent(into.editor::set);
        text(values, NOTIFICATIONS)
                .ifPresent(word -> into.notifications.set(!word.equals("false")));
        text(values, FONT_SIZE)
                .filter(word -> word.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .ifPresent(size -> into.fontSize.set(Preferences.legible(size)));
        text(values, REDUCED_MOTION).ifPresent(word -> into.reducedMotion.set(word.equals("true")));
    }

    private static Optional<String> text(Map<String, String> values, String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Tells each change from now on; an empty value stands for the default. */
    static void onChange(Preferences from, BiConsumer<String, String> changed) {
        from.colours.subscribe((_, next) -> changed.accept(COLOURS, word(next)));
        from.terminal.subscribe((_, next) -> changed.accept(TERMINAL, next));
        from.editor.subscribe((_, next) -> changed.accept(EDITOR, next));
        from.notifications.subscribe(
                (_, next) -> changed.accept(NOTIFICATIONS, String.valueOf(next)));
        from.fontSize.subscribe((_, next) -> changed.accept(FONT_SIZE, String.valueOf(next)));
        from.reducedMotion.subscribe(
                (_, next) -> changed.accept(REDUCED_MOTION, String.valueOf(next)));
    }

    private static String word(Colours colours) {
        return colours.name().toLowerCase(Locale.ROOT);
    }
}
