package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.git.Worktrees.Progress;
import orchestrator.git.Worktrees.Ready;
import orchestrator.git.Worktrees.WorkFacts;
import orchestrator.model.Fault;
import orchestrator.process.Outcome.Exited;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTest {
    @TempDir Path temp;
    private Sandbox box;

    @BeforeEach
    void makeRepository() {
        box = new Sandbox(temp);
    }

    @Test
    void facts_count_commits_and_uncommitted_files_in_two_calls() {
        Ready ready = box.worktrees.ensure(box.repo(), 1);
        String first = box.commit(ready.path(), "one", "1");
        String second = box.commit(ready.path(), "two", "2");
        Sandbox.write(ready.path().resolve("README"), "changed\n");
        Sandbox.write(ready.path().resolve("new\nline ü"), "x");
        Sandbox.write(ready.path().resolve(".env"), "ignored");
        box.runner.ran.clear();
        WorkFacts facts = box.worktrees.facts(ready.path(), ready.base(), first);
        assertThat(facts).isEqualTo(new WorkFacts(second, 2, 1, 2));
        assertThat(box.runner.verbs()).containsExactly("status", "rev-list");
    }

    @Test
    void facts_of_an_untouched_worktree_take_one_call() {
        Ready ready = box.worktrees.ensure(box.repo(), 1);
        box.runner.ran.clear();
        assertThat(box.worktrees.facts(ready.path(), ready.base(), ready.head()))
                .isEqualTo(new WorkFacts(ready.head(), 0, 0, 0));
        assertThat(box.worktrees.facts(ready.path(), ready.base(), "").commitsSinceStart())
                .isZero();
        assertThat(box.runner.verbs()).containsExactly("status", "status");
    }

    @Test
    void facts_hold_when_the_start_was_amended_merged_or_is_gone() {
        Ready ready = box.worktrees.ensure(box.repo(), 1);
        String start = box.commit(ready.path(), "one", "1");
        box.git(ready.path(), "commit", "-q", "--amend", "-m", "other");
        assertThat(box.worktrees.facts(ready.path(), ready.base(), start))
                .extracting(WorkFacts::commitsSinceBase, WorkFacts::commitsSinceStart)
                .containsExactly(1, 1);
        String main = box.commit(box.main, "theirs", "x");
        box.git(ready.path(), "merge", "-q", "--no-edit", main);
        String head = box.git(ready.path(), "rev-parse", "HEAD");
        assertThat(box.worktrees.facts(ready.path(), ready.base(), ready.base()))
                .isEqualTo(new WorkFacts(head, 3, 3, 0));
        assertThat(box.worktrees.facts(ready.path(), ready.base(), "ab".repeat(20)))
                .isEqualTo(new WorkFacts(head, 3, 0, 0));
    }

    @Test
    void facts_hold_in_the_midst_of_a_conflicting_rebase() {
        Ready ready = box.worktrees.ensure(box.repo(), 1);
        box.commit(ready.path(), "README", "mine\n");
        String theirs = box.commit(box.main, "README", "theirs\n");
        box.tryGit(ready.path(), "rebase", theirs);
        assertThat(box.worktrees.facts(ready.path(), ready.base(), ready.head()))
                .isEqualTo(new WorkFacts(theirs, 1, 1, 1));
    }

    @Test
    void what_is_no_commit_name_never_reaches_git() {
        Path path = box.ready(1);
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> box.worktrees.facts(path, "--output=/tmp/x", ""));
        assertThat(fault.code()).isEqualTo("not-a-commit");
        assertThat(
                        catchThrowableOfType(
                                        Fault.class,
                                        () -> box.worktrees.push(box.repo(), "main", ""))
                                .code())
                .isEqualTo("not-a-commit");
    }

    @Test
    void progress_is_bounded_and_in_lines() {
        Ready ready = box.worktrees.ensure(box.repo(), 1);
        for (int i = 0; i < 70; i++) {
            Sandbox.write(ready.path().resolve("file" + i), "x");
            Sandbox.write(ready.path().resolve("more\n" + i), "x");
        }
        box.commit(ready.path(), "one", "1");
        for (int i = 0; i < 32; i++) {
            box.git(ready.path(), "commit", "-q", "--allow-empty", "-m", "step " + i);
        }
        for (int i = 0; i < 70; i++) {
            Sandbox.write(ready.path().resolve("left\n" + i), "x");
        }
        Progress progress = box.worktrees.progress(ready.path(), ready.base());
        assertThat(progress.commits()).hasSize(30);
        assertThat(progress.commits().getFirst()).endsWith(" step 31");
        assertThat(progress.diffStat().lines().count()).isBetween(50L, 60L);
        assertThat(progress.diffStat()).contains("141 files changed");
        assertThat(progress.uncommitted()).hasSize(60).contains("?? left\\n0");
    }

    @Test
    void leftovers_are_committed_by_orchestrator_when_the_user_has_no_name() {
        Path path = box.ready(1);
        assertThat(box.worktrees.commitAll(path, "nothing")).isEmpty();
        Path hook = Sandbox.write(box.main.resolve(".git/hooks/pre-commit"), "#!/bin/sh\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Sandbox.write(path.resolve("-f"), "x");
        Sandbox.write(path.resolve(".env"), "secret");
        Optional<String> commit = box.worktrees.commitAll(path, "wip: $(x)\n\n# kept\n");
        assertThat(commit).contains(box.git(path, "rev-parse", "HEAD"));
        assertThat(box.git(path, "log", "-1", "--format=%an <%ae>%n%B"))
                .isEqualTo("Orchestrator <orchestrator@localhost>\nwip: $(x)\n\n# kept");
        assertThat(box.git(path, "show", "--format=", "--name-only", "HEAD")).isEqualTo("-f");
        box.git(box.main, "config", "user.name", "Me");
        box.git(box.main, "config", "user.email", "me@example.org");
        Sandbox.write(path.resolve("more"), "x");
        box.worktrees.commitAll(path, "wip");
        assertThat(box.git(path, "log", "-1", "--format=%an <%ae>"))
                .isEqualTo("Me <me@example.org>");
    }

    @Test
    void a_push_brings_exactly_the_commit_and_is_never_forced() {
        Ready ready = box.worktrees.ensure(box.repo(), 1);
        String first = box.commit(ready.path(), "one", "1");
        String second = box.commit(ready.path(), "two", "2");
        box.worktrees.push(box.repo(), "issue/1", first);
        assertThat(box.git(box.origin, "rev-parse", "refs/heads/issue/1")).isEqualTo(first);
        box.worktrees.push(box.repo(), "issue/1", second);
        box.worktrees.push(box.repo(), "issue/1", second);
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> box.worktrees.push(box.repo(), "issue/1", first));
        assertThat(fault.code()).isEqualTo("push-rejected");
        assertThat(fault.sentence()).contains("issue/1").doesNotContain("\n");
        assertThat(box.git(box.origin, "rev-parse", "refs/heads/issue/1")).isEqualTo(second);
    }

    @Test
    void a_users_pre_push_hook_is_heard() {
        Ready ready = box.worktrees.ensure(box.repo(), 1);
        Path hook =
                Sandbox.write(
                        box.main.resolve(".git/hooks/pre-push"),
                        "#!/bin/sh\necho 'error: no pushing today' >&2\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> box.worktrees.push(box.repo(), "issue/1", ready.head()));
        assertThat(fault.code()).isEqualTo("push-failed");
        assertThat(fault.sentence()).contains("no pushing today");
    }

    @Test
    void an_unreachable_origin_is_a_network_fault_without_its_password() {
        box.git(box.main, "remote", "set-url", "origin", "http://me:pass@127.0.0.1:1/x.git");
        String head = box.git(box.main, "rev-parse", "HEAD");
        Fault push =
                catchThrowableOfType(
                        Fault.class, () -> box.worktrees.push(box.repo(), "issue/1", head));
        assertThat(push.code()).isEqualTo("push-network");
        assertThat(push.sentence()).doesNotContain("pass@");
        Fault fetch = catchThrowableOfType(Fault.class, () -> box.worktrees.fetch(box.repo()));
        assertThat(fetch.code()).isEqualTo("fetch-network");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rejected|! [rejected] a -> b (fetch first)",
                "auth|fatal: Authentication failed for 'https://x/'",
                "auth|fatal: could not read Username for 'https://x': terminal prompts disabled",
                "auth|git@x: Permission denied (publickey).",
                "auth|fatal: unable to access 'https://x/': The requested URL returned error: 403",
                "network|ssh: Could not resolve hostname x: Name or service not known",
                "network|fatal: unable to access 'https://x/': Failed to connect to x port 443",
                "failed|! [remote rejected] a -> b (pre-receive hook declined)"
            })
    void failures_of_the_network_calls_are_told_apart(String kind, String stderr) {
        assertThat(Stderr.kind(new Exited(1, "", stderr))).isEqualTo(kind);
    }

    @Test
    void a_worktree_another_git_is_just_making_is_waited_for() {
        AtomicInteger calls = new AtomicInteger();
        Exited halfMade =
                new Exited(
                        128, "", "fatal: failed to read .git/worktrees/issue-6/commondir: Success");
        GitCall call =
                GitCall.in(
                        command ->
                                calls.incrementAndGet() < 3 ? halfMade : new Exited(0, "done", ""),
                        box.main);
        assertThat(call.must("worktree", "list")).isEqualTo("done");
        assertThat(calls).hasValue(3);
    }

    @Test
    void credentials_in_a_message_are_masked() {
        assertThat(
                        Stderr.usefulLine(
                                new Exited(
                                        128,
                                        "",
                                        "hint: x\nfatal: bad 'https://me:tok@host/x.git'.\n")))
                .isEqualTo("fatal: bad 'https://***@host/x.git'");
    }

    @Test
    void a_fetch_moves_only_the_default_branch() {
        Path clone = box.root.resolve("clone");
        box.git(box.root, "clone", "-q", box.origin.toString(), clone.toString());
        String there = box.commit(clone, "news", "x");
        box.git(clone, "push", "-q", "origin", "HEAD:main", "HEAD:other");
        box.worktrees.fetch(box.repo());
        assertThat(box.git(box.main, "rev-parse", "origin/main")).isEqualTo(there);
        assertThat(box.git(box.main, "for-each-ref", "refs/remotes/origin/other")).isEmpty();
    }
}
