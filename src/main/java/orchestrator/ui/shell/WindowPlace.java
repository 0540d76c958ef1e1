package orchestrator.ui.shell;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.stage.Screen;
import javafx.stage.Stage;
import orchestrator.ui.fx.Memory;

/**
 * Where the window is and how it is divided, from one time to the next. A place that no screen
 * shows any more is not taken up again.
 */
final class WindowPlace {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 960;
    private static final double LEAST_HEIGHT = 600;

    /** So much of the title must be on a screen to take hold of the window. */
    private static final double GRIP_WIDTH = 120;

    private static final double GRIP_HEIGHT = 24;
    private static final String PLACE = "place";
    private static final String MAXIMIZED = "maximized";
    private final Stage stage;
    private final Memory memory;

    WindowPlace(Stage stage, Memory memory) {
        this.stage = stage;
        this.memory = memory;
    }

    /**
     * Puts the window where it was, or makes it as large as fits; its size counts its frame too, so
     * that all of it can be seen. A size that was set before stays.
     */
    void restore() {
        Rectangle2D room = Screen.getPrimary().getVisualBounds();
        stage.setMinWidth(Math.min(LEAST_WIDTH, room.getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, room.getHeight()));
        if (!Double.isNaN(stage.getWidth()) && !Double.isNaN(stage.getHeight())) {
            return;
        }
        Optional<Rectangle2D> before =
                memory.get(PLACE).flatMap(WindowPlace::parse).filter(WindowPlace::canBeSeen);
        before.ifPresentOrElse(
                place -> {
                    stage.setX(place.getMinX());
                    stage.setY(place.getMinY());
                    stage.setWidth(place.getWidth());
                    stage.setHeight(place.getHeight());
                },
                () -> {
                    stage.setWidth(Math.min(WIDTH, room.getWidth()));
                    stage.setHeight(Math.min(HEIGHT, room.getHeight()));
                });
        stage.setMaximized(memory.get(MAXIMIZED).isPresent());
    }

    /** Remembers from now on where the user puts it. */
    void remember() {
        stage.xProperty().subscribe((_, _) -> keep());
        stage.yProperty().subscribe((_, _) -> keep());
        stage.widthProperty().subscribe((_, _) -> keep());
        stage.heightProperty().subscribe((_, _) -> keep());
        stage.maximizedProperty()
                .subscribe((_, maximized) -> memory.put(MAXIMIZED, maximized ? "true" : ""));
    }

    private void keep() {
        if (!stage.isShowing() || stage.isMaximized() || stage.isIconified()) {
            return;
        }
        memory.put(
                PLACE,
                String.format(
                        Locale.ROOT,
                        "%.0f %.0f %.0f %.0f",
                        stage.getX(),
                        stage.getY(),
                        stage.getWidth(),
                        stage.getHeight()));
    }

    private static Optional<Rectangle2D> parse(String text) {
        String[] numbers = text.split(" ", -1);
        if (numbers.length != 4 || Stream.of(numbers).anyMatch(n -> !n.matches("-?[0-9]{1,6}"))) {
            return Optional.empty();
        }
        double width = Double.parseDouble(numbers[2]);
        double height = Double.parseDouble(numbers[3]);
        return width < GRIP_WIDTH || height < GRIP_HEIGHT
                ? Optional.empty()
                : Optional.of(
                        new Rectangle2D(
                                Double.parseDouble(numbers[0]),
                                Double.parseDouble(numbers[1]),
                                width,
                                height));
    }

    private static boolean canBeSeen(Rectangle2D place) {
        return Screen.getScreens().stream()
                .map(Screen::getVisualBounds)
                .anyMatch(screen ->
                        Math.min(screen.getMaxX(), place.getMaxX())
                                                - Math.max(screen.getMinX(), place.getMinX())
                                        >= GRIP_WIDTH
                                && place.getMinY() >= screen.getMinY() - GRIP_HEIGHT / 2
                                && place.getMinY() <= screen.getMaxY() - GRIP_HEIGHT);
    }

    /** Divides a pane as it was, and remembers how the user divides it. */
    void divide(SplitPane pane, String name, double usual) {
        String key = "split." + name;
        double at =
                memory.get(key)
                        .filter(text -> text.matches("0?\\.[0-9]{1,4}"))
                        .map(Double::valueOf)
                        .orElse(usual);
        pane.setDividerPositions(at);
        // Only what a person moves counts: layout moves dividers too, as the window grows.
        // A filter: the divider keeps the event for itself.
        pane.addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                _ ->
                        memory.put(
                                key,
                                String.format(Locale.ROOT, "%.3f", pane.getDividerPositions()[0])));
    }
}
