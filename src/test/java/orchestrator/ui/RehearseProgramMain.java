package orchestrator.ui;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.stage.Window;
import orchestrator.ui.shell.WindowProgram;
import orchestrator.ui.shell.WindowProgram.Opened;
import orchestrator.ui.shell.WindowSettings;
import org.awaitility.Awaitility;

/**
 * The window as a program of its own, in which a rehearsal is asked for: twice while its window is
 * open, and once more when that was closed. Says how often one was laid out.
 */
final class RehearseProgramMain {
    private static final AtomicInteger MADE = new AtomicInteger();

    private RehearseProgramMain() {}

    public static void main(String[] arguments) {
        Thread.ofVirtual().start(RehearseProgramMain::use);
        WindowProgram.run(
                new WindowProgramMain.NoWorkspaces(),
                Optional.of(
                        new Opened(
                                new FakeRunControl(),
                                WindowSettings.defaults(),
                                Optional.of(RehearseProgramMain::rehearsal))));
        IO.println("closed");
    }

    private static Opened rehearsal() {
        MADE.incrementAndGet();
        return new Opened(new FakeRunControl(), WindowSettings.defaults());
    }

    private static void use() {
        until(1);
        rehearse();
        until(2);
        rehearse();
        IO.println("while it is open: " + windows() + " windows, laid out " + MADE.get());
        run(() -> Window.getWindows().getLast().hide());
        until(1);
        rehearse();
        until(2);
        IO.println("once it was closed: " + windows() + " windows, laid out " + MADE.get());
        run(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
    }

    private static void rehearse() {
        run(() -> {
            Window first = Window.getWindows().getFirst();
            MenuButton menu = (MenuButton) first.getScene().lookup("#main-menu");
            menu.getItems().stream()
                    .flatMap(group -> ((Menu) group).getItems().stream())
                    .filter(item -> item.getText().equals("Rehearse…"))
                    .findFirst()
                    .ifPresent(MenuItem::fire);
        });
    }

    private static void run(Runnable work) {
        try {
            var _ =
                    WindowHands.fx(() -> {
                        work.run();
                        return true;
                    });
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int windows() {
        try {
            return WindowHands.fx(() -> Window.getWindows().size());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void until(int count) {
        Awaitility.await().ignoreExceptions().until(() -> windows() == count);
    }
}
