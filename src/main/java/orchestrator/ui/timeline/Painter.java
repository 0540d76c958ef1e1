package orchestrator.ui.timeline;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Span;
import orchestrator.monitor.Times;
import orchestrator.rules.TimeAxis;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.timeline.Palette.Ink;

/** Draws what is in sight: no more than a few rectangles a pixel column and lane. */
final class Painter {
    private static final double SMALL = 11;
    private static final double TEXT = 12;
    private static final double PAD = 3;
    private static final double HATCH = 9;
    private static final double LEAST_TICK = 92;
    private static final double LEAST_WORD = 34;
    private final TimelineModel model;
    private final Palette palette;
    private final Texts texts;
    private final ZoneId zone;
    private final Text measure = new Text();
    private final Map<String, Double> widths = new HashMap<>();
    private Font widthsOf = Font.getDefault();

    Painter(TimelineModel model, Palette palette, Texts texts, ZoneId zone) {
        this.model = model;
        this.palette = palette;
        this.texts = texts;
        this.zone = zone;
    }

    /** Draws the axis and the lanes. */
    void paint(GraphicsContext g, Frame f, Optional<Bar> hovered) {
        Font small = palette.font(SMALL);
        if (!small.equals(widthsOf)) {
            widths.clear();
            widthsOf = small;
        }
        g.setTextBaseline(VPos.CENTER);
        g.clearRect(0, 0, f.width(), f.height());
        g.setFill(palette.of(Ink.BACK));
        g.fillRect(0, 0, f.width(), f.height());
        paintStripes(g, f);
        paintAxis(g, f);
        clipped(
                g,
                Frame.LEFT,
                Frame.AXIS,
                f.right() - Frame.LEFT,
                f.lanesHeight(),
                () -> {
                    model.history().spans().forEach(span -> paintSpan(g, f, span));
                    paintLanes(g, f, hovered);
                });
        clipped(
                g,
                Frame.LEFT - 8,
                0,
                f.right() - Frame.LEFT + 16,
                f.height(),
                () -> {
                    model.history().marks().forEach(mark -> paintMark(g, f, mark));
                    model.axis().gaps().forEach(gap -> paintGap(g, f, gap));
                    model.history().spans().forEach(span -> paintWord(g, f, span));
                });
        paintNames(g, f);
    }

    private static void clipped(
            GraphicsContext g, double x, double y, double width, double height, Runnable work) {
        g.save();
        g.beginPath();
        g.rect(x, y, width, height);
        g.clip();
        work.run();
        g.restore();
    }

    /** In the middle of a pixel a line of one pixel is sharp. */
    private static double sharp(double value) {
        return Math.floor(value) + 0.5;
    }

    private void paintStripes(GraphicsContext g, Frame f) {
        g.setFill(palette.of(Ink.STRIPE));
        for (int i = 0; i < f.lanes(); i += 2) {
            double top = Math.max(Frame.AXIS, f.laneTop(i));
            double bottom = Math.min(f.lanesEnd(), f.laneTop(i + 1));
            if (bottom > top) {
                g.fillRect(0, top, f.width(), bottom - top);
            }
        }
    }

    private void paintAxis(GraphicsContext g, Frame f) {
        g.setFont(palette.font(SMALL));
        g.setTextAlign(TextAlignment.LEFT);
        double least = LEAST_TICK / f.scale();
        List<TimeAxis.Tick> ticks = model.axis().ticks(f.range(), least, zone);
        boolean seconds = least < 60 && ticks.size() > 1;
        for (TimeAxis.Tick tick : ticks) {
            double x = sharp(f.x(tick.at()));
            g.setStroke(palette.of(tick.newDay() ? Ink.BORDER : Ink.GRID));
            g.setLineWidth(1);
            g.strokeLine(x, Frame.AXIS - 6, x, f.height());
            if (x > f.right() - 40) {
                continue; // Its word would be cut.
            }
            g.setFill(palette.of(Ink.MUTED));
            String time =
                    seconds
                            ? Format.clockSeconds(tick.time(), zone)
                            : Format.clock(tick.time(), zone);
            g.fillText(time, x + 4, Frame.AXIS - 10);
            if (tick.newDay()) {
                g.setFill(palette.of(Ink.TEXT));
                g.fillText(Times.day(tick.time(), zone), x + 4, 10);
            }
        }
        g.setStroke(palette.of(Ink.BORDER));
        g.strokeLine(0, sharp(Frame.AXIS), f.width(), sharp(Frame.AXIS));
    }

