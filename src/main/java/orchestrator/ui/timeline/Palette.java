package orchestrator.ui.timeline;

import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import orchestrator.model.RunHistory.Outcome;

/**
 * The theme's colours for what is drawn by hand: small regions that the style sheet colours, and
 * that tell when the theme changes.
 */
final class Palette extends Pane {
    /** What has a colour. */
    enum Ink {
        BACK,
        STRIPE,
        GRID,
        BORDER,
        TEXT,
        MUTED,
        FOCUS,
        HOVER,
        LIMIT,
        PAUSE,
        FOLD,
        COST,
        COUNT,
        COMPLETED,
        COMPLETED_EDGE,
        RESTARTED,
        RESTARTED_EDGE,
        FAILED,
        FAILED_EDGE,
        INTERRUPTED,
        INTERRUPTED_EDGE,
        RUNNING,
        RUNNING_EDGE
    }

    private final Map<Ink, Region> regions = new EnumMap<>(Ink.class);
    private final Label letters = new Label();

    /**
     * A palette.
     *
     * @param changed is told when a colour or the letters are others; part of a scene it must be
     */
    Palette(Runnable changed) {
        getStyleClass().add("timeline-palette");
        setManaged(false);
        setMouseTransparent(true);
        setOpacity(0);
        for (Ink ink : Ink.values()) {
            Region region = new Region();
            region.getStyleClass()
                    .add("ink-" + ink.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            region.backgroundProperty().subscribe((_, _) -> changed.run());
            regions.put(ink, region);
            getChildren().add(region);
        }
        letters.fontProperty().subscribe((_, _) -> changed.run());
        getChildren().add(letters);
    }

    /** The colour; transparent before the style sheet was applied. */
    Paint of(Ink ink) {
        Region region = regions.get(ink);
        return region == null
                        || region.getBackground() == null
                        || region.getBackground().getFills().isEmpty()
                ? Color.TRANSPARENT
                : region.getBackground().getFills().getFirst().getFill();
    }

    /** The inside of a bar. */
    Paint fill(Outcome outcome) {
        return of(
                switch (outcome) {
                    case RUNNING -> Ink.RUNNING;
                    case COMPLETED -> Ink.COMPLETED;
                    case RESTARTED -> Ink.RESTARTED;
                    case FAILED -> Ink.FAILED;
                    case INTERRUPTED -> Ink.INTERRUPTED;
                });
    }

    /** The edge of a bar. */
    Paint edge(Outcome outcome) {
        return of(
                switch (outcome) {
                    case RUNNING -> Ink.RUNNING_EDGE;
                    case COMPLETED -> Ink.COMPLETED_EDGE;
                    case RESTARTED -> Ink.RESTARTED_EDGE;
                    case FAILED -> Ink.FAILED_EDGE;
                    case INTERRUPTED -> Ink.INTERRUPTED_EDGE;
                });
    }

    /** Letters of that size, in pixels, in the window's family. */
    Font font(double size) {
        return Font.font(letters.getFont().getFamily(), size);
    }
}
