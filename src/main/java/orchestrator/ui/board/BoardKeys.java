package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.rules.Move;
import orchestrator.rules.WaveBounds.Refusal;

/**
 * The board by keys: arrows go from card to card, with Shift they choose on, with Alt they move
 * what is chosen. A move by keys is made when Alt is let go, so that what it would change is seen
 * first.
 */
final class BoardKeys {
    private static final Comparator<IssueView> IN_WAVE =
            Comparator.comparingInt(IssueView::priority).thenComparing(IssueView::id);

    /** What keys have the board do. */
    interface Doer {
        /** Opens the card that the keys are at. */
        void open();

        /** Edits what is chosen; a list would take its key for itself. */
        void edit();

        /** Shows the card that the keys are at. */
        void showCursor();

        /** Says that cards cannot be moved as the board is grouped now. */
        void sayGroupedOtherwise();

        /** Says why the move cannot be made. */
        void sayRefused(Refusal why);

        /** Goes to the field that filters. */
        void filter();
    }

    private final BoardModel model;
    private final Moving moving;
    private final Doer doer;
    private boolean byKeys;

    BoardKeys(BoardModel model, Moving moving, Doer doer) {
        this.model = model;
        this.moving = moving;
        this.doer = doer;
    }

    /** Whether the move in the making is made by keys. */
    boolean isMoving() {
        return byKeys && moving.isOn();
    }

    /** A key was pressed while a card has the keys. */
    void pressed(KeyEvent event) {
        boolean used;
        if (event.isAltDown() && event.getCode().isArrowKey()) {
            used = move(event.getCode(), event.isShiftDown());
        } else {
            used = isMoving() ? whileMoving(event.getCode()) : choose(event);
        }
        if (used) {
            event.consume();
        }
    }

    /** A character was typed: the field that it leads to is not to get it. */
    void typed(KeyEvent event) {
        if (event.getCharacter().equals("/")) {
            doer.filter();
            event.consume();
        }
    }

    /** A key was let go. */
    void released(KeyEvent event) {
        if (event.getCode() == KeyCode.ALT && isMoving()) {
            drop();
            event.consume();
        }
    }

    /** Gives up a move by keys: something else has the keys now. */
    void left() {
        if (isMoving()) {
            cancel();
        }
    }

    private boolean whileMoving(KeyCode key) {
        switch (key) {
            case ESCAPE -> cancel();
            case ENTER -> drop();
            default -> {}
        }
        return true;
    }

    private void cancel() {
        byKeys = false;
        moving.cancel();
    }

    private void drop() {
        byKeys = false;
        Moving.State state = moving.stateProperty().get();
        Optional<Refusal> refused = state.refusal();
        if (refused.isPresent()) {
            moving.cancel();
            doer.sayRefused(refused.get());
        } else {
            moving.drop();
        }
    }

    // ── Choosing ────────────────────────────────────────────────────────────────────

