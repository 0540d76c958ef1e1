package orchestrator.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.util.Subscription;

/**
 * Light or dark. It follows the system until the user toggles, and follows it again once the user's
 * choice agrees with it. FX thread only.
 */
public final class Theme {
    /** The window's own sheet, then one a feature. */
    private static final List<String> SHEETS =
            Stream.of("window", "board", "plan", "workers", "logs")
                    .map(name -> "/orchestrator/css/" + name + ".css")
                    .map(path -> Objects.requireNonNull(Theme.class.getResource(path)))
                    .map(URL::toExternalForm)
                    .toList();

    private final ObservableValue<ColorScheme> system;
    private final Consumer<String> apply;
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper(this, "dark");
    private final Subscription following;
    private boolean followsSystem = true;

    /** Follows the system's preference. */
    public Theme() {
        this(Platform.getPreferences().colorSchemeProperty(), Application::setUserAgentStylesheet);
    }

    Theme(ObservableValue<ColorScheme> system, Consumer<String> apply) {
        this.system = system;
        this.apply = apply;
        following = system.subscribe((_, _) -> systemChanged());
        use(isSystemDark());
    }

    /** Adds our own style sheets to a scene. */
    public void dress(Scene scene) {
        scene.getStylesheets().addAll(SHEETS);
        scene.getStylesheets().add(Fonts.sheet());
    }

    /** Whether it is dark now. */
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    /** Whether it changes with the system. */
    public boolean followsSystem() {
        return followsSystem;
    }

    /** From light to dark or back. */
    public void toggle() {
        boolean next = !dark.get();
        followsSystem = next == isSystemDark();
        use(next);
    }

    /** No longer listens to the system. */
    public void release() {
        following.unsubscribe();
    }

    private void systemChanged() {
        if (followsSystem) {
            use(isSystemDark());
        } else {
            followsSystem = dark.get() == isSystemDark();
        }
    }

    private boolean isSystemDark() {
        return system.getValue() == ColorScheme.DARK;
    }

    private void use(boolean wanted) {
        dark.set(wanted);
        apply.accept(
                wanted
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
    }
}
