package orchestrator.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.util.Subscription;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Preferences.Colours;

/**
 * Light or dark, and how large the text is, as the user prefers it: as the system has it, or the
 * one chosen. FX thread only.
 */
public final class Theme {
    private static final String STILL = "still";
    private final Preferences preferences;
    private final ObservableValue<ColorScheme> system;
    private final Consumer<String> apply;
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper(this, "dark");
    private Subscription following = Subscription.EMPTY;

    /** Follows those preferences, and the system's colours where they say so. */
    public Theme(Preferences preferences) {
        this(
                preferences,
                Platform.getPreferences().colorSchemeProperty(),
                Application::setUserAgentStylesheet);
    }

    Theme(Preferences preferences, ObservableValue<ColorScheme> system, Consumer<String> apply) {
        this.preferences = preferences;
        this.system = system;
        this.apply = apply;
        use(wanted());
        following =
                Subscription.combine(
                        system.subscribe((_, _) -> use(wanted())),
                        preferences.colours.subscribe((_, _) -> use(wanted())));
    }

    /** Adds our own style sheets to a scene; they change with the size of text. */
    public void dress(Scene scene) {
        still(scene);
        scene.getStylesheets().setAll(Sheets.of(preferences.fontSize.get()));
        following =
                following.and(
                        preferences.fontSize.subscribe((_, size) ->
                                scene.getStylesheets().setAll(Sheets.of(size.intValue()))));
    }

    /** Where nothing may move, no tab grows or shrinks either. */
    private void still(Scene scene) {
        var system = Platform.getPreferences().reducedMotionProperty();
        Runnable apply =
                () -> {
                    boolean still = preferences.reducedMotion.get() || system.get();
                    scene.getRoot().getStyleClass().remove(STILL);
                    if (still) {
                        scene.getRoot().getStyleClass().add(STILL);
                    }
                };
        apply.run();
        following =
                Subscription.combine(
                        following,
                        preferences.reducedMotion.subscribe((_, _) -> apply.run()),
                        system.subscribe((_, _) -> apply.run()));
    }

    /** Whether it is dark now. */
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    /** From light to dark or back; what agrees with the system follows it again. */
    public void toggle() {
        boolean next = !dark.get();
        Colours own = next ? Colours.DARK : Colours.LIGHT;
        preferences.colours.set(next == isSystemDark() ? Colours.SYSTEM : own);
    }

    /** No longer listens to anything. */
    public void release() {
        following.unsubscribe();
    }

    private boolean wanted() {
        return switch (preferences.colours.get()) {
            case SYSTEM -> isSystemDark();
            case LIGHT -> false;
            case DARK -> true;
        };
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
