package orchestrator.ui.workers;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Polyline;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Span;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;

/** The last ten minutes of a worker as a small line, and for how long it has been quiet. */
final class ActivityLine extends HBox {
    private static final double WIDTH = 76;
    private static final double HEIGHT = 18;

    /** As many active seconds of a bucket draw the line to its top; few are drawn larger. */
    private static final double FULL = 20;

    private final Texts texts;
    private final ZoneId zone;
    private final Polyline line = new Polyline();
    private final Label quiet = Nodes.label("", "activity-quiet");
    private final Tooltip told = new Tooltip();
    private @Nullable Activity drawn;

    ActivityLine(Texts texts, ZoneId zone) {
        this.texts = texts;
        this.zone = zone;
        getStyleClass().add("activity");
        setAlignment(Pos.CENTER_LEFT);
        quiet.setMinWidth(USE_PREF_SIZE);
        line.getStyleClass().add("activity-line");
        Pane ground = new Pane(line);
        ground.getStyleClass().add("activity-ground");
        ground.setMinSize(WIDTH, HEIGHT);
        ground.setPrefSize(WIDTH, HEIGHT);
        ground.setMaxSize(WIDTH, HEIGHT);
        getChildren().addAll(ground, quiet);
        Tooltip.install(this, told);
    }

    /** Shows a worker's; nothing for one that holds nothing. */
    void show(Pulse pulse) {
        setVisible(pulse.quiet().isPresent());
        quiet.setText(
                pulse.quiet().isPresent() ? Format.coarse(texts, pulse.quiet().seconds()) : "");
        if (!pulse.activity().equals(drawn)) {
            drawn = pulse.activity();
            draw(pulse.activity());
            String text =
                    texts.get(
                            "activity.seen",
                            pulse.activity().total(),
                            Format.clock(pulse.since(), zone));
            told.setText(text);
            setAccessibleText(text);
        }
    }

    private void draw(Activity activity) {
        List<Double> points = new ArrayList<>();
        double step = WIDTH / (Activity.BUCKETS - 1);
        for (int i = 0; i < Activity.BUCKETS; i++) {
            double part = Math.sqrt(Math.min(1, activity.counts().get(i) / FULL));
            points.add(i * step);
            points.add(HEIGHT - 1.5 - part * (HEIGHT - 3));
        }
        line.getPoints().setAll(points);
    }

    /**
     * What it shows.
     *
     * @param quiet since the last sign of life; none: it holds nothing
     * @param since when the window began to watch, or ten minutes ago
     */
    record Pulse(Span quiet, Activity activity, java.time.Instant since)
            implements Comparable<Pulse> {
        @Override
        public int compareTo(Pulse other) {
            return quiet.compareTo(other.quiet);
        }
    }
}
