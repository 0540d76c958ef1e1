package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system's programs are scripts here that write down the words they were given. */
class DesktopNotifierTest {
    private static final String TITLE = "shop#12 is “completed” `id`";
    private static final String TEXT = "a < b & c > d; $(touch x)\nnext";
    @TempDir Path bin;

    private DesktopNotifier notifier() {
        return new DesktopNotifier(new ExecRunner(), "relative:" + bin);
    }

    private void program(String name, String last) throws Exception {
        Path script = bin.resolve(name);
        Files.writeString(
                script,
                "#!/bin/sh\nfor word; do printf '%s\\0' \"$word\"; done > '"
                        + bin
                        + "/words'\n"
                        + last);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> words() throws Exception {
        return List.of(Files.readString(bin.resolve("words")).split("\0", -1));
    }

    @Test
    void without_a_program_nothing_is_shown() {
        assertThat(notifier().show(TITLE, TEXT)).isFalse();
    }

    @Test
    void notify_send_is_given_the_words_and_no_markup() throws Exception {
        program("notify-send", "");
        assertThat(notifier().show(TITLE, TEXT)).isTrue();
        assertThat(words())
                .containsSubsequence("--", TITLE, "a &lt; b &amp; c &gt; d; $(touch x)\nnext");
        assertThat(bin.resolve("x")).doesNotExist();
    }

    @Test
    void osascript_is_given_the_words_as_arguments() throws Exception {
        program("osascript", "");
        assertThat(notifier().show(TITLE, TEXT)).isTrue();
        assertThat(words()).containsSubsequence("-e", TITLE, TEXT);
    }

    @Test
    void a_desktop_that_says_no_is_believed() throws Exception {
        program("notify-send", "exit 1");
        assertThat(notifier().show(TITLE, TEXT)).isFalse();
    }
}
