package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A window that shows a log of three hundred lines, and hands for it. */
abstract class LogsHands {
    static final String LOG = "#log-lines";
    @TempDir Path folder;
    WindowFixture window;
    Path transcript;

    @BeforeEach
    void open() throws Exception {
        transcript = folder.resolve("transcript.log");
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 300; i++) {
            lines.append(
                    switch (i) {
                        case 40, 200 -> "● Bash: make test " + i + "\n";
                        case 41, 260 -> "  └ ✗ exit 2 at " + i + "\n";
                        case 120 -> "a needle in the hay\n";
                        case 180, 240 -> "another Needle at " + i + "\n";
                        default -> "line " + i + " of the log\n";
                    });
        }
        Files.writeString(transcript, lines);
        window = new WindowFixture();
        window.control.snapshot.set(SampleRun.rich(transcript.toString()));
        window.untilSeen(LOG, "line 300 of the log");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        assertThat(window.control.asked).noneMatch(asked -> asked.contains("FX!"));
    }

    void append(String text) throws IOException {
        Files.writeString(transcript, text, StandardOpenOption.APPEND);
    }

    void focusLog() {
        window.click(LOG);
        window.until(() -> window.find(".log-area:focused").isPresent());
    }

    void openFind() {
        focusLog();
        window.press(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> window.find("#log-find-text:focused").isPresent());
    }

    void fire(String menu, String title) throws Exception {
        MenuButton button = (MenuButton) window.node(menu);
        var _ =
                fx(() -> {
                    button.show();
                    return true;
                });
        window.until(() -> titles(button).stream().anyMatch(it -> it.contains(title)));
        var _ =
                fx(() -> {
                    MenuItem item =
                            button.getItems().stream()
                                    .filter(it ->
                                            it.getText() != null && it.getText().contains(title))
                                    .findFirst()
                                    .orElseThrow();
                    item.fire();
                    button.hide();
                    return true;
                });
    }

    private static List<String> titles(MenuButton button) {
        try {
            return fx(() ->
                    button.getItems().stream()
                            .map(MenuItem::getText)
                            .filter(java.util.Objects::nonNull)
                            .toList());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    String copied() throws Exception {
        return fx(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
    }

    void clearClipboard() throws Exception {
        var _ =
                fx(() -> {
                    Clipboard.getSystemClipboard().clear();
                    return true;
                });
    }
}
