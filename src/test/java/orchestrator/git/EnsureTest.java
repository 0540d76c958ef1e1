package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import orchestrator.git.Worktrees.Ready;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsureTest {
    @TempDir Path temp;
    private Sandbox box;

    @BeforeEach
    void makeRepository() {
        box = new Sandbox(temp);
    }

    private Fault faultOf(Repo repo, int issue) {
        return catchThrowableOfType(Fault.class, () -> box.worktrees.ensure(repo, issue));
    }

    private String branches() {
        return box.git(box.main, "for-each-ref", "--format=%(refname)", "refs/heads/");
    }

    @Test
    void a_new_issue_gets_a_locked_worktree_on_its_branch_at_origins_default_branch() {
        String behind = box.git(box.main, "rev-parse", "HEAD");
        box.commit(box.main, "only-local", "x");
        Ready ready = box.worktrees.ensure(box.repo(), 7);
        assertThat(ready.created()).isTrue();
        assertThat(ready.path()).isEqualTo(box.root.resolve("trees/issue-7"));
        assertThat(ready.branch()).isEqualTo("issue/7");
        assertThat(ready.base()).isEqualTo(behind).isEqualTo(ready.head());
        assertThat(box.git(ready.path(), "symbolic-ref", "HEAD")).isEqualTo("refs/heads/issue/7");
        assertThat(box.git(ready.path(), "status", "--porcelain")).isEmpty();
        assertThat(box.git(box.main, "worktree", "list", "--porcelain"))
                .contains("locked in use by Orchestrator for issue 7");
        assertThat(box.git(box.main, "config", "--list", "--local")).doesNotContain("branch.issue");
    }

    @Test
    void without_an_origin_work_starts_from_the_local_branch() {
        box.git(box.main, "remote", "remove", "origin");
        String head = box.commit(box.main, "local", "x");
        assertThat(box.worktrees.ensure(box.repo(), 1).base()).isEqualTo(head);
        assertThat(box.worktrees.hasOrigin(box.repo())).isFalse();
    }

    @Test
    void a_worktree_that_is_there_is_reused_with_its_dirt() {
        Ready first = box.worktrees.ensure(box.repo(), 1);
        String head = box.commit(first.path(), "work", "x");
        Sandbox.write(first.path().resolve("README"), "dirty\n");
        Ready second = box.worktrees.ensure(box.repo(), 1);
        assertThat(second.created()).isFalse();
        assertThat(second.head()).isEqualTo(head);
        assertThat(second.base()).isEqualTo(first.base());
        assertThat(first.path().resolve("README")).hasContent("dirty\n");
    }

    @Test
    void a_worktree_in_the_midst_of_a_rebase_is_reused_untouched() {
        Path path = conflictingRebase();
        Ready again = box.worktrees.ensure(box.repo(), 1);
        assertThat(again.created()).isFalse();
        assertThat(box.worktrees.atRisk(path).inProgress()).isEqualTo("rebase");
    }

    private Path conflictingRebase() {
        Path path = box.ready(1);
        box.commit(path, "README", "mine\n");
        String theirs = box.commit(box.main, "README", "theirs\n");
        box.tryGit(path, "rebase", theirs);
        assertThat(box.git(path, "status")).contains("rebase in progress");
        return path;
    }

    @Test
    void a_branch_without_a_worktree_keeps_its_commits() {
        Path path = box.ready(1);
        String head = box.commit(path, "work", "x");
        box.worktrees.remove(box.repo(), path, 1);
        Ready again = box.worktrees.ensure(box.repo(), 1);
        assertThat(again.created()).isTrue();
        assertThat(again.head()).isEqualTo(head);
        assertThat(again.path().resolve("work")).hasContent("x");
    }

    @Test
    void a_branch_that_is_only_on_origin_is_continued() {
        String there = box.commit(box.main, "earlier", "x");
        box.git(box.main, "push", "-q", "origin", "HEAD:refs/heads/issue/3");
        box.git(box.main, "reset", "-q", "--hard", "HEAD~1");
        Ready ready = box.worktrees.ensure(box.repo(), 3);
        assertThat(ready.head()).isEqualTo(there);
        assertThat(ready.base()).isNotEqualTo(there);
    }

    @Test
    void a_folder_that_was_moved_away_halts_and_nothing_of_gits_is_lost() {
        Path path = box.ready(1);
        String head = box.commit(path, "work", "x");
        box.git(path, "checkout", "-q", "--detach");
        String held = box.commit(path, "detached", "x");
        Path elsewhere = Sandbox.move(path, path.resolveSibling("elsewhere"));
        String before = box.git(box.main, "worktree", "list", "--porcelain");

        Fault fault = faultOf(box.repo(), 1);

        assertThat(fault.code()).isEqualTo("worktree-missing");
        assertThat(fault.sentence()).contains(path.toString(), box.main.toString(), "put it back");
        assertThat(box.git(box.main, "worktree", "list", "--porcelain")).isEqualTo(before);
        Sandbox.move(elsewhere, path);
        Ready again = box.worktrees.ensure(box.repo(), 1);
        assertThat(again.created()).isFalse();
        assertThat(again.head()).isEqualTo(held).isNotEqualTo(head);
    }

    @Test
    void an_empty_folder_where_a_disk_was_is_not_filled() throws IOException {
        Path path = box.ready(1);
        Sandbox.deleteTree(path);
        Files.createDirectory(path);
        assertThat(box.worktrees.exists(path)).isFalse();
        assertThat(faultOf(box.repo(), 1).code()).isEqualTo("worktree-missing");
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void one_that_a_person_gave_up_is_made_again_on_its_branch() {
        Path path = box.ready(1);
        String head = box.commit(path, "work", "x");
        Sandbox.deleteTree(path);
        box.git(box.main, "worktree", "remove", "-f", "-f", path.toString());
        Ready again = box.worktrees.ensure(box.repo(), 1);
        assertThat(again.created()).isTrue();
        assertThat(again.head()).isEqualTo(head);
    }

    @Test
    void commits_only_a_vanished_detached_folder_led_to_get_a_ref_when_it_is_removed() {
        Path path = box.ready(1);
        box.git(path, "checkout", "-q", "--detach");
        String held = box.commit(path, "detached", "x");
        Sandbox.deleteTree(path);
        box.worktrees.remove(box.repo(), path, 1);
        assertThat(box.git(box.main, "for-each-ref", "--contains", held, "refs/orchestrator"))
                .contains("refs/orchestrator/rescue/issue-1/20261122T170102Z");
    }

    @Test
    void foreign_files_in_the_folder_are_named_and_not_touched() {
        Path mine = Sandbox.write(box.repo().worktreeOf(1).resolve("note"), "mine");
        Fault fault = faultOf(box.repo(), 1);
        assertThat(fault.code()).isEqualTo("worktree-foreign");
        assertThat(fault.sentence()).contains(box.repo().worktreeOf(1).toString());
        assertThat(mine).hasContent("mine");
        assertThat(branches()).isEqualTo("refs/heads/main");
    }

    @Test
    void a_branch_checked_out_elsewhere_is_said_to_be_there() {
        box.git(box.main, "checkout", "-q", "-b", "issue/1");
        Fault fault = faultOf(box.repo(), 1);
        assertThat(fault.code()).isEqualTo("branch-elsewhere");
        assertThat(fault.sentence()).contains("issue/1").contains(box.main.toString());
    }

    @Test
    void a_worktree_on_another_branch_is_left_as_it_is() {
        Path path = box.ready(1);
        box.git(path, "checkout", "-q", "-b", "elsewhere");
        assertThat(faultOf(box.repo(), 1).code()).isEqualTo("worktree-other-branch");
    }

    @Test
    void a_branch_in_the_way_is_named_and_leaves_nothing_behind() {
        box.git(box.main, "branch", "issue");
        Fault fault = faultOf(box.repo(), 1);
        assertThat(fault.code()).isEqualTo("branch-collision");
        assertThat(fault.sentence()).contains("refs/heads/issue'");
        assertThat(box.repo().worktreeOf(1)).doesNotExist();
    }

    @Test
    void a_failed_add_leaves_no_branch() throws IOException {
        // The base folder is a file, so that no folder can be made in it.
        Sandbox.write(box.root.resolve("trees"), "a file");
        assertThat(faultOf(box.repo(), 1).code()).isEqualTo("git-failed");
        assertThat(branches()).isEqualTo("refs/heads/main");
        assertThat(Files.readString(box.root.resolve("trees"))).isEqualTo("a file");
    }

    @Test
    void a_failing_post_checkout_hook_does_not_make_the_worktree_fail() {
        Path hook =
                Sandbox.write(box.main.resolve(".git/hooks/post-checkout"), "#!/bin/sh\nexit 3\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        assertThat(box.worktrees.ensure(box.repo(), 1).created()).isTrue();
        assertThat(box.worktrees.ensure(box.repo(), 1).created()).isFalse();
    }

    @Test
    void a_worktree_left_half_made_by_a_crash_is_made_anew_once_it_is_old() throws IOException {
        Path path = box.ready(1);
        box.git(box.main, "worktree", "unlock", path.toString());
        box.git(box.main, "worktree", "lock", "--reason", "initializing", path.toString());
        Files.delete(path.resolve("README"));
        assertThat(faultOf(box.repo(), 1).code()).isEqualTo("worktree-unfinished");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(600)));
        assertThat(box.worktrees.ensure(box.repo(), 1).created()).isTrue();
        assertThat(path.resolve("README")).hasContent("first\n");
    }

    @Test
    void the_repositorys_own_checkout_is_never_a_worktree_of_an_issue() throws IOException {
        Files.createSymbolicLink(box.root.resolve("trees"), box.root);
        Files.move(box.main, box.root.resolve("issue-1"));
        Repo repo =
                new Repo(
                        "app",
                        box.root.resolve("issue-1"),
                        "main",
                        box.root.resolve("trees"),
                        "issue/",
                        orchestrator.model.Platform.NONE);
        assertThat(faultOf(repo, 1).code()).isEqualTo("worktree-is-main");
    }

    @Test
    void a_worktree_that_lost_its_link_gets_it_back_with_its_files_untouched() throws IOException {
        Path path = box.ready(1);
        Sandbox.write(path.resolve("mine"), "x");
        Files.delete(path.resolve(".git"));
        Ready again = box.worktrees.ensure(box.repo(), 1);
        assertThat(again.created()).isFalse();
        assertThat(box.worktrees.atRisk(path).untracked()).containsExactly("mine");
    }

    @Test
    void a_folder_that_lost_its_link_is_never_taken_for_the_repository_around_it()
            throws IOException {
        Repo repo =
                new Repo(
                        "app",
                        box.main,
                        "main",
                        box.main.resolve("trees"),
                        "issue/",
                        orchestrator.model.Platform.NONE);
        Path path = box.worktrees.ensure(repo, 1).path();
        Files.delete(path.resolve(".git"));
        Sandbox.write(box.main.resolve("README"), "the user's own change");
        String head = box.git(box.main, "rev-parse", "HEAD");
        Fault fault =
                catchThrowableOfType(Fault.class, () -> box.worktrees.commitAll(path, "leftovers"));
        assertThat(fault.sentence()).contains("not a git repository");
        assertThat(box.git(box.main, "rev-parse", "HEAD")).isEqualTo(head);
    }

    @Test
    void a_stale_lock_is_named_with_its_age_and_not_deleted() throws IOException {
        Path path = box.ready(1);
        Path lock = Path.of(box.git(path, "rev-parse", "--absolute-git-dir")).resolve("index.lock");
        Sandbox.write(lock, "");
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(3600)));
        Sandbox.write(path.resolve("new"), "x");
        Fault fault =
                catchThrowableOfType(Fault.class, () -> box.worktrees.commitAll(path, "leftovers"));
        assertThat(fault.code()).isEqualTo("git-locked");
        assertThat(fault.sentence()).contains(lock.toString()).contains("60 minutes old");
        assertThat(lock).exists();
    }

    @Test
    void hostile_prefixes_are_names_and_run_nothing() {
        for (String prefix :
                List.of("x;$(touch y)/", "`touch y`'\"-", "$(touch${IFS}y)", "ä #{x}|&")) {
            Repo repo = box.repo(prefix);
            boolean valid = prefix.indexOf(' ') < 0;
            if (valid) {
                Ready ready = box.worktrees.ensure(repo, prefix.length());
                String commit = box.commit(ready.path(), "work", prefix);
                box.worktrees.push(repo, ready.branch(), commit);
                assertThat(box.git(box.origin, "rev-parse", "refs/heads/" + ready.branch()))
                        .isEqualTo(commit);
                box.worktrees.remove(repo, ready.path(), prefix.length());
            } else {
                assertThat(faultOf(repo, 1).code()).isEqualTo("branch-name");
            }
        }
        assertThat(faultOf(box.repo("-d"), 1).code()).isEqualTo("branch-name");
        assertThat(box.root.resolve("y")).doesNotExist();
        assertThat(box.main.resolve("y")).doesNotExist();
    }

    @Test
    void forty_at_once_all_succeed() throws Exception {
        List<Future<Ready>> futures = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= 40; i++) {
                int issue = i;
                futures.add(threads.submit(() -> box.worktrees.ensure(box.repo(), issue)));
            }
        }
        for (Future<Ready> future : futures) {
            assertThat(future.get().created()).isTrue();
        }
        assertThat(branches().lines()).hasSize(41);
        assertThat(box.git(box.main, "worktree", "list").lines()).hasSize(41);
    }

    @Test
    void two_processes_at_once_get_along_by_patience() throws Exception {
        GitWorktrees other = new GitWorktrees(box.runner, java.time.Clock.systemUTC());
        List<Future<Ready>> futures = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= 10; i++) {
                int issue = i;
                Worktrees which = i % 2 == 0 ? other : box.worktrees;
                futures.add(threads.submit(() -> which.ensure(box.repo(), issue)));
            }
        }
        for (Future<Ready> future : futures) {
            assertThat(future.get().created()).isTrue();
        }
    }
}
