package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cleaning up loses nothing. */
class CleanupTest {
    private static final int RUNNING = 6;

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void row34_what_only_a_worktree_holds_is_found_again_under_the_printed_names() {
        begin();
        Hands.write(orchestra.worktree(1).resolve(".env"), "KEY=1\n");
        Hands.write(orchestra.worktree(2).resolve("notes/new.txt"), "untracked\n");
        Hands.write(orchestra.worktree(3).resolve("README"), "Changed.\n");
        String unpushed = commitByHand(4, "by-hand.txt");
        orchestra.hands.git(orchestra.worktree(5), "checkout", "-q", "--detach");
        String detached = commitByHand(5, "detached.txt");
        Hands.write(orchestra.worktree(RUNNING).resolve("half.txt"), "half\n");

        String told = orchestra.run("cleanup").well();

        assertThat(rescued(told, 1, ".env")).isEqualTo("KEY=1");
        assertThat(rescued(told, 2, "notes/new.txt")).isEqualTo("untracked");
        assertThat(rescued(told, 3, "README")).isEqualTo("Changed.");
        assertThat(orchestra.head(orchestra.repo, 4)).isEqualTo(unpushed);
        orchestra.hands.git(orchestra.repo, "merge-base", "--is-ancestor", detached, ref(told, 5));
        assertThat(rescued(told, RUNNING, "half.txt")).isEqualTo("half");
        IntStream.rangeClosed(1, RUNNING)
                .forEach(issue -> assertThat(orchestra.worktree(issue)).doesNotExist());
        Orchestra.until("nothing runs any more", () -> orchestra.hands.alive().isEmpty());
        goesOnAfterwards();
    }

    private void begin() {
        ProjectFile file = new ProjectFile().workers(3).issues(RUNNING);
        orchestra.with(
                file.scenario(
                        "issue=" + RUNNING + " attempt=1 seconds=600 lines=600",
                        "default seconds=0.1 lines=1"));
        orchestra.launch();
        Orchestra.until(
                "all but one are pushed and that one works",
                () ->
                        IntStream.range(1, RUNNING).allMatch(orchestra::isPushed)
                                && orchestra.story.running(RUNNING, 1).isPresent());
    }

    private String commitByHand(int issue, String file) {
        Path worktree = orchestra.worktree(issue);
        Hands.write(worktree.resolve(file), "by hand\n");
        orchestra.hands.git(worktree, "add", file);
        orchestra.hands.git(worktree, "commit", "-qm", "By hand");
        return orchestra.hands.git(worktree, "rev-parse", "HEAD");
    }

    private static String ref(String told, int issue) {
        Matcher matcher =
                Pattern.compile("refs/orchestrator/rescue/issue-" + issue + "/\\S+").matcher(told);
        assertThat(matcher.find()).as("a rescue of issue %d in:%n%s", issue, told).isTrue();
        return matcher.group();
    }

    private String rescued(String told, int issue, String file) {
        return orchestra.hands.git(orchestra.repo, "show", ref(told, issue) + ":" + file);
    }

    /** The attempt that was ended is run again in a new worktree of the kept branch. */
    private void goesOnAfterwards() {
        assertThat(orchestra.run("launch", "--wait").well()).contains("6 of 6 issues completed");
        assertThat(orchestra.story.attempts(RUNNING)).hasSize(2);
        orchestra.story.isSound();
    }

    @Test
    void worktrees_are_kept_when_asked_for_also_on_a_tmux_server_of_its_own() {
        orchestra.with(
                new ProjectFile()
                        .issues(2)
                        .put("tmux_socket", "aside")
                        .scenario("issue=2 seconds=600 lines=600", "default seconds=0.1 lines=1"));
        orchestra.launch();
        Orchestra.until(
                "one is done and one works",
                () -> orchestra.isPushed(1) && orchestra.story.running(2, 1).isPresent());
        assertThat(orchestra.hands.tmux("-L", "aside", "ls").well())
                .startsWith(ProjectFile.SESSION + ":");
        Path file = Hands.write(orchestra.worktree(2).resolve("half.txt"), "half\n");

        String told = orchestra.run("cleanup", "--keep-worktrees").well();

        assertThat(told).contains("Worktrees are kept");
        Orchestra.until("nothing runs any more", () -> orchestra.hands.alive().isEmpty());
        assertThat(file).hasContent("half\n");
        assertThat(Files.isDirectory(orchestra.worktree(1))).isTrue();
        assertThat(orchestra.hands.git(orchestra.repo, "worktree", "list").lines()).hasSize(3);
    }
}
