package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AgentSettings;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Limits;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.ProjectContext;
import orchestrator.model.Repo;
import orchestrator.model.Settings;
import orchestrator.model.Stage;
import orchestrator.model.Timings;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir Path folder;
    private Lab lab = new Lab(Path.of("/"));

    @BeforeEach
    void makeLab() throws IOException {
        lab = Lab.in(folder);
    }

    @Test
    void what_is_not_given_has_its_default() throws IOException {
        lab.write(
                "proof",
                """
                {"project": "proof", "repo_path": "../repo", "branch_prefix": "proof/issue-",
                 "issues": [{"number": 52}]}
                """);

        WorkspaceConfig config = lab.valid();

        assertThat(config.root()).isEqualTo(folder);
        assertThat(config.configDir()).isEqualTo(folder.resolve("config"));
        assertThat(config.warnings()).isEmpty();
        assertThat(config.settings())
                .isEqualTo(
                        new Settings(
                                "proof-orchestrator",
                                5,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Optional.empty(),
                                folder.resolve("state")));
        Project project = config.projects().getFirst();
        assertThat(project.configFile()).isEqualTo(lab.file("proof"));
        assertThat(project.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(project.agent()).isEqualTo(AgentSettings.CLAUDE);
        assertThat(project.context()).isEqualTo(ProjectContext.EMPTY);
        assertThat(project.pipeline()).containsExactly(new Stage("implement", true));
        assertThat(project.initialAssignments()).isEmpty();
        assertThat(project.repos())
                .containsExactly(
                        Map.entry(
                                "repo",
                                new Repo(
                                        "repo",
                                        folder.resolve("repo"),
                                        "main",
                                        folder.resolve("repo-worktrees"),
                                        "proof/issue-",
                                        Platform.NONE)));
        assertThat(project.issues())
                .containsExactly(
                        new Issue(
                                new IssueId("proof", 52),
                                "Issue 52",
                                "",
                                0,
                                List.of(),
                                1,
                                IssueStatus.PENDING,
                                "repo",
                                "",
                                Optional.empty()));
    }

    @Test
    void every_key_of_the_single_form_is_taken() throws IOException {
        Files.writeString(folder.resolve("config/scenario.json"), "{}");
        lab.write(
                "a",
                """
                {"$schema": "x", "project": "a.b", "repo": "core", "repo_path": "../repo",
                 "worktree_base": "../trees", "branch_prefix": "x-", "default_branch": "develop",
                 "platform": "gitlab", "tmux_session": "S_1", "tmux_socket": "./sock",
                 "state_dir": "../st", "num_workers": 2, "cycle_interval": 0.5,
                 "stagger_delay": 0, "max_retries": 0, "stall_timeout": 1.25,
                 "wall_clock_timeout": 7.0, "timings": {"linger": 0.5, "reset_jitter": 0},
                 "pipeline": ["research", "review"],
                 "project_context": {"language": "Go", "build_command": "make",
                   "test_command": "make test", "safety_rules": ["r1", "r2"],
                   "commit_prefix": "p:", "key_files": ["k"]},
                 "agent": {"type": "rehearsal", "path": "bin/agent", "model": "m",
                   "args": ["-x", ""], "env": {"A_B": "c d"}, "scenario": "scenario.json"},
                 "issues": [
                   {"number": 1, "title": "T", "description": "D", "priority": -3, "depends_on": [2],
                    "wave": 4, "status": "parked", "repo": "core", "task_type": "audit",
                    "pipeline_stage": "review"},
                   {"number": 2.0}],
                 "initial_assignments": {"2": 1}}
                """);

        WorkspaceConfig config = lab.valid();

        assertThat(config.warnings()).isEmpty();
        assertThat(config.settings())
                .isEqualTo(
                        new Settings(
                                "S_1",
                                2,
                                Duration.ofMillis(500),
                                Duration.ZERO,
                                Optional.of(folder + "/config/sock"),
                                folder.resolve("st")));
        Project project = config.projects().getFirst();
        assertThat(project.limits())
                .isEqualTo(
                        new Limits(
                                0,
                                Duration.ofMillis(1250),
                                Duration.ofSeconds(7),
                                new Timings(
                                        Timings.DEFAULT.silentStart(),
                                        Duration.ofMillis(500),
                                        Timings.DEFAULT.unknownReset(),
                                        Duration.ZERO,
                                        Timings.DEFAULT.accountProbe(),
                                        Timings.DEFAULT.backoff(),
                                        Timings.DEFAULT.longestBackoff())));
        assertThat(project.context())
                .isEqualTo(
                        new ProjectContext(
                                "Go",
                                "make",
                                "make test",
                                List.of("r1", "r2"),
                                "p:",
                                List.of("k")));
        assertThat(project.agent())
                .isEqualTo(
                        new AgentSettings(
                                "rehearsal",
                                Optional.of(folder + "/config/bin/agent"),
                                Optional.of("m"),
                                Optional.of(List.of("-x", "")),
                                Map.of("A_B", "c d"),
                                Optional.of(folder.resolve("config/scenario.json"))));
        assertThat(project.pipeline())
                .extracting(Stage::name)
                .containsExactly("research", "review");
        assertThat(project.repos().get("core"))
                .isEqualTo(
                        new Repo(
                                "core",
                                folder.resolve("repo"),
                                "develop",
                                folder.resolve("trees"),
                                "x-",
                                Platform.GITLAB));
        assertThat(project.issues().getFirst())
                .isEqualTo(
                        new Issue(
                                new IssueId("a.b", 1),
                                "T",
                                "D",
                                -3,
                                List.of(new IssueId("a.b", 2)),
                                4,
                                IssueStatus.PARKED,
                                "core",
                                "audit",
                                Optional.of("review")));
        assertThat(project.initialAssignments()).containsExactly(Map.entry(2, 1));
    }

    @Test
    void several_repositories_and_projects_make_one_workspace() throws IOException {
        Files.createDirectories(folder.resolve("web"));
        lab.write(
                "b",
                """
                {"project": "b", "num_workers": 9, "repos": {
                   "core": {"path": "../repo", "branch_prefix": "b/", "platform": "github"},
                   "web": {"path": "../web", "branch_prefix": "b/"}},
                 "issues": [{"number": 1, "repo": "web", "depends_on": ["a#1"]},
                            {"number": 2, "repo": "core", "depends_on": [1, "b#1"]}]}
                """);
        lab.project("\"num_workers\": 3, \"issues\": [{\"number\": 1}], \"agent\": \"rehearsal\",");

        WorkspaceConfig config = lab.valid();

        assertThat(config.projects()).extracting(Project::name).containsExactly("a", "b");
        assertThat(config.settings().workers()).isEqualTo(3);
        assertThat(config.settings().tmuxSession()).isEqualTo("a-orchestrator");
        Project b = config.project("b").orElseThrow();
        assertThat(b.repoOf(b.issue(1).orElseThrow()).worktreeOf(1))
                .isEqualTo(folder.resolve("web-worktrees/issue-1"));
        assertThat(b.issue(1).orElseThrow().dependsOn()).containsExactly(new IssueId("a", 1));
        assertThat(config.warnings().stream().map(lab::relative))
                .containsExactly(
                        "b-issues.json:1:33: \"num_workers\" holds for the whole workspace and is already set differently in a-issues.json:2; what stands here has no effect",
                        "b-issues.json:5:61: this dependency is already in the list");
        assertThat(config.projects().getFirst().agent().type()).isEqualTo("rehearsal");
    }

    @Test
    void unknown_keys_are_warned_about_with_what_may_be_meant() throws IOException {
        lab.project(
                """
                "num_worker": 3, "zebra": {"x": 1}, "issues": [{"number": 1, "dependsOn": []}],
                "project_context": {"langauge": "Go"},
                """);
        assertThat(lab.warnings())
                .containsExactly(
                        "a-issues.json:2:1: the key \"num_worker\" is not known and has no effect (did you mean \"num_workers\"?)",
                        "a-issues.json:2:18: the key \"zebra\" is not known and has no effect",
                        "a-issues.json:2:62: the key \"dependsOn\" is not known and has no effect (did you mean \"depends_on\"?)",
                        "a-issues.json:3:21: the key \"langauge\" is not known and has no effect (did you mean \"language\"?)");
    }

    @Test
    void a_template_makes_a_stage_and_its_front_matter_says_whether_it_must_commit()
            throws IOException {
        Path prompts = folder.resolve("config/prompts");
        Files.writeString(prompts.resolve("polish.md"), "---\nmust_commit: true\n---\nPolish.");
        Files.writeString(prompts.resolve("look.md"), "Look only.");
        Files.writeString(prompts.resolve("implement.md"), "---\nmust_commit: false\n---\n");
        Files.writeString(prompts.resolve("draft.md"), "Ours, with other words.");
        lab.project("\"pipeline\": [\"polish\", \"look\", \"implement\", \"draft\"],");
        assertThat(lab.valid().projects().getFirst().pipeline())
                .containsExactly(
                        new Stage("polish", true),
                        new Stage("look", false),
                        new Stage("implement", false),
                        new Stage("draft", true));
    }

    @Test
    void home_and_absolute_paths_are_understood() throws IOException {
        lab.write(
                "a",
                """
                {"project": "a", "repo_path": "%s", "branch_prefix": "x",
                 "worktree_base": "~/trees", "state_dir": "~/st"}
                """
                        .formatted(folder.resolve("repo")));
        Path home = Path.of(System.getProperty("user.home"));
        WorkspaceConfig config = lab.valid();
        assertThat(config.settings().stateDir()).isEqualTo(home.resolve("st"));
        assertThat(config.projects().getFirst().repos().get("repo"))
                .extracting(Repo::path, Repo::worktreeBase)
                .containsExactly(folder.resolve("repo"), home.resolve("trees"));
    }

    @Test
    void the_rehearsal_repository_may_be_missing_under_the_state_folder_only() throws IOException {
        String made =
                "\"project\": \"a\", \"branch_prefix\": \"x\", \"repo_path\": \"../state/r/repo\"";
        lab.write("a", "{\"agent\": \"rehearsal\", " + made + "}");
        assertThat(lab.valid().projects()).hasSize(1);
        lab.write("a", "{\"agent\": \"claude\", " + made + "}");
        assertThat(lab.problems()).singleElement().asString().contains("does not exist");
        lab.write("a", "{\"agent\": \"rehearsal\", \"state_dir\": \"../s\", " + made + "}");
        assertThat(lab.problems()).singleElement().asString().contains("does not exist");
    }

    @Test
    void ten_thousand_issues_in_one_long_chain_are_read_quickly() throws IOException {
        StringBuilder issues = new StringBuilder("\"issues\": [");
        for (int i = 1; i <= 10_000; i++) {
            issues.append(
                    """
                    {"number": %d, "title": "Title %d", "description": "Some words of text.", "wave": %d, "depends_on": [%s]}%s
                    """
                            .formatted(
                                    i, i, i / 100, i < 10_000 ? i + 1 : "", i < 10_000 ? "," : ""));
        }
        lab.project(issues.append("],").toString());
        lab.valid();
        // The thread's own time: what else the machine does must not decide.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        assertThat(lab.valid().projects().getFirst().issues()).hasSize(10_000);
        Duration used = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
        assertThat(used).isLessThan(Duration.ofSeconds(1));
    }
}
