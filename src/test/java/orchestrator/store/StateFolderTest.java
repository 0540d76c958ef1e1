package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir Path folder;

    static void assertFault(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    @Test
    void many_may_make_it_at_once() throws Exception {
        Path root = folder.resolve("at-once");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<StateFolder>> made = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                made.add(threads.submit(() -> StateFolder.create(root)));
            }
            for (Future<StateFolder> one : made) {
                assertThat(one.get().root()).isEqualTo(root);
            }
        }
        assertThat(root.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void the_whole_tree_is_made_private_and_ignored_by_git() throws IOException {
        StateFolder state = StateFolder.create(folder.resolve("deep/er/state"));

        assertThat(state.root().resolve(".gitignore")).hasContent("*");
        try (Stream<Path> all = Files.walk(state.root())) {
            List<Path> folders = all.filter(Files::isDirectory).toList();
            assertThat(folders)
                    .contains(state.inbox(), state.attempts(), state.bin(), state.rehearsal())
                    .allSatisfy(path ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(path)))
                                    .isEqualTo("rwx------"));
        }
    }

    @Test
    void what_is_there_stays_and_becomes_private() throws IOException {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        Files.writeString(state.journal(), "kept");
        Files.writeString(state.root().resolve(".gitignore"), "mine");
        Files.setPosixFilePermissions(state.root(), PosixFilePermissions.fromString("rwxr-xr-x"));

        StateFolder.create(state.root());

        assertThat(state.journal()).hasContent("kept");
        assertThat(state.root().resolve(".gitignore")).hasContent("mine");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_file_in_its_place_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("state"), "x");
        assertFault("state-not-a-folder", () -> StateFolder.create(file));
        assertThat(file).hasContent("x");
    }

    @Test
    void a_place_that_cannot_be_written_is_refused() {
        assertFault("state-not-writable", () -> StateFolder.create(Path.of("/proc/no/state")));
    }

    @Test
    void a_folder_with_other_things_in_it_is_left_as_it_is() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("letter.txt"), "x");

        assertFault("state-not-ours", () -> StateFolder.create(home));

        assertThat(home.resolve(".gitignore")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void a_folder_of_another_user_is_refused() throws IOException {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        int self = (Integer) Files.getAttribute(foreign, "unix:uid");
        if (self == 0) {
            Files.setAttribute(foreign, "unix:uid", 54321);
            assertFault("state-foreign-owner", () -> StateFolder.create(foreign));
            try (Stream<Path> left = Files.list(foreign)) {
                assertThat(left).isEmpty();
            }
        } else {
            // Only root can give a folder away; what others cannot write is refused for that.
            assertFault("state-not-writable", () -> StateFolder.create(Path.of("/proc/1/state")));
        }
    }

    @Test
    void names_that_lead_elsewhere_are_refused() {
        StateFolder state = new StateFolder(folder);
        for (String name : List.of("..", ".", "", "a/b", "../x", ".hidden", "a b", "a\n", "$(x)")) {
            assertFault("unsafe-name", () -> state.issues(name));
            assertFault("unsafe-name", () -> state.attempts(new IssueId(name, 1)));
        }
        assertFault("unsafe-name", () -> state.attempts(new IssueId("p", 0)));
        assertThat(state.attempts(new IssueId("p.q-r_S", 12)))
                .isEqualTo(folder.resolve("attempts/p.q-r_S/12"));
    }
}