    private boolean choose(KeyEvent event) {
        Selection selection = model.selection();
        switch (event.getCode()) {
            case UP -> go(event, neighbour(-1));
            case DOWN -> go(event, neighbour(1));
            case LEFT -> go(event, beside(-1));
            case RIGHT -> go(event, beside(1));
            case HOME -> go(event, inColumn(0));
            case END -> go(event, inColumn(Integer.MAX_VALUE));
            case SPACE -> selection.cursor().ifPresent(selection::toggle);
            case ENTER -> doer.open();
            case F2 -> doer.edit();
            case ESCAPE -> selection.clear();
            case A -> {
                if (!event.isShortcutDown()) {
                    return false;
                }
                selection.all(model.shown());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void go(KeyEvent event, Optional<IssueId> to) {
        Consumer<IssueId> choice =
                event.isShiftDown()
                        ? id -> model.selection().extendTo(id, model.shown())
                        : model.selection()::only;
        to.or(() -> model.shown().stream().findFirst().filter(_ -> cursor().isEmpty()))
                .ifPresent(id -> {
                    choice.accept(id);
                    doer.showCursor();
                });
    }

    private Optional<IssueId> cursor() {
        return model.selection().cursor().filter(id -> model.columnOf(id).isPresent());
    }

    private static int placeOf(ColumnModel column, IssueId id) {
        for (int i = 0; i < column.cards().size(); i++) {
            if (column.cards().get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<IssueId> cardAt(ColumnModel column, int place) {
        return place < 0 || place >= column.cards().size()
                ? Optional.empty()
                : Optional.of(column.cards().get(place).id());
    }

    private Optional<IssueId> neighbour(int step) {
        return cursor().flatMap(id ->
                model.columnOf(id).flatMap(column -> cardAt(column, placeOf(column, id) + step)));
    }

    private Optional<IssueId> inColumn(int place) {
        return cursor().flatMap(model::columnOf)
                .flatMap(column -> cardAt(column, Math.min(place, column.cards().size() - 1)));
    }

    /** At the same height in the next column that shows a card. */
    private Optional<IssueId> beside(int step) {
        return cursor().flatMap(id ->
                model.columnOf(id)
                        .flatMap(from -> {
                            int place = placeOf(from, id);
                            int at = model.columns().indexOf(from) + step;
                            while (at >= 0 && at < model.columns().size()) {
                                ColumnModel column = model.columns().get(at);
                                if (!column.cards().isEmpty()) {
                                    return cardAt(
                                            column, Math.min(place, column.cards().size() - 1));
                                }
                                at += step;
                            }
                            return Optional.empty();
                        }));
    }

    // ── Moving ──────────────────────────────────────────────────────────────────────

    private boolean move(KeyCode key, boolean between) {
        if (model.groupingProperty().get() != Grouping.WAVE) {
            doer.sayGroupedOtherwise();
            return true;
        }
        Optional<IssueView> first = begin();
        if (first.isEmpty()) {
            return true;
        }
        int from = first.get().wave();
        Optional<Move> wish = moving.stateProperty().get().wish();
        int wave = wish.map(Move::wave).orElse(from);
        switch (key) {
            case LEFT -> sideways(wave, isBetween(wish), between, -1);
            case RIGHT -> sideways(wave, isBetween(wish), between, 1);
            case UP -> moving.over(wave, spot(wave, wish, first.get(), -1));
            case DOWN -> moving.over(wave, spot(wave, wish, first.get(), 1));
            default -> {}
        }
        return true;
    }

    private static boolean isBetween(Optional<Move> wish) {
        return wish.filter(Moving::isBetween).isPresent();
    }

    /**
     * To the next wave of that side, or to the next place between two.
     *
     * @param from the wave where they are wished now, or behind which
     * @param behind whether they are wished behind it
     */
    private void sideways(int from, boolean behind, boolean between, int step) {
        if (!between) {
            // From between two waves, the one before is that which the place is named by.
            moving.over(
                    behind && step < 0 ? from : waveBeside(from, step), new Move.Spot.ByPriority());
            return;
        }
        int last = model.lastWave();
        // Behind the last wave is the new one: from there the next place is before the last.
        int start = step < 0 ? Math.min(from, last) : from;
        int place = step > 0 && !behind ? from : waveBeside(start, step);
        if (place >= last) {
            moving.over(last + 1, new Move.Spot.ByPriority());
        } else if (!(step < 0 && place == from)) { // nothing is before the first wave
            moving.over(place, new Move.Spot.Behind());
        }
    }

    /** The first card that is moved; empty: none is chosen. */
    private Optional<IssueView> begin() {
        List<IssueId> issues = moving.stateProperty().get().issues();
        if (!isMoving()) {
            issues = new ArrayList<>(model.shown());
            issues.retainAll(model.selection().issues());
        }
        Optional<IssueView> first =
                issues.stream()
                        .findFirst()
                        .flatMap(model::card)
                        .map(card -> card.issueProperty().get());
        if (!isMoving() && first.isPresent()) {
            byKeys = true;
            moving.begin(issues, first.get().wave());
        }
        return first;
    }

    /** The next wave there is; behind the last a new one. */
    private int waveBeside(int wave, int step) {
        List<Integer> waves =
                new ArrayList<>(
                        model.columns().stream().map(column -> column.key().order()).toList());
        waves.add(model.lastWave() + 1);
        int at = Math.clamp((long) waves.indexOf(wave) + step, 0, waves.size() - 1);
        return waves.get(at);
    }

    private Move.Spot spot(int wave, Optional<Move> wish, IssueView first, int step) {
        List<IssueId> moved = moving.stateProperty().get().issues();
        List<IssueView> others =
                model.columns().stream()
                        .filter(column -> column.key().order() == wave)
                        .flatMap(column -> column.cards().stream())
                        .map(card -> card.issueProperty().get())
                        .filter(issue -> !moved.contains(issue.id()))
                        .toList();
        int at = Math.clamp((long) placeNow(others, wish, first) + step, 0, others.size());
        return at == others.size()
                ? new Move.Spot.Last()
                : new Move.Spot.Before(others.get(at).id());
    }

    private static int placeNow(List<IssueView> others, Optional<Move> wish, IssueView first) {
        Move.Spot spot = wish.map(Move::spot).orElseGet(Move.Spot.ByPriority::new);
        return switch (spot) {
            case Move.Spot.Before(IssueId next) ->
                    (int) others.stream().takeWhile(issue -> !issue.id().equals(next)).count();
            case Move.Spot.Last(), Move.Spot.Behind() -> others.size();
            case Move.Spot.ByPriority() ->
                    (int)
                            others.stream()
                                    .takeWhile(issue -> IN_WAVE.compare(issue, first) < 0)
                                    .count();
        };
    }
}
