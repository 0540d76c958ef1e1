package orchestrator.ui.shell;

import java.util.Objects;
import java.util.stream.IntStream;
import javafx.scene.image.Image;
import javafx.stage.Stage;

/**
 * The program's icon, drawn in {@code icons/orchestrator.svg}, at the sizes that desktops ask for.
 */
final class AppIcon {
    private static final int[] SIZES = {16, 24, 32, 48, 64, 128, 256};

    private AppIcon() {}

    /** Gives a window the icon. */
    static void putOn(Stage stage) {
        stage.getIcons().setAll(IntStream.of(SIZES).mapToObj(AppIcon::image).toList());
    }

    private static Image image(int size) {
        String name = "/orchestrator/icons/orchestrator-%d.png".formatted(size);
        return new Image(
                Objects.requireNonNull(AppIcon.class.getResource(name), name).toExternalForm());
    }
}
