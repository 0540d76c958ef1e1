package orchestrator.ui.timeline;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunHistory.Sum;
import orchestrator.monitor.Times;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;

/**
 * The drawing, and what mouse and keys do on it. One thing to reach by Tab; arrows go on inside.
 */
final class TimelineCanvas extends Region {
    private static final double STILL = 4;
    private static final double WHEEL = 1.0015;
    private static final double CLOSER = 0.6;
    private static final double CARD = 380;
    private static final double BESIDE = 14;
    private static final double SLACK = 2;
    private final TimelineModel model;
    private final Facts facts;
    private final Parts parts;
    private final Consumer<String> mouseSays;
    private final Canvas canvas = new Canvas();
    private final Palette palette = new Palette(this::repaint);
    private final Painter painter;
    private final ChartPainter chart;
    private final VBox card = new VBox();
    private final DoubleProperty scroll = new SimpleDoubleProperty(this, "scroll");
    private final ReadOnlyObjectWrapper<Frame> framed;
    private OptionalDouble mouseX = OptionalDouble.empty();
    private Optional<Bar> hovered = Optional.empty();
    private double pressedX;
    private double draggedX;
    private boolean dragged;

    TimelineCanvas(TimelineModel model, Facts facts, Parts parts, Consumer<String> mouseSays) {
        this.model = model;
        this.facts = facts;
        this.parts = parts;
        this.mouseSays = mouseSays;
        painter = new Painter(model, palette, parts.texts(), parts.zone());
        chart = new ChartPainter(model, palette, parts.texts());
        framed = new ReadOnlyObjectWrapper<>(this, "framed", frame());
        setId("timeline-canvas");
        getStyleClass().add("timeline-canvas");
        setMinSize(0, 0);
        setPrefSize(0, 0);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        card.setId("timeline-facts");
        card.getStyleClass().add("timeline-card");
        card.setManaged(false);
        card.setMouseTransparent(true);
        card.setVisible(false);
        getChildren().addAll(palette, canvas, card);
        scroll.subscribe(_ -> repaint());
        focusedProperty().subscribe(_ -> repaint());
        setOnMouseMoved(this::moved);
        setOnMouseExited(_ -> left());
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnScroll(this::wheel);
        setOnKeyPressed(this::key);
    }

    /** How far the lanes are scrolled up, in pixels. */
    DoubleProperty scrollProperty() {
        return scroll;
    }

    /** Where everything is; another one after each layout. */
    ReadOnlyObjectProperty<Frame> framed() {
        return framed.getReadOnlyProperty();
    }

    Frame frame() {
        return new Frame(getWidth(), getHeight(), model.rows().size(), model.range(), scroll.get());
    }

    /** Draws once more with the next pulse. */
    void repaint() {
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        double most = frame().scrollable();
        if (scroll.get() > most) {
            scroll.set(most);
        }
        Frame frame = frame();
        painter.paint(canvas.getGraphicsContext2D(), frame, hovered);
        chart.paint(canvas.getGraphicsContext2D(), frame, mouseX);
        placeCard(frame);
        framed.set(frame);
    }

    private Optional<Bar> barAt(double x, double y) {
        Frame frame = frame();
        int lane = frame.laneAt(y);
        if (lane < 0 || x < Frame.LEFT) {
            return Optional.empty();
        }
        Row row = model.rows().get(lane);
        // A bar of a moment is still wide enough to be met.
        int index = row.firstEndingAfter(frame.place(x - SLACK));
        return index < row.bars().size() && row.from(index) <= frame.place(x + SLACK)
                ? Optional.of(row.bars().get(index))
                : Optional.empty();
    }

    private void moved(MouseEvent event) {
        mouseX =
                event.getX() >= Frame.LEFT && event.getX() <= frame().right()
                        ? OptionalDouble.of(event.getX())
                        : OptionalDouble.empty();
        hover(barAt(event.getX(), event.getY()));
        mouseSays.accept(mouseX.isPresent() ? said(mouseX.getAsDouble()) : "");
        setCursor(hovered.isPresent() ? Cursor.HAND : Cursor.DEFAULT);
        repaint();
    }

    private String said(double x) {
        double place = frame().place(x);
        Optional<Sum> sum = chart.at(place);
        StringBuilder beside = new StringBuilder();
        for (Mark mark : model.history().marks()) {
            if (Math.abs(frame().x(model.axis().placeOf(mark.at())) - x) <= STILL) {
                beside.append(" · ").append(Format.line(mark.text()));
            }
        }
        for (Span span : model.history().spans()) {
            boolean holds =
                    model.axis().placeOf(span.from()) <= place
                            && place <= model.axis().placeOf(model.end(span));
            if (holds) {
                beside.append(" · ")
                        .append(parts.texts().get(Words.of(span.hold())))
                        .append(span.reason().isEmpty() ? "" : ": ")
                        .append(Format.line(span.reason()));
            }
        }
        return parts.texts()
                .get(
                        "timeline.at",
                        Times.day(model.axis().timeAt(place), parts.zone()),
                        Format.clockSeconds(model.axis().timeAt(place), parts.zone()),
                        Format.cost(sum.map(Sum::costUsd).orElse(0.0)),
                        sum.map(Sum::completed).orElse(0),
                        beside);
    }

