package orchestrator.ui.orders;

import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import orchestrator.model.IssueId;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;

/** What is asked before an issue is set aside: why, or only whether. FX thread only. */
final class Reasons {
    private static final double WIDTH = 520;
    private final Texts texts;
    private final Overlay overlay;

    Reasons(Texts texts, Overlay overlay) {
        this.texts = texts;
        this.overlay = overlay;
    }

    /**
     * Asks why an issue is parked or failed; it cannot be done without a reason.
     *
     * @param how {@code park} or {@code fail}
     */
    void ask(String how, IssueId issue, Consumer<String> then) {
        Dialog dialog = dialog(how, issue);
        TextField reason = new TextField();
        reason.setId("order-reason");
        reason.setPromptText(texts.get("order.reason"));
        reason.setAccessibleText(texts.get("order.reason"));
        dialog.body().getChildren().add(reason);
        Button go = go(how, dialog, () -> then.accept(reason.getText().strip()));
        go.disableProperty().bind(reason.textProperty().map(String::isBlank));
        dialog.footer(cancel(dialog), go);
        overlay.show(dialog, reason);
    }

    /** Asks whether that is really meant. */
    void confirm(String how, IssueId issue, Runnable then) {
        Dialog dialog = dialog(how, issue);
        Button cancel = cancel(dialog);
        dialog.footer(cancel, go(how, dialog, then));
        overlay.show(dialog, cancel);
    }

    private Dialog dialog(String how, IssueId issue) {
        return new Dialog(
                "order-dialog",
                texts.get("order." + how, issue),
                texts.get("order." + how + "-what"),
                WIDTH);
    }

    private Button cancel(Dialog dialog) {
        return Dialog.button(
                "order-cancel", texts.get("dialog.cancel"), () -> overlay.hide(dialog));
    }

    private Button go(String how, Dialog dialog, Runnable then) {
        Button go =
                Dialog.button(
                        "order-go",
                        texts.get("action." + how),
                        () -> {
                            overlay.hide(dialog);
                            then.run();
                        },
                        "accent");
        go.setDefaultButton(true);
        return go;
    }
}
