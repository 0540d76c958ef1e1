package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchCopiesTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir Path temp;

    private Sandbox box;
    private Path copy;
    private Path origin;
    private ScratchCopies copies;

    @BeforeEach
    void repository() {
        box = new Sandbox(temp);
        copy = box.root.resolve("scratch/app");
        origin = box.root.resolve("scratch/app-origin.git");
        copies = new GitScratchCopies(box.runner);
    }

    private Map<String, String> make(String... branches) {
        return copies.make(box.repo(), copy, Set.of(branches), Set.of());
    }

    private String refs() {
        return box.git(box.main, "for-each-ref");
    }

    /** An issue's worktree of the copy, as the monitor makes it. */
    private Path worktree(GitWorktrees worktrees) {
        return worktrees.ensure(scratch(), 1).path();
    }

    private Repo scratch() {
        return new Repo(
                "app", copy, "main", box.root.resolve("scratch/trees"), "w/", Platform.NONE);
    }

    @Test
    void a_copy_holds_what_origin_had_and_knows_no_other_origin_than_its_own() {
        String here = box.commit(box.main, "local", "not pushed\n");
        String pushed = box.git(box.main, "rev-parse", "origin/main");
        box.git(box.main, "branch", "issue/1");
        box.git(box.main, "branch", "feature");
        box.git(box.main, "tag", "v1");
        Sandbox.write(box.main.resolve(".git/hooks/pre-commit"), "#!/bin/sh\nexit 1\n");
        String before = refs();

        Map<String, String> taken = make("main", "feature", "nowhere");

        assertThat(taken).isEqualTo(Map.of("main", pushed, "feature", here));
        assertThat(box.git(origin, "for-each-ref", "--format=%(refname)").lines())
                .as("no branch of an issue: it begins from the beginning")
                .containsExactly("refs/heads/feature", "refs/heads/main", "refs/tags/v1");
        assertThat(box.git(copy, "config", "--get-all", "remote.origin.url"))
                .isEqualTo(origin.toString());
        assertThat(box.git(origin, "remote")).isEmpty();
        assertThat(copy.resolve(".git/hooks")).doesNotExist();
        assertThat(box.git(copy, "fsck", "--full")).isEmpty();
        assertThat(refs()).isEqualTo(before);
    }

    @Test
    void work_is_pushed_to_the_origin_beside_it_and_stays_whole_when_the_users_is_cleaned_up() {
        String rare = box.commit(box.main, "rare", "only on this branch\n");
        box.git(box.main, "branch", "feature");
        box.git(box.main, "reset", "-q", "--hard", "origin/main");
        make("main", "feature");
        box.git(box.main, "branch", "-qD", "feature");
        box.git(box.main, "reflog", "expire", "--expire=now", "--all");
        box.git(box.main, "gc", "-q", "--prune=now");
        GitWorktrees worktrees = new GitWorktrees(box.runner, Clock.systemUTC());
        Path worktree = worktree(worktrees);
        String done = box.commit(worktree, "done", "done\n");

        worktrees.push(scratch(), "w/1", done);

        assertThat(box.git(origin, "rev-parse", "w/1")).isEqualTo(done);
        assertThat(box.git(copy, "show", rare + ":rare")).isEqualTo("only on this branch");
        assertThat(box.git(copy, "fsck", "--full")).isEmpty();
        assertThat(refs()).doesNotContain("w/1");
        assertThat(box.git(box.origin, "for-each-ref")).doesNotContain("w/1");
    }

    @Test
    void a_detached_or_shallow_checkout_and_a_worktree_can_be_copied() {
        box.commit(box.main, "two", "2\n");
        box.git(box.main, "push", "-q", "origin", "main");
        box.git(box.main, "checkout", "-q", "--detach", "HEAD~1");
        assertThat(make("main")).hasSize(1);
        Path shallow = box.root.resolve("shallow");
        String url = "file://" + box.origin;
        box.git(box.root, "clone", "-q", "--depth=1", url, shallow.toString());
        Path linked = box.root.resolve("linked");
        box.git(box.main, "worktree", "add", "-q", "--detach", linked.toString());
        String head = box.git(box.main, "rev-parse", "main");
        for (Path real : new Path[] {shallow, linked}) {
            Path at = box.root.resolve("scratch-" + real.getFileName()).resolve("app");
            Repo repo = new Repo("app", real, "main", box.root.resolve("t"), "w/", Platform.NONE);
            assertThat(copies.make(repo, at, Set.of("main"), Set.of())).containsEntry("main", head);
            box.git(at, "checkout", "-q", "main");
            assertThat(at.resolve("two")).hasContent("2");
            String made = box.commit(at, "three", "3\n");
            box.git(at, "push", "-q", "origin", "main");
            assertThat(box.git(at.resolveSibling("app-origin.git"), "rev-parse", "main"))
                    .isEqualTo(made);
        }
    }

    @Test
    void a_partial_clone_is_copied_when_it_has_what_is_needed_and_its_server_is_never_asked() {
        box.commit(box.main, "two", "2\n");
        box.commit(box.main, "two", "zwei\n");
        box.git(box.main, "push", "-q", "origin", "main");
        box.git(box.origin, "config", "uploadpack.allowFilter", "true");
        Path partial = box.root.resolve("partial");
        box.git(
                box.root,
                "clone",
                "-q",
                "--filter=blob:none",
                "--no-checkout",
                "file://" + box.origin,
                partial.toString());
        Repo repo = new Repo("app", partial, "main", box.root.resolve("t"), "w/", Platform.NONE);
        assertThatThrownBy(() -> copies.make(repo, copy, Set.of("main"), Set.of()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo("scratch-incomplete"))
                .hasMessageContaining("lacks 3 objects of main");
        box.git(partial, "checkout", "-q", "main");
        Sandbox.move(box.origin, box.root.resolve("gone.git"));
        Path at = box.root.resolve("second/app");
        copies.make(repo, at, Set.of("main"), Set.of());
        box.git(at, "checkout", "-q", "main");
        assertThat(at.resolve("two")).hasContent("zwei");
        String made = box.commit(at, "three", "3\n");
        box.git(at, "push", "-q", "origin", "main");
        assertThat(box.git(at.resolveSibling("app-origin.git"), "rev-parse", "main"))
                .isEqualTo(made);
    }

    @Test
    void what_the_users_settings_forbid_or_fetch_is_neither_in_the_way_nor_done() {
        Path settings =
                Sandbox.write(
                        box.root.resolve("settings"),
                        """
                        [protocol "file"]
                            allow = never
                        [filter "lfs"]
                            process = false
                            required = true
                        """);
        TestRunner theirs = new TestRunner(Map.of("GIT_CONFIG_GLOBAL", settings.toString()));

        new GitScratchCopies(theirs).make(box.repo(), copy, Set.of("main"), Set.of());

        assertThat(box.git(copy, "config", "filter.lfs.process"))
                .isEqualTo("git-lfs filter-process --skip");
        GitWorktrees worktrees = new GitWorktrees(theirs, Clock.systemUTC());
        String done = box.commit(worktree(worktrees), "done", "done\n");
        worktrees.push(scratch(), "w/1", done);
        assertThat(box.git(origin, "rev-parse", "w/1")).isEqualTo(done);
    }

    @Test
    void files_that_worktrees_get_besides_lie_in_the_copy() {
        Sandbox.write(box.main.resolve(".env"), "KEY=1\n");
        Sandbox.write(box.main.resolve("conf/a.secret"), "a\n");
        copies.make(box.repo(), copy, Set.of("main"), Set.of(".env", "conf/*.secret"));
        assertThat(copy.resolve(".env")).hasContent("KEY=1");
        assertThat(copy.resolve("conf/a.secret")).hasContent("a");
        assertThat(copies.foreign(copy, Instant.now(), Instant.now())).isEmpty();
    }

    @Test
    void an_empty_repository_and_a_wrong_branch_are_told_before_and_refused() {
        Path empty = box.root.resolve("empty");
        box.git(box.root, "init", "-q", "-b", "main", empty.toString());
        Repo repo = new Repo("app", empty, "main", box.root.resolve("t"), "w/", Platform.NONE);
        assertThat(copies.check(repo)).singleElement().asString().contains("no commit yet");
        Repo other = new Repo("app", box.main, "trunk", box.root.resolve("t"), "w/", Platform.NONE);
        assertThat(copies.check(other)).singleElement().asString().contains("no branch trunk");
        assertThatThrownBy(() -> copies.make(other, copy, Set.of("trunk"), Set.of()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo("no-default-branch"));
    }

    @Test
    void only_what_nobody_of_ours_made_is_foreign() throws IOException {
        make("main");
        GitWorktrees worktrees = new GitWorktrees(box.runner, Clock.systemUTC());
        Path worktree = worktree(worktrees);
        box.git(
                worktree,
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "done",
                "--author",
                "A <rehearsal@example.invalid>");
        Sandbox.write(worktree.resolve("left"), "by the agent\n");
        worktrees.commitAll(worktree, "wip: implement of issue 1, left uncommitted by the agent");
        Path old = Sandbox.write(worktree.resolve("of-the-gate"), "built\n");
        Files.setLastModifiedTime(old, FileTime.from(LONG_AGO));
        Sandbox.write(worktree.resolve(".env"), "ignored\n");
        Instant ended = LONG_AGO.plusSeconds(1);
        assertThat(copies.foreign(copy, ended, ended)).isEmpty();

        Path mine = Sandbox.write(worktree.resolve("mine"), "mine\n");
        Path top = Sandbox.write(copy.resolve("top"), "mine\n");
        box.commit(worktree, "theirs", "theirs\n");
        Sandbox.write(mine, "mine again\n");

        assertThat(copies.foreign(copy, ended, ended))
                .hasSize(3)
                .anyMatch(each -> each.matches("the commit \\S+ change theirs in .*"))
                .anyMatch(each -> each.equals(mine.toString()))
                .anyMatch(each -> each.equals(top.toString()));
        assertThat(copies.foreign(copy, Instant.MAX, Instant.MAX)).hasSize(1);
    }

    @Test
    void a_repository_of_our_own_making_holds_nothing_foreign_either() {
        GitWorktrees worktrees = new GitWorktrees(box.runner, Clock.systemUTC());
        worktrees.createScratch(scratch());
        assertThat(copies.foreign(copy, Instant.now(), Instant.now())).isEmpty();
        Path worktree = worktree(worktrees);
        box.commit(worktree, "theirs", "theirs\n");
        assertThat(copies.foreign(copy, Instant.MAX, Instant.MAX)).hasSize(1);
    }
}
