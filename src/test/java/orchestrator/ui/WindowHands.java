package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import javax.imageio.ImageIO;
import orchestrator.monitor.RunControl;
import orchestrator.ui.shell.MainWindow;
import orchestrator.ui.shell.WindowSettings;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

/** A window over a run, and hands and eyes for it. Tests of other packages use it too. */
public class WindowHands {
    /** How long anything in a window may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    public final FxRobot robot = QuickRobot.ofThisPlatform();

    public final Stage stage;

    /**
     * Opens a window of that size over a run. Sized before it is shown: Monocle's frame buffer does
     * not take a change of size well.
     */
    public WindowHands(RunControl control, WindowSettings settings, double width, double height)
            throws Exception {
        this(made -> {
            made.setX(0);
            made.setY(0);
            made.setWidth(width);
            made.setHeight(height);
            new MainWindow(made, control, settings).show();
        });
    }

    /** Has another window shown on a stage. */
    public WindowHands(Consumer<Stage> show) throws Exception {
        FxToolkit.registerPrimaryStage();
        stage =
                fx(() -> {
                    Platform.setImplicitExit(false);
                    Stage made = new Stage();
                    show.accept(made);
                    return made;
                });
    }

    /** Makes the window as large as its content needs to be of that size, whatever frame it has. */
    public void sizeContent(double width, double height) throws Exception {
        until(() -> stage.getHeight() > 0 && scene().getHeight() > 0);
        var _ =
                fx(() -> {
                    stage.setWidth(width + stage.getWidth() - scene().getWidth());
                    stage.setHeight(height + stage.getHeight() - scene().getHeight());
                    return true;
                });
        until(() -> scene().getWidth() == width && scene().getHeight() == height);
    }

    public static <T> T fx(Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        return done.get(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    /** Waits until a frame was laid out; a window that is closed has none any more. */
    public void nextPulse() throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Runnable[] listener = new Runnable[1];
        listener[0] =
                () -> {
                    scene().removePostLayoutPulseListener(listener[0]);
                    done.complete(true);
                };
        Platform.runLater(() -> {
            scene().addPostLayoutPulseListener(listener[0]);
            Platform.requestNextPulse();
        });
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> done.isDone() || !showing());
    }

    public Scene scene() {
        return stage.getScene();
    }

