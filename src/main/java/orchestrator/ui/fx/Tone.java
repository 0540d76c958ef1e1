package orchestrator.ui.fx;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.Node;

/** What a colour means. In the style sheet a tone is a pseudo-class, such as {@code :danger}. */
public enum Tone {
    NEUTRAL,
    MUTED,
    ACCENT,
    SUCCESS,
    WARNING,
    DANGER;

    /** Gives the node this tone and takes every other one from it. */
    public void apply(Node node) {
        for (Tone tone : values()) {
            node.pseudoClassStateChanged(tone.pseudoClass(), tone == this);
        }
    }

    private PseudoClass pseudoClass() {
        return PseudoClass.getPseudoClass("tone-" + name().toLowerCase(Locale.ROOT));
    }
}