    private void paintNames(GraphicsContext g, Frame f) {
        g.setTextAlign(TextAlignment.LEFT);
        clipped(
                g,
                0,
                Frame.AXIS + 1,
                Frame.LEFT - 8,
                f.lanesHeight() - 1,
                () -> {
                    g.setFont(palette.font(TEXT));
                    g.setFill(palette.of(Ink.TEXT));
                    for (int i = 0; i < f.lanes(); i++) {
                        double middle = f.laneTop(i) + f.row() / 2;
                        if (middle > 0 && middle < f.height()) {
                            g.fillText(
                                    texts.get("timeline.worker", model.rows().get(i).worker()),
                                    16,
                                    middle);
                        }
                    }
                });
        g.setFont(palette.font(SMALL));
        g.setFill(palette.of(Ink.MUTED));
        g.fillText(Times.zone(zone), 16, Frame.AXIS - 10, Frame.LEFT - 24);
        g.setStroke(palette.of(Ink.BORDER));
        g.setLineWidth(1);
        double x = sharp(Frame.LEFT - 1);
        g.strokeLine(x, Frame.AXIS, x, f.height());
    }

    private void paintLanes(GraphicsContext g, Frame f, Optional<Bar> hovered) {
        Optional<Bar> focused = model.focus();
        for (int i = 0; i < f.lanes(); i++) {
            if (f.laneTop(i + 1) >= Frame.AXIS && f.laneTop(i) < f.lanesBottom()) {
                paintLane(g, f, model.rows().get(i), f.laneTop(i), hovered, focused);
            }
        }
    }

    private void paintLane(
            GraphicsContext g,
            Frame f,
            Row row,
            double top,
            Optional<Bar> hovered,
            Optional<Bar> focused) {
        double height = f.row() - 2 * PAD;
        double end = f.range().to();
        int i = row.firstEndingAfter(f.range().from());
        while (i < row.bars().size() && row.from(i) <= end) {
            Bar bar = row.bars().get(i);
            double x = f.x(row.from(i));
            double width = Math.max(2, f.x(row.to(i)) - x);
            paintBar(g, bar, Math.floor(x), top + PAD, Math.ceil(width), height);
            if (hovered.filter(bar::equals).isPresent()) {
                outline(g, Ink.HOVER, 1, x, top + PAD, width, height);
            }
            if (focused.filter(bar::equals).isPresent()) {
                outline(g, Ink.FOCUS, 2, x, top + PAD, width, height);
            }
            i++;
            if (width <= 2) {
                // What would be drawn over the same pixels is left out, however much it is.
                int after = row.firstEndingAfter(f.place(Math.floor(x) + 2));
                i = Math.max(i, after);
            }
        }
    }

    private void outline(
            GraphicsContext g, Ink ink, double line, double x, double y, double w, double h) {
        g.setStroke(palette.of(ink));
        g.setLineWidth(line);
        g.strokeRoundRect(Math.floor(x) - 0.5, y - 0.5, Math.ceil(w) + 1, h + 1, 6, 6);
    }

    /** Each outcome has a shape of its own besides its colour. */
    private void paintBar(
            GraphicsContext g, Bar bar, double x, double y, double width, double height) {
        double arc = width < 6 ? 0 : 5;
        g.setFill(palette.fill(bar.outcome()));
        g.fillRoundRect(x, y, width, height, arc, arc);
        g.setFill(palette.edge(bar.outcome()));
        g.setStroke(palette.edge(bar.outcome()));
        g.setLineWidth(1);
        switch (bar.outcome()) {
            case COMPLETED, RUNNING -> g.fillRect(x, y + height - 2, width, 2);
            case FAILED -> g.fillRect(x, y, Math.min(4, width), height);
            case INTERRUPTED -> g.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
            case RESTARTED -> {
                // A corner that points back.
                double side = Math.min(width, height / 2);
                g.fillPolygon(
                        new double[] {x + width, x + width, x + width - side},
                        new double[] {y + height, y + height - side, y + height},
                        3);
            }
        }
        // Of a bar that begins out of sight, the word is in sight all the same.
        double seen = Math.max(x, Frame.LEFT);
        word(g, bar, seen, y, x + width - seen, height);
    }

    private void word(GraphicsContext g, Bar bar, double x, double y, double width, double height) {
        if (width < LEAST_WORD) {
            return;
        }
        String sign = bar.outcome().sign();
        String stage = sign + " " + bar.stage();
        String whole = stage + " · " + bar.issue();
        String text =
                widthOf(whole) <= width - 12 ? whole : widthOf(stage) <= width - 12 ? stage : sign;
        g.setFont(palette.font(SMALL));
        g.setTextAlign(TextAlignment.LEFT);
        g.setFill(palette.of(Ink.TEXT));
        g.fillText(text, x + 7, y + height / 2);
    }

