package orchestrator.ui.news;

import atlantafx.base.controls.Popover;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.RunSnapshot;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Look;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A bell with the number of news that nobody has read, and the list behind it. */
public final class NewsBell {
    private static final double WIDTH = 420;
    private static final double ROW = 52;
    private static final int ROWS = 7;
    private static final int FEWEST = 3;

    /** More at once are told in one sentence: nobody reads five notifications. */
    private static final int ONE_BY_ONE = 2;

    /** Tells the desktop; blocks. */
    @FunctionalInterface
    public interface Desktop {
        /** Tells nobody. */
        Desktop NONE = (_, _) -> false;

        /**
         * Shows a notification.
         *
         * @return whether it was shown
         */
        boolean show(String title, String text);
    }

    private final Parts parts;
    private final Texts texts;
    private final Desktop desktop;
    private final Background background;
    private final NewsModel model = new NewsModel();
    private final ListView<News> list = new ListView<>(model.news());
    private Popover popover = new Popover();
    private final Label count = Nodes.label("", "news-count");
    private final StackPane bell;

    /** Registers itself with the window's actions. */
    public NewsBell(Parts parts, Desktop desktop) {
        this.parts = parts;
        this.desktop = desktop;
        texts = parts.texts();
        background = new Background(texts);
        parts.register("notices", Feather.BELL, "Shortcut+Shift+N", this::open);
        bell = buildBell();
        buildList();
    }

    private StackPane buildBell() {
        Button button = parts.actions().iconButton("notices");
        count.setId("news-count");
        count.setMouseTransparent(true);
        count.setAlignment(Pos.CENTER);
        StackPane.setAlignment(count, Pos.TOP_RIGHT);
        StackPane pane = new StackPane(button, count);
        // As high as the bell, not as the bar: the number stands at the bell's corner.
        pane.setMaxHeight(Region.USE_PREF_SIZE);
        model.unreadProperty()
                .subscribe(unread -> {
                    count.setText(String.valueOf(unread));
                    count.setVisible(unread.intValue() > 0);
                    button.setAccessibleText(texts.get("news.bell", unread));
                });
        return pane;
    }

    private void buildList() {
        list.setId("news");
        list.getStyleClass().add("news");
        list.setPrefWidth(WIDTH);
        // As high as what there is to tell, up to a point; room to say that there is nothing.
        list.prefHeightProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> ROW * Math.clamp(model.news().size(), FEWEST, ROWS) + 2,
                                model.news()));
        list.setFixedCellSize(ROW);
        list.setAccessibleText(texts.get("news.title"));
        list.setPlaceholder(
                new EmptyState(Feather.BELL, texts.get("news.none"), texts.get("news.none-do")));
        list.setCellFactory(_ -> new NewsCell());
        // A filter: a list keeps Escape for itself, and the popover would stay.
        list.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        go();
                    } else if (event.getCode() == KeyCode.ESCAPE) {
                        popover.hide();
                    }
                });
        list.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                go();
            }
        });
    }

    /** The bell, for the top bar. */
    public Node node() {
        return bell;
    }

    /** Takes a snapshot; tells the desktop what is new unless the window is looked at. */
    public void update(RunSnapshot snapshot) {
        List<News> found = model.update(snapshot);
        if (popover.isShowing()) {
            model.read(); // it is being looked at
        }
        boolean looking =
                bell.getScene() != null
                        && bell.getScene().getWindow() != null
                        && bell.getScene().getWindow().isFocused();
        if (!found.isEmpty() && !looking && parts.preferences().notifications.get()) {
            tell(found);
        }
    }

    private void tell(List<News> found) {
        if (found.size() > ONE_BY_ONE) {
            String sentences = found.stream().map(this::title).collect(Collectors.joining("\n"));
            show(texts.get("news.several", found.size()), sentences);
        } else {
            found.forEach(item -> show(title(item), Format.line(item.what())));
        }
    }

    private void show(String title, String text) {
        background.run(
                "desktop-notification",
                () -> desktop.show(title, text),
                _ -> {},
                fault -> parts.notices().refused(fault.sentence()));
    }

    private void open() {
        model.read();
        list.getSelectionModel().clearSelection();
        popover.hide();
        popover = popover();
        popover.show(bell);
        list.requestFocus();
    }

    /** A new one each time: one that was open once keeps the colours of then. */
    private Popover popover() {
        Popover made = new Popover(list);
        made.setTitle(texts.get("news.title"));
        made.setHeaderAlwaysVisible(true);
        made.setDetachable(false);
        made.setAnimated(false);
        made.setArrowLocation(Popover.ArrowLocation.TOP_RIGHT);
        return made;
    }

    private void go() {
        News item = list.getSelectionModel().getSelectedItem();
        if (item != null) {
            popover.hide();
            item.issue().ifPresent(parts.navigator()::showIssue);
        }
    }

    private String title(News item) {
        String issue = item.issue().map(Object::toString).orElse("");
        return switch (item.kind()) {
            case COMPLETED -> texts.get("news.completed", issue);
            case FAILED -> texts.get("news.failed", issue);
            case PARKED -> texts.get("news.parked", issue);
            case LIMIT -> texts.get("news.limit");
            case RUN_DONE -> texts.get("news.run-done");
        };
    }

    private static Look look(News.Kind kind) {
        return switch (kind) {
            case COMPLETED -> new Look("issue.completed", Feather.CHECK_CIRCLE, Tone.SUCCESS);
            case FAILED -> new Look("issue.failed", Feather.X_CIRCLE, Tone.DANGER);
            case PARKED -> new Look("issue.parked", Feather.PAUSE_CIRCLE, Tone.WARNING);
            case LIMIT -> new Look("monitor.limit", Feather.CLOCK, Tone.WARNING);
            case RUN_DONE -> new Look("news.run-done", Feather.FLAG, Tone.ACCENT);
        };
    }

    private final class NewsCell extends ListCell<News> {
        private final FontIcon icon = Nodes.icon(Feather.BELL, "news-icon");
        private final Label title = Nodes.label("", "news-title");
        private final Label what = Nodes.label("", "news-what");
        private final Label time = Nodes.label("", "news-time");
        private final HBox row;

        NewsCell() {
            VBox words = new VBox(title, what);
            words.setAlignment(Pos.CENTER_LEFT);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            time.setMinWidth(USE_PREF_SIZE);
            row = new HBox(icon, words, time);
            row.getStyleClass().add("news-row");
            row.setAlignment(Pos.CENTER_LEFT);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable News item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            Look look = look(item.kind());
            icon.setIconCode(look.icon());
            look.tone().apply(row);
            title.setText(title(item));
            what.setText(Format.line(item.what()));
            Nodes.shown(what, !item.what().isBlank());
            time.setText(Format.clock(item.at(), parts.zone()));
            setAccessibleText(time.getText() + " " + title.getText() + ". " + what.getText());
            setGraphic(row);
        }
    }
}
