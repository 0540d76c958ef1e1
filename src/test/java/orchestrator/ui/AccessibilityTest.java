package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.javafx.FontIcon;

/** Whoever listens instead of looking, or sees little contrast, uses each view too. */
class AccessibilityTest {
    private static final double LEAST_CONTRAST = 4.5;
    @TempDir Path folder;
    private WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        window = new WindowFixture();
        Path log = Files.writeString(folder.resolve("transcript.log"), "one\ntwo\n");
        window.control.snapshot.set(SampleRun.rich(log.toString()));
        window.control.past = SampleHistory.rich();
        window.untilSeen("#workers-table", "Shard the cache");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
    }

    /** Does something with each of the views and dialogs as it is seen. */
    private void everywhere(Look look) throws Exception {
        for (String view : List.of("workers", "board", "plan", "timeline")) {
            window.click("#view-" + view);
            window.nextPulse();
            look.at(view);
        }
        window.robot.push(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        look.at("palette");
        window.robot.push(KeyCode.ESCAPE);
        window.robot.push(KeyCode.F1);
        window.untilSeen("#keys-dialog", "Ctrl+K");
        look.at("keys");
        window.click("#keys-close");
        window.robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        window.untilSeen("#settings-dialog", "Colours");
        look.at("settings");
        window.click("#settings-close");
        window.click("#action-stop");
        look.at("stop");
        window.click("#stop-cancel");
    }

    @FunctionalInterface
    private interface Look {
        void at(String view) throws Exception;
    }

    @Test
    void every_control_that_can_have_the_focus_has_a_name() throws Exception {
        TreeSet<String> nameless = new TreeSet<>();
        everywhere(view ->
                nameless.addAll(
                        fx(() -> {
                            List<String> found = new ArrayList<>();
                            collectNameless(window.scene().getRoot(), view, found);
                            return found;
                        })));
        assertThat(nameless).isEmpty();
    }

    private static void collectNameless(Node node, String view, List<String> found) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Control control
                && control.isFocusTraversable()
                && isNameless(control)) {
            found.add(view + ": " + control);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectNameless(child, view, found));
        }
    }

    private static boolean isNameless(Control control) {
        if (control instanceof SplitPane
                || control instanceof ScrollPane
                || control instanceof TabPane) {
            return false; // What is in them has names; tabs have titles.
        }
        String name = control.getAccessibleText();
        String shown =
                switch (control) {
                    case Labeled labeled -> labeled.getText();
                    case TextInputControl input -> input.getPromptText();
                    default -> "";
                };
        return (name == null || name.isBlank()) && (shown == null || shown.isBlank());
    }

    @Test
    void every_text_stands_out_from_what_is_behind_it_in_light_and_dark() throws Exception {
        TreeSet<String> faint = new TreeSet<>();
        for (String theme : List.of("light", "dark")) {
            everywhere(view ->
                    faint.addAll(
                            fx(() -> {
                                List<String> found = new ArrayList<>();
                                window.scene().getRoot().applyCss();
                                collectFaint(window.scene().getRoot(), theme + " " + view, found);
                                return found;
                            })));
            var _ =
                    fx(() -> {
                        ((Button) window.scene().lookup("#action-theme")).fire();
                        return true;
                    });
        }
        assertThat(faint).isEmpty();
    }

    private static void collectFaint(Node node, String where, List<String> found) {
        if (!node.isVisible() || node.isDisabled() || node.getOpacity() < 1) {
            return; // What cannot be used now may be faint.
        }
        if (node instanceof Text text && !(node instanceof FontIcon) && !text.getText().isBlank()) {
            Color behind = behind(text);
            if (text.getFill() instanceof Color ink && behind != null) {
                double contrast = contrast(over(ink, behind), behind);
                if (contrast < LEAST_CONTRAST) {
                    found.add(
                            String.format(
                                    Locale.ROOT,
                                    "%s: %.1f “%s” %s",
                                    where,
                                    contrast,
                                    text.getText().lines().findFirst().orElse(""),
                                    text.getParent()));
                }
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectFaint(child, where, found));
        }
    }

    /** The colour behind a text: the fills of all it lies in, the nearest on top. */
    private static @Nullable Color behind(Node text) {
        List<Color> layers = new ArrayList<>();
        for (@Nullable Parent up = text.getParent(); up != null; up = up.getParent()) {
            Background background = up instanceof Region region ? region.getBackground() : null;
            if (background == null) {
                continue;
            }
            List<BackgroundFill> fills = background.getFills();
            for (int i = fills.size() - 1; i >= 0; i--) {
                if (fills.get(i).getFill() instanceof Color color && color.getOpacity() > 0) {
                    layers.add(color);
                    if (color.isOpaque()) {
                        return flat(layers);
                    }
                }
            }
        }
        return null;
    }

    private static Color flat(List<Color> nearestFirst) {
        Color flat = nearestFirst.getLast();
        for (int i = nearestFirst.size() - 2; i >= 0; i--) {
            flat = over(nearestFirst.get(i), flat);
        }
        return flat;
    }

    private static Color over(Color top, Color bottom) {
        double share = top.getOpacity();
        return Color.color(
                top.getRed() * share + bottom.getRed() * (1 - share),
                top.getGreen() * share + bottom.getGreen() * (1 - share),
                top.getBlue() * share + bottom.getBlue() * (1 - share));
    }

    /** As the Web Content Accessibility Guidelines count it, 1 to 21. */
    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
