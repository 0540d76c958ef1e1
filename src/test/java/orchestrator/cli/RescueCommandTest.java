package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.git.Worktrees;
import orchestrator.model.Repo;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RescueCommandTest {
    @TempDir Path folder;
    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder.toRealPath().resolve("a ws"));
        lab.project("a", issue(1, "") + ", " + issue(12, ""));
    }

    /** Leaves something of an issue in a rescue and returns its ref. */
    private String rescued(String project, int issue) throws IOException {
        Workspace place =
                Workspace.locate(
                        Optional.of(lab.root()), Optional.empty(), Optional.empty(), Path.of("/"));
        WorkspaceConfig config = ((ConfigResult.Valid) ConfigReader.read(place)).config();
        Worktrees worktrees = lab.assembly().open(place, config).ports().worktrees();
        Repo repo = config.project(project).orElseThrow().repos().values().iterator().next();
        worktrees.createScratch(repo);
        Path tree = worktrees.ensure(repo, issue).path();
        Files.writeString(tree.resolve("new\nfile"), "rescued\n");
        return worktrees.rescue(repo, tree, issue).orElseThrow().ref();
    }

    @Test
    void without_rescues_one_sentence_says_so() throws IOException {
        Map<String, String> before = lab.listing();
        assertThat(lab.run("rescue", "list"))
                .isEqualTo(new CliLab.Said(0, "There are no rescues.\n", ""));
        assertThat(lab.run("rescue", "list", "--json").out()).isEqualTo("[ ]\n");
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void every_rescue_is_listed_with_its_time_its_issue_and_what_it_holds() throws IOException {
        String ref = rescued("a", 12);
        String text = lab.run("rescue", "list").out();
        assertThat(text.lines()).hasSize(2).first().isEqualTo(ref);
        assertThat(text)
                .containsPattern("    20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d of a#12 in r: ");
        assertThat(text).contains("1 untracked file");

        JsonNode json = new JsonMapper().readTree(lab.run("rescue", "list", "--json").out()).get(0);
        assertThat(json.path("ref").asString()).isEqualTo(ref);
        assertThat(json.path("project").asString()).isEqualTo("a");
        assertThat(json.path("issue").asInt()).isEqualTo(12);
        assertThat(json.path("what").asString()).isEqualTo("1 untracked file");
        assertThat(json.path("path").asString()).endsWith("/state/rehearsal/a");
    }

    @Test
    void files_are_put_into_a_new_folder_beside_the_repository() throws IOException {
        String ref = rescued("a", 12);
        CliLab.Said said = lab.run("rescue", "restore", ref);
        assertThat(said.exit()).as("%s", said).isZero();
        Path repository = lab.root().resolve("state/rehearsal/a");
        Path folder =
                repository.resolveSibling(
                        "a-rescued-12-" + ref.substring(ref.lastIndexOf('/') + 1));
        assertThat(said.out()).endsWith(")\n").contains(" of a#12 (", ") into " + folder + "\n");
        assertThat(folder.resolve("new\nfile")).hasContent("rescued");
        assertThat(said.out()).containsPattern("Commit [0-9a-f]{10} .* \\(on .*\\)\n");

        assertThat(lab.run("rescue", "restore", ref).out()).contains(" into " + folder + "-2\n");
    }

    @Test
    void the_end_of_a_ref_is_enough_and_nothing_is_written_over() throws IOException {
        String ref = rescued("a", 1);
        String end = ref.substring(ref.indexOf("issue-1"));
        Path into = folder.resolve("b ack");
        assertThat(lab.run("rescue", "restore", end, "--into", into.toString()).exit()).isZero();
        assertThat(into.resolve("new\nfile")).hasContent("rescued");
        CliLab.Said again = lab.run("rescue", "restore", end, "--into", into.toString());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("is there already", "code restore-occupied");
    }

    @Test
    void what_is_not_clear_is_asked() throws IOException {
        lab.project("b", issue(1, ""));
        lab.write(
                "b",
                Files.readString(lab.file("b")).replace("\"repo\": \"r\"", "\"repo\": \"other\""));
        String one = rescued("a", 1);
        String other = rescued("b", 1);
        copy("a", one, "b", "20200101T000000Z");
        assertThat(lab.run("rescue", "restore", "20200101T000000Z").out()).contains(" of b#1 (");
        copy("b", other, "a", "20200101T000000Z");
        CliLab.Said said = lab.run("rescue", "restore", "20200101T000000Z");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("several rescues", "--repo");
        CliLab.Said named = lab.run("rescue", "restore", other, "--repo", "other");
        assertThat(named.out()).contains(" of b#1 (");
        assertThat(lab.run("rescue", "restore", "nothing").err())
                .contains("There is no rescue 'nothing'; see `rescue list`.");
        assertThat(lab.run("rescue", "restore", one, "--repo", "x").exit()).isEqualTo(2);
        assertThat(lab.run("rescue").exit()).isEqualTo(2);
        assertThat(lab.run("rescue", "restore").exit()).isEqualTo(2);
    }

    /** The same rescue in another repository, at another time. */
    private void copy(String from, String ref, String to, String time) {
        Path place = lab.root().resolve("state/rehearsal");
        Outcome done =
                new ExecRunner()
                        .run(
                                Command.of(
                                        "git",
                                        "-C",
                                        place.resolve(to).toString(),
                                        "fetch",
                                        "-q",
                                        place.resolve(from).toString(),
                                        ref + ":refs/orchestrator/rescue/issue-1/" + time));
        assertThat(done)
                .isInstanceOfSatisfying(
                        Outcome.Exited.class, exited -> assertThat(exited.ok()).isTrue());
    }
}
