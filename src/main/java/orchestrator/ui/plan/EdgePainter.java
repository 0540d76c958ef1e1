package orchestrator.ui.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Line;
import javafx.scene.shape.Shape;
import orchestrator.model.IssueId;
import orchestrator.ui.plan.GraphLayout.Band;
import orchestrator.ui.plan.GraphLayout.Edge;
import orchestrator.ui.plan.GraphLayout.Place;
import orchestrator.ui.plan.GraphLayout.Via;

/**
 * The bands of the waves and the lines between the nodes, drawn on one canvas of the size that is
 * seen: a node a line would be thousands. Its colours come from the style sheet by way of lines
 * that are never shown.
 */
final class EdgePainter {
    private static final double BEND = 0.5;
    private static final double LEAST_BOW = 24;
    private static final double ARROW = 5;
    private final Canvas canvas = new Canvas();
    private final Line plain = style("plan-edge");
    private final Line critical = style("plan-edge-critical");
    private final Line near = style("plan-edge-near");
    private final Line band = style("plan-band");
    private final Pane styles = new Pane(plain, critical, near, band);

    /** What is drawn. */
    record Scene(
            GraphLayout layout,
            List<IssueId> criticalPath,
            Optional<IssueId> cursor,
            double scale,
            double x,
            double y) {}

    EdgePainter(Runnable repaint) {
        styles.setVisible(false);
        styles.setManaged(false);
        canvas.setMouseTransparent(true);
        for (Shape shape : List.of(plain, critical, near, band)) {
            shape.strokeProperty().subscribe((_, _) -> repaint.run());
        }
    }

    private static Line style(String name) {
        Line line = new Line();
        line.getStyleClass().add(name);
        return line;
    }

    /** The canvas, and what it takes its colours from. */
    List<Node> nodes() {
        return List.of(styles, canvas);
    }

    /** Draws it; the canvas is as large as what is seen. */
    void paint(Scene scene, double width, double height) {
        canvas.setWidth(Math.max(1, width));
        canvas.setHeight(Math.max(1, height));
        GraphicsContext on = canvas.getGraphicsContext2D();
        on.setTransform(1, 0, 0, 1, 0, 0);
        on.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        on.setTransform(scene.scale(), 0, 0, scene.scale(), scene.x(), scene.y());
        on.setFill(colour(band.getStroke()));
        for (Band wave : scene.layout().waves()) {
            on.fillRoundRect(wave.x(), 0, wave.width(), scene.layout().height(), 16, 16);
        }
        Set<Edge> onPath = new HashSet<>();
        List<IssueId> path = scene.criticalPath();
        for (int i = 1; i < path.size(); i++) {
            onPath.add(new Edge(path.get(i - 1), path.get(i)));
        }
        double left = -scene.x() / scene.scale();
        double right = left + width / scene.scale();
        // What matters is drawn last, over the rest.
        draw(on, scene, left, right, plain, edge -> !onPath.contains(edge) && !isNear(edge, scene));
        draw(on, scene, left, right, near, edge -> !onPath.contains(edge) && isNear(edge, scene));
        draw(on, scene, left, right, critical, onPath::contains);
    }

    private static boolean isNear(Edge edge, Scene scene) {
        return scene.cursor()
                .filter(id -> id.equals(edge.from()) || id.equals(edge.to()))
                .isPresent();
    }

    private static void draw(
            GraphicsContext on,
            Scene scene,
            double left,
            double right,
            Line style,
            java.util.function.Predicate<Edge> which) {
        on.setStroke(colour(style.getStroke()));
        on.setFill(colour(style.getStroke()));
        on.setLineWidth(style.getStrokeWidth());
        for (Edge edge : scene.layout().edges()) {
            Optional<Place> from = scene.layout().place(edge.from());
            Optional<Place> to = scene.layout().place(edge.to());
            if (from.isPresent() && to.isPresent() && which.test(edge)) {
                line(on, from.get(), scene.layout().route(edge), to.get(), left, right);
            }
        }
    }

    private static void line(
            GraphicsContext on, Place from, List<Via> route, Place to, double left, double right) {
        double x1 = from.x() + GraphLayout.NODE_WIDTH;
        double y1 = from.y() + GraphLayout.NODE_HEIGHT / 2;
        double x2 = to.x();
        double y2 = to.y() + GraphLayout.NODE_HEIGHT / 2;
        if (Math.max(x1, x2) < left - GraphLayout.NODE_WIDTH
                || Math.min(x1, x2) > right + GraphLayout.NODE_WIDTH) {
            return;
        }
        on.beginPath();
        on.moveTo(x1, y1);
        double x = x1;
        double y = y1;
        for (Via via : route) {
            curve(on, x, y, via.from(), via.y());
            on.lineTo(via.to(), via.y());
            x = via.to();
            y = via.y();
        }
        curve(on, x, y, x2 - ARROW, y2);
        on.stroke();
        on.fillPolygon(
                new double[] {x2, x2 - ARROW * 1.6, x2 - ARROW * 1.6},
                new double[] {y2, y2 - ARROW * 0.8, y2 + ARROW * 0.8},
                3);
    }

    /** From where the path is; backwards in a wide bow. */
    private static void curve(GraphicsContext on, double x1, double y1, double x2, double y2) {
        double bend = x2 > x1 ? (x2 - x1) * BEND : Math.max(LEAST_BOW, (x1 - x2) * BEND);
        on.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    }

    private static Paint colour(Paint given) {
        return given == null ? Color.TRANSPARENT : given;
    }
}