    public Optional<Node> find(String query) {
        try {
            return fx(() -> Optional.ofNullable(scene().lookup(query)).filter(WindowHands::isSeen));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean isSeen(Node node) {
        for (@Nullable Node up = node; up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return true;
    }

    public Node node(String query) {
        until(() -> find(query).isPresent());
        return find(query).orElseThrow();
    }

    /** Clicks at that place of the screen. */
    public void click(Point2D at) {
        robot.clickOn(at);
    }

    public void click(String query) {
        Node node = node(query);
        until(() -> isPlaced(node));
        robot.clickOn(node);
    }

    /** Clicks on what is typed into, and waits until it is ready for that. */
    public void enter(String query) {
        click(query);
        until(() -> find(query + ":focused").isPresent());
    }

    private boolean isPlaced(Node node) {
        try {
            return fx(() -> {
                Bounds bounds = node.localToScene(node.getLayoutBounds());
                return bounds.getWidth() > 0
                        && bounds.getMinX() >= 0
                        && bounds.getMaxY() <= scene().getHeight()
                        && !node.getParent().isNeedsLayout();
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** All text that can be seen under a node, a piece a line. */
    public String seen(String query) {
        Optional<Node> node = find(query);
        try {
            return node.isEmpty() ? "" : fx(() -> textOf(node.get()));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** All text that can be seen under a node, a piece a line; on the FX thread. */
    static String textOf(Node node) {
        if (!node.isVisible()) {
            return "";
        }
        if (node instanceof Text text) {
            return text.getText() + "\n";
        }
        StringBuilder words = new StringBuilder();
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            words.append(labeled.getText()).append('\n');
        }
        if (node instanceof TextInputControl input) {
            words.append(input.getText()).append('\n');
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> words.append(textOf(child)));
        }
        return words.toString();
    }

    public void untilSeen(String query, String text) {
        patiently().untilAsserted(() -> assertThat(seen(query)).contains(text));
        rest();
    }

    /** The titles in the context menu that is open; empty: none is. */
    public List<String> menu() {
        try {
            return fx(() ->
                    Window.getWindows().stream()
                            .filter(ContextMenu.class::isInstance)
                            .filter(Window::isShowing)
                            .flatMap(menu -> ((ContextMenu) menu).getItems().stream())
                            .map(MenuItem::getText)
                            .toList());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** All text in what has popped up over the window: menus, lists, tips. */
    public String popupText() {
        try {
            return fx(() -> {
                StringBuilder words = new StringBuilder();
                Window.getWindows().stream()
                        .filter(PopupWindow.class::isInstance)
                        .filter(Window::isShowing)
                        .forEach(popup -> words.append(textOf(popup.getScene().getRoot())));
                return words.toString();
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    public boolean isFocused() {
        try {
            return fx(stage::isFocused);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** The window is made an icon, as when somebody works elsewhere. */
    public void lookElsewhere() throws Exception {
        var _ =
                fx(() -> {
                    stage.setIconified(true);
                    return true;
                });
        until(() -> !isFocused());
    }

    public void untilMenu(String title) {
        until(() -> menu().contains(title));
    }

    public void untilGone(String query) {
        until(() -> find(query).isEmpty());
    }

    public void until(BooleanSupplier condition) {
        patiently().until(condition::getAsBoolean);
        rest();
    }

    /** What was waited for is laid out, and what comes with it, before the test goes on. */
    private void rest() {
        try {
            nextPulse();
            nextPulse();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** Looks soon and often: a window answers in milliseconds. */
    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY);
    }

    public boolean disabled(String query) {
        return ((Button) node(query)).isDisabled();
    }

    public void askToClose() throws Exception {
        var _ =
                fx(() -> {
                    WindowEvent event = new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST);
                    stage.fireEvent(event);
                    if (!event.isConsumed()) {
                        stage.hide();
                    }
                    return true;
                });
    }

    public boolean showing() throws Exception {
        return fx(stage::isShowing);
    }

    public static Path target() {
        return Path.of(System.getProperty("orchestrator.test.target", "target"));
    }

    /**
     * Keeps a picture of the window, with what has popped up over it, as {@code
     * target/screenshots/NAME.png}.
     */
    public Path picture(String name) throws Exception {
        Path file = target().resolve("screenshots/" + name + ".png");
        Files.createDirectories(file.getParent());
        for (int pulse = 0; pulse < 3; pulse++) { // lists settle over a few pulses
            nextPulse();
        }
        BufferedImage image = fx(this::seenNow);
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
        return file;
    }

    private BufferedImage seenNow() {
        BufferedImage image = SwingFXUtils.fromFXImage(scene().snapshot(null), null);
        Graphics2D over = image.createGraphics();
        SnapshotParameters see = new SnapshotParameters();
        see.setFill(Color.TRANSPARENT);
        for (Window popup : List.copyOf(Window.getWindows())) {
            if (popup instanceof PopupWindow && popup.isShowing()) {
                over.drawImage(
                        SwingFXUtils.fromFXImage(
                                popup.getScene().getRoot().snapshot(see, null), null),
                        (int) (popup.getX() - stage.getX() - scene().getX()),
                        (int) (popup.getY() - stage.getY() - scene().getY()),
                        null);
            }
        }
        over.dispose();
        return image;
    }

    /** Keeps a picture in light and in dark as {@code NAME-SIZE-THEME.png}. */
    public void pictures(String name) throws Exception {
        for (String theme : List.of("light", "dark")) {
            picture(name, theme);
            toggleTheme();
        }
    }

    /** Keeps a picture as {@code NAME-SIZE-THEME.png}. */
    public void picture(String name, String theme) throws Exception {
        String size = "%.0fx%.0f".formatted(scene().getWidth(), scene().getHeight());
        assertThat(Files.size(picture(name + "-" + size + "-" + theme))).isGreaterThan(10_000);
    }

    /** Presses these keys together. */
    public void press(KeyCode... keys) {
        robot.press(keys);
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.release(keys[i]);
        }
    }

    /** From light to dark or back, as the button does it. */
    public void toggleTheme() throws Exception {
        var _ =
                fx(() -> {
                    ((Button) scene().lookup("#action-theme")).fire();
                    return true;
                });
    }

    public void close() throws Exception {
        var _ =
                fx(() -> {
                    stage.hide();
                    return true;
                });
        robot.release(new KeyCode[0]);
        robot.release(new MouseButton[0]);
        forgetWhereTheMouseWas();
    }

    /**
     * JavaFX without a screen keeps the window over which the mouse was last moved with a button
     * held, unless something was dragged and dropped then, and so takes the next card that is
     * dragged, in the next window, for one that leaves the old one.
     */
    private static void forgetWhereTheMouseWas() throws Exception {
        if (!QuickRobot.isWithoutScreen()) {
            return;
        }
        Class<?> mouse = Class.forName("com.sun.glass.ui.monocle.MouseInput");
        Method instance = mouse.getDeclaredMethod("getInstance");
        Field view = mouse.getDeclaredField("dragView");
        instance.setAccessible(true);
        view.setAccessible(true);
        var _ =
                fx(() -> {
                    view.set(instance.invoke(null), null);
                    return true;
                });
    }
}
