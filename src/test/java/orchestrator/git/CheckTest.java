package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.process.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    @TempDir Path temp;
    private Sandbox box;

    @BeforeEach
    void makeRepository() {
        box = new Sandbox(temp);
    }

    private Repo at(Path path, String branch) {
        return new Repo("app", path, branch, box.root.resolve("trees"), "issue/", Platform.NONE);
    }

    @Test
    void a_good_repository_has_no_problems() {
        assertThat(box.worktrees.check(box.repo())).isEmpty();
        assertThat(box.worktrees.hasOrigin(box.repo())).isTrue();
    }

    @Test
    void a_missing_folder_and_a_folder_without_git_are_told_apart() {
        assertThat(box.worktrees.check(at(box.root.resolve("none"), "main")))
                .singleElement()
                .asString()
                .contains("is not there");
        Sandbox.make(box.root.resolve("plain"));
        assertThat(box.worktrees.check(at(box.root.resolve("plain"), "main")))
                .singleElement()
                .asString()
                .contains("is not a git repository");
    }

    @Test
    void an_empty_repository_wants_a_first_commit() {
        Path empty = box.root.resolve("empty");
        Sandbox.make(empty);
        box.git(empty, "init", "-q", "-b", "main");
        assertThat(box.worktrees.check(at(empty, "main")))
                .singleElement()
                .asString()
                .contains("no commit yet");
    }

    @Test
    void a_missing_default_branch_is_named_with_the_likely_one() {
        assertThat(box.worktrees.check(at(box.main, "master")))
                .singleElement()
                .asString()
                .contains("no branch master")
                .contains("it may be main");
    }

    @Test
    void branches_in_the_way_are_named() {
        box.git(box.main, "branch", "issue");
        assertThat(box.worktrees.check(box.repo()))
                .singleElement()
                .asString()
                .contains("the branch issue ");
        box.git(box.main, "branch", "work-12/part");
        assertThat(box.worktrees.check(box.repo("work-")))
                .singleElement()
                .asString()
                .contains("work-12/part");
    }

    @Test
    void a_prefix_that_gives_no_branch_name_is_refused() {
        for (String prefix : List.of("-x", "a b", "a..b", "x~")) {
            assertThat(box.worktrees.check(box.repo(prefix)))
                    .singleElement()
                    .asString()
                    .contains("change branch_prefix");
        }
    }

    @Test
    void a_foreign_owner_is_explained_with_the_exact_command() {
        Worktrees foreign =
                new GitWorktrees(
                        new TestRunner(Map.of("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")),
                        Clock.systemUTC());
        assertThat(foreign.check(box.repo()))
                .singleElement()
                .asString()
                .endsWith("git config --global --add safe.directory '" + box.main + "'");
    }

    @Test
    void a_missing_git_is_said_to_be_missing() {
        Worktrees none =
                new GitWorktrees(
                        command -> new Outcome.CouldNotStart("No such file"), Clock.systemUTC());
        assertThat(none.check(box.repo())).singleElement().asString().contains("install it");
    }

    @Test
    void every_call_is_cut_off_from_prompts_and_from_the_callers_repository() {
        box.worktrees.check(box.repo());
        assertThat(box.runner.ran)
                .isNotEmpty()
                .allSatisfy(command -> {
                    assertThat(command.environment())
                            .containsEntry("GIT_TERMINAL_PROMPT", "0")
                            .containsEntry("GIT_OPTIONAL_LOCKS", "0")
                            .containsEntry("LC_ALL", "C");
                    assertThat(command.unset())
                            .contains("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE");
                });
    }
}
