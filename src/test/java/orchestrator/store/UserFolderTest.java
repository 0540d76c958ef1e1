package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import orchestrator.model.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFolderTest {
    @TempDir Path home;

    @Test
    void stands_where_the_system_keeps_such_things() {
        assertThat(UserFolder.locate(Map.of("XDG_CONFIG_HOME", "/x/c"), "/home/ada", false))
                .map(UserFolder::root)
                .contains(Path.of("/x/c/orchestrator"));
        assertThat(UserFolder.locate(Map.of("XDG_CONFIG_HOME", "relative"), "/home/ada", false))
                .map(UserFolder::root)
                .contains(Path.of("/home/ada/.config/orchestrator"));
        assertThat(UserFolder.locate(Map.of(), "/Users/ada", true))
                .map(UserFolder::root)
                .contains(Path.of("/Users/ada/Library/Application Support/orchestrator"));
        assertThat(UserFolder.locate(Map.of(), "?", false)).isEmpty();
    }

    @Test
    void what_is_changed_is_there_the_next_time_and_private() throws Exception {
        Path root = home.resolve(".config/orchestrator");
        UserFolder folder = new UserFolder(root);
        assertThat(folder.read("windows/a")).isEmpty();
        folder.change("windows/a", values -> with(values, "view", "board “ü”"));
        folder.change("windows/a", values -> with(values, "place", "1 2 3 4"));
        assertThat(new UserFolder(root).read("windows/a"))
                .isEqualTo(Map.of("view", "board “ü”", "place", "1 2 3 4"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(root.resolve("windows/a.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void what_cannot_be_read_is_kept_beside_and_begun_anew() throws Exception {
        UserFolder folder = new UserFolder(home);
        Files.writeString(home.resolve("settings.json"), "{\"colours\": ");
        assertThat(folder.read("settings")).isEmpty();
        assertThat(home.resolve("settings.json.unreadable")).hasContent("{\"colours\": ");
        folder.change("settings", values -> with(values, "colours", "dark"));
        assertThat(folder.read("settings")).isEqualTo(Map.of("colours", "dark"));
    }

    @Test
    void what_cannot_be_written_is_told() throws Exception {
        Files.writeString(home.resolve("file"), "");
        UserFolder folder = new UserFolder(home.resolve("file/orchestrator"));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> folder.change("settings", values -> values))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("settings-not-kept"));
    }

    private static Map<String, String> with(Map<String, String> values, String key, String value) {
        values.put(key, value);
        return values;
    }
}
