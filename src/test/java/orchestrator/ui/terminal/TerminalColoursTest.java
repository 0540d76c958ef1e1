package orchestrator.ui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techsenger.jeditermfx.core.Color;
import com.techsenger.jeditermfx.core.TerminalColor;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs write in the colours they name can be read, also black on a coloured ground. */
class TerminalColoursTest {
    /** Green, yellow, cyan: what status lines are written on, in black. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void black_on_a_coloured_ground_stands_out_in_the_dark(int behind) {
        TerminalColours colours = new TerminalColours();
        colours.node().setBackground(dark());
        Color black = colours.getForeground(TerminalColor.index(0));
        Color ground = colours.getBackground(TerminalColor.index(behind));
        assertThat(contrast(black, ground)).isGreaterThan(4.5);
    }

    /** As the dark style sheet sets it, in its order. */
    private static Background dark() {
        return new Background(
                java.util.stream.Stream.of(
                                "#0d1117", "#e6edf3", "#8d96a0", "#6e7681", "#2f81f7", "#3fb950",
                                "#d29922", "#f85149", "#1f3a5f", "#5a4a12")
                        .map(web ->
                                new BackgroundFill(javafx.scene.paint.Color.web(web), null, null))
                        .toArray(BackgroundFill[]::new));
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int value) {
        double part = value / 255.0;
        return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
