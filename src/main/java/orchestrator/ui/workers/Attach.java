package orchestrator.ui.workers;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import orchestrator.model.Fault;
import orchestrator.monitor.RunControl;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.Clipboards;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;

/**
 * Attaches to a worker: in the user's terminal if there is one, and otherwise by showing the
 * command to copy.
 */
public final class Attach {
    private static final double WIDTH = 560;
    private final RunControl control;
    private final TerminalOpener terminal;
    private final Texts texts;
    private final Overlay overlay;
    private final Background background;

    /** Attaching through a control. */
    public Attach(RunControl control, TerminalOpener terminal, Texts texts, Overlay overlay) {
        this.control = control;
        this.terminal = terminal;
        this.texts = texts;
        this.overlay = overlay;
        background = new Background(texts);
    }

    private record Answer(List<String> command, boolean opened) {}

    /** Attaches to a worker. Returns at once. */
    public void to(int worker) {
        background.run("attach", () -> ask(worker), answer -> show(worker, answer), this::failed);
    }

    private Answer ask(int worker) {
        List<String> command = control.attachCommand(worker);
        String title = texts.get("attach.terminal-title", worker);
        return new Answer(command, !command.isEmpty() && terminal.open(title, command));
    }

    private void show(int worker, Answer answer) {
        if (answer.command().isEmpty()) {
            Dialog dialog =
                    new Dialog(
                            "attach-dialog",
                            texts.get("attach.title", worker),
                            texts.get("attach.no-session"),
                            WIDTH);
            Button close = close(dialog);
            dialog.footer(close);
            overlay.show(dialog, close);
        } else if (!answer.opened()) {
            showCommand(worker, shellWords(answer.command()));
        }
    }

    private void showCommand(int worker, String command) {
        Dialog dialog =
                new Dialog(
                        "attach-dialog",
                        texts.get("attach.title", worker),
                        texts.get("attach.no-terminal"),
                        WIDTH);
        TextArea words = new TextArea(command);
        words.setId("attach-command");
        words.getStyleClass().add("code");
        words.setEditable(false);
        words.setWrapText(true);
        words.setPrefRowCount(3);
        dialog.body().getChildren().add(words);
        Button copy =
                Dialog.button(
                        "attach-copy",
                        texts.get("attach.copy"),
                        () -> {
                            Clipboards.copy(command);
                            overlay.hide(dialog);
                        },
                        "accent");
        copy.setDefaultButton(true);
        dialog.footer(close(dialog), copy);
        overlay.show(dialog, copy);
    }

    private void failed(Fault fault) {
        Dialog dialog = new Dialog("attach-dialog", texts.get("attach.failed"), "", WIDTH);
        dialog.body().getChildren().add(Callout.fault(texts, texts.get("fault.title"), fault));
        Button close = close(dialog);
        dialog.footer(close);
        overlay.show(dialog, close);
    }

    private Button close(Dialog dialog) {
        return Dialog.button("attach-close", texts.get("dialog.close"), () -> overlay.hide(dialog));
    }

    /** The words as a line that a POSIX shell reads back as the same words. */
    static String shellWords(List<String> command) {
        return command.stream()
                .map(word ->
                        word.matches("[A-Za-z0-9_./:=@%+-]+")
                                ? word
                                : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
