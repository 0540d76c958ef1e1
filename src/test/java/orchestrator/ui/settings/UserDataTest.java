package orchestrator.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import orchestrator.store.UserFolder;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Preferences.Colours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserDataTest {
    @TempDir Path home;

    private UserData load(String workspace) {
        return UserData.load(new UserFolder(home), workspace);
    }

    @Test
    void what_is_chosen_holds_for_every_workspace_and_what_is_remembered_for_one() {
        try (UserData user = load("/work/a")) {
            user.preferences().colours.set(Colours.DARK);
            user.preferences().terminal.set("kitty");
            user.preferences().editor.set("code -n");
            user.preferences().notifications.set(false);
            user.preferences().fontSize.set(15);
            user.preferences().reducedMotion.set(true);
            user.memory().put("view", "board");
            user.memory().put("gone", "soon");
            user.memory().put("gone", "");
        }
        try (UserData other = load("/work/b")) {
            Preferences chosen = other.preferences();
            assertThat(chosen.colours.get()).isEqualTo(Colours.DARK);
            assertThat(chosen.terminal.get()).isEqualTo("kitty");
            assertThat(chosen.editor.get()).isEqualTo("code -n");
            assertThat(chosen.notifications.get()).isFalse();
            assertThat(chosen.fontSize.get()).isEqualTo(15);
            assertThat(chosen.reducedMotion.get()).isTrue();
            assertThat(other.memory().get("view")).isEmpty();
        }
        try (UserData same = load("/work/a")) {
            assertThat(same.memory().get("view")).contains("board");
            assertThat(same.memory().get("gone")).isEmpty();
        }
    }

    @Test
    void two_windows_do_not_take_each_others_choices_away() {
        try (UserData one = load("/work/a");
                UserData two = load("/work/b")) {
            one.preferences().terminal.set("xterm");
            two.preferences().editor.set("gedit");
        }
        assertThat(new UserFolder(home).read("settings"))
                .isEqualTo(Map.of("terminal", "xterm", "editor", "gedit"));
    }

    @Test
    void values_that_nobody_could_have_chosen_leave_the_usual_ones() {
        new UserFolder(home)
                .change(
                        "settings",
                        _ ->
                                Map.of(
                                        "colours", "mauve",
                                        "font-size", "900",
                                        "reduced-motion", "perhaps"));
        try (UserData user = load("/work/a")) {
            assertThat(user.preferences().colours.get()).isEqualTo(Colours.SYSTEM);
            assertThat(user.preferences().fontSize.get()).isEqualTo(Preferences.LARGEST);
            assertThat(user.preferences().reducedMotion.get()).isFalse();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_no_reason_to_stop() throws Exception {
        Files.writeString(home.resolve("file"), "");
        try (UserData user = UserData.load(new UserFolder(home.resolve("file/x")), "/work/a")) {
            user.memory().put("view", "board");
            assertThat(user.memory().get("view")).contains("board");
        }
    }

    @Test
    void what_is_not_kept_lasts_as_long_as_the_window() {
        try (UserData user = UserData.ofThisWindow()) {
            user.memory().put("view", "board");
            assertThat(user.memory().get("view")).contains("board");
        }
    }
}
