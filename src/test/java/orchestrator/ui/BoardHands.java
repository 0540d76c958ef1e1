package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;

import java.util.Comparator;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;

/** A window that shows the board, and hands for its cards. */
abstract class BoardHands extends RichRunCase {
    @Override
    WindowFixture make() throws Exception {
        // So tall that all cards can be seen: those that cannot are no nodes.
        return new WindowFixture(1440, 1400);
    }

    @Override
    void begin() throws Exception {
        super.begin();
        window.click("#view-board");
        window.untilSeen("#board", "Wave 4");
    }

    List<String> edits() {
        return window.control.planned.stream()
                .filter(asked -> asked.matches("(move|edit|add|revert) .*"))
                .toList();
    }

    void edited(String... edits) {
        window.until(() -> edits().equals(List.of(edits)));
    }

    boolean is(String query, String state) {
        return window.find(query)
                .filter(node ->
                        node.getPseudoClassStates().contains(PseudoClass.getPseudoClass(state)))
                .isPresent();
    }

    Point2D on(String query, double x, double y) throws Exception {
        Node node = window.node(query);
        return fx(() -> {
            Bounds bounds = node.localToScreen(node.getLayoutBounds());
            return new Point2D(
                    bounds.getMinX() + x * bounds.getWidth(),
                    bounds.getMinY() + y * bounds.getHeight());
        });
    }

    void pickUp(String card) {
        window.robot.moveTo(window.node(card)).press(MouseButton.PRIMARY).moveBy(0, 12);
    }

    void dragTo(Point2D to) {
        // In two steps: the first only says that the mouse moves at all.
        window.robot.moveTo(to.add(-4, -4)).moveTo(to);
    }

    void dragTo(String query) throws Exception {
        dragTo(on(query, 0.5, 0.5));
    }

    void drop() {
        window.robot.release(MouseButton.PRIMARY);
    }

    /** The names on the cards that are seen, from top to bottom, column by column. */
    List<String> cards(String column) {
        return nodesOf(column).stream()
                .map(Node::getAccessibleText)
                .map(text -> text.substring(0, text.indexOf(' ')))
                .toList();
    }

    List<Node> nodesOf(String column) {
        try {
            Node node = window.node(column);
            return fx(() ->
                    node.lookupAll(".board-card").stream()
                            .filter(BoardHands::isSeen)
                            .sorted(
                                    Comparator.comparingDouble(BoardHands::x)
                                            .thenComparingDouble(BoardHands::y))
                            .toList());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean isSeen(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return node.getId() != null;
    }

    private static double x(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinX();
    }

    private static double y(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinY();
    }
}