    private void hover(Optional<Bar> bar) {
        if (!bar.equals(hovered)) {
            hovered = bar;
            card.setVisible(bar.isPresent());
            bar.ifPresent(this::fillCard);
        }
    }

    private void fillCard(Bar bar) {
        Label title = Nodes.label(facts.title(bar), "card-title");
        Label outcome = Nodes.label(facts.outcome(bar), "card-outcome");
        title.setWrapText(true);
        outcome.setWrapText(true);
        card.getChildren()
                .setAll(
                        title,
                        Nodes.label(facts.work(bar), "card-fact"),
                        Nodes.label(facts.time(bar), "card-fact"),
                        outcome,
                        Nodes.label(facts.sums(bar), "card-fact"));
    }

    /** Beside the bar's lane, and never beyond the edge. */
    private void placeCard(Frame frame) {
        if (hovered.isEmpty()) {
            return;
        }
        double width = Math.min(CARD, frame.width());
        double height = card.prefHeight(width);
        int lane = laneOf(hovered.get());
        double below = frame.laneTop(lane + 1) + 4;
        double y =
                below + height <= frame.height()
                        ? below
                        : Math.max(0, frame.laneTop(lane) - 4 - height);
        double x = mouseX.orElse(Frame.LEFT) + BESIDE;
        card.resizeRelocate(
                snapPositionX(Math.clamp(x, 0, Math.max(0, frame.width() - width - 4))),
                snapPositionY(y),
                width,
                height);
    }

    private int laneOf(Bar bar) {
        for (int i = 0; i < model.rows().size(); i++) {
            if (model.rows().get(i).worker() == bar.worker()) {
                return i;
            }
        }
        return 0;
    }

    private void left() {
        mouseX = OptionalDouble.empty();
        mouseSays.accept("");
        hover(Optional.empty());
        repaint();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        pressedX = event.getX();
        draggedX = event.getX();
        dragged = false;
    }

    private void dragged(MouseEvent event) {
        dragged = dragged || Math.abs(event.getX() - pressedX) > STILL;
        if (dragged && event.isPrimaryButtonDown()) {
            hover(Optional.empty());
            setCursor(Cursor.CLOSED_HAND);
            model.pan((draggedX - event.getX()) / frame().scale());
            draggedX = event.getX();
        }
    }

    private void released(MouseEvent event) {
        if (!dragged && event.getButton() == MouseButton.PRIMARY) {
            Optional<Bar> bar = barAt(event.getX(), event.getY());
            model.focus(bar.orElse(null));
            bar.ifPresent(this::openLog);
        }
        setCursor(Cursor.DEFAULT);
    }

    private void openLog(Bar bar) {
        parts.navigator().showLog(bar.issue(), bar.number());
    }

    private void wheel(ScrollEvent event) {
        Frame frame = frame();
        boolean sideways = event.isShiftDown() || event.getDeltaX() != 0;
        if (event.isShortcutDown()) {
            model.zoom(frame.place(event.getX()), Math.pow(WHEEL, -event.getDeltaY()));
        } else if (sideways) {
            double by = event.getDeltaX() == 0 ? event.getDeltaY() : event.getDeltaX();
            model.pan(-by / frame.scale());
        } else {
            scroll.set(Math.clamp(scroll.get() - event.getDeltaY(), 0, frame.scrollable()));
        }
        event.consume();
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        double middle = (model.range().from() + model.range().to()) / 2;
        switch (event.getCode()) {
            case LEFT -> step(-1);
            case RIGHT -> step(1);
            case UP -> stepLane(-1);
            case DOWN -> stepLane(1);
            case PAGE_UP -> model.pan(-model.range().length() * 0.8);
            case PAGE_DOWN -> model.pan(model.range().length() * 0.8);
            case HOME -> model.pan(-model.axis().whole().length());
            case END -> model.pan(model.axis().whole().length());
            case PLUS, EQUALS, ADD -> model.zoom(middle, CLOSER);
            case MINUS, SUBTRACT -> model.zoom(middle, 1 / CLOSER);
            case DIGIT0, NUMPAD0 -> model.fit();
            case ESCAPE -> model.focus(null);
            case ENTER, SPACE -> model.focus().ifPresent(this::openLog);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void step(int direction) {
        model.step(direction);
        showLane();
    }

    private void stepLane(int direction) {
        model.stepLane(direction);
        showLane();
    }

    /** Scrolls the lane of the bar in focus into sight. */
    private void showLane() {
        model.focus()
                .ifPresent(bar -> {
                    Frame frame = frame();
                    double top = laneOf(bar) * frame.row();
                    double bottom = top + frame.row();
                    if (top < scroll.get()) {
                        scroll.set(top);
                    } else if (bottom > scroll.get() + frame.lanesHeight()) {
                        scroll.set(Math.min(frame.scrollable(), bottom - frame.lanesHeight()));
                    }
                });
    }
}
