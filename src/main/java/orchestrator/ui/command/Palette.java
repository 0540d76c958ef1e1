package orchestrator.ui.command;

import atlantafx.base.controls.CustomTextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Finds anything by a few letters: what can be done, every worker, every issue. */
public final class Palette {
    private static final int MOST = 60;
    private static final double WIDTH = 640;
    private static final double ROW = 44;
    private static final int ROWS = 9;
    private final Parts parts;
    private final Supplier<Optional<RunSnapshot>> run;
    private final VBox pane = new VBox();
    private final CustomTextField typed = new CustomTextField();
    private final ListView<Entry> found = new ListView<>();
    private final Label nothing;
    private List<Entry> all = List.of();

    /**
     * Registers itself with the window's actions.
     *
     * @param run the snapshot that is shown
     */
    public Palette(Parts parts, Supplier<Optional<RunSnapshot>> run) {
        this.parts = parts;
        this.run = run;
        nothing = Nodes.label(parts.texts().get("palette.nothing"), "palette-nothing");
        build();
        parts.register("palette", Feather.SEARCH, "Shortcut+K", this::open);
    }

    private void build() {
        pane.setId("palette");
        pane.getStyleClass().add("palette");
        pane.setPrefWidth(WIDTH);
        typed.setId("palette-typed");
        typed.getStyleClass().add("palette-typed");
        typed.setLeft(Nodes.icon(Feather.SEARCH, "palette-search"));
        typed.setPromptText(parts.texts().get("palette.prompt"));
        typed.setAccessibleText(parts.texts().get("palette.prompt"));
        typed.textProperty().subscribe((_, _) -> show());
        // A filter: the field would take the arrows and Home and End for itself.
        typed.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        found.setId("palette-found");
        found.setFixedCellSize(ROW);
        found.setPrefHeight(ROW * ROWS + 2);
        found.setFocusTraversable(false);
        found.setPlaceholder(nothing);
        found.setAccessibleText(parts.texts().get("palette.found"));
        found.setCellFactory(_ -> new EntryCell());
        found.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                go();
            }
        });
        Label hint = Nodes.label(parts.texts().get("palette.hint"), "palette-hint");
        pane.getChildren().addAll(typed, found, hint);
    }

    private void open() {
        all = entries();
        typed.clear();
        show();
        parts.overlay().show(pane, typed);
    }

    private void show() {
        found.getItems()
                .setAll(Ranking.best(all, Entry::title, Entry::detail, typed.getText(), MOST));
        found.getSelectionModel().selectFirst();
        found.scrollTo(0);
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(ROWS);
            case PAGE_UP -> move(-ROWS);
            case ENTER -> go();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        int last = found.getItems().size() - 1;
        int next =
                Math.clamp(
                        found.getSelectionModel().getSelectedIndex() + (long) by,
                        0,
                        Math.max(0, last));
        found.getSelectionModel().select(next);
        found.scrollTo(Math.max(0, next - ROWS + 1));
    }

    private void go() {
        Entry entry = found.getSelectionModel().getSelectedItem();
        if (entry != null) {
            // Put away first: what is done may ask something over the window.
            parts.overlay().hide(pane);
            entry.handler().run();
        }
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        parts.actions().all().stream()
                .filter(action -> action.enabled().get() && !action.id().equals("palette"))
                .map(this::entry)
                .forEach(entries::add);
        run.get()
                .ifPresent(snapshot -> {
                    snapshot.workers().stream().map(this::entry).forEach(entries::add);
                    snapshot.issues().stream().map(this::entry).forEach(entries::add);
                });
        return entries;
    }

    private Entry entry(Action action) {
        return new Entry(
                action.icon(),
                parts.texts().get("palette.action"),
                action.title(),
                action.hint(),
                action.keys().map(KeyCombination::getDisplayText).orElse(""),
                action::run);
    }

    private Entry entry(WorkerView worker) {
        String on =
                worker.issue()
                        .map(id -> "%s %s · %s".formatted(id, worker.title(), worker.stage()))
                        .orElse("");
        return new Entry(
                Feather.CPU,
                parts.texts().get("palette.worker"),
                parts.texts().get("palette.worker-number", worker.worker()),
                Format.line(on),
                "",
                () -> parts.navigator().showWorker(worker.worker()));
    }

    private Entry entry(IssueView issue) {
        return new Entry(
                Feather.FILE_TEXT,
                parts.texts().get("palette.issue"),
                "%s  %s".formatted(issue.id(), Format.line(issue.title())),
                Stream.of(issue.status().word().replace('_', ' '), issue.stage())
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(" · ")),
                "",
                () -> parts.navigator().showIssue(issue.id()));
    }

    private static final class EntryCell extends ListCell<Entry> {
        private final FontIcon icon = Nodes.icon(Feather.CIRCLE, "palette-icon");
        private final Label title = Nodes.label("", "palette-title");
        private final Label detail = Nodes.label("", "palette-detail");
        private final Label keys = Nodes.label("", "palette-keys");
        private final Label kind = Nodes.label("", "palette-kind");
        private final HBox row;

        EntryCell() {
            VBox words = new VBox(title, detail);
            words.setAlignment(Pos.CENTER_LEFT);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            keys.setMinWidth(USE_PREF_SIZE);
            kind.setMinWidth(USE_PREF_SIZE);
            row = new HBox(icon, words, keys, kind);
            row.getStyleClass().add("palette-row");
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            icon.setIconCode(entry.icon());
            title.setText(entry.title());
            detail.setText(entry.detail());
            Nodes.shown(detail, !entry.detail().isEmpty());
            keys.setText(entry.keys());
            Nodes.shown(keys, !entry.keys().isEmpty());
            kind.setText(entry.kind());
            setAccessibleText(entry.kind() + ": " + entry.title() + ". " + entry.detail());
            setGraphic(row);
        }
    }
}
