package orchestrator.ui.terminal;

import com.techsenger.jeditermfx.core.RequestOrigin;
import com.techsenger.jeditermfx.core.TerminalExecutorServiceManager;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.core.util.TermSize;
import com.techsenger.jeditermfx.ui.JediTermFxWidget;
import com.techsenger.jeditermfx.ui.TerminalAction;
import com.techsenger.jeditermfx.ui.TerminalCopyPasteHandler;
import com.techsenger.jeditermfx.ui.TerminalPanel;
import com.techsenger.jeditermfx.ui.settings.SettingsProvider;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.application.Platform;
import javafx.scene.input.Clipboard;
import javafx.scene.input.MouseEvent;
import orchestrator.ui.fx.Clipboards;
import org.jspecify.annotations.Nullable;

/**
 * The emulator with what differs here: the clipboard, the mouse, threads that keep nobody alive.
 */
final class Emulator extends JediTermFxWidget {
    Emulator(SettingsProvider settings) {
        super(settings);
    }

    /** Draws again, with the fonts as they are set now. */
    void refresh() {
        ((Panel) myTerminalPanel).refresh();
    }

    @Override
    protected StyleState createDefaultStyle() {
        StyleState state = new StyleState();
        state.setDefaultStyle(
                new TextStyle(
                        mySettingsProvider.getDefaultForeground(),
                        mySettingsProvider.getDefaultBackground()));
        return state;
    }

    @Override
    protected TerminalPanel createTerminalPanel(
            SettingsProvider settings, StyleState style, TerminalTextBuffer buffer) {
        return new Panel(settings, buffer, style);
    }

    @Override
    protected TerminalExecutorServiceManager createExecutorServiceManager() {
        return new Workers();
    }

    private static final class Panel extends TerminalPanel {
        Panel(SettingsProvider settings, TerminalTextBuffer buffer, StyleState style) {
            super(settings, buffer, style);
        }

        void refresh() {
            reinitFontAndResize();
            repaint();
        }

        @Override
        protected TerminalCopyPasteHandler createCopyPasteHandler() {
            return new FxClipboard();
        }

        /** It changes nodes, and comes on the emulator's thread. */
        @Override
        public void onResize(TermSize size, RequestOrigin origin) {
            if (Platform.isFxApplicationThread()) {
                super.onResize(size, origin);
            } else {
                Platform.runLater(() -> super.onResize(size, origin));
            }
        }

        /** Dragging selects text here; with Shift it goes to the program. */
        @Override
        public boolean isLocalMouseAction(MouseEvent event) {
            return !event.isShiftDown();
        }

        @Override
        public boolean isRemoteMouseAction(MouseEvent event) {
            return !isLocalMouseAction(event);
        }

        /** Without the one that would start another toolkit to open an address. */
        @Override
        public List<TerminalAction> getActions() {
            String address = settingsName();
            return super.getActions().stream()
                    .filter(action -> !action.getName().equals(address))
                    .toList();
        }

        private static String settingsName() {
            return new com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider()
                    .getOpenUrlActionPresentation()
                    .getName();
        }
    }

    private static final class FxClipboard implements TerminalCopyPasteHandler {
        @Override
        public void setContents(String text, boolean ofTheMouse) {
            Clipboards.copy(text);
        }

        @Override
        public @Nullable String getContents(boolean ofTheMouse) {
            return Clipboard.getSystemClipboard().getString();
        }
    }

    /** Platform threads, since a read from a terminal holds its thread in the system. */
    private static final class Workers implements TerminalExecutorServiceManager {
        private final ScheduledExecutorService quick =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("terminal-writer").factory());
        private final ExecutorService readers =
                Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("terminal-reader-", 0).factory());

        @Override
        public ScheduledExecutorService getSingleThreadScheduledExecutor() {
            return quick;
        }

        @Override
        public ExecutorService getUnboundedExecutorService() {
            return readers;
        }

        @Override
        public void shutdownWhenAllExecuted() {
            quick.shutdown();
            readers.shutdown();
        }
    }
}
