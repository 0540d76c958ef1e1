package orchestrator.ui.terminal;

import com.techsenger.jeditermfx.core.Color;
import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.emulator.ColorPalette;
import com.techsenger.jeditermfx.ui.FxTransformers;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * The terminal's colours, taken from the theme: a node without size has them as its backgrounds, so
 * they change with the style sheets. The emulator asks for them on threads of its own.
 */
final class TerminalColours extends ColorPalette {
    /** In the order of the style sheet. */
    private enum Of {
        GROUND,
        TEXT,
        MUTED,
        SUBTLE,
        ACCENT,
        SUCCESS,
        WARNING,
        DANGER,
        SELECTION,
        FOUND
    }

    private final Region swatch = new Region();
    private volatile Map<Of, javafx.scene.paint.Color> theme = Map.of();
    private volatile List<Color> sixteen = List.of();

    /** Colours that follow the theme once {@link #node} is in a scene. */
    TerminalColours() {
        swatch.getStyleClass().add("terminal-colours");
        swatch.setManaged(false);
        swatch.setMouseTransparent(true);
        take(null);
        swatch.backgroundProperty().subscribe((_, background) -> take(background));
    }

    /** Has someone told of other colours, on the FX thread. */
    void whenChanged(Runnable told) {
        swatch.backgroundProperty().subscribe((_, _) -> told.run());
    }

    /** To be put into the scene beside the terminal. */
    Region node() {
        return swatch;
    }

    private void take(@Nullable Background background) {
        List<javafx.scene.paint.Color> seen =
                background == null
                        ? List.of()
                        : background.getFills().stream()
                                .map(BackgroundFill::getFill)
                                .filter(javafx.scene.paint.Color.class::isInstance)
                                .map(javafx.scene.paint.Color.class::cast)
                                .toList();
        Map<Of, javafx.scene.paint.Color> next = new EnumMap<>(Of.class);
        Iterator<javafx.scene.paint.Color> colours = seen.iterator();
        for (Of name : Of.values()) {
            next.put(name, colours.hasNext() ? colours.next() : javafx.scene.paint.Color.GRAY);
        }
        theme = next;
        sixteen = sixteen().stream().map(TerminalColours::ours).toList();
    }

    /** The sixteen colours that programs name: the theme's, and mixtures of them. */
    private List<javafx.scene.paint.Color> sixteen() {
        // Who writes in black sets the colour behind it, as tmux's own line does: there it must
        // stand
        // out, more than on the ground.
        boolean dark = of(Of.GROUND).getBrightness() < 0.5;
        javafx.scene.paint.Color black =
                dark ? of(Of.GROUND).interpolate(of(Of.TEXT), 0.08) : of(Of.TEXT);
        javafx.scene.paint.Color magenta = of(Of.ACCENT).interpolate(of(Of.DANGER), 0.5);
        javafx.scene.paint.Color cyan = of(Of.ACCENT).interpolate(of(Of.SUCCESS), 0.5);
        List<javafx.scene.paint.Color> plain =
                List.of(
                        of(Of.DANGER),
                        of(Of.SUCCESS),
                        of(Of.WARNING),
                        of(Of.ACCENT),
                        magenta,
                        cyan);
        List<javafx.scene.paint.Color> all = new java.util.ArrayList<>();
        all.add(black);
        all.addAll(plain);
        all.add(of(Of.MUTED));
        all.add(of(Of.SUBTLE));
        plain.forEach(colour -> all.add(colour.interpolate(of(Of.TEXT), 0.25)));
        all.add(dark ? of(Of.TEXT) : of(Of.MUTED));
        return all;
    }

    private javafx.scene.paint.Color of(Of name) {
        javafx.scene.paint.Color colour = Objects.requireNonNull(theme.get(name));
        if (name == Of.GROUND || colour.isOpaque()) {
            return colour;
        }
        javafx.scene.paint.Color solid =
                javafx.scene.paint.Color.color(
                        colour.getRed(), colour.getGreen(), colour.getBlue());
        return of(Of.GROUND).interpolate(solid, colour.getOpacity());
    }

    private static Color ours(javafx.scene.paint.Color colour) {
        return Objects.requireNonNull(FxTransformers.fromFxColor(colour));
    }

    private TerminalColor live(Of name) {
        return new TerminalColor(() -> ours(of(name)));
    }

    /** What is written in no colour of its own. */
    TerminalColor text() {
        return live(Of.TEXT);
    }

    /** What it is written on. */
    TerminalColor ground() {
        return live(Of.GROUND);
    }

    TextStyle selection() {
        return new TextStyle(text(), live(Of.SELECTION));
    }

    TextStyle found() {
        return new TextStyle(text(), live(Of.FOUND));
    }

    @Override
    protected Color getForegroundByColorIndex(int index) {
        return sixteen.get(index);
    }

    @Override
    protected Color getBackgroundByColorIndex(int index) {
        return sixteen.get(index);
    }
}
