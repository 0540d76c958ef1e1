package orchestrator.ui.fx;

import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;

/**
 * Something the user can do, whichever way it is reached.
 *
 * @param id kebab case; also the id of the button made for it, {@code action-ID}
 * @param title what it is called, a verb
 * @param hint one sentence: what it does
 */
public record Action(
        String id,
        String title,
        String hint,
        Feather icon,
        Optional<KeyCombination> keys,
        BooleanProperty enabled,
        Runnable handler) {
    /** An action that is possible from the start. */
    public static Action of(
            String id, String title, String hint, Feather icon, String keys, Runnable handler) {
        return new Action(
                id,
                title,
                hint,
                icon,
                keys.isEmpty()
                        ? Optional.empty()
                        : Optional.of(KeyCombination.keyCombination(keys)),
                new SimpleBooleanProperty(true),
                handler);
    }

    /** The same, with the title and the hint that stand in the texts under {@code action.ID}. */
    public static Action of(Texts texts, String id, Feather icon, String keys, Runnable handler) {
        String key = "action." + id;
        return of(id, texts.get(key), texts.get(key + "-hint"), icon, keys, handler);
    }

    /** Does it, if it is possible now. */
    public void run() {
        if (enabled.get()) {
            handler.run();
        }
    }

    /** The hint, with the keys if there are any. */
    public String hintWithKeys() {
        return keys.map(k -> hint + "  " + k.getDisplayText()).orElse(hint);
    }
}
