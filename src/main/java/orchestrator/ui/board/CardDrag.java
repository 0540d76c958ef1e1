package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.util.Duration;
import orchestrator.model.IssueId;
import orchestrator.rules.Move;

/** Moving cards with the mouse: picks them up, follows them over the columns, drops them. */
final class CardDrag {
    /** So near to an edge the board scrolls, in pixels. */
    private static final double EDGE = 40;

    /** So far with each step. */
    private static final double STEP = 9;

    private static final Duration EVERY = Duration.millis(16);
    private final BoardModel model;
    private final Moving moving;
    private final ScrollPane board;
    private final Timeline scrolling = new Timeline();
    private Runnable scroll = () -> {};

    CardDrag(BoardModel model, Moving moving, ScrollPane board) {
        this.model = model;
        this.moving = moving;
        this.board = board;
        scrolling.getKeyFrames().add(new KeyFrame(EVERY, _ -> scroll.run()));
        scrolling.setCycleCount(Animation.INDEFINITE);
        board.addEventFilter(DragEvent.DRAG_OVER, this::scrollSideways);
        board.addEventHandler(DragEvent.DRAG_EXITED, _ -> scrolling.stop());
    }

    /** Lets a card be picked up. */
    void from(CardView card) {
        card.setOnDragDetected(event -> pickUp(card, event));
        card.setOnDragDone(event -> {
            scrolling.stop();
            moving.cancel(); // dropped nowhere, or given up
            event.consume();
        });
    }

    private void pickUp(CardView card, MouseEvent event) {
        // Only waves can be moved between: a state or a stage is not given by hand.
        if (event.getButton() != MouseButton.PRIMARY
                || card.model().isEmpty()
                || model.groupingProperty().get() != Grouping.WAVE) {
            return;
        }
        CardModel picked = card.model().get();
        if (!model.selection().contains(picked.id())) {
            model.selection().only(picked.id());
        }
        List<IssueId> issues = new ArrayList<>(model.shown());
        issues.retainAll(model.selection().issues());
        Dragboard dragboard = card.startDragAndDrop(TransferMode.MOVE);
        ClipboardContent content = new ClipboardContent();
        content.putString(String.join(" ", issues.stream().map(IssueId::toString).toList()));
        dragboard.setContent(content);
        dragboard.setDragView(card.picture(issues.size()), event.getX(), event.getY());
        moving.begin(issues, picked.issueProperty().get().wave());
        event.consume();
    }

    /** Lets cards be dropped on a column. */
    void onto(ColumnView column) {
        int wave = column.model().key().order();
        onto(column, wave, event -> spot(column, event));
        column.addEventHandler(DragEvent.DRAG_OVER, event -> scrollColumn(column, event));
    }

    private static Move.Spot spot(ColumnView column, DragEvent event) {
        Point2D at = column.list().sceneToLocal(event.getSceneX(), event.getSceneY());
        return column.spotAt(at.getY());
    }

    /** Where in a wave the mouse is. */
    private interface Spots {
        Move.Spot at(DragEvent event);
    }

    /** Lets cards be dropped where they become a new wave. */
    void onto(NewWave place) {
        place.setOnDragOver(event -> over(event, model.lastWave() + 1, new Move.Spot.Last()));
        place.setOnDragExited(_ -> moving.away());
        place.setOnDragDropped(this::dropped);
    }

    /** Lets cards be dropped between two waves. */
    void onto(Gap gap) {
        onto(gap, gap.wave(), _ -> new Move.Spot.Behind());
    }

    private void onto(Node node, int wave, Spots spots) {
        node.setOnDragOver(event -> over(event, wave, spots.at(event)));
        node.setOnDragExited(_ -> moving.away());
        node.setOnDragDropped(this::dropped);
    }

    private void over(DragEvent event, int wave, Move.Spot spot) {
        if (!moving.isOn() || model.groupingProperty().get() != Grouping.WAVE) {
            return;
        }
        moving.over(wave, spot);
        if (moving.stateProperty().get().refusal().isEmpty()) {
            event.acceptTransferModes(TransferMode.MOVE);
        }
    }

    private void dropped(DragEvent event) {
        scrolling.stop();
        Moving.State state = moving.stateProperty().get();
        boolean refused = state.refusal().isPresent();
        event.setDropCompleted(state.isOn() && !refused);
        if (refused) {
            moving.cancel();
        } else {
            moving.drop();
        }
        event.consume();
    }

    private void scrollColumn(ColumnView column, DragEvent event) {
        double y = column.list().sceneToLocal(event.getSceneX(), event.getSceneY()).getY();
        if (y < EDGE) {
            keepScrolling(() -> column.scroll(-STEP));
        } else if (y > column.list().getHeight() - EDGE) {
            keepScrolling(() -> column.scroll(STEP));
        }
    }

    private void scrollSideways(DragEvent event) {
        scrolling.stop();
        double x = board.sceneToLocal(event.getSceneX(), event.getSceneY()).getX();
        double width = board.getContent().getLayoutBounds().getWidth() - board.getWidth();
        double step = STEP / Math.max(1, width);
        if (width > 0 && x < EDGE) {
            keepScrolling(() -> board.setHvalue(Math.max(0, board.getHvalue() - step)));
        } else if (width > 0 && x > board.getWidth() - EDGE) {
            keepScrolling(() -> board.setHvalue(Math.min(1, board.getHvalue() + step)));
        }
    }

    private void keepScrolling(Runnable step) {
        scroll = step;
        scrolling.play();
    }
}
