package orchestrator.ui.timeline;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import orchestrator.model.RunHistory.Bar;
import orchestrator.rules.TimeAxis;

/** A lane as it is drawn: its attempts and where they are on the ruler. Immutable. */
final class Row {
    private final int worker;
    private final List<Bar> bars;
    private final double[] from;
    private final double[] to;

    Row(int worker, List<Bar> bars, TimeAxis axis, Function<Bar, Instant> end) {
        this.worker = worker;
        this.bars = bars;
        from = new double[bars.size()];
        to = new double[bars.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = axis.placeOf(bars.get(i).from());
            to[i] = axis.placeOf(end.apply(bars.get(i)));
        }
    }

    int worker() {
        return worker;
    }

    List<Bar> bars() {
        return bars;
    }

    /** Where a bar begins. */
    double from(int index) {
        return from[index];
    }

    /** Where a bar ends. */
    double to(int index) {
        return to[index];
    }

    /** The index of the first bar that ends at a place or after it; their number if none does. */
    int firstEndingAfter(double place) {
        int low = 0;
        int high = to.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to[middle] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
