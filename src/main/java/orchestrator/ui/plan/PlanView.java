package orchestrator.ui.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Affine;
import orchestrator.model.IssueId;
import orchestrator.ui.board.FinishLabel;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The graph, to be looked around in: dragged, scrolled, zoomed. Only what is seen is nodes. */
final class PlanView extends StackPane {
    private static final double LEAST_SCALE = 0.15;
    private static final double MOST_SCALE = 2;

    /** At first nothing is made smaller than can be read, nor larger than it is. */
    private static final double LEAST_FIRST = 0.6;

    private static final double STEP = 1.2;
    private static final double MARGIN = 16;
    private final PlanModel model;
    private final Texts texts;
    private final Consumer<IssueId> opener;
    private final Label path = Nodes.label("", "plan-path");
    private final Pane room = new Pane();
    private final Pane world = new Pane();
    private final Affine place = new Affine();
    private final EdgePainter painter;
    private final Map<IssueId, NodeCard> cards = new HashMap<>();
    private final List<Label> names = new ArrayList<>();
    private final VBox content;
    private final EmptyState loading;
    private final EmptyState none;
    private boolean placed;
    private boolean pending;
    private Point2D dragged = Point2D.ZERO;

    /**
     * A view over the model.
     *
     * @param opener goes to an issue
     */
    PlanView(PlanModel model, Texts texts, FinishLabel finish, Consumer<IssueId> opener) {
        this.model = model;
        this.texts = texts;
        this.opener = opener;
        painter = new EdgePainter(this::later);
        path.setGraphic(Nodes.icon(Feather.TRENDING_UP, "plan-path-icon"));
        path.setMinWidth(0);
        HBox bar = new HBox(path, Nodes.spacer(), finish);
        bar.getStyleClass().add("plan-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        content = new VBox(bar, room);
        loading =
                new EmptyState(
                        Feather.LOADER, texts.get("empty.loading"), texts.get("empty.loading-do"));
        none =
                new EmptyState(
                        Feather.GIT_BRANCH, texts.get("empty.plan"), texts.get("empty.plan-do"));
        build();
    }

    /** Adds buttons to its bar. */
    void buttons(javafx.scene.Node... buttons) {
        if (content.getChildren().getFirst() instanceof HBox bar) {
            bar.getChildren().addAll(buttons);
        }
    }

    private void build() {
        getStyleClass().add("plan-view");
        setId("plan");
        room.getStyleClass().add("plan-room");
        room.setId("plan-room");
        room.setFocusTraversable(true);
        room.setAccessibleText(texts.get("plan.about"));
        room.setAccessibleRole(javafx.scene.AccessibleRole.LIST_VIEW);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(room.widthProperty());
        clip.heightProperty().bind(room.heightProperty());
        room.setClip(clip);
        world.getTransforms().add(place);
        world.setManaged(false);
        world.setPickOnBounds(false);
        room.getChildren().addAll(painter.nodes());
        room.getChildren().add(world);
        VBox.setVgrow(room, Priority.ALWAYS);
        getChildren().addAll(content, loading, none);
        room.layoutBoundsProperty().subscribe((_, _) -> later());
        room.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    room.requestFocus();
                    dragged = new Point2D(event.getX(), event.getY());
                });
        room.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        room.addEventHandler(ScrollEvent.SCROLL, this::scroll);
        room.addEventHandler(
                ZoomEvent.ZOOM, event -> zoom(event.getZoomFactor(), event.getX(), event.getY()));
        room.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        room.focusedProperty().subscribe((_, _) -> mark());
        model.layoutProperty().subscribe((_, _) -> layoutChanged());
        model.criticalProperty()
                .subscribe(ids -> {
                    path.setText(pathText(ids));
                    later();
                });
        model.cursorProperty().subscribe((_, id) -> id.ifPresent(this::reveal));
        layoutChanged();
    }

    private String pathText(List<IssueId> ids) {
        if (ids.isEmpty()) {
            return texts.get("plan.no-path");
        }
        return texts.get(
                "plan.path", String.join(" → ", ids.stream().map(IssueId::toString).toList()));
    }

    private void layoutChanged() {
        Optional<GraphLayout> layout = model.layoutProperty().get();
        boolean empty = layout.filter(it -> !it.places().isEmpty()).isEmpty();
        Nodes.shown(loading, layout.isEmpty());
        Nodes.shown(none, layout.isPresent() && empty);
        content.setVisible(!empty);
        names.clear();
        layout.ifPresent(now -> {
            for (GraphLayout.Band band : now.waves()) {
                Label name =
                        Nodes.label(
                                texts.get("wave.title", Integer.toString(band.wave())),
                                "plan-wave");
                name.relocate(band.x() + 20, 12);
                names.add(name);
            }
            cards.keySet()
                    .removeIf(id -> {
                        boolean gone = now.place(id).isEmpty();
                        if (gone) {
                            cards.getOrDefault(id, new NodeCard(texts)).release();
                        }
                        return gone;
                    });
        });
        later();
    }

    /** Draws with the next pulse, once, however much has changed until then. */
    private void later() {
        if (!pending) {
            pending = true;
            javafx.application.Platform.runLater(this::draw);
        }
    }

    private void draw() {
        pending = false;
        Optional<GraphLayout> layout = model.layoutProperty().get();
        if (layout.isEmpty() || room.getWidth() <= 0 || room.getHeight() <= 0) {
            return;
        }
        if (!placed && isReallyShown()) {
            placed = true;
            fit(LEAST_FIRST);
        }
        keepNear(layout.get());
        showSeen(layout.get());
        mark();
        painter.paint(
                new EdgePainter.Scene(
                        layout.get(),
                        model.criticalProperty().get(),
                        cursor(),
                        place.getMxx(),
                        place.getTx(),
                        place.getTy()),
                room.getWidth(),
                room.getHeight());
    }

    private boolean isReallyShown() {
        return room.getScene() != null && isVisible();
    }

    private Optional<IssueId> cursor() {
        return room.isFocused() ? model.cursorProperty().get() : Optional.empty();
    }

    private void showSeen(GraphLayout layout) {
        double scale = place.getMxx();
        double left = -place.getTx() / scale - GraphLayout.NODE_WIDTH;
        double top = -place.getTy() / scale - GraphLayout.NODE_HEIGHT;
        double right = (room.getWidth() - place.getTx()) / scale;
        double bottom = (room.getHeight() - place.getTy()) / scale;
        Set<javafx.scene.Node> seen = new HashSet<>(names);
        layout.places()
                .forEach((id, at) -> {
                    if (at.x() >= left && at.x() <= right && at.y() >= top && at.y() <= bottom) {
                        model.issue(id)
                                .ifPresent(issue -> {
                                    NodeCard card =
                                            cards.computeIfAbsent(
                                                    id,
                                                    _ -> {
                                                        NodeCard made = newCard(id);
                                                        made.follow(issue);
                                                        return made;
                                                    });
                                    card.relocate(at.x(), at.y());
                                    seen.add(card);
                                });
                    }
                });
        world.getChildren().retainAll(seen);
        seen.removeAll(Set.copyOf(world.getChildren()));
        world.getChildren().addAll(seen);
    }

    private NodeCard newCard(IssueId id) {
        NodeCard card = new NodeCard(texts);
        card.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                event -> {
                    if (event.isStillSincePress() && event.getButton() == MouseButton.PRIMARY) {
                        model.cursorProperty().set(Optional.of(id));
                        opener.accept(id);
                    }
                });
        return card;
    }

    private void mark() {
        Set<IssueId> critical = new HashSet<>(model.criticalProperty().get());
        Optional<IssueId> cursor = cursor();
        cards.forEach(
                (id, card) -> card.mark(critical.contains(id), cursor.equals(Optional.of(id))));
        model.cursorProperty()
                .get()
                .map(cards::get)
                .ifPresent(card -> room.setAccessibleHelp(card.getAccessibleText()));
    }

    // ── Looking around ──────────────────────────────────────────────────────────────

    private void drag(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY || event.getButton() == MouseButton.MIDDLE) {
            move(event.getX() - dragged.getX(), event.getY() - dragged.getY());
            dragged = new Point2D(event.getX(), event.getY());
            event.consume();
        }
    }

    private void scroll(ScrollEvent event) {
        if (event.isShortcutDown()) {
            zoom(event.getDeltaY() > 0 ? STEP : 1 / STEP, event.getX(), event.getY());
        } else {
            move(event.getDeltaX(), event.getDeltaY());
        }
        event.consume();
    }

    private void move(double x, double y) {
        place.setTx(place.getTx() + x);
        place.setTy(place.getTy() + y);
        later();
    }

    /** Something of the graph always stays in sight. */
    private void keepNear(GraphLayout layout) {
        double scale = place.getMxx();
        place.setTx(near(place.getTx(), layout.width() * scale, room.getWidth()));
        place.setTy(near(place.getTy(), layout.height() * scale, room.getHeight()));
    }

    private static double near(double at, double size, double seen) {
        return size + 2 * MARGIN <= seen
                ? Math.clamp(at, 0, seen - size)
                : Math.clamp(at, seen - size - MARGIN, MARGIN);
    }

    private void zoom(double by, double x, double y) {
        double from = place.getMxx();
        double to = Math.clamp(from * by, LEAST_SCALE, MOST_SCALE);
        double factor = to / from;
        scaleTo(to, x - factor * (x - place.getTx()), y - factor * (y - place.getTy()));
    }

    private void scaleTo(double scale, double x, double y) {
        place.setToTransform(scale, 0, x, 0, scale, y);
        later();
    }

    /** Larger, about the middle. */
    void zoomIn() {
        zoom(STEP, room.getWidth() / 2, room.getHeight() / 2);
    }

    /** Smaller, about the middle. */
    void zoomOut() {
        zoom(1 / STEP, room.getWidth() / 2, room.getHeight() / 2);
    }

    /** All of it, as large as fits. */
    void fit() {
        fit(LEAST_SCALE);
    }

    private void fit(double least) {
        model.layoutProperty()
                .get()
                .ifPresent(layout -> {
                    double scale =
                            Math.clamp(
                                    Math.min(
                                            (room.getWidth() - 2 * MARGIN) / layout.width(),
                                            (room.getHeight() - 2 * MARGIN) / layout.height()),
                                    least,
                                    1);
                    scaleTo(
                            scale,
                            Math.max(MARGIN, (room.getWidth() - layout.width() * scale) / 2),
                            Math.max(MARGIN, (room.getHeight() - layout.height() * scale) / 2));
                });
    }

    private void reveal(IssueId id) {
        model.layoutProperty()
                .get()
                .flatMap(layout -> layout.place(id))
                .ifPresent(at -> {
                    Point2D corner = place.transform(at.x(), at.y());
                    Point2D end =
                            place.transform(
                                    at.x() + GraphLayout.NODE_WIDTH,
                                    at.y() + GraphLayout.NODE_HEIGHT);
                    move(
                            into(corner.getX(), end.getX(), room.getWidth()),
                            into(corner.getY(), end.getY(), room.getHeight()));
                });
    }

    private static double into(double from, double to, double room) {
        if (from < MARGIN) {
            return MARGIN - from;
        }
        return to > room - MARGIN ? room - MARGIN - to : 0;
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        boolean used = true;
        switch (event.getCode()) {
            case LEFT -> model.go(PlanModel.Step.LEFT);
            case RIGHT -> model.go(PlanModel.Step.RIGHT);
            case UP -> model.go(PlanModel.Step.UP);
            case DOWN -> model.go(PlanModel.Step.DOWN);
            case PLUS, ADD, EQUALS -> zoomIn();
            case MINUS, SUBTRACT -> zoomOut();
            case DIGIT0, NUMPAD0 -> fit();
            case ENTER, SPACE -> model.cursorProperty().get().ifPresent(opener);
            default -> used = false;
        }
        if (used) {
            event.consume();
        }
    }
}
