package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A workspace made for a real repository. */
class InitTest {
    @TempDir Path temp;

    private CliLab lab;
    private Path shop = Path.of("/");

    @BeforeEach
    void repository() throws IOException {
        Path folder = temp.toRealPath();
        lab = new CliLab(folder.resolve("lab"));
        shop = Files.createDirectories(folder.resolve("My Shop"));
        git("init", "-q", "-b", "trunk");
        Files.writeString(shop.resolve("go.mod"), "module shop\n");
        git("add", "-A");
        git("-c", "user.name=Hand", "-c", "user.email=h@example.org", "commit", "-qm", "first");
        git("remote", "add", "origin", "git@github.com:acme/shop.git");
    }

    private String git(String... words) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        Outcome outcome = new ExecRunner().run(Command.of(argv).in(shop));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Exited.class,
                        exited -> assertThat(exited.ok()).as("%s", exited).isTrue());
        return ((Outcome.Exited) outcome).stdout();
    }

    private CliLab.Said init(String... words) {
        List<String> all = new ArrayList<>(List.of("init"));
        all.addAll(List.of(words));
        return lab.anywhere(all.toArray(String[]::new));
    }

    private static WorkspaceConfig read(Path workspace) {
        ConfigResult result =
                ConfigReader.read(
                        Workspace.locate(
                                Optional.of(workspace),
                                Optional.empty(),
                                Optional.empty(),
                                workspace));
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    @Test
    void what_the_repository_tells_is_shown_and_written_and_can_be_used() throws IOException {
        CliLab.Said said = init(shop.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        Path file = shop.resolve("config/my-shop-issues.json");
        assertThat(said.out().lines())
                .containsExactly(
                        "Found",
                        "  repository      " + shop,
                        "  default branch  trunk",
                        "  platform        github",
                        "  language        Go",
                        "  build           go build ./...",
                        "  test            go test ./...",
                        "To be written: " + file,
                        "  project         my-shop",
                        "  branches        my-shop/issue-N",
                        "  agent           claude, 3 workers",
                        "  state           " + shop + "/state, made by the launch; git ignores it",
                        "Wrote " + file + ".",
                        "Next: orchestrator import 101 102 --workspace '" + shop + "'",
                        "then: orchestrator launch --dry-run --workspace '" + shop + "'");
        WorkspaceConfig config = read(shop);
        assertThat(config.warnings()).isEmpty();
        Project project = config.projects().getFirst();
        Repo repo = project.repos().values().iterator().next();
        assertThat(repo.path()).isEqualTo(shop);
        assertThat(repo.platform()).isEqualTo(Platform.GITHUB);
        assertThat(repo.defaultBranch()).isEqualTo("trunk");
        assertThat(project.context().testCommand()).contains("go test ./...");
        assertThat(Files.readString(file)).contains("\"..\"").doesNotContain(shop.toString());
        assertThat(lab.anywhere("status", "--workspace", shop.toString()).exit()).isZero();
        assertThat(git("status", "--porcelain", "-uall").lines())
                .containsExactly("?? config/my-shop-issues.json");
    }

    @Test
    void every_guess_can_be_replaced() {
        CliLab.Said said =
                init(
                        shop.toString(),
                        "--yes",
                        "--name=web",
                        "--platform=GitLab",
                        "--default-branch=release/1",
                        "--branch-prefix=agents/",
                        "--language=C",
                        "--build=",
                        "--test=make -C 'a b' check",
                        "--agent=rehearsal",
                        "--workers=7");
        assertThat(said.err()).isEmpty();
        // Said, and written all the same: it may be fetched later.
        assertThat(said.out()).contains("Note: ", "no branch release/1");
        WorkspaceConfig config = read(shop);
        Project web = config.projects().getFirst();
        Repo repo = web.repos().values().iterator().next();
        assertThat(web.name()).isEqualTo("web");
        assertThat(repo.platform()).isEqualTo(Platform.GITLAB);
        assertThat(repo.branchOf(1)).isEqualTo("agents/1");
        assertThat(repo.defaultBranch()).isEqualTo("release/1");
        assertThat(web.context().language()).contains("C");
        assertThat(web.context().buildCommand()).isEmpty();
        assertThat(web.context().testCommand()).contains("make -C 'a b' check");
        assertThat(web.agent().type()).isEqualTo("rehearsal");
        assertThat(config.settings().workers()).isEqualTo(7);
    }

    @Test
    void a_folder_beside_leaves_the_repository_as_it_is() throws IOException {
        Path beside = shop.resolveSibling("runs").resolve("shop");
        CliLab.Said said =
                init(beside.toString(), "--repository", shop.resolve("config/..").toString());
        assertThat(said.err()).isEmpty();
        assertThat(read(beside).projects().getFirst().repos().values())
                .singleElement()
                .extracting(Repo::path)
                .isEqualTo(shop);
        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(
                        init(
                                        beside.toString(),
                                        "--repository",
                                        shop.toString(),
                                        "--name=b",
                                        "--gitignore")
                                .err())
                .contains("need not name it", "code wrong-use");
    }

    @Test
    void what_is_there_is_never_replaced() throws IOException {
        Path file = Files.createDirectories(shop.resolve("config")).resolve("other-issues.json");
        Files.writeString(file, "mine");
        CliLab.Said said = init(shop.toString(), "-y");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains(file + " is there already", "import or add-issue", "--name")
                .contains("code project-exists");
        assertThat(init(shop.toString(), "--name", "other").err()).contains("code project-exists");
        assertThat(file).hasContent("mine");
        Files.delete(file);
        assertThat(init(shop.toString()).exit()).isZero();
        String first = Files.readString(shop.resolve("config/my-shop-issues.json"));
        assertThat(init(shop.toString(), "--name", "second").err()).isEmpty();
        assertThat(read(shop).projects()).hasSize(2);
        assertThat(shop.resolve("config/my-shop-issues.json")).content().isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "--name=a/b                 | project-refused  | project",
                "--branch-prefix=           | project-refused  | branch_prefix",
                "--branch-prefix=a..b       | project-refused  | branch_prefix",
                "--workers=0                | project-refused  | num_workers",
                "--agent=hal                | project-refused  | hal",
                "--platform=sourceforge     | wrong-use        | github, gitlab or none",
                "--config=x.json            | options-conflict | without --config",
                "--workspace=x              | options-conflict | only one of them",
                "--repository=/nowhere-at-all | repository-missing | /nowhere-at-all",
            })
    void what_cannot_be_is_refused_and_nothing_is_written(String word, String code, String says) {
        CliLab.Said said = init(shop.toString(), word, "--gitignore");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains(says, "code " + code).doesNotContain("\tat ");
        assertThat(git("status", "--porcelain", "--ignored")).isEmpty();
    }

    @Test
    void a_folder_state_of_something_else_is_left_alone() throws IOException {
        Files.writeString(Files.createDirectory(shop.resolve("state")).resolve("machine.go"), "x");
        CliLab.Said said = init(shop.toString());
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains(
                        shop + "/state holds other things", "in another folder", "state-not-ours");
        assertThat(shop.resolve("config")).doesNotExist();
    }

    @Test
    void gitignore_is_changed_only_when_asked_for() throws IOException {
        Files.writeString(shop.resolve(".gitignore"), "*.log");
        Path inner = Files.createDirectories(shop.resolve("tools/run"));
        CliLab.Said said = init(inner.toString(), "--gitignore");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains(".gitignore      one more line: /tools/run/state/");
        assertThat(shop.resolve(".gitignore")).content().isEqualTo("*.log\n/tools/run/state/\n");
        assertThat(Files.readString(inner.resolve("config/my-shop-issues.json")))
                .contains("\"../../..\"");
        assertThat(read(inner).projects()).hasSize(1);
    }

    @Test
    void when_gitignore_cannot_be_changed_nothing_of_the_workspace_stays() throws IOException {
        Files.createDirectory(shop.resolve(".gitignore"));
        CliLab.Said said = init(shop.toString(), "--gitignore");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("add the line /state/ yourself");
        assertThat(shop.resolve("config")).doesNotExist();
    }

    @Test
    void a_dry_run_shows_all_and_writes_nothing() {
        CliLab.Said said = init(shop.toString(), "--dry-run");
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("go test ./...")
                .endsWith("Nothing was written (--dry-run).\n");
        assertThat(git("status", "--porcelain")).isEmpty();
    }

    @Test
    void a_repository_without_a_remote_or_a_known_kind_is_fine() throws IOException {
        git("remote", "remove", "origin");
        Files.delete(shop.resolve("go.mod"));
        CliLab.Said said = init(shop.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("  platform        none", "  test            -")
                .contains("Next: orchestrator add-issue 1 --title");
        assertThat(read(shop).projects().getFirst().context().testCommand()).isEmpty();
    }

    // ───────────────────────────────────────────────────────────── at a terminal

    private record Asked(int exit, String out) {}

    private Asked asked(Optional<String> answer, String... words) {
        StringWriter out = new StringWriter();
        InitCommand command =
                new InitCommand(new WorkspaceOptions(), lab.assembly(), () -> true, () -> answer);
        List<String> all = new ArrayList<>(List.of(shop.toString()));
        all.addAll(List.of(words));
        int exit =
                new CommandLine(command)
                        .setOut(new PrintWriter(out))
                        .execute(all.toArray(String[]::new));
        return new Asked(exit, out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "y", " Yes "})
    void a_person_is_asked_and_yes_is_the_default(String answer) {
        Asked asked = asked(Optional.of(answer));
        assertThat(asked.exit()).isZero();
        assertThat(asked.out()).contains("Write it? [Y/n] Wrote ");
        assertThat(read(shop).projects()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "no", "what", "<end>"})
    void anything_else_and_the_end_of_input_write_nothing(String answer) {
        Asked asked = asked(Optional.of(answer).filter(said -> !said.equals("<end>")));
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.out()).endsWith("Write it? [Y/n] Nothing was written.\n");
        assertThat(git("status", "--porcelain")).isEmpty();
    }

    @Test
    void yes_asks_nothing() {
        Asked asked = asked(Optional.of("n"), "--yes");
        assertThat(asked.exit()).isZero();
        assertThat(asked.out()).doesNotContain("[Y/n]");
        assertThat(Map.of("exists", Files.exists(shop.resolve("config/my-shop-issues.json"))))
                .containsValue(true);
    }
}
