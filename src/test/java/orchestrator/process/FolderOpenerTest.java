package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import orchestrator.model.Fault;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File managers and editors here are scripts that write down the words they were given. */
class FolderOpenerTest {
    @TempDir Path folder;

    private Path worktree() throws Exception {
        return Files.createDirectories(folder.resolve("a $(touch x) 'work' tree"));
    }

    private Path program(String name, String last) throws Exception {
        Path script = folder.resolve(name);
        Files.writeString(
                script,
                "#!/bin/sh\nprintf '%s\\0' \"$@\" >\"$0.new\"\nmv \"$0.new\" \"$0.words\"\n"
                        + last);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private static List<String> words(Path script) throws Exception {
        Path words = script.resolveSibling(script.getFileName() + ".words");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(words));
        return List.of(Files.readString(words).split("\0", -1));
    }

    private static void refuses(String code, String told, ThrowingCallable act) {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(act)
                .withMessageContaining(told)
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
    }

    @Test
    void the_file_manager_is_given_the_folder_as_one_word() throws Exception {
        Path opener = program("xdg-open", "");
        new FolderOpener(folder.toString()).files(worktree());
        assertThat(words(opener)).containsExactly(worktree().toString(), "");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void the_browser_is_given_a_page_and_nothing_else() throws Exception {
        Path opener = program("xdg-open", "");
        FolderOpener pages = new FolderOpener(folder.toString());
        for (String other :
                List.of("file:///etc/passwd", "/bin/sh", "-x", "https://", "https://a b", "")) {
            refuses("not-a-page", other, () -> pages.page(other));
        }
        pages.page("https://example.org/pull/7?a=$(touch)&b");
        assertThat(words(opener)).containsExactly("https://example.org/pull/7?a=$(touch)&b", "");
    }

    @Test
    void the_editor_is_given_its_own_words_and_then_the_folder() throws Exception {
        Path editor = program("code", "sleep 1");
        new FolderOpener(folder.toString())
                .editor(" code -n  --title \"two words\" '$HOME' ", worktree());
        assertThat(words(editor))
                .containsExactly("-n", "--title", "two words", "$HOME", worktree().toString(), "");
    }

    @Test
    void what_is_missing_is_said() throws Exception {
        Path worktree = worktree();
        FolderOpener opener = new FolderOpener(folder.toString());
        refuses("program-absent", "xdg-open", () -> opener.files(worktree));
        refuses("editor-unset", "settings", () -> opener.editor("  ", worktree));
        refuses("program-absent", "'kode'", () -> opener.editor("kode -n", worktree));
        Path gone = folder.resolve("gone");
        program("code", "");
        refuses("folder-absent", gone.toString(), () -> opener.editor("code", gone));
        refuses("folder-absent", gone.toString(), () -> opener.files(gone));
    }

    @Test
    void one_that_fails_at_once_is_a_fault_with_its_code() throws Exception {
        Path worktree = worktree();
        program("code", "exit 4");
        FolderOpener opener = new FolderOpener(folder.toString());
        refuses("not-started", "code 4", () -> opener.editor("code", worktree));
    }
}
