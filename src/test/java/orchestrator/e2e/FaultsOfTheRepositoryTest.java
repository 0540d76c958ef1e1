package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Locks that were left behind, worktrees that are taken away (row 34 stands in {@link
 * CleanupTest}). One run for all; each row's issue has the row's number.
 */
class FaultsOfTheRepositoryTest {
    private static final int LOCKED_FOR_EVER = 320;
    private static final int DELETED = 330;

    @RegisterExtension static final Orchestra ORCHESTRA = Orchestra.shared();

    private static final Path ELSEWHERE = ORCHESTRA.root.resolve("elsewhere");
    private static final Path CONFIG_LOCK = ORCHESTRA.repo.resolve(".git/config.lock");

    @BeforeAll
    static void run() {
        ORCHESTRA.with(
                new ProjectFile()
                        .workers(4)
                        .issue(32, "Its branch's lock is left behind, and then taken away")
                        .issue(LOCKED_FOR_EVER, "The same, and it stays")
                        .issue(33, "Its worktree is moved away")
                        .issue(DELETED, "Its worktree is deleted")
                        .scenario("default seconds=3 lines=6"));
        Hands.write(CONFIG_LOCK, "");
        Hands.write(branchLock(32), "");
        Hands.write(branchLock(LOCKED_FOR_EVER), "");
        ORCHESTRA.launch();
        Orchestra.until(
                "two work",
                () ->
                        ORCHESTRA.story.running(33, 1).isPresent()
                                && ORCHESTRA.story.running(DELETED, 1).isPresent());
        Hands.write(ORCHESTRA.worktree(33).resolve("half.txt"), "half\n");
        move(ORCHESTRA.worktree(33), ELSEWHERE);
        ORCHESTRA
                .hands
                .run(ORCHESTRA.root, List.of("rm", "-rf", ORCHESTRA.worktree(DELETED).toString()))
                .well();
        Orchestra.until(
                "the lock was met twice",
                () -> ORCHESTRA.story.of(32, Event.WorktreeFailed.class).size() == 2);
        delete(branchLock(32));
        Orchestra.until(
                "all has come to its end",
                () ->
                        is(32, IssueStatus.COMPLETED)
                                && List.of(LOCKED_FOR_EVER, 33, DELETED).stream()
                                        .allMatch(issue -> is(issue, IssueStatus.PARKED)));
    }

    private static Path branchLock(int issue) {
        return ORCHESTRA.repo.resolve(".git/refs/heads/proof/issue-" + issue + ".lock");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean is(int issue, IssueStatus status) {
        return ORCHESTRA.story.status(issue).equals(Optional.of(status));
    }

    private static String reason(int issue) {
        return ORCHESTRA.story.of(issue, Event.IssueParked.class).getFirst().reason();
    }

    private static boolean isRegistered(int issue) {
        return ORCHESTRA
                .hands
                .git(ORCHESTRA.repo, "worktree", "list", "--porcelain")
                .lines()
                .anyMatch(line -> line.equals("worktree " + ORCHESTRA.worktree(issue)));
    }

    @Test
    void the_run_as_a_whole_is_sound() {
        ORCHESTRA.story.isSound();
    }

    @Test
    void row32_a_stale_lock_is_waited_for_named_and_left_alone() {
        List<TimedEvent> failures = ORCHESTRA.story.timed(32, Event.WorktreeFailed.class);
        assertThat(failures).hasSizeBetween(2, 4);
        assertThat(failures)
                .allSatisfy(timed ->
                        assertThat(((Event.WorktreeFailed) timed.event()).message())
                                .contains(branchLock(32).getFileName().toString()));
        Orchestra.until("it is pushed", () -> ORCHESTRA.isPushed(32));
        assertThat(CONFIG_LOCK).as("somebody else's lock").exists();
    }

    @Test
    void row32_a_lock_that_stays_ends_in_a_halt_that_says_so_after_a_few_tries() {
        List<TimedEvent> failures =
                ORCHESTRA.story.timed(LOCKED_FOR_EVER, Event.WorktreeFailed.class);
        assertThat(failures).hasSize(5);
        assertThat(Duration.between(failures.getFirst().at(), failures.getLast().at()))
                .as("1 + 2 + 4 + 8 s")
                .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(40));
        assertThat(reason(LOCKED_FOR_EVER)).contains("issue-320.lock");
        assertThat(branchLock(LOCKED_FOR_EVER)).exists();
    }

    @Test
    void row33_a_worktree_that_was_moved_away_halts_its_issue_and_is_told_and_nothing_is_lost() {
        assertThat(reason(33)).contains(ORCHESTRA.worktree(33).toString(), "put it back");
        assertThat(ORCHESTRA.story.only(33, Event.WorktreeRemoved.class).path())
                .isEqualTo(ORCHESTRA.worktree(33).toString());
        assertThat(ORCHESTRA.story.attempts(33)).hasSize(1);
        assertThat(isRegistered(33)).isTrue();
        assertThat(ELSEWHERE.resolve("half.txt")).hasContent("half\n");
        assertThat(ORCHESTRA.hands.git(ELSEWHERE, "rev-parse", "HEAD"))
                .isEqualTo(ORCHESTRA.head(ORCHESTRA.repo, 33));
        assertThat(ORCHESTRA.run("status").well()).contains("put it back");

        move(ELSEWHERE, ORCHESTRA.worktree(33));
        ORCHESTRA.run("retry", "33").well();
        completes(33);
        assertThat(ORCHESTRA.worktree(33).resolve("half.txt")).hasContent("half\n");
    }

    private static void completes(int issue) {
        Orchestra.until("it is completed", () -> is(issue, IssueStatus.COMPLETED));
        Orchestra.until("it is pushed", () -> ORCHESTRA.isPushed(issue));
    }

    @Test
    void row33_a_worktree_that_was_deleted_halts_its_issue_and_git_still_knows_it() {
        assertThat(reason(DELETED)).contains(ORCHESTRA.worktree(DELETED).toString());
        assertThat(ORCHESTRA.story.attempts(DELETED)).hasSize(1);
        assertThat(isRegistered(DELETED)).isTrue();
        assertThat(ORCHESTRA.worktree(DELETED)).doesNotExist();
        String head = ORCHESTRA.head(ORCHESTRA.repo, DELETED);

        String path = ORCHESTRA.worktree(DELETED).toString();
        ORCHESTRA.hands.git(ORCHESTRA.repo, "worktree", "remove", "-f", "-f", path);
        ORCHESTRA.run("retry", Integer.toString(DELETED)).well();
        completes(DELETED);
        ORCHESTRA.hands.git(
                ORCHESTRA.repo, "merge-base", "--is-ancestor", head, "proof/issue-" + DELETED);
    }
}
