package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import orchestrator.git.Worktrees.AtRisk;
import orchestrator.git.Worktrees.Rescue;
import orchestrator.model.Fault;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescueTest {
    @TempDir Path temp;
    private Sandbox box;
    private Path tree;

    @BeforeEach
    void makeWorktree() {
        box = new Sandbox(temp);
        tree = box.ready(1);
    }

    private Rescue removed() {
        Optional<Rescue> rescue = box.worktrees.remove(box.repo(), tree, 1);
        assertThat(tree).doesNotExist();
        return rescue.orElseThrow();
    }

    private String shown(Rescue rescue, String file) {
        return box.git(box.main, "show", rescue.ref() + ":" + file);
    }

    private Fault refusal(Path path) {
        return catchThrowableOfType(Fault.class, () -> box.worktrees.remove(box.repo(), path, 1));
    }

    private boolean holds(Rescue rescue, String commit) {
        return box.tryGit(box.main, "merge-base", "--is-ancestor", commit, rescue.ref())
                        instanceof Outcome.Exited exited
                && exited.ok();
    }

    @Test
    void the_same_state_is_held_once_and_another_state_once_more() {
        Sandbox.write(tree.resolve("new.txt"), "half");
        Sandbox.write(tree.resolve("README"), "staged");
        box.git(tree, "add", "README");
        Sandbox.write(tree.resolve("README"), "and changed again");
        Rescue first = box.worktrees.rescue(box.repo(), tree, 1).orElseThrow();
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).hasValue(first);
        Sandbox.write(tree.resolve("new.txt"), "more");
        Rescue second = box.worktrees.rescue(box.repo(), tree, 1).orElseThrow();
        assertThat(second.ref()).isNotEqualTo(first.ref());
        Sandbox.write(tree.resolve("new.txt"), "half");
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).hasValue(first);
        assertThat(box.git(box.main, "for-each-ref", "refs/orchestrator").lines()).hasSize(2);
    }

    @Test
    void a_clean_worktree_is_removed_without_a_rescue_and_keeps_its_branch() {
        String head = box.commit(tree, "work", "x");
        assertThat(box.worktrees.atRisk(tree))
                .isEqualTo(new AtRisk(List.of(), List.of(), List.of(), 1, 0, ""));
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).isEmpty();
        assertThat(box.worktrees.remove(box.repo(), tree, 1)).isEmpty();
        assertThat(tree).doesNotExist();
        assertThat(box.git(box.main, "rev-parse", "issue/1")).isEqualTo(head);
        assertThat(box.git(box.main, "worktree", "list").lines()).hasSize(1);
    }

    @Test
    void modified_untracked_and_ignored_files_are_held_as_they_were() throws IOException {
        box.commit(tree, "gone", "x");
        Files.delete(tree.resolve("gone"));
        Sandbox.write(tree.resolve("README"), "modified\n");
        Sandbox.write(tree.resolve("new\nline \"ü\" $(x)"), "untracked\n");
        Sandbox.write(tree.resolve("-rf"), "");
        Sandbox.write(tree.resolve("deep/er/.env"), "KEY=1\n");
        Sandbox.write(tree.resolve("out/log"), "ignored folder\n");
        Path script = Sandbox.write(tree.resolve("script"), "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/nowhere at all"));
        AtRisk risk = box.worktrees.atRisk(tree);
        assertThat(risk.modified()).containsExactlyInAnyOrder("README", "gone");
        assertThat(risk.untracked()).contains("new\nline \"ü\" $(x)", "-rf", "script", "link");
        assertThat(risk.ignored()).containsExactlyInAnyOrder("deep/er/.env", "out/");
        assertThat(risk.needsRescue()).isTrue();

        Rescue rescue = removed();
        assertThat(rescue.ref()).isEqualTo("refs/orchestrator/rescue/issue-1/20261122T170102Z");
        assertThat(shown(rescue, "README")).isEqualTo("modified");
        assertThat(shown(rescue, "new\nline \"ü\" $(x)")).isEqualTo("untracked");
        assertThat(shown(rescue, "-rf")).isEmpty();
        assertThat(shown(rescue, "deep/er/.env")).isEqualTo("KEY=1");
        assertThat(shown(rescue, "out/log")).isEqualTo("ignored folder");
        assertThat(box.git(box.main, "ls-tree", rescue.ref(), "script", "link", "gone"))
                .contains("100755 blob")
                .contains("120000 blob")
                .doesNotContain("gone");
        assertThat(rescue.what())
                .contains("2 modified files", "4 untracked files", "2 ignored files")
                .contains("1 unpushed commit stay");
        assertThat(holds(rescue, box.git(box.main, "rev-parse", "issue/1"))).isTrue();
    }

    @Test
    void a_rescue_changes_nothing_in_the_worktree_and_never_overwrites_another() {
        Sandbox.write(tree.resolve("staged"), "x");
        box.git(tree, "add", "staged");
        Sandbox.write(tree.resolve("untracked"), "x");
        Sandbox.write(tree.resolve(".env"), "x");
        String before = box.git(tree, "status", "--porcelain", "--ignored");
        Rescue first = box.worktrees.rescue(box.repo(), tree, 1).orElseThrow();
        assertThat(box.git(tree, "status", "--porcelain", "--ignored")).isEqualTo(before);
        Sandbox.write(tree.resolve("untracked"), "y");
        Rescue second = box.worktrees.rescue(box.repo(), tree, 1).orElseThrow();
        assertThat(box.git(tree, "status", "--porcelain", "--ignored")).isEqualTo(before);
        assertThat(second.ref()).isEqualTo(first.ref() + "-2");
        assertThat(box.git(box.main, "rev-parse", first.ref())).isEqualTo(first.commit());
    }

    @Test
    void names_that_are_no_utf8_are_held() throws Exception {
        Process maker =
                new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'bad\\377name')\"")
                        .directory(tree.toFile())
                        .start();
        assertThat(maker.waitFor()).isZero();
        assertThat(box.worktrees.atRisk(tree).untracked()).hasSize(1);
        Rescue rescue = removed();
        assertThat(box.git(box.main, "ls-tree", "--name-only", rescue.ref()))
                .contains("bad\\377name");
    }

    @Test
    void what_is_staged_and_differs_is_held_too() throws IOException {
        Sandbox.write(tree.resolve("README"), "staged\n");
        box.git(tree, "add", "README");
        Sandbox.write(tree.resolve("README"), "first\n");
        Sandbox.write(tree.resolve("only-staged"), "precious\n");
        box.git(tree, "add", "only-staged");
        Files.delete(tree.resolve("only-staged"));
        Rescue rescue = removed();
        assertThat(shown(rescue, "README")).isEqualTo("first");
        assertThat(box.git(box.main, "show", rescue.ref() + "^2:README")).isEqualTo("staged");
        assertThat(box.git(box.main, "show", rescue.ref() + "^2:only-staged"))
                .isEqualTo("precious");
    }

    @Test
    void changes_hidden_from_git_are_held() {
        box.commit(tree, "two", "x");
        box.git(tree, "update-index", "--assume-unchanged", "README");
        box.git(tree, "update-index", "--skip-worktree", "two");
        Sandbox.write(tree.resolve("README"), "hidden\n");
        Sandbox.write(tree.resolve("two"), "hidden too\n");
        assertThat(box.git(tree, "status", "--porcelain")).isEmpty();
        assertThat(box.worktrees.atRisk(tree).modified()).contains("README", "two");
        Rescue rescue = removed();
        assertThat(shown(rescue, "README")).isEqualTo("hidden");
        assertThat(shown(rescue, "two")).isEqualTo("hidden too");
    }

    @Test
    void rebuildable_folders_and_huge_ignored_files_are_left_out_and_named() throws IOException {
        Sandbox.write(tree.resolve("node_modules/a/index.js"), "x");
        assertThat(box.worktrees.atRisk(tree).needsRescue()).isFalse();
        assertThat(box.worktrees.rescue(box.repo(), tree, 1)).isEmpty();
        Sandbox.write(tree.resolve("out/node_modules/b.js"), "x");
        Sandbox.write(tree.resolve("out/kept"), "kept\n");
        try (RandomAccessFile huge =
                new RandomAccessFile(tree.resolve("huge.secret").toFile(), "rw")) {
            huge.setLength(Rebuildable.LARGEST_FILE + 1);
        }
        Rescue rescue = removed();
        assertThat(shown(rescue, "out/kept")).isEqualTo("kept");
        assertThat(box.git(box.main, "ls-tree", "-r", "--name-only", rescue.ref()))
                .doesNotContain("node_modules", "huge.secret");
        assertThat(box.git(box.main, "log", "-1", "--format=%B", rescue.ref()))
                .contains("- node_modules/", "- out/node_modules/", "- huge.secret (larger");
        assertThat(rescue.what()).contains("not held: ");
    }

    @Test
    void a_rebuildable_name_that_git_does_not_ignore_is_held() {
        Sandbox.write(tree.resolve("build/Main.java"), "source\n");
        Sandbox.write(tree.resolve("build/.env"), "KEY=2\n");
        Rescue rescue = removed();
        assertThat(shown(rescue, "build/Main.java")).isEqualTo("source");
        assertThat(shown(rescue, "build/.env")).isEqualTo("KEY=2");
    }

    @Test
    void detached_commits_are_held_even_those_left_behind() {
        box.git(tree, "checkout", "-q", "--detach");
        String left = box.commit(tree, "left", "x");
        box.git(tree, "checkout", "-q", "--detach", "issue/1");
        String current = box.commit(tree, "current", "x");
        assertThat(box.worktrees.atRisk(tree).detachedOnly()).isEqualTo(2);
        Rescue rescue = removed();
        assertThat(holds(rescue, left)).isTrue();
        assertThat(holds(rescue, current)).isTrue();
        assertThat(rescue.what()).contains("2 commits that no branch holds");
    }

    @Test
    void a_conflicting_merge_is_held_with_both_sides() {
        String mine = box.commit(tree, "README", "mine\n");
        String theirs = box.commit(box.main, "README", "theirs\n");
        box.git(box.main, "reset", "-q", "--hard", "HEAD~1");
        box.tryGit(tree, "merge", theirs);
        assertThat(box.worktrees.atRisk(tree).inProgress()).isEqualTo("merge");
        Rescue rescue = removed();
        assertThat(shown(rescue, "README")).contains("<<<<<<<", "mine", "theirs");
        assertThat(holds(rescue, mine)).isTrue();
        assertThat(holds(rescue, theirs)).isTrue();
        assertThat(rescue.what()).contains("a merge in progress");
    }

    @Test
    void a_rebase_in_progress_is_held_with_what_it_began_from() {
        String mine = box.commit(tree, "README", "mine\n");
        String theirs = box.commit(box.main, "README", "theirs\n");
        box.tryGit(tree, "rebase", theirs);
        Rescue rescue = removed();
        assertThat(holds(rescue, mine)).isTrue();
        assertThat(rescue.what()).contains("a rebase in progress");
        assertThat(box.git(box.main, "rev-parse", "issue/1")).isEqualTo(mine);
    }

    @Test
    void a_nested_repository_with_work_of_its_own_stops_the_removal() {
        Path nested = tree.resolve("vendor/lib");
        Sandbox.make(nested);
        box.git(nested, "init", "-q", "-b", "main");
        Sandbox.write(nested.resolve("f"), "x");
        assertThat(refusal(tree).code()).isEqualTo("worktree-nested");
        box.commit(nested, "f", "y");
        Fault fault = refusal(tree);
        assertThat(fault.code()).isEqualTo("worktree-nested");
        assertThat(fault.sentence()).contains("vendor/lib/", "refs/orchestrator/rescue/");
        assertThat(nested.resolve("f")).hasContent("y");
        assertThat(box.worktrees.rescue(box.repo(), tree, 1).orElseThrow().what())
                .contains("not held: the repository vendor/lib/ within");
    }

    @Test
    void a_nested_clone_that_its_remote_has_is_removed_and_named() {
        box.git(tree, "clone", "-q", box.origin.toString(), "clone");
        assertThat(removed().what()).contains("the repository clone/ within");
    }

    @Test
    void a_failed_rescue_removes_nothing() {
        // A required filter that fails: git can then not take the file's content.
        Sandbox.write(box.main.resolve(".git/info/attributes"), "*.bin filter=broken\n");
        box.git(box.main, "config", "filter.broken.clean", "false");
        box.git(box.main, "config", "filter.broken.required", "true");
        Path file = Sandbox.write(tree.resolve("a.bin"), "precious");
        assertThat(refusal(tree).code()).isEqualTo("rescue-failed");
        assertThat(file).hasContent("precious");
        assertThat(box.git(box.main, "worktree", "list", "--porcelain")).contains("locked in use");
    }

    @Test
    void a_file_that_changes_while_it_is_put_aside_stops_the_removal() {
        Path busy = Sandbox.write(tree.resolve("busy"), "0");
        CommandRunner whileWritten =
                command -> {
                    Outcome outcome = box.runner.run(command);
                    if (command.argv().contains("write-tree")) {
                        Sandbox.write(busy, "longer than before " + box.runner.ran.size());
                    }
                    return outcome;
                };
        Worktrees worktrees = new GitWorktrees(whileWritten, Clock.systemUTC());
        Fault fault =
                catchThrowableOfType(Fault.class, () -> worktrees.remove(box.repo(), tree, 1));
        assertThat(fault.code()).isEqualTo("rescue-incomplete");
        assertThat(fault.sentence()).contains("busy");
        assertThat(busy).exists();
        assertThat(box.git(box.main, "for-each-ref", "refs/orchestrator")).isEmpty();
    }

    @Test
    void files_beside_something_merely_called_git_are_held() {
        Sandbox.write(tree.resolve("fixture/.git"), "garbage");
        Sandbox.write(tree.resolve("fixture/data"), "held\n");
        assertThat(shown(removed(), "fixture/data")).isEqualTo("held");
    }

    @Test
    void a_worktree_that_lost_its_link_is_rescued_and_removed() throws IOException {
        Sandbox.write(tree.resolve("mine"), "x");
        Files.delete(tree.resolve(".git"));
        assertThat(shown(removed(), "mine")).isEqualTo("x");
    }

    @Test
    void a_sparse_worktree_is_rescued_with_what_is_outside_of_it() {
        box.commit(tree, "dir/file", "x");
        box.git(tree, "sparse-checkout", "set", "other");
        Sandbox.write(tree.resolve("dir/outside"), "held\n");
        assertThat(shown(removed(), "dir/outside")).isEqualTo("held");
    }

    @Test
    void what_is_not_a_worktree_of_the_repository_is_not_removed() {
        assertThat(refusal(box.main).code()).isEqualTo("worktree-is-main");
        Path foreign = Sandbox.write(box.root.resolve("trees/other/file"), "x");
        assertThat(refusal(box.root.resolve("trees/other")).code())
                .isEqualTo("worktree-not-registered");
        assertThat(foreign).exists();
        box.git(box.main, "worktree", "unlock", tree.toString());
        box.git(box.main, "worktree", "lock", "--reason", "mine", tree.toString());
        assertThat(refusal(tree).code()).isEqualTo("worktree-locked");
        assertThat(tree).exists();
    }

    @Test
    void the_registration_of_a_vanished_folder_is_removed_and_its_branch_kept() {
        Sandbox.deleteTree(tree);
        assertThat(box.worktrees.remove(box.repo(), tree, 1)).isEmpty();
        assertThat(box.git(box.main, "worktree", "list").lines()).hasSize(1);
        assertThat(box.git(box.main, "branch", "--list", "issue/1")).isNotEmpty();
    }
}
