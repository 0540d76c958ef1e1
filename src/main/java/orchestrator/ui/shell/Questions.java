package orchestrator.ui.shell;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import orchestrator.model.Fault;
import orchestrator.monitor.RunControl;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** What is asked before a run is stopped and before the window of a run is closed. */
final class Questions {
    private static final double WIDTH = 520;
    private final RunControl control;
    private final Texts texts;
    private final Overlay overlay;
    private final Background background;

    Questions(RunControl control, Texts texts, Overlay overlay) {
        this.control = control;
        this.texts = texts;
        this.overlay = overlay;
        background = new Background(texts);
    }

    /** True while a run is being stopped or handed over at this window's wish. */
    Background background() {
        return background;
    }

    /** Takes the run over from the process that holds it; nothing is asked, for nothing is lost. */
    void takeOver() {
        background.run("take-over", control::takeOver, () -> {}, this::showFault);
    }

    /** Asks whether to stop, and does. */
    void stop() {
        Dialog dialog =
                new Dialog(
                        "stop-dialog", texts.get("stop.title"), texts.get("stop.sentence"), WIDTH);
        dialog.body()
                .getChildren()
                .addAll(
                        point(Feather.STOP_CIRCLE, texts.get("stop.ends")),
                        point(Feather.GIT_COMMIT, texts.get("stop.kept")),
                        point(Feather.PLAY, texts.get("stop.later")));
        Button stay =
                Dialog.button("stop-cancel", texts.get("stop.stay"), () -> overlay.hide(dialog));
        Button stop =
                Dialog.button(
                        "stop-go",
                        texts.get("stop.go"),
                        () -> {
                            overlay.hide(dialog);
                            background.run("stop", control::stop, () -> {}, this::showFault);
                        },
                        "danger");
        dialog.footer(stay, stop);
        overlay.show(dialog, stay);
    }

    private static Node point(Feather icon, String text) {
        var label = Nodes.label(text, "point-text");
        label.setWrapText(true);
        label.setMinHeight(VBox.USE_PREF_SIZE);
        HBox point = new HBox(Nodes.icon(icon, "point-icon"), label);
        point.getStyleClass().add("point");
        point.setMinHeight(VBox.USE_PREF_SIZE);
        return point;
    }

    /** Asks what becomes of the run when the window closes, and closes it afterwards. */
    void close(Runnable closeWindow) {
        Dialog dialog =
                new Dialog(
                        "close-dialog",
                        texts.get("close.title"),
                        texts.get("close.sentence"),
                        WIDTH);
        Button handOver =
                choice(
                        "close-hand-over",
                        Feather.TERMINAL,
                        texts.get("close.hand-over"),
                        texts.get("close.hand-over-what"),
                        () -> leave("hand-over", control::handOver, "close.handing", closeWindow));
        Button stop =
                choice(
                        "close-stop",
                        Feather.STOP_CIRCLE,
                        texts.get("close.stop"),
                        texts.get("close.stop-what"),
                        () -> leave("stop", control::stop, "close.stopping", closeWindow));
        dialog.body().getChildren().addAll(handOver, stop);
        Button stay =
                Dialog.button("close-stay", texts.get("close.stay"), () -> overlay.hide(dialog));
        dialog.footer(stay);
        overlay.show(dialog, handOver);
    }

    private static Button choice(
            String id, Feather icon, String title, String sentence, Runnable handler) {
        Text what = new Text(sentence);
        what.getStyleClass().add("choice-sentence");
        what.setWrappingWidth(WIDTH - 120);
        VBox text = new VBox(Nodes.label(title, "choice-title"), what);
        HBox content = new HBox(Nodes.icon(icon, "choice-icon"), text);
        content.getStyleClass().add("choice-content");
        content.setAlignment(Pos.TOP_LEFT);
        Button button = new Button("", content);
        button.setId(id);
        button.getStyleClass().add("choice");
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(title);
        button.setAccessibleHelp(sentence);
        button.setOnAction(_ -> handler.run());
        return button;
    }

    /** Does what was chosen, shows that it is being done, then closes. */
    private void leave(String name, Runnable work, String doing, Runnable closeWindow) {
        Dialog dialog = new Dialog("leaving-dialog", texts.get(doing), "", WIDTH);
        ProgressIndicator spinner = new ProgressIndicator();
        spinner.setMaxSize(24, 24);
        dialog.body().getChildren().add(spinner);
        Button stay =
                Dialog.button(
                        "leaving-stay", texts.get("close.keep-open"), () -> overlay.hide(dialog));
        dialog.footer(stay);
        overlay.show(dialog, stay);
        overlay.setMustAnswer(true);
        background.run(
                name,
                work,
                () -> {
                    if (overlay.isShowing(dialog)) {
                        closeWindow.run();
                    }
                },
                this::showFault);
    }

    /** The run is already being stopped: closes once it has, unless the user stays. */
    void closeOnceStopped(Consumer<Dialog> waiting) {
        Dialog dialog =
                new Dialog(
                        "leaving-dialog",
                        texts.get("close.stopping"),
                        texts.get("close.stopping-what"),
                        WIDTH);
        Button stay =
                Dialog.button(
                        "leaving-stay", texts.get("close.keep-open"), () -> overlay.hide(dialog));
        dialog.footer(stay);
        overlay.show(dialog, stay);
        overlay.setMustAnswer(true);
        waiting.accept(dialog);
    }

    /** Says why something was not done. */
    void showFault(Fault fault) {
        Dialog dialog = new Dialog("fault-dialog", texts.get("fault.title"), "", WIDTH);
        dialog.body().getChildren().add(Callout.fault(texts, texts.get("fault.what"), fault));
        Button close =
                Dialog.button("fault-close", texts.get("dialog.close"), () -> overlay.hide(dialog));
        dialog.footer(close);
        overlay.show(dialog, close);
    }
}
