package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import orchestrator.model.Floors;
import orchestrator.model.Gate;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.LogKeeping;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.Settings;
import orchestrator.model.Stage;
import orchestrator.model.WorktreeSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates, the setup of worktrees, budgets, floors, reviews and what issues may not share. */
class RunKeysTest {
    @TempDir Path folder;
    private Lab lab = new Lab(Path.of("/"));

    @BeforeEach
    void makeLab() throws IOException {
        lab = Lab.in(folder);
    }

    private Project only() {
        return lab.valid().projects().getFirst();
    }

    private static Optional<Gate> gate(String command, long seconds) {
        return Optional.of(new Gate(command, Duration.ofSeconds(seconds)));
    }

    @Test
    void the_projects_gate_holds_for_every_stage_that_has_none_of_its_own() throws IOException {
        lab.project(
                """
                "gate": "mvn -q test", "gate_timeout": 90,
                "pipeline": ["implement", {"name": "write_tests", "gate": "make check\\nmake lint"},
                  {"name": "document", "gate": ""}, {"name": "review"}],
                """);
        assertThat(only().pipeline())
                .containsExactly(
                        new Stage("implement", true, gate("mvn -q test", 90)),
                        new Stage("write_tests", true, gate("make check\nmake lint", 90)),
                        new Stage("document", true),
                        new Stage("review", false, gate("mvn -q test", 90)));
        assertThat(lab.warnings()).isEmpty();
    }

    @Test
    void a_gate_has_its_default_time_and_holds_for_the_default_pipeline() throws IOException {
        lab.project("\"gate\": \"make\",");
        assertThat(only().pipeline())
                .containsExactly(new Stage("implement", true, gate("make", 1800)));
        lab.project("\"gate\": \"  \",");
        assertThat(only().pipeline()).containsExactly(new Stage("implement", true));
    }

    @Test
    void what_a_stage_says_of_commits_goes_before_its_template_and_the_built_in()
            throws IOException {
        Path prompts = folder.resolve("config/prompts");
        Files.writeString(prompts.resolve("implement.md"), "---\nmust_commit: true\n---\nx");
        lab.project(
                """
                "pipeline": [{"name": "implement", "must_commit": false},
                  {"name": "review", "must_commit": true}, {"name": "draft", "commit": true}],
                """);
        assertThat(only().pipeline())
                .containsExactly(
                        new Stage("implement", false),
                        new Stage("review", true),
                        new Stage("draft", true));
        assertThat(lab.warnings())
                .containsExactly(
                        "a-issues.json:3:62: the key \"commit\" is not known and has no effect");
    }

    @Test
    void templates_of_the_stages_between_two_tries_may_be_overridden() throws IOException {
        Path prompts = folder.resolve("config/prompts");
        Files.writeString(prompts.resolve("retry_analyze.md"), "Find out why.");
        lab.project("");
        assertThat(lab.warnings()).isEmpty();
    }

    @Test
    void worktrees_of_the_single_form_are_set_up() throws IOException {
        lab.project(
                """
                "setup": "npm ci", "setup_timeout": 1.5,
                "copy_files": [".env", "./config//*.local", "a/**/{b,c}", ".env", ".gitignore"],
                """);
        assertThat(only().repos().get("repo"))
                .extracting(Repo::setup)
                .isEqualTo(
                        new WorktreeSetup(
                                Optional.of("npm ci"),
                                Duration.ofMillis(1500),
                                List.of(".env", "config/*.local", "a/**/{b,c}", ".gitignore")));
    }

