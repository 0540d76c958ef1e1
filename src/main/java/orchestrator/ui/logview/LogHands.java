package orchestrator.ui.logview;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Duration;
import orchestrator.ui.logview.LogSelection.Place;

/** What mouse, wheel and keys do in a log. */
final class LogHands {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_./:@#-]+|\\s+|.");

    /** How much larger one step of the wheel makes the text. */
    private static final double CLOSER = 1.1;

    private final LogArea area;
    private final Timeline dragging = new Timeline(new KeyFrame(Duration.millis(50), _ -> drag()));
    private double x;
    private double y;
    private boolean selecting;

    LogHands(LogArea area) {
        this.area = area;
        dragging.setCycleCount(Animation.INDEFINITE);
        area.addEventHandler(ScrollEvent.SCROLL, this::wheel);
        area.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        area.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        area.addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> released());
        area.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        area.sceneProperty().subscribe(() -> released());
    }

    private void wheel(ScrollEvent event) {
        if (event.isShortcutDown()) {
            area.zoomBy(Math.pow(CLOSER, event.getDeltaY() / event.getMultiplierY()));
        } else if (event.isShiftDown() || event.getDeltaX() != 0) {
            area.scrollAcross(-(event.getDeltaX() == 0 ? event.getDeltaY() : event.getDeltaX()));
        } else {
            area.scrollBy(-event.getDeltaY());
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        if (isOnBar(event)) {
            return;
        }
        area.requestFocus();
        Optional<Place> at = area.placeAt(event.getX(), event.getY());
        if (event.getButton() != MouseButton.PRIMARY || at.isEmpty()) {
            return;
        }
        Place place = at.get();
        selecting = true;
        LogSelection selection = area.selection();
        switch (event.getClickCount()) {
            case 1 -> {
                if (event.isShiftDown()) {
                    selection.extend(place);
                } else {
                    selection.begin(place);
                }
            }
            case 2 -> selectWord(place);
            default ->
                    selection.set(
                            new Place(place.row(), 0), new Place(place.row(), LogSelection.END));
        }
        area.current(place.row());
        event.consume();
    }

    private static boolean isOnBar(MouseEvent event) {
        return event.getTarget() instanceof javafx.scene.Node node && isInBar(node);
    }

    private static boolean isInBar(javafx.scene.Node node) {
        return node instanceof ScrollBar || (node.getParent() != null && isInBar(node.getParent()));
    }

    private void selectWord(Place place) {
        String text = area.textOf(place.row()).orElse("");
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            if (words.end() > place.column() || words.end() == text.length()) {
                area.selection()
                        .set(
                                new Place(place.row(), words.start()),
                                new Place(place.row(), words.end()));
                return;
            }
        }
    }

    private void dragged(MouseEvent event) {
        if (!selecting) {
            return;
        }
        x = event.getX();
        y = event.getY();
        drag();
        boolean outside = y < 0 || y > area.viewBottom();
        if (outside && dragging.getStatus() != Animation.Status.RUNNING) {
            dragging.play();
        } else if (!outside) {
            dragging.stop();
        }
        event.consume();
    }

    private void drag() {
        if (y < 0) {
            area.scrollBy(-area.rowHeight());
        } else if (y > area.viewBottom()) {
            area.scrollBy(area.rowHeight());
        }
        area.placeAt(x, Math.max(0, Math.min(area.viewBottom() - 1, y)))
                .ifPresent(area.selection()::extend);
        area.requestLayout();
    }

    private void released() {
        selecting = false;
        dragging.stop();
    }

    private void key(KeyEvent event) {
        if (event.isAltDown()) {
            return;
        }
        boolean all = event.isShortcutDown();
        boolean selects = event.isShiftDown();
        double page = Math.max(1, area.fitting() - 1) * area.rowHeight();
        switch (event.getCode()) {
            case UP -> vertical(selects, -1, -area.rowHeight());
            case DOWN -> vertical(selects, 1, area.rowHeight());
            case PAGE_UP -> vertical(selects, -area.fitting(), -page);
            case PAGE_DOWN -> vertical(selects, area.fitting(), page);
            case LEFT -> sideways(selects, -1);
            case RIGHT -> sideways(selects, 1);
            case HOME -> {
                if (!selects) {
                    area.toBegin();
                } else {
                    extend(all ? new Place(0, 0) : new Place(caret().row(), 0));
                }
            }
            case END -> {
                if (!selects) {
                    area.toEnd();
                } else {
                    long row = all ? area.count() - 1 : caret().row();
                    extend(new Place(row, LogSelection.END));
                }
            }
            case A -> {
                if (!all) {
                    return;
                }
                area.selection()
                        .set(
                                new Place(0, 0),
                                new Place(Math.max(0, area.count() - 1), LogSelection.END));
                area.requestLayout();
            }
            case PLUS, EQUALS, ADD, MINUS, SUBTRACT, DIGIT0, NUMPAD0 -> {
                if (!all) {
                    return;
                }
                zoom(event.getCode());
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void zoom(KeyCode key) {
        switch (key) {
            case PLUS, EQUALS, ADD -> area.zoomBy(CLOSER);
            case MINUS, SUBTRACT -> area.zoomBy(1 / CLOSER);
            default -> area.zoomProperty().set(1);
        }
    }

    private void vertical(boolean selects, long rows, double pixels) {
        if (!selects) {
            area.scrollBy(pixels);
            return;
        }
        Place caret = caret();
        long row = Math.max(0, Math.min(area.count() - 1, caret.row() + rows));
        extend(new Place(row, caret.column()));
    }

    private void sideways(boolean selects, int columns) {
        if (!selects) {
            area.scrollAcross(4 * columns * area.rowHeight());
            return;
        }
        Place caret = caret();
        int length = area.textOf(caret.row()).map(String::length).orElse(0);
        int column = Math.min(caret.column(), length) + columns;
        if (column < 0 && caret.row() > 0) {
            extend(new Place(caret.row() - 1, LogSelection.END));
        } else if (column > length && caret.row() < area.count() - 1) {
            extend(new Place(caret.row() + 1, 0));
        } else {
            extend(new Place(caret.row(), Math.max(0, Math.min(length, column))));
        }
    }

    /** Where the selection ends; without one: the begin of the first row that is seen. */
    private Place caret() {
        return area.selection().caret().orElseGet(() -> new Place(area.firstSeen().orElse(0), 0));
    }

    private void extend(Place to) {
        if (area.selection().caret().isEmpty()) {
            area.selection().begin(caret());
        }
        area.selection().extend(to);
        area.reveal(to.row());
    }
}
