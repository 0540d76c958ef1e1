package orchestrator.ui.board;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;

/**
 * The room between two waves: cards that are dropped there become a wave of their own. It reaches
 * somewhat over both, but only while cards are moved: a click there is meant for a card.
 */
final class Gap extends Region {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");

    /** As wide as the room between two columns. */
    private static final double WIDTH = 16;

    /** So far it reaches over each of them. */
    private static final double OVER = 8;

    private static final double LINE = 3;
    private final int wave;
    private final Region room = new Region();
    private final Region line = new Region();
    private final Label name;

    /** The gap behind that wave. */
    Gap(int wave, Texts texts) {
        this.wave = wave;
        getStyleClass().add("wave-gap");
        setId("gap-" + wave);
        setViewOrder(-1); // over its neighbours
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        line.getStyleClass().add("gap-line");
        line.setMouseTransparent(true);
        name = Nodes.label(texts.get("wave.new"), "gap-name");
        name.setMouseTransparent(true);
        getChildren().addAll(room, line, name);
        show(false, false, false);
    }

    /** The wave before it. */
    int wave() {
        return wave;
    }

    @Override
    protected void layoutChildren() {
        room.resizeRelocate(-OVER, 0, getWidth() + 2 * OVER, getHeight());
        line.resizeRelocate((getWidth() - LINE) / 2, 0, LINE, Math.max(0, getHeight() - WIDTH));
        double wide = name.prefWidth(-1);
        name.resizeRelocate((getWidth() - wide) / 2, WIDTH * 2, wide, name.prefHeight(-1));
    }

    /**
     * How it stands in the move that is being made.
     *
     * @param offered whether one is
     */
    void show(boolean offered, boolean target, boolean refused) {
        setMouseTransparent(!offered);
        line.setVisible(target);
        name.setVisible(target);
        pseudoClassStateChanged(TARGET, target);
        pseudoClassStateChanged(REFUSED, refused);
    }
}
