package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AddIssueTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path folder;

    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder);
        lab.project("a", issue(1, ""));
    }

    private JsonNode added(String project) throws IOException {
        JsonNode issues = JSON.readTree(Files.readString(lab.file(project))).path("issues");
        return issues.get(issues.size() - 1);
    }

    @Test
    void an_issue_is_added_with_all_that_is_said_of_it() throws IOException {
        lab.project("b", issue(4, ""));
        CliLab.Said said =
                lab.run(
                        "add-issue",
                        "99",
                        "--title",
                        "New feature",
                        "--wave",
                        "2",
                        "--priority=3",
                        "--depends-on",
                        "1,b#4",
                        "--description",
                        "Do\nthis.",
                        "--repo",
                        "r",
                        "--task-type",
                        "review",
                        "--branch",
                        "feature/x",
                        "--exclusive",
                        "staking.db,port 80",
                        "--project",
                        "a");
        assertThat(said)
                .isEqualTo(new CliLab.Said(0, "Added a#99 to " + lab.file("a") + ".\n", ""));
        assertThat(added("a"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"number": 99, "title": "New feature", "description": "Do\\nthis.",
                                 "priority": 3, "depends_on": [1, "b#4"], "wave": 2, "repo": "r",
                                 "task_type": "review", "branch": "feature/x",
                                 "exclusive": ["staking.db", "port 80"]}
                                """));
        assertThat(lab.run("status").out()).contains("a#99", "waits for a#1, b#4");
        assertThat(lab.state().root()).doesNotExist();
    }

    @Test
    void number_and_title_are_enough() throws IOException {
        assertThat(lab.run("add-issue", "2", "--title", "x").exit()).isZero();
        assertThat(added("a")).isEqualTo(JSON.readTree("{\"number\": 2, \"title\": \"x\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch x)",
                "#(touch x)",
                "`touch x`",
                "\"'\\",
                "-x",
                "--no-such-option",
                "/clear",
                "@/etc/passwd",
                "@config/a-issues.json",
                "${sys:user.home} %n %s",
                "a, b,c",
                "line one\nline two\r\n\ttabbed",
                "😀 ümläut",
                " spaces kept "
            })
    void text_is_taken_as_it_is(String text) throws IOException {
        CliLab.Said said = lab.run("add-issue", "2", "--title", "T " + text, "--description", text);
        assertThat(said.err()).isEmpty();
        assertThat(added("a").path("title").asString()).isEqualTo("T " + text);
        assertThat(added("a").path("description").asString()).isEqualTo(text);
    }

    @Test
    void a_title_may_begin_like_an_option_or_a_file() throws IOException {
        assertThat(lab.run("add-issue", "2", "--title=--wave").err()).isEmpty();
        assertThat(added("a").path("title").asString()).isEqualTo("--wave");
        assertThat(lab.run("add-issue", "3", "--title", "@/etc/passwd").err()).isEmpty();
        assertThat(added("a").path("title").asString()).isEqualTo("@/etc/passwd");
    }

    @Test
    void a_description_of_100_kB_arrives_whole() throws IOException {
        String text = "Zeile mit ü und \"x\"\n".repeat(5_000);
        assertThat(lab.run("add-issue", "2", "--title", "x", "--description", text).exit())
                .isZero();
        assertThat(added("a").path("description").asString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 --title x                 | issue-exists | Issue 1 is already in",
                "0 --title x                 | edit-refused | was left as it is",
                "2 --title x --depends-on 77 | edit-refused | 77",
                "2 --title x --depends-on 2  | edit-refused | itself",
                "2 --title x --depends-on b  | wrong-use    | 'b' is not an issue",
                "2 --title x --depends-on b#x| wrong-use    | 'b#x' is not an issue",
                "2 --title x --repo nowhere  | edit-refused | nowhere",
                "2 --title x --project other | wrong-use    | There is no project 'other'",
            })
    void what_cannot_be_is_refused_and_nothing_is_written(
            String words, String code, String sentence) throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run(("add-issue " + words).split(" "));
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains(sentence, "code " + code).doesNotContain("\tat ");
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void of_several_projects_one_must_be_named() throws IOException {
        lab.project("b", issue(1, ""));
        CliLab.Said said = lab.run("add-issue", "2", "--title", "x");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--project", "[a, b]", "code wrong-use");
        assertThat(lab.run("add-issue", "2", "--title", "x", "--project", "b").exit()).isZero();
        assertThat(added("b").path("number").asInt()).isEqualTo(2);
        assertThat(added("a").path("number").asInt()).isEqualTo(1);
    }
}
