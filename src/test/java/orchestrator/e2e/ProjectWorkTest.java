package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import orchestrator.model.Attempt;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a project asks for beside its stages: gates, setups, files to copy, names that only one may
 * use, reviews of a branch, a second try of what failed, pull requests. One run for all.
 */
class ProjectWorkTest {
    private static final String GATE =
            "test -e ../gate-`basename $PWD` || { touch"
                    + " ../gate-`basename $PWD`; echo not yet good; exit 7; }";

    /** Speaks as gh does, and notes what it is told. */
    private static final String GH =
            """
            #!/bin/sh
            printf '%s|' "$@" >>"$HOME/gh-calls"; echo >>"$HOME/gh-calls"
            case "$1 $2" in
                'issue view') echo '{"title":"From the forge","body":"Its text."}' ;;
                'pr list') echo '[]' ;;
                'pr create') echo 'https://forge.example/pull/1' ;;
            esac
            """;

    @RegisterExtension static final Orchestra ORCHESTRA = Orchestra.shared();

    @BeforeAll
    static void run() throws IOException {
        Path gh = Hands.write(ORCHESTRA.hands.bin().resolve("gh"), GH);
        Files.setPosixFilePermissions(gh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Hands.write(ORCHESTRA.repo.resolve(".env"), "SECRET=1\n");
        ORCHESTRA.hands.git(ORCHESTRA.repo, "checkout", "-qb", "feature");
        Hands.write(ORCHESTRA.repo.resolve("feature.txt"), "new\n");
        ORCHESTRA.hands.git(ORCHESTRA.repo, "add", "feature.txt");
        ORCHESTRA.hands.git(ORCHESTRA.repo, "commit", "-qm", "a feature");
        ORCHESTRA.hands.git(ORCHESTRA.repo, "checkout", "-q", "main");
        ORCHESTRA.with(
                new ProjectFile()
                        .workers(4)
                        .put("max_retries", 1)
                        .put("platform", "github")
                        .json("gate", "\"" + GATE.replace("\"", "\\\"") + "\"")
                        .put("setup", "cat .env >seen-by-setup; echo once >>seen-by-setup")
                        .json("copy_files", "[\".env\"]")
                        .json("open_pull_request", "true")
                        .scenario(
                                "issue=4 stage=implement attempt=1 outcome=empty",
                                "issue=4 stage=implement attempt=2 outcome=empty",
                                "default seconds=0.2 lines=2")
                        .issue(1, "First", "")
                        .last("exclusive", "\"db\"")
                        .issue(2, "Second")
                        .last("exclusive", "[\"db\", \"port 80\"]")
                        .issue(3, "Look at the feature")
                        .last("task_type", "\"review\"")
                        .last("branch", "\"feature\"")
                        .issue(4, "Fails at first"));
        ORCHESTRA.run("launch", "--wait").well();
    }

    private static Path worktreeFile(int issue, String name) {
        return ORCHESTRA.worktree(issue).resolve(name);
    }

    private static String prompt(int issue, int attempt) {
        return Hands.read(ORCHESTRA.story.folder(issue, attempt).path().resolve("prompt.md"));
    }

    @Test
    void everything_is_completed_and_sound() {
        ORCHESTRA.story.isSound();
        for (int issue = 1; issue <= 4; issue++) {
            assertThat(ORCHESTRA.story.status(issue)).hasValue(IssueStatus.COMPLETED);
            assertThat(ORCHESTRA.isPushed(issue)).as("issue %d is pushed", issue).isTrue();
        }
    }

    @Test
    void a_gate_that_does_not_pass_restarts_the_stage_with_what_it_printed() {
        assertThat(ORCHESTRA.story.only(1, Event.GateFailed.class).what()).isEqualTo("exit 7");
        assertThat(ORCHESTRA.story.of(1, Event.GatePassed.class)).hasSize(1);
        assertThat(ORCHESTRA.story.attempts(1)).hasSize(2);
        assertThat(prompt(1, 2)).contains("did not pass (exit 7)", "not yet good");
        assertThat(ORCHESTRA.story.folder(1, 1).path().resolve("gate.log"))
                .hasContent("not yet good\n");
    }

    @Test
    void a_new_worktree_gets_its_files_and_is_set_up_once() {
        for (int issue = 1; issue <= 4; issue++) {
            assertThat(worktreeFile(issue, ".env")).hasContent("SECRET=1\n");
            assertThat(worktreeFile(issue, "seen-by-setup")).hasContent("SECRET=1\nonce\n");
        }
    }

    @Test
    void what_only_one_may_use_is_used_by_one() {
        List<Event> turns =
                ORCHESTRA.story.events().stream()
                        .map(TimedEvent::event)
                        .filter(ProjectWorkTest::isTurnOfTheFirstTwo)
                        .toList();
        assertThat(turns)
                .as("the second is given out once the first is completed")
                .extracting(Object::getClass)
                .containsExactly(
                        Event.IssueAssigned.class,
                        Event.IssueCompleted.class,
                        Event.IssueAssigned.class,
                        Event.IssueCompleted.class);
    }

    private static boolean isTurnOfTheFirstTwo(Event event) {
        return switch (event) {
            case Event.IssueAssigned e -> e.issue().number() <= 2;
            case Event.IssueCompleted e -> e.issue().number() <= 2;
            default -> false;
        };
    }

    @Test
    void a_review_begins_where_its_branch_is_and_leaves_that_branch_alone() {
        String feature = ORCHESTRA.hands.git(ORCHESTRA.repo, "rev-parse", "feature");
        assertThat(ORCHESTRA.story.only(3, Event.WorktreeReady.class).base()).isEqualTo(feature);
        assertThat(worktreeFile(3, "feature.txt")).hasContent("new\n");
        assertThat(prompt(3, 1))
                .contains("existing branch `feature`", "adds to `main`", "reviews/issue-3.md");
    }

    @Test
    void what_failed_is_analysed_explored_and_tried_again_with_what_was_found() {
        assertThat(ORCHESTRA.story.attempts(4))
                .extracting(Attempt::stage)
                .containsExactly(
                        "implement",
                        "implement",
                        "retry_analyze",
                        "retry_explore",
                        "implement",
                        "implement");
        assertThat(prompt(4, 3)).contains("An earlier try failed", "without having worked");
        assertThat(prompt(4, 4)).contains("What retry_analyze found out");
        assertThat(prompt(4, 5))
                .contains("What retry_analyze found out", "What retry_explore found out");
    }

    @Test
    void each_issue_gets_one_pull_request_once_it_is_pushed() {
        String calls = Hands.read(ORCHESTRA.root.resolve("home/gh-calls"));
        for (int issue = 1; issue <= 4; issue++) {
            String create = "pr|create|--head=proof/issue-" + issue + "|";
            assertThat(calls).containsOnlyOnce(create);
            assertThat(ORCHESTRA.story.only(issue, Event.PullRequestOpened.class).url())
                    .isEqualTo("https://forge.example/pull/1");
        }
        assertThat(calls)
                .contains("--head=proof/issue-3|--base=feature|--title=Look at the feature");
    }

    @Test
    void an_issue_without_a_text_gets_the_forges_and_it_is_kept() {
        assertThat(prompt(1, 1)).contains("Its text.");
        assertThat(ORCHESTRA.state.issues(ProjectFile.PROJECT)).isDirectoryContaining("glob:**1*");
    }
}
