package orchestrator.ui.terminal;

import com.techsenger.jeditermfx.core.util.TermSize;
import com.techsenger.jeditermfx.ui.TerminalWidgetListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import orchestrator.model.Fault;
import orchestrator.monitor.Terminals.Screen;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/**
 * A terminal in the window. While it has the focus, keys go to the program in it; the window keeps
 * those that {@link orchestrator.ui.fx.Actions#takeFromTerminal} names. FX thread only.
 */
final class TerminalView extends BorderPane {
    /** What becomes of it. */
    enum State {
        OPENING,
        OPEN,
        ENDED,
        FAILED
    }

    private final Parts parts;
    private final String name;
    private final BiFunction<Integer, Integer, Screen> open;
    private final Runnable close;
    private final Background background;
    private final TerminalColours colours;
    private final EmulatorSettings settings;
    private final StackPane ground = new StackPane();
    private final HBox foot = new HBox();
    private final ReadOnlyObjectWrapper<State> state =
            new ReadOnlyObjectWrapper<>(this, "state", State.OPENING);
    private final Subscription fontSize;
    private Emulator emulator;
    private @Nullable Screen screen;
    private boolean closed;

    /**
     * A terminal that opens when it has its size.
     *
     * @param name for threads and for whoever listens instead of looking
     * @param open makes the screen for a number of columns and rows; it may block
     * @param close closes the tab
     */
    TerminalView(
            Parts parts, String name, BiFunction<Integer, Integer, Screen> open, Runnable close) {
        this.parts = parts;
        this.name = name;
        this.open = open;
        this.close = close;
        background = new Background(parts.texts());
        colours = new TerminalColours();
        settings = new EmulatorSettings(colours, parts.preferences(), parts.texts());
        getStyleClass().add("terminal");
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        ground.getStyleClass().add("terminal-ground");
        foot.getStyleClass().add("terminal-foot");
        foot.setAlignment(Pos.CENTER_LEFT);
        setCenter(ground);
        setBottom(foot);
        emulator = fresh();
        colours.whenChanged(this::refresh);
        fontSize = parts.preferences().fontSize.subscribe((_, _) -> refresh());
        begin();
    }

    /** What it is doing. */
    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Gives the keys to what is now in it. */
    @Override
    public void requestFocus() {
        emulator.getTerminalPanel().getCanvas().requestFocus();
    }

    /** For whoever listens instead of looking: what is on the screen, a line a row. */
    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT
                ? emulator.getTerminalTextBuffer().getScreenLines()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    /** Whether what is typed goes into it. */
    boolean hasKeys() {
        return emulator.getTerminalPanel().getCanvas().isFocused();
    }

    private Texts texts() {
        return parts.texts();
    }

    private Emulator fresh() {
        Emulator made = new Emulator(settings);
        Node canvas = made.getTerminalPanel().getCanvas();
        canvas.setId("terminal-canvas");
        canvas.setAccessibleText(texts().get("terminal.accessible", name));
        canvas.focusedProperty()
                .subscribe(focused -> {
                    if (focused) {
                        fit();
                    }
                });
        Node pane = made.getPane();
        pane.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (parts.actions().takeFromTerminal(event)) {
                        event.consume();
                    }
                });
        TerminalKeys.settle(made.getTerminalPanel().getCanvas());
        // What the emulator did not take must not become a short cut of the window.
        pane.addEventHandler(KeyEvent.KEY_PRESSED, KeyEvent::consume);
        ground.getChildren().setAll(colours.node(), pane);
        return made;
    }

    private void refresh() {
        emulator.refresh();
    }

    /** Once it was laid out, so that the program begins with its right size. */
    private void begin() {
        state.set(State.OPENING);
        showFoot(Nodes.label(texts().get("terminal.opening"), "terminal-hint"));
        Node pane = emulator.getPane();
        Subscription[] once = new Subscription[1];
        once[0] =
                ground.heightProperty()
                        .subscribe(height -> {
                            if (height.doubleValue() > 0) {
                                Platform.runLater(() -> {
                                    if (once[0] != null) {
                                        once[0].unsubscribe();
                                        once[0] = null;
                                        connect(pane);
                                    }
                                });
                            }
                        });
    }

    private void connect(Node pane) {
        if (closed) {
            return;
        }
        pane.applyCss();
        TermSize size = emulator.getTerminalPanel().getTerminalSizeFromComponent();
        int columns = size == null ? 80 : size.getColumns();
        int rows = size == null ? 24 : size.getRows();
        background.run(
                "terminal " + name, () -> open.apply(columns, rows), this::opened, this::failed);
    }

    private void opened(Screen made) {
        if (closed) {
            letGo(made);
            return;
        }
        screen = made;
        AtomicBoolean done = new AtomicBoolean();
        TerminalWidgetListener onEnd =
                _ -> {
                    if (done.compareAndSet(false, true)) {
                        Platform.runLater(() -> ended(made));
                    }
                };
        emulator.addListener(onEnd);
        emulator.setTtyConnector(
                new ScreenConnector(name, made, () -> Platform.runLater(this::fit)));
        emulator.start();
        state.set(State.OPEN);
        showFoot(Nodes.label(texts().get("terminal.keys", copyKeys()), "terminal-hint"));
    }

    /** As this system writes it: Ctrl+Shift+C, or ⇧⌘C on a Mac. */
    private static String copyKeys() {
        return KeyCombination.keyCombination("Shortcut+Shift+C").getDisplayText();
    }

    private void fit() {
        Screen shown = screen;
        if (shown != null && state.get() == State.OPEN) {
            background.run("fit " + name, shown::fit, () -> {}, _ -> {});
        }
    }

    private void ended(Screen of) {
        if (closed || screen == null || !screen.equals(of)) {
            return;
        }
        screen = null;
        state.set(State.ENDED);
        showFoot(
                Nodes.icon(Feather.SLASH),
                Nodes.label(texts().get("terminal.ended"), "terminal-ended"),
                Nodes.spacer(),
                again(),
                closing());
    }

    private void failed(Fault fault) {
        if (closed) {
            return;
        }
        state.set(State.FAILED);
        StackPane told =
                new StackPane(Callout.fault(texts(), texts().get("terminal.failed"), fault));
        told.getStyleClass().add("terminal-failed");
        ground.getChildren().setAll(colours.node(), told);
        showFoot(Nodes.spacer(), again(), closing());
    }

    private Button again() {
        Button button = button("terminal-again", "terminal.again", this::retry);
        button.getStyleClass().add("accent");
        return button;
    }

    private Button closing() {
        return button("terminal-close", "terminal.close", close);
    }

    private Button button(String id, String text, Runnable handler) {
        return orchestrator.ui.fx.Dialog.button(id, texts().get(text), handler, "small");
    }

    private void retry() {
        emulator.close();
        emulator = fresh();
        begin();
        requestFocus();
    }

    private void showFoot(Node... nodes) {
        foot.getChildren().setAll(nodes);
    }

    /** Lets go of what runs in it. */
    void release() {
        closed = true;
        fontSize.unsubscribe();
        Screen shown = screen;
        screen = null;
        emulator.close();
        if (shown != null) {
            letGo(shown);
        }
    }

    private void letGo(Screen unwanted) {
        background.run("close " + name, unwanted::close, () -> {}, _ -> {});
    }
}
