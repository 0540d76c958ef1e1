package orchestrator.ui.board;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import orchestrator.model.Fault;
import orchestrator.ui.board.IssueFormModel.Field;
import orchestrator.ui.board.IssueFormModel.Wrong;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;

/** The form in which an issue is added or edited. */
final class IssueDialog {
    private static final double WIDTH = 640;
    private static final double ROWS = 5;
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    /** Does what the form says, elsewhere; tells what stands in the way. */
    interface Saver {
        void save(Runnable onDone, Consumer<Fault> onFault);
    }

    private final IssueFormModel form;
    private final Texts texts;
    private final Overlay overlay;
    private final Saver saver;
    private final Dialog dialog;
    private final Map<Field, Label> remarks = new EnumMap<>(Field.class);
    private final Map<Field, Control> controls = new EnumMap<>(Field.class);
    private final VBox fault = new VBox();
    private final Button go;
    private boolean tried;

    IssueDialog(IssueFormModel form, Texts texts, Overlay overlay, Saver saver) {
        this.form = form;
        this.texts = texts;
        this.overlay = overlay;
        this.saver = saver;
        String title =
                form.isEditing()
                        ? texts.get("form.edit", form.before().id())
                        : texts.get("form.add");
        dialog = new Dialog("issue-dialog", title, texts.get("form.sentence"), WIDTH);
        go =
                Dialog.button(
                        "issue-save",
                        texts.get(form.isEditing() ? "form.save" : "form.create"),
                        this::save,
                        "accent");
        build();
    }

    private void build() {
        TextArea description = new TextArea();
        description.setPrefRowCount((int) ROWS);
        description.setWrapText(true);
        VBox body = dialog.body();
        body.getStyleClass().add("issue-form");
        if (!form.isEditing()) {
            body.getChildren()
                    .add(
                            row(
                                    choice(Field.PROJECT, "form.project", form.projects()),
                                    text(Field.NUMBER, "form.number-name", new TextField())));
        }
        body.getChildren()
                .addAll(
                        text(Field.TITLE, "form.title", new TextField()),
                        text(Field.DESCRIPTION, "form.description", description),
                        row(
                                text(Field.WAVE, "form.wave", new TextField()),
                                text(Field.PRIORITY, "form.priority", new TextField()),
                                text(
                                        Field.DEPENDS_ON,
                                        "form.depends-on",
                                        prompting("form.depends-on-such"))),
                        row(
                                text(Field.TASK_TYPE, "form.task-type", new TextField()),
                                text(Field.BRANCH, "form.branch", new TextField()),
                                text(
                                        Field.EXCLUSIVE,
                                        "form.exclusive",
                                        prompting("form.exclusive-such"))));
        HBox last = row();
        if (form.repos().size() > 1) {
            last.getChildren().add(choice(Field.REPO, "form.repo", form.repos()));
        }
        if (form.isEditing()) {
            List<String> stages = new java.util.ArrayList<>(form.stages());
            stages.addFirst("");
            last.getChildren()
                    .addAll(
                            choice(Field.STAGE, "form.stage", stages),
                            text(Field.BUDGET, "form.budget", new TextField()));
        }
        if (!last.getChildren().isEmpty()) {
            body.getChildren().add(last);
        }
        Nodes.shown(fault, false);
        body.getChildren().add(fault);
        go.setDefaultButton(true);
        Button cancel =
                Dialog.button(
                        "issue-cancel", texts.get("dialog.cancel"), () -> overlay.hide(dialog));
        dialog.footer(cancel, go);
    }

    private static HBox row(Node... fields) {
        HBox row = new HBox(fields);
        row.getStyleClass().add("form-row");
        return row;
    }

    private TextField prompting(String example) {
        TextField field = new TextField();
        field.setPromptText(texts.get(example));
        return field;
    }

    private VBox text(Field field, String name, TextInputControl input) {
        input.setText(form.value(field));
        input.textProperty().subscribe((_, now) -> changed(field, now));
        return labelled(field, name, input);
    }

    private VBox choice(Field field, String name, List<String> choices) {
        ComboBox<String> input = new ComboBox<>(FXCollections.observableArrayList(choices));
        input.setValue(form.value(field));
        input.setMaxWidth(Double.MAX_VALUE);
        input.valueProperty()
                .subscribe((_, now) -> {
                    if (field == Field.PROJECT && now != null) {
                        form.chooseProject(now);
                        if (controls.get(Field.NUMBER) instanceof TextField number) {
                            number.setText(form.value(Field.NUMBER));
                        }
                    }
                    changed(field, now == null ? "" : now);
                });
        return labelled(field, name, input);
    }

    private VBox labelled(Field field, String name, Control input) {
        String title = texts.get(name);
        input.setId("issue-" + field.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        input.setAccessibleText(title);
        Label label = Nodes.label(title, "form-name");
        label.setLabelFor(input);
        Label remark = Nodes.label("", "form-wrong");
        remark.setWrapText(true);
        remark.setMinHeight(Region.USE_PREF_SIZE);
        Nodes.shown(remark, false);
        remarks.put(field, remark);
        controls.put(field, input);
        VBox box = new VBox(label, input, remark);
        box.getStyleClass().add("form-field");
        box.setPrefWidth(1);
        box.setMinWidth(0);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    private void changed(Field field, String value) {
        form.set(field, value);
        if (tried) {
            showProblems();
        }
    }

    /** Shows it, with the title ready to be written. */
    void open() {
        overlay.show(dialog, controls.getOrDefault(Field.TITLE, go));
    }

    private void save() {
        tried = true;
        Map<Field, Wrong> problems = showProblems();
        if (!problems.isEmpty()) {
            problems.keySet().stream().findFirst().map(controls::get).ifPresent(Node::requestFocus);
            return;
        }
        Nodes.shown(fault, false);
        go.setDisable(true);
        saver.save(() -> overlay.hide(dialog), this::showFault);
    }

    private Map<Field, Wrong> showProblems() {
        Map<Field, Wrong> problems = form.problems();
        remarks.forEach((field, remark) -> {
            Wrong wrong = problems.get(field);
            remark.setText(
                    wrong == null ? "" : texts.get(wrong.text(), wrong.arguments().toArray()));
            Nodes.shown(remark, wrong != null);
            Control control = controls.get(field);
            if (control != null) {
                control.pseudoClassStateChanged(WRONG, wrong != null);
                control.setAccessibleHelp(remark.getText());
            }
        });
        return problems;
    }

    private void showFault(Fault why) {
        go.setDisable(false);
        fault.getChildren().setAll(Callout.fault(texts, texts.get("form.failed"), why));
        Nodes.shown(fault, true);
    }
}
