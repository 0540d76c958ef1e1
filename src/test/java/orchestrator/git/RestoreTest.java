package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import orchestrator.git.Rescues.Held;
import orchestrator.git.Rescues.Kept;
import orchestrator.git.Rescues.Restored;
import orchestrator.model.Fault;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was rescued comes back as it was, and nothing else is touched. */
class RestoreTest {
    @TempDir Path temp;
    private Sandbox box;
    private Path tree;
    private Rescues rescues;

    @BeforeEach
    void makeWorktree() {
        box = new Sandbox(temp);
        tree = box.ready(1);
        rescues = new GitRescues(box.runner);
    }

    private Kept only() {
        List<Kept> all = rescues.of(box.main);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private Path into() {
        return box.root.resolve("back");
    }

    private Restored removedAndRestored() {
        assertThat(box.worktrees.remove(box.repo(), tree, 1)).isPresent();
        assertThat(tree).doesNotExist();
        return rescues.restore(box.main, only(), into());
    }

    /** Every file and link below a folder but git's own: kind, executable bit, content. */
    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                String name = folder.relativize(path).toString();
                if (name.equals(".git")
                        || name.startsWith(".git/")
                        || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                all.put(
                        name,
                        Files.isSymbolicLink(path)
                                ? "link to " + Files.readSymbolicLink(path)
                                : Files.isExecutable(path)
                                        + " "
                                        + HexFormat.of().formatHex(Files.readAllBytes(path)));
            }
        }
        return all;
    }

    @Test
    void every_kind_of_file_comes_back_byte_for_byte() throws IOException {
        byte[] binary = new byte[70_000];
        new Random(7).nextBytes(binary);
        Files.write(tree.resolve("picture.bin"), binary);
        Files.write(
                tree.resolve("lines.txt"),
                "one\r\ntwo\rthree\n\0".getBytes(StandardCharsets.UTF_8));
        Sandbox.write(tree.resolve("README"), "modified\n");
        Sandbox.write(tree.resolve("a name with spaces/and\nnew lines/\"ü\" $(x) `y`"), "1\n");
        Sandbox.write(tree.resolve("-rf"), "");
        Sandbox.write(tree.resolve(":(top)x"), "magic\n");
        Sandbox.write(tree.resolve("deep/er/.env"), "KEY=1\n");
        Sandbox.write(tree.resolve("out/log"), "in an ignored folder\n");
        Path script = Sandbox.write(tree.resolve("run me"), "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("/nowhere at all"));
        Files.createSymbolicLink(tree.resolve("folder link"), Path.of("deep/er"));
        Map<String, String> before = content(tree);

        Restored restored = removedAndRestored();

        assertThat(content(restored.folder())).isEqualTo(before).containsKeys("-rf", "out/log");
        assertThat(restored.files()).isEqualTo(before.size());
        assertThat(restored.folder()).isEqualTo(into());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_deleted_file_stays_deleted() throws IOException {
        box.commit(tree, "gone", "x");
        Files.delete(tree.resolve("gone"));
        Restored restored = removedAndRestored();
        assertThat(restored.folder().resolve("gone")).doesNotExist();
        assertThat(restored.folder().resolve("README")).hasContent("first");
    }

    @Test
    void restoring_changes_nothing_in_the_repository_and_can_be_repeated() {
        Sandbox.write(tree.resolve(".env"), "KEY=1\n");
        assertThat(box.worktrees.remove(box.repo(), tree, 1)).isPresent();
        Sandbox.write(box.main.resolve("mine"), "untracked\n");
        String before = state();
        rescues.restore(box.main, only(), into());
        rescues.restore(box.main, only(), box.root.resolve("again/and deeper"));
        assertThat(state()).isEqualTo(before);
        assertThat(box.root.resolve("again/and deeper/.env")).hasContent("KEY=1");
    }

    private String state() {
        return box.git(box.main, "status", "--porcelain", "--ignored")
                + box.git(box.main, "for-each-ref")
                + box.git(box.main, "worktree", "list")
                + box.git(box.main, "rev-parse", "HEAD");
    }

    @Test
    void nothing_is_ever_written_over() {
        Sandbox.write(tree.resolve("new"), "rescued\n");
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).isPresent();
        Path mine = Sandbox.write(into().resolve("new"), "mine\n");
        Fault fault =
                catchThrowableOfType(Fault.class, () -> rescues.restore(box.main, only(), into()));
        assertThat(fault.code()).isEqualTo("restore-occupied");
        assertThat(mine).hasContent("mine");
        Path file = Sandbox.write(box.root.resolve("file"), "x");
        assertThat(
                        catchThrowableOfType(
                                        Fault.class, () -> rescues.restore(box.main, only(), file))
                                .code())
                .isEqualTo("restore-occupied");
        Sandbox.make(box.root.resolve("empty"));
        assertThat(rescues.restore(box.main, only(), box.root.resolve("empty")).folder())
                .isNotEmptyDirectory();
    }

    @Test
    void commits_are_named_with_the_branches_that_hold_them() {
        String pushed = box.git(tree, "rev-parse", "HEAD");
        box.git(tree, "checkout", "-q", "--detach");
        String left = box.commit(tree, "left", "x");
        box.git(tree, "checkout", "-q", "--detach", pushed);
        String current = box.commit(tree, "current", "x");
        Restored restored = removedAndRestored();
        assertThat(restored.commits())
                .containsExactlyInAnyOrder(
                        new Held(current, "change current", List.of()),
                        new Held(left, "change left", List.of()));

        Path other = box.ready(2);
        String onBranch = box.commit(other, "work", "x");
        Sandbox.write(other.resolve("staged"), "staged\n");
        box.git(other, "add", "staged");
        Sandbox.write(other.resolve("staged"), "then changed\n");
        assertThat(box.worktrees.rescue(box.repo(), other, 2)).isPresent();
        Kept kept = rescues.of(box.main).getFirst();
        Restored second = rescues.restore(box.main, kept, box.root.resolve("second"));
        assertThat(second.commits())
                .satisfiesExactly(
                        head ->
                                assertThat(head)
                                        .isEqualTo(
                                                new Held(
                                                        onBranch,
                                                        "change work",
                                                        List.of("issue/2"))),
                        staged -> {
                            assertThat(staged.subject()).isEqualTo("What was staged for issue 2");
                            assertThat(staged.branches()).isEmpty();
                            assertThat(box.git(box.main, "show", staged.commit() + ":staged"))
                                    .isEqualTo("staged");
                        });
        assertThat(second.folder().resolve("staged")).hasContent("then changed");
    }

    @Test
    void a_repository_within_is_named_as_not_held_and_leaves_an_empty_folder() {
        box.git(tree, "clone", "-q", box.origin.toString(), "vendor/clone");
        Sandbox.write(tree.resolve("beside"), "x\n");
        Restored restored = removedAndRestored();
        assertThat(only().notHeld()).containsExactly("the repository vendor/clone/ within");
        assertThat(restored.folder().resolve("vendor/clone")).isEmptyDirectory();
        assertThat(restored.folder().resolve("beside")).hasContent("x");
    }

    @Test
    void rescues_are_listed_newest_first_with_what_they_hold() {
        Sandbox.write(tree.resolve("new"), "x\n");
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).isPresent();
        Sandbox.write(tree.resolve("new"), "y\n");
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).isPresent();
        Path other = box.ready(12);
        Sandbox.write(other.resolve(".env"), "x\n");
        assertThat(box.worktrees.rescue(box.repo(), other, 12)).isPresent();
        String commit = box.git(box.main, "rev-parse", "HEAD");
        for (String foreign :
                List.of(
                        "x",
                        "issue-0/20261122T170102Z",
                        "issue-1/later",
                        "issue-3/99999999T999999Z")) {
            box.git(box.main, "update-ref", "refs/orchestrator/rescue/" + foreign, commit);
        }
        assertThat(rescues.of(box.main))
                .extracting(Kept::ref, Kept::issue, Kept::at, Kept::what)
                .containsExactly(
                        row("issue-12/20261122T170102Z", 12, Sandbox.NOW, "1 ignored file"),
                        row("issue-1/20261122T170102Z-2", 1, Sandbox.NOW, "1 untracked file"),
                        row("issue-1/20261122T170102Z", 1, Sandbox.NOW, "1 untracked file"),
                        row("issue-3/99999999T999999Z", 3, Instant.EPOCH, "first"));
    }

    private static Tuple row(String ref, int issue, Instant at, String what) {
        return Tuple.tuple("refs/orchestrator/rescue/" + ref, issue, at, what);
    }

    @Test
    void a_folder_that_is_no_repository_has_no_rescues() {
        Sandbox.make(box.root.resolve("plain"));
        assertThat(rescues.of(box.root.resolve("plain"))).isEmpty();
        assertThat(rescues.of(box.root.resolve("nowhere"))).isEmpty();
    }

    @Test
    void a_disk_that_refuses_is_told_and_the_rescue_stays() {
        Sandbox.write(tree.resolve("new"), "x\n");
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).isPresent();
        Path file = Sandbox.write(box.root.resolve("file"), "x");
        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () -> rescues.restore(box.main, only(), file.resolve("below")));
        assertThat(fault.code()).isEqualTo("restore-failed");
        assertThat(fault.sentence()).contains("still held");
        assertThat(rescues.of(box.main)).hasSize(1);
    }
}