    @Test
    void what_a_repository_says_of_its_worktrees_goes_before_what_the_project_says()
            throws IOException {
        lab.write(
                "a",
                """
                {"project": "a", "setup": "make", "setup_timeout": 30, "copy_files": [".env"],
                 "repos": {
                  "r": {"path": "../repo", "branch_prefix": "r", "worktree_base": "../r"},
                  "s": {"path": "../repo", "branch_prefix": "s", "worktree_base": "../s",
                        "setup": "", "setup_timeout": 40, "copy_files": []},
                  "t": {"path": "../repo", "branch_prefix": "t", "worktree_base": "../t",
                        "setup": "own", "copy_files": ["x"]}}}
                """);
        Duration thirty = Duration.ofSeconds(30);
        assertThat(only().repos().values())
                .extracting(Repo::name, Repo::setup)
                .containsExactlyInAnyOrder(
                        tuple("r", new WorktreeSetup(Optional.of("make"), thirty, List.of(".env"))),
                        tuple(
                                "s",
                                new WorktreeSetup(
                                        Optional.empty(), Duration.ofSeconds(40), List.of())),
                        tuple("t", new WorktreeSetup(Optional.of("own"), thirty, List.of("x"))));
        assertThat(lab.warnings()).isEmpty();
    }

    @Test
    void nothing_is_set_up_gated_opened_or_limited_unless_it_is_said() throws IOException {
        lab.project("\"issues\": [{\"number\": 1}],");
        Project project = only();
        assertThat(project.repos().get("repo"))
                .extracting(Repo::setup)
                .isEqualTo(WorktreeSetup.NONE);
        assertThat(WorktreeSetup.NONE.timeout()).isEqualTo(Duration.ofSeconds(600));
        assertThat(project.openPullRequest()).isFalse();
        assertThat(project.retryFailed()).isTrue();
        assertThat(lab.valid().settings())
                .extracting(Settings::maxBudgetUsd, Settings::floors)
                .containsExactly(OptionalDouble.empty(), new Floors(1024, 512));
        Issue issue = project.issue(1).orElseThrow();
        assertThat(issue.exclusive()).isEmpty();
        assertThat(issue.branch()).isEmpty();
        assertThat(issue.maxBudgetUsd()).isEmpty();
    }

    @Test
    void a_project_is_on_hold_only_when_it_says_so() throws IOException {
        lab.project("");
        assertThat(only().onHold()).isFalse();
        lab.project("\"on_hold\": true,");
        assertThat(only().onHold()).isTrue();
    }

    @Test
    void pull_requests_and_the_second_try_are_a_projects_choice() throws IOException {
        lab.project(
                "\"platform\": \"github\", \"open_pull_request\": true, \"retry_failed\": false,");
        assertThat(only())
                .extracting(Project::openPullRequest, Project::retryFailed)
                .containsExactly(true, false);
        assertThat(lab.warnings()).isEmpty();
    }

    @Test
    void pull_requests_without_a_forge_are_warned_about() throws IOException {
        lab.project("\"open_pull_request\": true,");
        assertThat(lab.warnings())
                .containsExactly(
                        "a-issues.json:2:22: \"open_pull_request\" has no effect for \"repo\": say with \"platform\" whether it is on github or gitlab");
    }

    @Test
    void budget_and_floors_hold_for_the_workspace_and_the_first_file_decides() throws IOException {
        lab.project("a", "\"max_budget_usd\": 12.5, \"min_free_disk_mb\": 0,");
        lab.project("b", "\"max_budget_usd\": 13, \"min_free_memory_mb\": 64,");
        assertThat(lab.valid().settings())
                .extracting(Settings::maxBudgetUsd, Settings::floors)
                .containsExactly(OptionalDouble.of(12.5), new Floors(0, 64));
        assertThat(lab.warnings())
                .singleElement()
                .asString()
                .startsWith("b-issues.json:2:19: \"max_budget_usd\" holds for the whole workspace");
    }

    @Test
    void logs_are_compressed_when_the_workspace_says_so() throws IOException {
        lab.project("");
        assertThat(lab.valid().settings().logs())
                .isEqualTo(new LogKeeping(Duration.ofDays(14), 2048));
        lab.project("\"compress_logs_after_days\": 0, \"compress_logs_above_mb\": 64,");
        Settings said = lab.valid().settings();
        assertThat(said.logs()).isEqualTo(new LogKeeping(Duration.ZERO, 64));
        assertThat(said.with(9, OptionalDouble.of(1)).logs()).isEqualTo(said.logs());
    }

