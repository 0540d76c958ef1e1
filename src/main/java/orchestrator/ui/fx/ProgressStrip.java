package orchestrator.ui.fx;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;

/**
 * A slim bar of issues: completed, in progress, failed, parked, and the rest. ControlsFX's
 * segmented bar rebuilds its segments on every change and gives each a pop-over; this one only lays
 * out four regions.
 */
public final class ProgressStrip extends Region {
    private static final List<Tone> ORDER =
            List.of(Tone.SUCCESS, Tone.ACCENT, Tone.DANGER, Tone.WARNING);
    private static final double SMALLEST = 3;
    private static final double GAP = 1;
    private final List<Region> segments = new ArrayList<>();
    private int[] counts = new int[ORDER.size()];
    private int total;

    /** An empty bar. */
    public ProgressStrip() {
        getStyleClass().add("progress-strip");
        setAccessibleRole(AccessibleRole.PROGRESS_INDICATOR);
        for (Tone tone : ORDER) {
            Region segment = new Region();
            segment.getStyleClass().add("segment");
            tone.apply(segment);
            segments.add(segment);
        }
        getChildren().addAll(segments);
    }

    /** Shows how many of {@code of} stand where. */
    public void show(int completed, int inProgress, int failed, int parked, int of) {
        counts = new int[] {completed, inProgress, failed, parked};
        total = of;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double x = 0;
        for (int i = 0; i < segments.size(); i++) {
            Region segment = segments.get(i);
            segment.setVisible(total > 0 && counts[i] > 0);
            if (segment.isVisible()) {
                double width = Math.max(SMALLEST, getWidth() * counts[i] / total);
                double end = Math.min(getWidth(), x + width);
                segment.resizeRelocate(x, 0, Math.max(0, end - x - GAP), getHeight());
                x = end;
            }
        }
    }
}
