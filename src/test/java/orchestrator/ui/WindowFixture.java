package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import orchestrator.ui.shell.MainWindow;
import orchestrator.ui.shell.WindowSettings;
import orchestrator.ui.workers.TerminalOpener;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

/** A window over a scripted run, and hands and eyes for it. */
final class WindowFixture {
    final FakeRunControl control = new FakeRunControl();
    final AtomicReference<Instant> now = new AtomicReference<>(SampleRun.NOW);
    final FxRobot robot = new FxRobot();
    final Stage stage;

    WindowFixture() throws Exception {
        this(TerminalOpener.NONE);
    }

    WindowFixture(TerminalOpener terminal) throws Exception {
        this(terminal, 1440, 900);
    }

    /** Sized before it is shown: Monocle's frame buffer does not take a change of size well. */
    WindowFixture(TerminalOpener terminal, double width, double height) throws Exception {
        FxToolkit.registerPrimaryStage();
        WindowSettings settings =
                WindowSettings.defaults()
                        .withClock(now::get, ZoneOffset.UTC)
                        .withTerminal(terminal);
        stage =
                fx(() -> {
                    Platform.setImplicitExit(false);
                    Stage made = new Stage();
                    made.setX(0);
                    made.setY(0);
                    made.setWidth(width);
                    made.setHeight(height);
                    new MainWindow(made, control, settings).show();
                    return made;
                });
    }

    static <T> T fx(Callable<T> work) throws Exception {
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

    /** Waits until a frame was laid out. */
    void nextPulse() throws Exception {
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
        var _ = done.get(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    Scene scene() {
        return stage.getScene();
    }

    Optional<Node> find(String query) {
        try {
            return fx(
                    () -> Optional.ofNullable(scene().lookup(query)).filter(WindowFixture::isSeen));
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

    Node node(String query) {
        until(() -> find(query).isPresent());
        return find(query).orElseThrow();
    }

    void click(String query) {
        Node node = node(query);
        until(() -> isPlaced(node));
        robot.clickOn(node);
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
    String seen(String query) {
        Optional<Node> node = find(query);
        try {
            return node.isEmpty() ? "" : fx(() -> textOf(node.get()));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static String textOf(Node node) {
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

    void untilSeen(String query, String text) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(seen(query)).contains(text));
    }

    void untilGone(String query) {
        until(() -> find(query).isEmpty());
    }

    void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(15)).until(condition::getAsBoolean);
    }

    boolean disabled(String query) {
        return ((Button) node(query)).isDisabled();
    }

    void askToClose() throws Exception {
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

    boolean showing() throws Exception {
        return fx(stage::isShowing);
    }

    static Path target() {
        return Path.of(System.getProperty("orchestrator.test.target", "target"));
    }

    void close() throws Exception {
        var _ =
                fx(() -> {
                    stage.hide();
                    return true;
                });
        robot.release(new javafx.scene.input.KeyCode[0]);
        robot.release(new javafx.scene.input.MouseButton[0]);
    }
}
