package orchestrator.ui.orders;

import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;

/** What is asked before an issue is set aside: why, or only whether. FX thread only. */
final class Reasons {
    private static final double WIDTH = 520;

    /**
     * What is asked.
     *
     * @param what what comes of it
     * @param go the button that does it
     */
    record Question(String title, String what, String go) {}

    private final Texts texts;
    private final Overlay overlay;

    Reasons(Texts texts, Overlay overlay) {
        this.texts = texts;
        this.overlay = overlay;
    }

    /** Asks for the reason; it cannot be done without one. */
    void ask(Question question, Consumer<String> then) {
        Dialog dialog = dialog(question);
        TextField reason = new TextField();
        reason.setId("order-reason");
        reason.setPromptText(texts.get("order.reason"));
        reason.setAccessibleText(texts.get("order.reason"));
        dialog.body().getChildren().add(reason);
        Button go = go(question, dialog, () -> then.accept(reason.getText().strip()));
        go.setDefaultButton(true);
        go.disableProperty().bind(reason.textProperty().map(String::isBlank));
        dialog.footer(cancel(dialog), go);
        overlay.show(dialog, reason);
    }

    /** Asks whether that is really meant. */
    void confirm(Question question, Runnable then) {
        Dialog dialog = dialog(question);
        Button cancel = cancel(dialog);
        dialog.footer(cancel, go(question, dialog, then));
        overlay.show(dialog, cancel);
    }

    private static Dialog dialog(Question question) {
        return new Dialog("order-dialog", question.title(), question.what(), WIDTH);
    }

    private Button cancel(Dialog dialog) {
        return Dialog.button(
                "order-cancel", texts.get("dialog.cancel"), () -> overlay.hide(dialog));
    }

    private Button go(Question question, Dialog dialog, Runnable then) {
        return Dialog.button(
                "order-go",
                question.go(),
                () -> {
                    overlay.hide(dialog);
                    then.run();
                },
                "accent");
    }
}
