package orchestrator.ui.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.stage.DirectoryChooser;
import javafx.stage.Stage;
import orchestrator.model.Fault;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.RunControl;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.welcome.WelcomeWindow;

/**
 * The window as a program: JavaFX is started, a window opened, further ones at the user's wish, and
 * the end of all waited for.
 */
public final class WindowProgram {
    /**
     * A workspace that was opened: closing it lets go of everything, and blocks.
     *
     * @param rehearsal lays out a rehearsal of it, or finds the one under way, and opens that;
     *     blocks, and throws {@link Fault}; empty: it cannot be rehearsed
     */
    public record Opened(
            RunControl control, WindowSettings settings, Optional<Supplier<Opened>> rehearsal)
            implements AutoCloseable {
        /** One that cannot be rehearsed. */
        public Opened(RunControl control, WindowSettings settings) {
            this(control, settings, Optional.empty());
        }

        @Override
        public void close() {
            try (UserData _ = settings.user();
                    RunControl _ = control) {
                // Both end here, whatever becomes of the other.
            }
        }
    }

    /** How workspaces come to the program. */
    public interface Workspaces {
        /**
         * Opens the one in a folder. Blocks; any thread.
         *
         * @throws Fault when there is none, or it cannot be
         */
        Opened open(Path folder);

        /** What is kept of a user who has opened none. Blocks; whoever asks closes it. */
        UserData user();

        /** Makes new ones. */
        NewWorkspaces making();

        /** Where the rehearsal is laid out. */
        Path rehearsal();
    }

    private final Workspaces workspaces;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final Set<Stage> stages = new HashSet<>();
    private final List<Thread> closing = new ArrayList<>();

    private WindowProgram(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /**
     * Opens a window and returns once all are closed, and what they held. Once per process, and not
     * on the FX thread.
     *
     * @param first the workspace to begin with; empty: the user chooses one
     * @throws Fault {@code window-not-opened} when there is no display or the window cannot be
     *     built
     */
    public static void run(Workspaces workspaces, Optional<Opened> first) {
        WindowProgram program = new WindowProgram(workspaces);
        try {
            program.run(first);
        } catch (Fault fault) {
            first.ifPresent(Opened::close);
            throw fault;
        }
    }

    private void run(Optional<Opened> first) {
        Optional<UserData> welcome = first.isPresent() ? Optional.empty() : Optional.of(user());
        try {
            Platform.startup(() -> begin(first, welcome));
        } catch (RuntimeException | LinkageError failure) {
            throw notOpened(failure);
        }
        try {
            closed.get();
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (ExecutionException failure) {
            throw notOpened(failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            Platform.exit();
        }
    }

    private UserData user() {
        return workspaces.user();
    }

    private void begin(Optional<Opened> first, Optional<UserData> welcome) {
        try {
            Platform.setImplicitExit(false);
            first.ifPresent(this::show);
            welcome.ifPresent(this::welcome);
        } catch (RuntimeException | LinkageError failure) {
            closed.completeExceptionally(failure);
        }
    }

    private Stage show(Opened opened) {
        Stage stage = new Stage();
        WindowSettings own = opened.settings().withWelcome(this::another);
        WindowSettings settings =
                opened.rehearsal()
                        .map(opening -> own.withRehearsal(new Rehearsing(opening)))
                        .orElse(own);
        MainWindow window = new MainWindow(stage, opened.control(), settings);
        follow(stage, opened::close);
        window.show();
        return stage;
    }

    /** The window of one workspace's rehearsal: one at a time, as there is one rehearsal. */
    private final class Rehearsing implements WindowSettings.Rehearsing {
        private final Supplier<Opened> opening;
        private final Background background = new Background(new Texts());
        private Optional<Stage> window = Optional.empty();

        Rehearsing(Supplier<Opened> opening) {
            this.opening = opening;
        }

        @Override
        public void show(Runnable shown, Consumer<Fault> failed) {
            Optional<Stage> open = window.filter(Stage::isShowing);
            if (open.isPresent()) {
                open.get().setIconified(false);
                open.get().toFront();
                open.get().requestFocus();
                shown.run();
            } else if (!background.busyProperty().get()) {
                background.run(
                        "rehearse",
                        opening::get,
                        opened -> {
                            window = Optional.of(WindowProgram.this.show(opened));
                            shown.run();
                        },
                        failed);
            }
        }
    }

    /** The user's data are read off the FX thread. */
    private void another() {
        Thread.ofVirtual()
                .name("welcome")
                .start(() -> {
                    UserData user = user();
                    Platform.runLater(() -> welcome(user));
                });
    }

    private void welcome(UserData user) {
        Stage stage = new Stage();
        AppIcon.putOn(stage);
        WelcomeWindow window =
                new WelcomeWindow(
                        stage,
                        user,
                        new WelcomeWindow.Ways<>(
                                workspaces.making(),
                                workspaces.rehearsal(),
                                WindowProgram::chooseFolder,
                                workspaces::open,
                                this::show));
        follow(stage, user::close);
        window.show();
    }

    private static Optional<Path> chooseFolder(Stage over, String title, Optional<Path> near) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        near.map(Path::toFile)
                .filter(java.io.File::isDirectory)
                .ifPresent(chooser::setInitialDirectory);
        return Optional.ofNullable(chooser.showDialog(over)).map(java.io.File::toPath);
    }

    /** Lets go of what a window held once it is closed, and ends with the last one. */
    private void follow(Stage stage, Runnable release) {
        stages.add(stage);
        stage.showingProperty()
                .addListener((_, _, showing) -> {
                    if (!showing) {
                        closing.add(Thread.ofVirtual().name("window-closed").start(release));
                        stages.remove(stage);
                        if (stages.isEmpty()) {
                            closed.complete(true);
                        }
                    }
                });
    }

    private static Fault notOpened(Throwable cause) {
        String message = cause.getMessage();
        String what = message == null ? cause.getClass().getSimpleName() : message;
        return new Fault(
                "window-not-opened", new Texts().get("fault.no-window", Format.line(what)), cause);
    }
}
