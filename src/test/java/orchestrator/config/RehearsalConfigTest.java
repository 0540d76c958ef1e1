package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.RehearsalMark;
import orchestrator.model.Repo;
import orchestrator.model.Stage;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalConfigTest {
    private static final RehearsalConfig.Options PLAIN =
            new RehearsalConfig.Options(Optional.empty(), true, _ -> Optional.empty());

    @TempDir Path folder;

    private Lab lab;
    private Path root;

    @BeforeEach
    void workspace() throws IOException {
        lab = Lab.in(folder.resolve("ws"));
        root = lab.root().resolve("state/rehearsal-run");
    }

    private RehearsalConfig rehearsal(RehearsalConfig.Options options) {
        return new RehearsalConfig(lab.workspace(), lab.valid(), root, options);
    }

    /** As it is read once it is laid out. */
    private WorkspaceConfig laidOut(RehearsalConfig.Options options) throws IOException {
        for (Map.Entry<String, byte[]> file : rehearsal(options).files().entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        ConfigResult read =
                ConfigReader.read(
                        Workspace.locate(
                                Optional.of(root), Optional.empty(), Optional.empty(), root));
        assertThat(read).isInstanceOf(ConfigResult.Valid.class);
        WorkspaceConfig config = ((ConfigResult.Valid) read).config();
        assertThat(rehearsal(options).preview())
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        preview ->
                                assertThat(preview.config().settings())
                                        .isEqualTo(config.settings()));
        RehearsalConfig.requireApart(config, root);
        return config;
    }

    private static Repo only(Project project) {
        return project.repos().values().iterator().next();
    }

    @Test
    void agent_places_platform_and_session_are_others_and_all_else_stays() throws IOException {
        Path scenario = Files.writeString(folder.resolve("s"), "outcome=crash\n");
        Files.writeString(lab.configDir().resolve("prompts/polish.md"), "Shine.\n");
        lab.project(
                """
                "$schema": "x.json", "unknown": {"deep": [1, 2.50]}, "state_dir": "../elsewhere",
                "platform": "gitlab", "open_pull_request": true, "tmux_socket": "../t.sock",
                "agent": {"type": "claude", "env": {"ANTHROPIC_API_KEY": "secret"}}, "num_workers": 7,
                "stagger_delay": 2.5, "max_retries": 9, "gate": "make", "setup": "prepare",
                "pipeline": ["implement", {"name": "polish", "agent": "codex", "gate": "shine"}],
                "max_budget_usd": 3.50, "initial_assignments": {"2": 4},
                "issues": [{"number": 4, "title": "T", "wave": 3, "priority": 2, "exclusive": "db"},
                           {"number": 5, "depends_on": [4], "description": "D", "status": "parked"}],\
                """);
        WorkspaceConfig real = lab.valid();
        WorkspaceConfig rehearsed =
                laidOut(
                        new RehearsalConfig.Options(
                                Optional.of(scenario),
                                true,
                                id -> Optional.of("Fetched before for " + id)));
        Project was = real.projects().getFirst();
        Project is = rehearsed.projects().getFirst();

        assertThat(rehearsed.settings().tmuxSession()).isEqualTo("a-orchestrator-rehearsal");
        assertThat(rehearsed.settings().tmuxSocket()).isEqualTo(real.settings().tmuxSocket());
        assertThat(rehearsed.settings().stateDir()).isEqualTo(root.resolve("state"));
        assertThat(rehearsed.settings().workers()).isEqualTo(7);
        assertThat(rehearsed.settings().staggerDelay()).isEqualTo(real.settings().staggerDelay());
        assertThat(rehearsed.settings().maxBudgetUsd()).hasValue(3.5);
        assertThat(is.agents())
                .singleElement()
                .satisfies(agent -> {
                    assertThat(agent.type()).isEqualTo("rehearsal");
                    assertThat(agent.scenario()).contains(root.resolve("scenario.txt"));
                    assertThat(agent.environment()).isEmpty();
                });
        assertThat(only(is).name()).isEqualTo(only(was).name());
        assertThat(only(is).path()).isEqualTo(root.resolve("state/rehearsal/repo"));
        assertThat(only(is).worktreeBase())
                .isEqualTo(root.resolve("state/rehearsal/repo-worktrees"));
        assertThat(only(is).platform()).isEqualTo(Platform.NONE);
        assertThat(only(is).branchPrefix()).isEqualTo(only(was).branchPrefix());
        assertThat(only(is).setup()).isEqualTo(only(was).setup());
        assertThat(is.openPullRequest()).isFalse();
        assertThat(is.limits()).isEqualTo(was.limits());
        assertThat(is.initialAssignments()).isEqualTo(was.initialAssignments());
        assertThat(is.pipeline())
                .extracting(Stage::name, Stage::gate)
                .containsExactlyElementsOf(
                        was.pipeline().stream()
                                .map(stage -> tuple(stage.name(), stage.gate()))
                                .toList());
        assertThat(is.issue(4).orElseThrow().description()).isEqualTo("Fetched before for a#4");
        assertThat(is.issue(5)).isEqualTo(was.issue(5));
        assertThat(Files.readString(root.resolve("config/a-issues.json")))
                .contains("\"deep\" : [ 1, 2.50 ]")
                .doesNotContain("secret");
        assertThat(root.resolve("config/prompts/polish.md")).hasContent("Shine.");
    }

    @Test
    void setups_and_gates_can_be_left_out() throws IOException {
        lab.write(
                "a",
                """
                {"project": "a", "gate": "make", "setup": "prepare",
                 "repos": {"x": {"path": "../repo", "branch_prefix": "x/", "setup": "other"}},
                 "pipeline": ["implement", {"name": "document", "gate": "spell"}]}
                """);
        Project is =
                laidOut(new RehearsalConfig.Options(Optional.empty(), false, _ -> Optional.empty()))
                        .projects()
                        .getFirst();
        assertThat(is.pipeline()).allMatch(stage -> stage.gate().isEmpty());
        assertThat(only(is).setup().command()).isEmpty();
    }

    @Test
    void projects_that_share_a_repository_share_its_copy_and_others_of_its_name_do_not()
            throws IOException {
        Files.createDirectories(lab.root().resolve("other/repo"));
        Files.createSymbolicLink(lab.root().resolve("link"), lab.root().resolve("repo"));
        String form =
                """
                {"project": "%s", "tmux_session": "s", "repos": {"my app": {"path": "%s",
                 "branch_prefix": "%s/", "copy_files": ["%s"]}},
                 "issues": [{"number": %d, "task_type": "review", "branch": "looked-%s"}]}
                """;
        lab.write("a", form.formatted("a", "../repo", "a", ".env", 1, "a"));
        lab.write("b", form.formatted("b", "../link", "b", "*.key", 2, "b"));
        lab.write("c", form.formatted("c", "../other/repo", "c", "x", 1, "c"));
        WorkspaceConfig config = laidOut(PLAIN);
        List<Path> paths = config.projects().stream().map(project -> only(project).path()).toList();
        Path scratch = root.resolve("state/rehearsal");
        assertThat(paths)
                .containsExactly(
                        scratch.resolve("repo"),
                        scratch.resolve("repo"),
                        scratch.resolve("repo-2"));
        assertThat(rehearsal(PLAIN).copies()).hasSize(2);
        RehearsalConfig.Copy first = rehearsal(PLAIN).copies().getFirst();
        assertThat(first.branches()).isEqualTo(Set.of("main", "looked-a", "looked-b"));
        assertThat(first.files()).isEqualTo(Set.of(".env", "*.key"));
        assertThat(config.settings().tmuxSession()).isEqualTo("s-rehearsal");
    }

    @Test
    void a_session_of_the_greatest_length_is_cut_and_a_scripted_projects_scenario_kept()
            throws IOException {
        Path scenario = Files.writeString(lab.configDir().resolve("own.txt"), "outcome=crash\n");
        lab.project(
                "\"tmux_session\": \"%s\", \"agent\": {\"type\": \"rehearsal\", \"scenario\": \"own.txt\"},"
                        .formatted("s".repeat(100)));
        WorkspaceConfig config = laidOut(PLAIN);
        assertThat(config.settings().tmuxSession()).hasSize(100).endsWith("s-rehearsal");
        assertThat(config.projects().getFirst().agent().scenario()).contains(scenario);
    }

    @Test
    void a_file_of_any_name_counts_in_the_rehearsal() throws IOException {
        Path file = lab.root().resolve("plan.json");
        Files.writeString(
                file, "{\"project\": \"p\", \"repo_path\": \"repo\", \"branch_prefix\": \"p/\"}");
        Workspace single =
                Workspace.locate(
                        Optional.empty(), Optional.of(file), Optional.empty(), Path.of("/"));
        WorkspaceConfig config = ((ConfigResult.Valid) ConfigReader.read(single)).config();
        assertThat(new RehearsalConfig(single, config, root, PLAIN).files().keySet())
                .containsExactly("config/p-issues.json");
    }

    @Test
    void what_is_edited_in_a_rehearsal_may_not_lead_out_of_it() throws IOException {
        lab.project("\"platform\": \"github\",");
        laidOut(PLAIN);
        Files.createDirectories(root.resolve("state/rehearsal/repo"));
        Files.writeString(RehearsalMark.in(root), "{}");
        Path file = root.resolve("config/a-issues.json");
        String good = Files.readString(file);
        Workspace there =
                Workspace.locate(Optional.of(root), Optional.empty(), Optional.empty(), root);
        assertThat(ConfigReader.read(there)).isInstanceOf(ConfigResult.Valid.class);
        for (String[] change :
                new String[][] {
                    {"\"rehearsal\"", "\"claude\"", "the agent claude"},
                    {"\"none\"", "\"gitlab\"", "the repository"},
                    {
                        root.resolve("state/rehearsal/repo") + "\"",
                        lab.root().resolve("repo") + "\"",
                        "the repository"
                    },
                    {"\"project\"", "\"state_dir\": \"../../out\", \"project\"", "\"state_dir\""},
                }) {
            Files.writeString(file, good.replace(change[0], change[1]));
            assertThat(ConfigReader.read(there))
                    .isInstanceOfSatisfying(
                            ConfigResult.Invalid.class,
                            invalid ->
                                    assertThat(invalid.problems())
                                            .singleElement()
                                            .asString()
                                            .startsWith(file + ":1:1: " + change[2])
                                            .contains("leads out of the rehearsal"));
        }
    }

    @Test
    void a_file_that_is_changed_meanwhile_and_a_place_outside_are_refused() throws IOException {
        lab.project("");
        RehearsalConfig rehearsal = rehearsal(PLAIN);
        WorkspaceConfig real = lab.valid();
        lab.write("a", "{\"project\": \"a\", \"repos\": {\"new\": {\"path\": \"../repo\"}}}");
        assertThatThrownBy(rehearsal::files)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("config-changed"));
        assertThatThrownBy(() -> RehearsalConfig.requireApart(real, root))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo("rehearsal-not-apart"));
    }
}
