package orchestrator.ui.shell;

import java.awt.AWTException;
import java.awt.EventQueue;
import java.awt.HeadlessException;
import java.awt.Image;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.SystemTray;
import java.awt.Toolkit;
import java.awt.TrayIcon;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import orchestrator.ui.fx.Actions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program's icon in the system's tray, where there is one: how the run stands, and a way back
 * to its window. JavaFX has no tray, so this is AWT's; it is begun only once the window is there,
 * by a thread of its own, and where there is none nothing is loaded but the question.
 */
final class Tray implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tray.class);
    private static final URL ICON =
            Objects.requireNonNull(
                    Tray.class.getResource("/orchestrator/icons/orchestrator-24.png"));

    /**
     * A line of its menu.
     *
     * @param handler runs on the FX thread
     */
    private record Line(String title, Runnable handler) {}

    private final List<Line> lines;
    private final AtomicReference<@Nullable TrayIcon> shown = new AtomicReference<>();
    private volatile String status = "";
    private volatile boolean closed;

    /** A tray for that window; {@link #begin()} shows it. */
    Tray(Actions actions, String showTitle, Runnable showWindow) {
        lines =
                List.of(
                        new Line(showTitle, showWindow),
                        new Line(actions.get("pause").title(), actions.get("pause")::run),
                        new Line(actions.get("resume").title(), actions.get("resume")::run));
    }

    /** Shows it where there is a tray. Returns at once. */
    void begin() {
        Thread.ofPlatform().daemon().name("tray").start(this::look);
    }

    private void look() {
        try {
            if (SystemTray.isSupported()) {
                EventQueue.invokeLater(this::add);
            }
        } catch (HeadlessException | LinkageError e) {
            LOG.info("no tray: {}", e.toString());
        }
    }

    private void add() {
        if (closed) {
            return;
        }
        Image image = Toolkit.getDefaultToolkit().getImage(ICON);
        TrayIcon icon = new TrayIcon(image, status);
        icon.setImageAutoSize(true);
        PopupMenu menu = new PopupMenu();
        for (Line line : lines) {
            MenuItem item = new MenuItem(line.title());
            item.addActionListener(_ -> Platform.runLater(line.handler()));
            menu.add(item);
        }
        icon.setPopupMenu(menu);
        icon.addActionListener(_ -> Platform.runLater(lines.getFirst().handler()));
        try {
            SystemTray.getSystemTray().add(icon);
            shown.set(icon);
        } catch (AWTException e) {
            LOG.info("no tray: {}", e.toString());
        }
    }

    /** Says in a few words how the run stands. Any thread; returns at once. */
    void tell(String words) {
        if (words.equals(status)) {
            return;
        }
        status = words;
        TrayIcon icon = shown.get();
        if (icon != null) {
            EventQueue.invokeLater(() -> icon.setToolTip(words));
        }
    }

    /** Takes it away. Returns at once. */
    @Override
    public void close() {
        closed = true;
        TrayIcon icon = shown.getAndSet(null);
        if (icon != null) {
            EventQueue.invokeLater(() -> SystemTray.getSystemTray().remove(icon));
        }
    }
}
