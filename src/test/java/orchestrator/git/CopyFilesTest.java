package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import orchestrator.model.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyFilesTest {
    @TempDir Path folder;

    private Path from = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        from = Files.createDirectory(folder.resolve("main checkout"));
        to = Files.createDirectory(folder.resolve("tree"));
    }

    private void put(String name, String text) throws IOException {
        Path file = from.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void copy(String... patterns) {
        new CopyFiles(from, to).copy(List.of(patterns));
    }

    @Test
    void paths_globs_and_folders_are_copied_with_their_rights() throws IOException {
        put(".env", "A=1");
        put("config/a.local", "a");
        put("config/deep/b.local", "b");
        put("config/c.txt", "c");
        put("data/x/y", "y");
        put("far/down/k.key", "k");
        Files.setPosixFilePermissions(
                from.resolve(".env"), PosixFilePermissions.fromString("rw-------"));
        copy(".env", "config/*.local", "data", "**/*.key", "not there", "none*");
        assertThat(to.resolve(".env")).hasContent("A=1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to.resolve(".env"))))
                .isEqualTo("rw-------");
        assertThat(to.resolve("config/a.local")).hasContent("a");
        assertThat(to.resolve("config/deep")).doesNotExist();
        assertThat(to.resolve("config/c.txt")).doesNotExist();
        assertThat(to.resolve("data/x/y")).hasContent("y");
        assertThat(to.resolve("far/down/k.key")).hasContent("k");
    }

    @Test
    void what_is_there_is_kept() throws IOException {
        put(".env", "theirs");
        Files.writeString(to.resolve(".env"), "the branch's");
        copy(".env");
        assertThat(to.resolve(".env")).hasContent("the branch's");
    }

    @Test
    void a_link_is_copied_as_a_link() throws IOException {
        Files.createSymbolicLink(from.resolve("link"), Path.of("/somewhere/else"));
        copy("link");
        assertThat(Files.readSymbolicLink(to.resolve("link")))
                .isEqualTo(Path.of("/somewhere/else"));
        assertThat(Files.exists(to.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void gits_own_and_what_lies_outside_are_never_copied() throws IOException {
        put(".git/config", "x");
        Files.writeString(folder.resolve("outside"), "o");
        copy(".git", "**", "../outside");
        assertThat(to.resolve(".git")).doesNotExist();
        assertThat(folder.resolve("tree")).isEmptyDirectory();
    }

    @Test
    void what_cannot_be_copied_is_told() throws IOException {
        put("a/b", "x");
        Files.writeString(to.resolve("a"), "a file where a folder is to be");
        assertThatThrownBy(() -> copy("a"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("copy_files");
    }
}
