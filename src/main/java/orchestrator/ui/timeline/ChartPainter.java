package orchestrator.ui.timeline;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;
import orchestrator.model.RunHistory.Sum;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.timeline.Palette.Ink;

/** Draws what it had cost and how many issues were completed, over the same time as the lanes. */
final class ChartPainter {
    private static final double SMALL = 11;
    private static final double TOP = 14;
    private static final double BOTTOM = 10;
    private static final double DASH = 5;
    private static final double LEAST_COST = 0.01;
    private final TimelineModel model;
    private final Palette palette;
    private final Texts texts;

    ChartPainter(TimelineModel model, Palette palette, Texts texts) {
        this.model = model;
        this.palette = palette;
        this.texts = texts;
    }

    /** The sum that held at a place; empty: nothing had been spent or completed. */
    Optional<Sum> at(double place) {
        List<Sum> sums = model.history().sums();
        int index = firstAfter(sums, place) - 1;
        return index < 0 ? Optional.empty() : Optional.of(sums.get(index));
    }

    private int firstAfter(List<Sum> sums, double place) {
        int low = 0;
        int high = sums.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (model.axis().placeOf(sums.get(middle).at()) <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Draws both lines and, under the mouse, their values. */
    void paint(GraphicsContext g, Frame f, OptionalDouble mouse) {
        double top = f.lanesBottom();
        g.setStroke(palette.of(Ink.BORDER));
        g.setLineWidth(1);
        g.strokeLine(0, Math.floor(top) + 0.5, f.width(), Math.floor(top) + 0.5);
        g.setFont(palette.font(SMALL));
        g.setTextBaseline(VPos.CENTER);
        line(g, f, Sum::costUsd, LEAST_COST, Ink.COST, false);
        line(g, f, Sum::completed, 1, Ink.COUNT, true);
        names(g, f);
        mouse.ifPresent(x -> values(g, f, x));
    }

    /**
     * From what it was at the left edge to what it is at the right one. At most one corner a pixel
     * column, however many sums there are.
     */
    private void line(
            GraphicsContext g,
            Frame f,
            ToDoubleFunction<Sum> value,
            double least,
            Ink ink,
            boolean dashed) {
        List<Sum> sums = model.history().sums();
        double bottom = f.height() - BOTTOM;
        double tall = f.chartHeight() - TOP - BOTTOM;
        double low = at(f.range().from()).map(value::applyAsDouble).orElse(0.0);
        double high = at(f.range().to()).map(value::applyAsDouble).orElse(0.0);
        double scale = tall / Math.max(least, high - low);
        double last = low;
        double end = f.x(Math.min(f.range().to(), model.axis().end()));
        g.save();
        g.beginPath();
        g.rect(Frame.LEFT, f.lanesBottom(), f.right() - Frame.LEFT, f.chartHeight());
        g.clip();
        g.setStroke(palette.of(ink));
        g.setLineWidth(1.5);
        if (dashed) {
            g.setLineDashes(DASH, 3);
        }
        g.beginPath();
        g.moveTo(Frame.LEFT, bottom);
        double column = Double.NEGATIVE_INFINITY;
        for (int i = firstAfter(sums, f.range().from()); i < sums.size(); i++) {
            double x = f.x(model.axis().placeOf(sums.get(i).at()));
            if (x > f.right()) {
                break;
            }
            double next = value.applyAsDouble(sums.get(i));
            if (next != last) {
                double y = bottom - (next - low) * scale;
                if (x - column >= 1) {
                    g.lineTo(x, bottom - (last - low) * scale);
                    column = x;
                }
                g.lineTo(x, y);
                last = next;
            }
        }
        g.lineTo(Math.max(Frame.LEFT, end), bottom - (last - low) * scale);
        g.stroke();
        g.restore();
    }

    private void names(GraphicsContext g, Frame f) {
        Optional<Sum> first = at(f.range().from());
        Optional<Sum> last = at(f.range().to());
        double y = f.lanesBottom() + TOP + 4;
        g.setTextAlign(TextAlignment.LEFT);
        name(
                g,
                y,
                Ink.COST,
                false,
                texts.get("timeline.cost"),
                Format.cost(last.map(Sum::costUsd).orElse(0.0)),
                first.map(Sum::costUsd).map(Format::cost));
        name(
                g,
                y + 48,
                Ink.COUNT,
                true,
                texts.get("timeline.completed"),
                Integer.toString(last.map(Sum::completed).orElse(0)),
                first.map(Sum::completed).map(count -> Integer.toString(count)));
    }

    private void name(
            GraphicsContext g,
            double y,
            Ink ink,
            boolean dashed,
            String word,
            String value,
            Optional<String> before) {
        g.setStroke(palette.of(ink));
        g.setLineWidth(1.5);
        if (dashed) {
            g.setLineDashes(DASH, 3);
        }
        g.strokeLine(16, y + 0.5, 30, y + 0.5);
        g.setLineDashes();
        g.setFill(palette.of(Ink.MUTED));
        g.fillText(word, 36, y);
        g.setFill(palette.of(Ink.TEXT));
        g.fillText(value, 16, y + 15);
        g.setFill(palette.of(Ink.MUTED));
        before.filter(low -> !low.equals(value))
                .ifPresent(low -> g.fillText(texts.get("timeline.from", low), 16, y + 29));
    }

    private void values(GraphicsContext g, Frame f, double x) {
        double line = Math.floor(x) + 0.5;
        g.setStroke(palette.of(Ink.MUTED));
        g.setLineWidth(1);
        g.strokeLine(line, Frame.AXIS, line, f.height());
    }
}
