package orchestrator.ui.board;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.monitor.Planning;
import orchestrator.rules.Move;
import orchestrator.rules.Preview;
import orchestrator.rules.WaveBounds.Refusal;
import orchestrator.ui.fx.Background;

/**
 * A move in the making, by mouse or by keys: where the cards would go now, and what that would
 * change. One preview is computed at a time; when the cards are elsewhere by then, the next one is
 * about where they are. FX thread only.
 */
final class Moving {
    /**
     * What is known of it.
     *
     * @param issues what is moved; empty: no move is being made
     * @param wish where it would go; empty: the cards are over no place
     * @param preview of the newest place whose preview is done
     */
    record State(List<IssueId> issues, Optional<Move> wish, Optional<Preview> preview) {
        static final State NONE = new State(List.of(), Optional.empty(), Optional.empty());

        boolean isOn() {
            return !issues.isEmpty();
        }

        /** Why a wave refuses these issues, as far as it is known yet. */
        Optional<Refusal> refusal(int wave) {
            return preview.flatMap(known -> known.bounds().refusal(wave));
        }

        /** Why the place where they would go refuses them, as far as it is known yet. */
        Optional<Refusal> refusal() {
            return wish.flatMap(move -> preview.flatMap(known -> known.bounds().refusal(move)));
        }
    }

    /** Whether a move makes a wave between two others. */
    static boolean isBetween(Move move) {
        return move.spot() instanceof Move.Spot.Behind;
    }

    /** Told that a move is to be made. */
    @FunctionalInterface
    interface Maker {
        void make(Move move);
    }

    private final Planning planning;
    private final Background background;
    private final Maker maker;
    private final ReadOnlyObjectWrapper<State> state =
            new ReadOnlyObjectWrapper<>(this, "state", State.NONE);
    private final ReadOnlyObjectWrapper<Optional<Fault>> fault =
            new ReadOnlyObjectWrapper<>(this, "fault", Optional.empty());
    private boolean asking;

    Moving(Planning planning, Background background, Maker maker) {
        this.planning = planning;
        this.background = background;
        this.maker = maker;
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Why there is no preview; empty: there is, or it comes. */
    ReadOnlyObjectProperty<Optional<Fault>> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    boolean isOn() {
        return state.get().isOn();
    }

    /** Begins to move these from where they are; that alone tells which waves refuse them. */
    void begin(List<IssueId> issues, int fromWave) {
        fault.set(Optional.empty());
        state.set(new State(List.copyOf(issues), Optional.empty(), Optional.empty()));
        ask(new Move(issues, fromWave, new Move.Spot.ByPriority()));
    }

    /** They would go there now. */
    void over(int wave, Move.Spot spot) {
        State now = state.get();
        if (now.isOn()) {
            Move wish = new Move(now.issues(), wave, spot);
            if (!now.wish().equals(Optional.of(wish))) {
                state.set(new State(now.issues(), Optional.of(wish), now.preview()));
                ask(wish);
            }
        }
    }

    /** They are over no place. */
    void away() {
        State now = state.get();
        if (now.isOn() && now.wish().isPresent()) {
            state.set(new State(now.issues(), Optional.empty(), now.preview()));
        }
    }

    /** Makes it, where it is wished; nothing happens over no place. */
    void drop() {
        Optional<Move> wish = state.get().wish();
        cancel();
        wish.ifPresent(maker::make);
    }

    /** Forgets it. */
    void cancel() {
        state.set(State.NONE);
        fault.set(Optional.empty());
    }

    private void ask(Move move) {
        if (asking) {
            return; // asked again with what is newest once this one is answered
        }
        asking = true;
        background.run(
                "preview of a move",
                () -> planning.preview(move),
                preview -> answered(move, Optional.of(preview), Optional.empty()),
                failure -> answered(move, Optional.empty(), Optional.of(failure)));
    }

    private void answered(Move asked, Optional<Preview> preview, Optional<Fault> failure) {
        asking = false;
        State now = state.get();
        if (!now.isOn()) {
            return;
        }
        if (now.issues().equals(asked.issues())) {
            fault.set(failure);
            preview.ifPresent(
                    known -> state.set(new State(now.issues(), now.wish(), Optional.of(known))));
        }
        Optional<Move> newest = now.wish();
        if (newest.isPresent() && !newest.get().equals(asked)) {
            ask(newest.get());
        } else if (!now.issues().equals(asked.issues())) {
            ask(new Move(now.issues(), asked.wave(), new Move.Spot.ByPriority()));
        }
    }
}
