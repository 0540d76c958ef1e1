package orchestrator.ui.terminal;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;

/**
 * Keys as terminals mean them, on every platform: Control and a letter is a control character, and
 * neither a lone modifier nor Control with anything else types a character.
 */
final class TerminalKeys {
    private TerminalKeys() {}

    /** Sets right what comes to a node, before its own filters see it. */
    static void settle(Node canvas) {
        canvas.getParent().addEventFilter(KeyEvent.KEY_PRESSED, event -> pressed(event, canvas));
        canvas.getParent().addEventFilter(KeyEvent.KEY_TYPED, TerminalKeys::typed);
    }

    private static void pressed(KeyEvent event, Node canvas) {
        if (event.getCode().isModifierKey()) {
            event.consume();
        } else if (isControl(event)
                && event.getCode().isLetterKey()
                && (event.getText().isEmpty()
                        || !Character.isISOControl(event.getText().charAt(0)))) {
            event.consume();
            String letter = event.getCode().getName();
            String control = String.valueOf((char) (letter.charAt(0) - 'A' + 1));
            Event.fireEvent(
                    canvas,
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            control,
                            control,
                            event.getCode(),
                            false,
                            true,
                            false,
                            false));
        }
    }

    private static void typed(KeyEvent event) {
        // Control with Alt is how some keyboards write @ and the like.
        boolean control = event.isControlDown() && !event.isAltDown();
        if (control || event.isMetaDown() || event.getCharacter().isEmpty()) {
            event.consume();
        }
    }

    private static boolean isControl(KeyEvent event) {
        return event.isControlDown()
                && !event.isShiftDown()
                && !event.isAltDown()
                && !event.isMetaDown();
    }
}
