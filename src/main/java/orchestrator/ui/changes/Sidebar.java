package orchestrator.ui.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Part;
import orchestrator.ui.changes.ChangesModel.Outlook;
import orchestrator.ui.changes.ChangesModel.Seen;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The files, the commits and the conflicts of a branch: one list at a time. */
final class Sidebar extends VBox {
    private static final double WIDTH = 300;
    private static final double LEAST = 220;
    private static final double COMMIT_ROW = 42;
    private static final double FILE_ROW = 26;
    private final ChangesModel model;
    private final Texts texts;
    private final Parts parts;
    private final ListView<FileRow> files = new ListView<>();
    private final ListView<PartRow> commits = new ListView<>();
    private final OutlookPane outlook;
    private final ToggleButton filesButton;
    private final ToggleButton commitsButton;
    private final ToggleButton conflictsButton;
    private boolean filling;

    /** A file in the list; empty: all of them. */
    private record FileRow(Optional<FileChange> file) {}

    /** A part of the work in the list. */
    private record PartRow(Part part, String title, String sub, boolean unpushed) {}

    Sidebar(ChangesModel model, Parts parts) {
        this.model = model;
        this.parts = parts;
        texts = parts.texts();
        getStyleClass().add("changes-side");
        setPrefWidth(WIDTH);
        setMinWidth(LEAST);
        outlook = new OutlookPane(model, parts);
        buildList(files, "changes-files", texts.get("changes.files"), FILE_ROW);
        files.setCellFactory(_ -> new FileCell());
        onChosen(files, row -> model.choose(row.file()));
        buildList(commits, "changes-commits", texts.get("changes.commits"), COMMIT_ROW);
        commits.setCellFactory(_ -> new PartCell());
        onChosen(commits, row -> model.choose(row.part()));
        StackPane stack = new StackPane(files, commits, outlook);
        VBox.setVgrow(stack, Priority.ALWAYS);
        filesButton = page("changes-show-files", files);
        commitsButton = page("changes-show-commits", commits);
        conflictsButton = page("changes-show-conflicts", outlook);
        SegmentedButton pages = new SegmentedButton(filesButton, commitsButton, conflictsButton);
        ToggleGroup group = new ToggleGroup();
        pages.setToggleGroup(group);
        group.selectedToggleProperty()
                .subscribe((before, now) -> {
                    if (now == null && before != null) {
                        before.setSelected(true); // One of them is always shown.
                    }
                });
        HBox head = new HBox(pages);
        head.getStyleClass().add("changes-switch");
        getChildren().addAll(head, stack);
        filesButton.setSelected(true);
        model.seenProperty().subscribe(this::show);
        model.filesProperty().subscribe(this::showFiles);
        model.outlookProperty().subscribe(this::showOutlook);
    }

    Node first() {
        return files;
    }

    private static void buildList(ListView<?> list, String id, String name, double row) {
        list.setId(id);
        list.setFixedCellSize(row);
        list.setAccessibleText(name);
    }

    /** What the user chooses; not what is chosen because the list was filled anew. */
    private <T> void onChosen(ListView<T> list, Consumer<T> choose) {
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(item -> {
                    if (item != null && !filling) {
                        choose.accept(item);
                    }
                });
    }

    private static ToggleButton page(String id, Node page) {
        ToggleButton button = new ToggleButton();
        button.setId(id);
        button.setMnemonicParsing(false);
        Nodes.shown(page, false);
        button.selectedProperty().subscribe(shown -> Nodes.shown(page, shown));
        return button;
    }

    private void show(Seen seen) {
        if (!(seen instanceof Seen.Found found)) {
            return;
        }
        BranchWork work = found.work();
        commitsButton.setText(
                texts.get("changes.commits-count", work.commits().size(), work.more() ? "+" : ""));
        List<PartRow> rows = new ArrayList<>();
        rows.add(
                new PartRow(
                        new Part.Everything(),
                        texts.get("changes.all-commits"),
                        texts.get("changes.against-base", shortOf(work.base())),
                        false));
        if (!work.uncommitted().isEmpty()) {
            rows.add(
                    new PartRow(
                            new Part.Uncommitted(),
                            texts.get("changes.uncommitted"),
                            texts.get("changes.files-count", work.uncommitted().size()),
                            false));
        }
        for (BranchWork.Commit commit : work.commits()) {
            rows.add(
                    new PartRow(
                            new Part.OfCommit(commit.oid()),
                            Format.line(commit.subject()),
                            texts.get(
                                    "changes.commit-sub",
                                    commit.shortOid(),
                                    Format.line(commit.author()),
                                    Format.clock(commit.at(), parts.zone())),
                            !commit.pushed() && work.remote()));
        }
        fill(
                commits,
                rows,
                rows.stream()
                        .filter(row -> row.part().equals(model.part()))
                        .findFirst()
                        .orElse(rows.getFirst()));
    }

