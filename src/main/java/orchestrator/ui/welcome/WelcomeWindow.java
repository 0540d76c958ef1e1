package orchestrator.ui.welcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
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
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import orchestrator.model.Fault;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.theme.Theme;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The first window of somebody who has no workspace at hand. FX thread only. */
public final class WelcomeWindow {
    private static final double WIDTH = 920;
    private static final double HEIGHT = 720;
    private static final double WAYS = 348;
    private static final double ROW = 48;

    /**
     * What the window needs.
     *
     * @param rehearsal where the rehearsal is laid out
     * @param folders asks the user for a folder
     * @param open opens the workspace in a folder; blocks, and throws a {@link Fault} when it
     *     cannot be
     * @param opened shows what {@code open} gave, on the FX thread
     */
    public record Ways<T>(
            NewWorkspaces workspaces,
            Path rehearsal,
            FolderChooser folders,
            Opener<T> open,
            Consumer<T> opened) {}

    /** Opens a workspace. */
    @FunctionalInterface
    public interface Opener<T> {
        /** Opens it; blocks. */
        T open(Path folder);
    }

    /** Asks for a folder. */
    @FunctionalInterface
    public interface FolderChooser {
        /** The folder, or nothing when the user thought better of it. FX thread. */
        Optional<Path> choose(Stage over, String title, Optional<Path> near);
    }

    private final Stage stage;
    private final Texts texts = new Texts();
    private final Overlay overlay = new Overlay();
    private final Background background = new Background(texts);
    private final Theme theme;
    private final ListView<Path> recent = new ListView<>();
    private final VBox trouble = new VBox();
    private final Ways<?> ways;
    private final Consumer<Path> opener;

    /** A window on that stage; {@link #show()} opens it. */
    public <T> WelcomeWindow(Stage stage, UserData user, Ways<T> ways) {
        this.stage = stage;
        this.ways = ways;
        theme = new Theme(user.preferences());
        opener = folder -> open(folder, ways);
        build();
        background.run(
                "recent-workspaces",
                user::recent,
                found -> recent.getItems().setAll(found),
                this::failed);
    }

    private void build() {
        HBox content = new HBox(beginnings(), recentOnes());
        content.getStyleClass().add("welcome");
        StackPane root = new StackPane(content, overlay.node());
        root.getStyleClass().add("window");
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        theme.dress(scene);
        stage.setScene(scene);
        stage.setTitle(texts.get("window.title"));
        stage.setMinWidth(WIDTH - 120);
        stage.setMinHeight(HEIGHT - 20);
        stage.showingProperty()
                .subscribe((_, showing) -> {
                    if (!showing) {
                        theme.release();
                    }
                });
    }

    /** Opens it. */
    public void show() {
        stage.show();
    }

    private Node beginnings() {
        VBox left =
                new VBox(
                        Nodes.label(texts.get("window.title"), "welcome-title"),
                        wrapped("welcome.sentence", "welcome-sentence"),
                        way(
                                "welcome-open",
                                Feather.FOLDER,
                                "welcome.open",
                                "welcome.open-what",
                                this::chooseFolder),
                        way(
                                "welcome-new",
                                Feather.PLUS_CIRCLE,
                                "welcome.new",
                                "welcome.new-what",
                                this::newProject),
                        way(
                                "welcome-rehearse",
                                Feather.PLAY_CIRCLE,
                                "welcome.rehearse",
                                "welcome.rehearse-what",
                                this::rehearse),
                        trouble);
        trouble.setId("welcome-trouble");
        left.getStyleClass().add("welcome-ways");
        return left;
    }

    private Label wrapped(String key, String style) {
        Label label = Nodes.label(texts.get(key), style);
        label.setWrapText(true);
        label.setMinHeight(VBox.USE_PREF_SIZE);
        return label;
    }

    private Button way(String id, Feather icon, String title, String what, Runnable handler) {
        // A text knows its height at once; a label that wraps only once it knows its width.
        Text sentence = new Text(texts.get(what));
        sentence.getStyleClass().add("choice-sentence");
        sentence.setWrappingWidth(WAYS - 60);
        VBox words = new VBox(Nodes.label(texts.get(title), "choice-title"), sentence);
        HBox content = new HBox(Nodes.icon(icon, "choice-icon"), words);
        content.getStyleClass().add("choice-content");
        content.setAlignment(Pos.TOP_LEFT);
        Button button = new Button("", content);
        button.setId(id);
        button.getStyleClass().add("choice");
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(texts.get(title));
        button.setAccessibleHelp(texts.get(what));
        button.disableProperty().bind(background.busyProperty());
        button.setOnAction(_ -> handler.run());
        return button;
    }

    private Node recentOnes() {
        recent.setId("welcome-recent");
        recent.getStyleClass().add("welcome-recent");
        recent.setFixedCellSize(ROW);
        recent.setAccessibleText(texts.get("welcome.recent"));
        recent.setPlaceholder(
                new EmptyState(
                        Feather.LAYERS,
                        texts.get("welcome.no-recent"),
                        texts.get("welcome.no-recent-do")));
        recent.setCellFactory(_ -> new RecentCell());
        recent.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        openSelected();
                    }
                });
        recent.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                openSelected();
            }
        });
        VBox right = new VBox(Nodes.label(texts.get("welcome.recent"), "welcome-head"), recent);
        right.getStyleClass().add("welcome-right");
        VBox.setVgrow(recent, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        return right;
    }

    private void openSelected() {
        Path folder = recent.getSelectionModel().getSelectedItem();
        if (folder != null && !background.busyProperty().get()) {
            opener.accept(folder);
        }
    }

    private void chooseFolder() {
        ways.folders().choose(stage, texts.get("welcome.open"), Optional.empty()).ifPresent(opener);
    }

    private void newProject() {
        new NewProjectForm(
                        texts,
                        overlay,
                        ways.workspaces(),
                        near -> ways.folders().choose(stage, texts.get("project.repository"), near),
                        opener)
                .open();
    }

    private void rehearse() {
        background.run(
                "lay-out-rehearsal",
                () -> ways.workspaces().rehearsal(ways.rehearsal()),
                opener,
                this::failed);
    }

    private <T> void open(Path folder, Ways<T> by) {
        trouble.getChildren().clear();
        background.run(
                "open-workspace",
                () -> by.open().open(folder),
                opened -> {
                    by.opened().accept(opened);
                    stage.hide();
                },
                this::failed);
    }

    private void failed(Fault fault) {
        trouble.getChildren()
                .setAll(
                        Callout.problems(
                                texts.get("welcome.not-opened"),
                                List.of(fault.sentence().split("\n", -1))));
    }

    private static final class RecentCell extends ListCell<Path> {
        private final Label name = Nodes.label("", "choice-title");
        private final Label place = Nodes.label("", "welcome-what");
        private final VBox words = new VBox(name, place);

        RecentCell() {
            words.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Path folder, boolean empty) {
            super.updateItem(folder, empty);
            if (empty || folder == null) {
                setGraphic(null);
                return;
            }
            name.setText(Format.line(String.valueOf(folder.getFileName())));
            place.setText(Format.line(String.valueOf(folder.getParent())));
            setAccessibleText(name.getText() + ", " + place.getText());
            setGraphic(words);
        }
    }
}