    @Test
    void a_run_that_goes_on_takes_another_budget_and_other_floors() throws IOException {
        lab.project("\"max_budget_usd\": 1, \"tmux_session\": \"one\",");
        Settings before = lab.valid().settings();
        lab.project("\"max_budget_usd\": 2, \"min_free_disk_mb\": 9, \"tmux_session\": \"two\",");
        Settings after = before.sameRun(lab.valid().settings());
        assertThat(after.maxBudgetUsd()).hasValue(2);
        assertThat(after.floors()).isEqualTo(new Floors(9, 512));
        assertThat(after.tmuxSession()).isEqualTo("one");
    }

    @Test
    void an_issue_may_name_what_it_shares_with_no_other() throws IOException {
        lab.project(
                """
                "issues": [{"number": 1, "exclusive": "staking.db", "max_budget_usd": 0.25},
                  {"number": 2, "exclusive": ["port 80", "staking.db", "port 80"]},
                  {"number": 3, "exclusive": []}],
                """);
        Project project = only();
        assertThat(project.issue(1).orElseThrow().exclusive()).containsExactly("staking.db");
        assertThat(project.issue(1).orElseThrow().maxBudgetUsd()).hasValue(0.25);
        assertThat(project.issue(2).orElseThrow().exclusive())
                .containsExactly("port 80", "staking.db");
        assertThat(project.issue(3).orElseThrow().exclusive()).isEmpty();
    }

    @Test
    void several_reviews_may_look_at_one_branch_also_at_an_issues_or_the_default_one()
            throws IOException {
        String review = ", \"task_type\": \"review\", \"branch\": \"%s\"".formatted("a/issue-1");
        lab.project(
                """
                "issues": [{"number": 1}, {"number": 2%s}, {"number": 3%s},
                  {"number": 4, "task_type": "review", "branch": "main"}],
                """
                        .formatted(review, review));
        assertThat(only().issues())
                .extracting(Issue::branch)
                .containsExactly(
                        Optional.empty(),
                        Optional.of("a/issue-1"),
                        Optional.of("a/issue-1"),
                        Optional.of("main"));
    }

    @Test
    void a_review_writes_beside_the_branch_it_looks_at() throws IOException {
        lab.project(
                """
                "issues": [{"number": 1, "task_type": "review", "branch": "a/issue-1"},
                  {"number": 2, "task_type": "review", "branch": "a"},
                  {"number": 3, "task_type": "review", "branch": "a/issue-3/x"}],
                """);
        assertThat(lab.problems())
                .containsExactly(
                        "a-issues.json:2:23: a#1 would be worked on in the branch \"a/issue-1\", the very one it is to look at; give it another number or another \"branch\"",
                        "a-issues.json:3:14: a#2 would be worked on in the branch \"a/issue-2\", which git cannot have beside the branch it looks at, \"a\"; choose another \"branch_prefix\"",
                        "a-issues.json:4:14: a#3 would be worked on in the branch \"a/issue-3\", which git cannot have beside the branch it looks at, \"a/issue-3/x\"; choose another \"branch_prefix\"");
    }

    @Test
    void issues_of_all_projects_stand_in_the_order_they_are_handed_out() throws IOException {
        lab.project(
                "b",
                """
                "issues": [{"number": 1, "wave": 2, "depends_on": ["a#12"]}, {"number": 2},
                  {"number": 3, "priority": -1}],
                """);
        lab.project(
                "a", "\"issues\": [{\"number\": 12, \"depends_on\": [\"b#3\"]}, {\"number\": 2}],");
        assertThat(lab.valid().ordered())
                .extracting(issue -> issue.id().toString())
                .containsExactly("b#3", "a#2", "a#12", "b#2", "b#1");
        assertThat(lab.valid().issue(new IssueId("b", 1)).orElseThrow().dependsOn())
                .containsExactly(new IssueId("a", 12));
    }
}