    private double widthOf(String text) {
        if (widths.size() > 5_000) {
            widths.clear();
        }
        return widths.computeIfAbsent(
                text,
                some -> {
                    measure.setFont(palette.font(SMALL));
                    measure.setText(some);
                    return measure.getLayoutBounds().getWidth();
                });
    }

    private void paintSpan(GraphicsContext g, Frame f, Span span) {
        double x = Math.max(Frame.LEFT, f.x(model.axis().placeOf(span.from())));
        double end = Math.min(f.right(), f.x(model.axis().placeOf(model.end(span))));
        double width = end - x;
        if (width <= 0) {
            return;
        }
        double bottom = f.lanesEnd();
        Ink ink = span.hold() == Hold.PAUSE ? Ink.PAUSE : Ink.LIMIT;
        clipped(
                g,
                x,
                Frame.AXIS + 1,
                Math.max(1, width),
                bottom - Frame.AXIS,
                () -> {
                    g.setStroke(palette.of(ink));
                    g.setLineWidth(1);
                    double tall = bottom - Frame.AXIS;
                    double first = Math.floor((x - tall) / HATCH) * HATCH;
                    for (double at = first; at < x + width; at += HATCH) {
                        g.strokeLine(at, bottom, at + tall, Frame.AXIS);
                    }
                });
    }

    /** Beneath the lanes, where the span is long enough for its word. */
    private void paintWord(GraphicsContext g, Frame f, Span span) {
        double x = Math.max(Frame.LEFT, f.x(model.axis().placeOf(span.from())));
        double end = Math.min(f.right(), f.x(model.axis().placeOf(model.end(span))));
        double width = end - x;
        double bottom = f.lanesEnd();
        String word = texts.get(Words.of(span.hold()));
        if (width > widthOf(word) + 12) {
            g.setFont(palette.font(SMALL));
            g.setTextAlign(TextAlignment.LEFT);
            double y = bottom + 9;
            g.setFill(palette.of(Ink.BACK));
            g.fillRoundRect(x + 2, y - 8, widthOf(word) + 8, 16, 4, 4);
            g.setFill(palette.of(Ink.TEXT));
            g.fillText(word, x + 6, y);
        }
    }

    private void paintMark(GraphicsContext g, Frame f, Mark mark) {
        double place = model.axis().placeOf(mark.at());
        if (place < f.range().from() || place > f.range().to()) {
            return;
        }
        double x = sharp(f.x(place));
        g.setStroke(palette.of(Ink.MUTED));
        g.setLineWidth(1);
        g.setLineDashes(2, 3);
        g.strokeLine(x, Frame.AXIS, x, f.lanesEnd());
        g.setLineDashes();
        g.setFill(palette.of(Ink.MUTED));
        double y = Frame.AXIS + 1;
        if (mark.started()) {
            g.fillPolygon(new double[] {x, x + 7, x}, new double[] {y, y + 4, y + 8}, 3);
        } else {
            g.fillRect(x - 3, y, 6, 6);
        }
    }

    /** Two torn edges, and how much is left out. */
    private void paintGap(GraphicsContext g, Frame f, TimeAxis.Gap gap) {
        double from = f.x(gap.from());
        double to = f.x(gap.to());
        if (to < Frame.LEFT || from > f.right()) {
            return;
        }
        double middle = sharp((from + to) / 2);
        double half = Math.clamp((to - from) / 4, 2, 5);
        g.setFill(palette.of(Ink.FOLD));
        g.fillRect(from, Frame.AXIS + 1, Math.max(1, to - from), f.height() - Frame.AXIS);
        g.setStroke(palette.of(Ink.MUTED));
        g.setLineWidth(1);
        for (double y = Frame.AXIS; y < f.height(); y += 12) {
            g.strokeLine(middle - half, y, middle + half, y + 6);
            g.strokeLine(middle + half, y + 6, middle - half, y + 12);
        }
        String word = Format.coarse(texts, Math.round(gap.seconds()));
        g.setFont(palette.font(SMALL));
        g.setTextAlign(TextAlignment.CENTER);
        double wide = widthOf(word) + 8;
        g.setFill(palette.of(Ink.BACK));
        g.fillRoundRect(middle - wide / 2, f.lanesBottom() - 26, wide, 18, 4, 4);
        g.setFill(palette.of(Ink.MUTED));
        g.fillText(word, middle, f.lanesBottom() - 17);
    }
}
