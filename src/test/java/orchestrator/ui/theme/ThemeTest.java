package orchestrator.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Preferences.Colours;
import org.junit.jupiter.api.Test;

class ThemeTest {
    private final SimpleObjectProperty<ColorScheme> system =
            new SimpleObjectProperty<>(ColorScheme.LIGHT);
    private final Preferences preferences = new Preferences();
    private final List<String> applied = new ArrayList<>();
    private final Theme theme = new Theme(preferences, system, applied::add);

    @Test
    void follows_the_system_until_one_is_chosen() {
        assertThat(theme.darkProperty().get()).isFalse();
        system.set(ColorScheme.DARK);
        assertThat(theme.darkProperty().get()).isTrue();
        preferences.colours.set(Colours.LIGHT);
        assertThat(theme.darkProperty().get()).isFalse();
        assertThat(applied.getLast()).contains("primer-light");
    }

    @Test
    void what_is_toggled_to_what_the_system_has_follows_it_again() {
        theme.toggle();
        assertThat(preferences.colours.get()).isEqualTo(Colours.DARK);
        theme.toggle();
        assertThat(preferences.colours.get()).isEqualTo(Colours.SYSTEM);
        system.set(ColorScheme.DARK);
        assertThat(theme.darkProperty().get()).isTrue();
    }

    @Test
    void once_released_it_listens_no_more() {
        theme.release();
        system.set(ColorScheme.DARK);
        assertThat(theme.darkProperty().get()).isFalse();
    }

    @Test
    void larger_text_makes_every_length_grow_but_hair_lines() {
        assertThat(
                        Sheets.scaled(
                                "a{-fx-font-size: 13px; -fx-border-width: 1px; -fx-padding: 0 6.5px}",
                                26))
                .isEqualTo(
                        "a{-fx-font-size: 26.0px; -fx-border-width: 1px; -fx-padding: 0 13.0px}");
        assertThat(Sheets.of(16)).allMatch(sheet -> sheet.startsWith("data:"));
        assertThat(Sheets.of(13))
                .filteredOn(sheet -> !sheet.startsWith("data:"))
                .hasSizeGreaterThan(3);
    }
}
