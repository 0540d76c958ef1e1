package orchestrator.ui.changes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Changes.Conflict;
import orchestrator.monitor.Changes.Forecast;
import orchestrator.ui.changes.ChangesModel.Outlook;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** With which other branches this one will collide, and in which files; or all of the run. */
final class OutlookPane extends VBox {
    private static final double ROW = 60;
    private static final int NAMED_FILES = 3;
    private final ChangesModel model;
    private final Parts parts;
    private final Texts texts;
    private final Label line = Nodes.label("", "outlook-line");
    private final ProgressBar progress = new ProgressBar();
    private final Button cancel;
    private final Label untold = Nodes.label("", "outlook-line");
    private final ListView<Conflict> list = new ListView<>();
    private Map<IssueId, String> titles = Map.of();

    OutlookPane(ChangesModel model, Parts parts) {
        this.model = model;
        this.parts = parts;
        texts = parts.texts();
        CheckBox whole = new CheckBox(texts.get("changes.whole-run"));
        whole.setId("changes-whole-run");
        whole.setMnemonicParsing(false);
        whole.setTooltip(new Tooltip(texts.get("changes.whole-run-hint")));
        whole.selectedProperty().bindBidirectional(model.wholeRunProperty());
        cancel = ChangesView.tool("changes-cancel", Feather.X, texts.get("changes.cancel"));
        cancel.setOnAction(_ -> model.cancel());
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setPrefHeight(6);
        HBox trying = new HBox(progress, cancel);
        HBox.setHgrow(progress, Priority.ALWAYS);
        trying.setAlignment(Pos.CENTER_LEFT);
        trying.setSpacing(8);
        trying.managedProperty().bind(cancel.managedProperty());
        line.setWrapText(true);
        line.setMinHeight(USE_PREF_SIZE);
        untold.setWrapText(true);
        untold.setMinHeight(USE_PREF_SIZE);
        Tone.WARNING.apply(untold);
        VBox head = new VBox(whole, line, trying, untold);
        head.getStyleClass().add("outlook");
        list.setId("changes-conflicts");
        list.fixedCellSizeProperty()
                .bind(parts.preferences().fontSize.multiply(ROW / Preferences.USUAL));
        list.setAccessibleText(texts.get("changes.conflicts"));
        list.setCellFactory(_ -> new ConflictCell());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open();
            }
        });
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() % 2 == 0) {
                open();
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(head, list);
        model.outlookProperty().subscribe(this::show);
    }

    /** The other of the two; of a pair that this issue is no part of, the first. */
    private void open() {
        Conflict chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            parts.navigator().showChanges(other(chosen));
        }
    }

    private IssueId other(Conflict conflict) {
        return conflict.one().equals(model.issue()) ? conflict.other() : conflict.one();
    }

    private void show(Outlook outlook) {
        Nodes.shown(cancel, outlook instanceof Outlook.Trying);
        progress.setVisible(outlook instanceof Outlook.Trying);
        Nodes.shown(untold, false);
        Nodes.shown(list, outlook instanceof Outlook.Told);
        switch (outlook) {
            case Outlook.None n -> say(Tone.MUTED, Feather.GIT_MERGE, "");
            case Outlook.Trying t -> {
                progress.setProgress(t.of() == 0 ? -1 : (double) t.done() / t.of());
                say(Tone.MUTED, Feather.GIT_MERGE, texts.get("changes.trying", t.done(), t.of()));
            }
            case Outlook.Cancelled c -> say(Tone.MUTED, Feather.X, texts.get("changes.cancelled"));
            case Outlook.Failed failed ->
                    say(Tone.WARNING, Feather.ALERT_TRIANGLE, failed.fault().sentence());
            case Outlook.Told told -> show(told.forecast());
        }
    }

    private void show(Forecast forecast) {
        titles = new HashMap<>();
        parts.control()
                .latest()
                .ifPresent(run -> {
                    for (IssueView issue : run.issues()) {
                        titles.put(issue.id(), Format.line(issue.title()));
                    }
                });
        List<Conflict> conflicts = forecast.conflicts();
        list.getItems().setAll(conflicts);
        Nodes.shown(list, !conflicts.isEmpty());
        if (!conflicts.isEmpty()) {
            say(
                    Tone.WARNING,
                    Feather.ALERT_TRIANGLE,
                    texts.get("changes.collide", conflicts.size(), forecast.pairs()));
        } else if (forecast.pairs() > 0) {
            say(Tone.SUCCESS, Feather.CHECK, texts.get("changes.no-conflict", forecast.pairs()));
        } else {
            say(Tone.MUTED, Feather.GIT_MERGE, texts.get("changes.no-pairs"));
        }
        untold.setText(String.join("\n", forecast.untold()));
        Nodes.shown(untold, !forecast.untold().isEmpty());
    }

    private void say(Tone tone, Feather icon, String text) {
        tone.apply(line);
        line.setGraphic(Nodes.icon(icon));
        line.setText(text);
        Nodes.shown(line, !text.isEmpty());
    }

    private String name(IssueId issue) {
        String title = titles.getOrDefault(issue, "");
        return title.isEmpty() ? issue.toString() : texts.get("changes.issue", issue, title);
    }

    private String files(Conflict conflict) {
        List<String> names = conflict.files().stream().map(Format::line).toList();
        String few = String.join(", ", names.subList(0, Math.min(NAMED_FILES, names.size())));
        int more = names.size() - NAMED_FILES;
        return more > 0 ? texts.get("card.and-more", few, more) : few;
    }

    private final class ConflictCell extends ListCell<Conflict> {
        private final Label one = Nodes.label("", "part-title");
        private final Label other = Nodes.label("", "part-title");
        private final Label files = Nodes.label("", "part-sub");
        private final VBox row = new VBox(one, other, files);

        ConflictCell() {
            row.getStyleClass().add("part-row");
            row.setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Conflict item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            IssueId with = other(item);
            IssueId first = with.equals(item.one()) ? item.other() : item.one();
            one.setText(name(first));
            other.setText(texts.get("changes.with", name(with)));
            files.setText(files(item));
            String whole =
                    one.getText()
                            + "\n"
                            + other.getText()
                            + "\n"
                            + String.join(
                                    "\n",
                                    item.files().stream().map(Format::line).limit(40).toList());
            setTooltip(new Tooltip(whole));
            setAccessibleText(whole);
            setGraphic(row);
        }
    }
}