    private static String shortOf(String oid) {
        return oid.substring(0, Math.min(8, oid.length()));
    }

    private void showFiles(List<FileChange> found) {
        filesButton.setText(texts.get("changes.files-count", found.size()));
        List<FileRow> rows = new ArrayList<>();
        rows.add(new FileRow(Optional.empty()));
        found.forEach(file -> rows.add(new FileRow(Optional.of(file))));
        fill(files, rows, new FileRow(model.file()));
    }

    private <T> void fill(ListView<T> list, List<T> rows, T chosen) {
        filling = true;
        try {
            list.getItems().setAll(rows);
            list.getSelectionModel().select(chosen);
        } finally {
            filling = false;
        }
    }

    private void showOutlook(Outlook now) {
        String text =
                now instanceof Outlook.Told told
                        ? texts.get("changes.conflicts-count", told.forecast().conflicts().size())
                        : texts.get("changes.conflicts");
        conflictsButton.setText(text);
    }

    /** A commit, or all of them, or what is not committed. */
    private final class PartCell extends ListCell<PartRow> {
        private final Label title = Nodes.label("", "part-title");
        private final Label sub = Nodes.label("", "part-sub");
        private final FontIcon mark = Nodes.icon(Feather.UPLOAD, "part-mark");
        private final HBox row;

        PartCell() {
            VBox words = new VBox(title, sub);
            words.getStyleClass().add("part-row");
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            row = new HBox(words, mark);
            row.setAlignment(Pos.CENTER_LEFT);
            row.setSpacing(8);
            row.setPrefWidth(0);
            Tone.WARNING.apply(mark);
        }

        @Override
        protected void updateItem(@Nullable PartRow item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            title.setText(item.title());
            String more =
                    item.unpushed() ? texts.get("changes.not-pushed", item.sub()) : item.sub();
            sub.setText(more);
            Nodes.shown(mark, item.unpushed());
            setTooltip(new Tooltip(item.title() + "\n" + more));
            setAccessibleText(item.title() + ", " + more);
            setGraphic(row);
        }
    }

    /** A file and what happened to it; the first row is all of them. */
    private final class FileCell extends ListCell<FileRow> {
        private final Label kind = Nodes.label("", "file-kind");
        private final Label name = Nodes.label("", "file-name");
        private final Label folder = Nodes.label("", "file-folder");
        private final Label added = Nodes.label("", "file-added");
        private final Label removed = Nodes.label("", "file-removed");
        private final HBox row = new HBox(kind, name, folder, added, removed);

        FileCell() {
            row.getStyleClass().add("file-row");
            row.setPrefWidth(0);
            folder.setMinWidth(0);
            // It takes what is left; the name comes first.
            folder.setPrefWidth(0);
            folder.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(folder, Priority.ALWAYS);
            folder.setTextOverrun(javafx.scene.control.OverrunStyle.LEADING_ELLIPSIS);
            name.setMinWidth(40);
            added.setMinWidth(USE_PREF_SIZE);
            removed.setMinWidth(USE_PREF_SIZE);
        }

        @Override
        protected void updateItem(@Nullable FileRow item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            item.file().ifPresentOrElse(this::show, this::showAll);
            setGraphic(row);
        }

        private void showAll() {
            kind.setText("");
            Tone.NEUTRAL.apply(kind);
            name.setText(texts.get("changes.all-files"));
            folder.setText("");
            List.of(added, removed).forEach(label -> Nodes.shown(label, false));
            setTooltip(null);
            setAccessibleText(name.getText());
        }

        private void show(FileChange file) {
            FileLook look = FileLook.of(file.kind());
            String path = Format.line(file.path());
            int slash = path.lastIndexOf('/');
            kind.setText(look.letter());
            look.tone().apply(kind);
            name.setText(path.substring(slash + 1));
            folder.setText(slash < 0 ? "" : path.substring(0, slash));
            added.setText(file.binary() ? texts.get("changes.binary") : "+" + file.added());
            removed.setText("−" + file.removed());
            boolean counted = file.kind() != BranchWork.Kind.UNTRACKED;
            Nodes.shown(added, counted && (file.binary() || file.added() > 0));
            Nodes.shown(removed, counted && file.removed() > 0);
            String word = texts.get(look.word());
            String whole =
                    file.from().isEmpty()
                            ? path
                            : texts.get("changes.was", path, Format.line(file.from()));
            setTooltip(new Tooltip(word + "\n" + whole));
            setAccessibleText(
                    texts.get("changes.said-file", word, whole, file.added(), file.removed()));
        }
    }
}
