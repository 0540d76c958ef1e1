package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Issues of a platform, by scripts that answer as gh and glab do. */
class ImportTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path temp;

    private CliLab lab;
    private Path answers = Path.of("/");

    @BeforeEach
    void workspace() throws IOException {
        Path folder = temp.toRealPath();
        lab = new CliLab(folder.resolve("ws"));
        answers = Files.createDirectories(folder.resolve("answers"));
        Files.createDirectories(folder.resolve("ws/repo"));
        project("github", "{\"number\": 7, \"title\": \"Carts\", \"mine\": 1, \"wave\": 3}");
        lab.forge(
                "gh",
                """
                pwd >> '%1$s/folders'; echo "$@" >> '%1$s/calls'
                case "$1 $2" in
                "issue view")
                  cat "%1$s/$3.json" 2> /dev/null && exit
                  echo "GraphQL: Could not resolve to an issue or pull request with the number of $3. (repository.issue)" >&2
                  exit 1 ;;
                "issue list") cat '%1$s/list.json' ;;
                esac
                """
                        .formatted(answers));
        for (int number : List.of(101, 102, 103, 104)) {
            issue(number, "Issue " + number, "OPEN", "Text of " + number);
        }
    }

    private void project(String platform, String issues) throws IOException {
        lab.write(
                "shop",
                """
                {
                  "project": "shop",
                  "repos": {"shop": {"path": "../repo", "branch_prefix": "shop/issue-", "platform": "%s"}},
                  "mine" : [1 , 2],
                  "issues": [
                    %s
                  ]
                }
                """
                        .formatted(platform, issues));
    }

    private void issue(int number, String title, String state, String body) throws IOException {
        Files.writeString(
                answers.resolve(number + ".json"),
                // As half a character comes: it cannot be written otherwise.
                JSON.writer()
                        .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                        .writeValueAsString(json(number, title, state, body)));
    }

    private static ObjectNode json(int number, String title, String state, String body) {
        return JSON.createObjectNode()
                .put("body", body)
                .put("number", number)
                .put("state", state)
                .put("title", title)
                .put("url", "https://github.com/Acme/shop/issues/" + number);
    }

    private void epic(String list) throws IOException {
        issue(100, "The epic", "OPEN", list);
    }

    private CliLab.Said run(String... words) {
        return lab.run(Stream.concat(Stream.of("import"), Stream.of(words)).toArray(String[]::new));
    }

    private CliLab.Said well(String... words) {
        CliLab.Said said = run(words);
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        return said;
    }

    private String text() throws IOException {
        return Files.readString(lab.file("shop"));
    }

    private JsonNode issues() throws IOException {
        return JSON.readTree(text()).path("issues");
    }

    /** The defined issues as {@code 101 w1 p1 <100 completed}. */
    private List<String> told() throws IOException {
        return StreamSupport.stream(issues().spliterator(), false).map(ImportTest::told).toList();
    }

    private static String told(JsonNode issue) {
        StringBuilder line = new StringBuilder(issue.path("number").asString());
        line.append(" w").append(issue.path("wave").asString());
        line.append(" p").append(issue.path("priority").asString("-"));
        issue.path("depends_on").forEach(on -> line.append(" <").append(on.asString()));
        return line.append(issue.has("status") ? " " + issue.path("status").asString() : "")
                .toString();
    }

    @Test
    void issues_are_taken_by_number_into_the_file_as_it_is_laid_out() throws IOException {
        CliLab.Said said = well("102", "#101", "102");
        assertThat(said.out().lines())
                .containsExactly(
                        "Issues of github.com/acme/shop for shop",
                        "Wave 1",
                        "  #102   Issue 102",
                        "  #101   Issue 101",
                        "Wrote " + lab.file("shop") + ": 2 issues added.");
        assertThat(text())
                .contains(
                        """
                          "mine" : [1 , 2],
                          "issues": [
                            {"number": 7, "title": "Carts", "mine": 1, "wave": 3},
                            {"number": 102, "title": "Issue 102", "priority": 1, "wave": 1},
                            {"number": 101, "title": "Issue 101", "priority": 2, "wave": 1}
                          ]
                        """);
        assertThat(answers.resolve("folders")).content().startsWith(lab.root() + "/repo\n");
        assertThat(lab.state().root()).doesNotExist();
    }

    @Test
    void an_epic_gives_order_waves_dependencies_and_what_is_done() throws IOException {
        epic(
                """
                ## Prices
                - [x] #101 Tables
                - [ ] #103 Both (depends on #101, #102 and #7)
                  - [ ] acme/shop#102 Prices, blocked by https://github.com/acme/shop/issues/101
                  - [ ] acme/site#5 Elsewhere
                - [ ] #104 Late (blocked by acme/site#5)
                - [ ] #104
                - [ ] Tell everybody
                - [ ] #100
                - [ ] #99
                """);
        CliLab.Said said = well("--epic", "100");
        assertThat(said.out().lines())
                .containsExactly(
                        "Issues of github.com/acme/shop for shop",
                        "Wave 1",
                        "  #101   Issue 101  (completed already)",
                        "  #104   Issue 104",
                        "Wave 2",
                        "  #102   Issue 102  after #101",
                        "Wave 4",
                        "  #103   Issue 103  after #101, #102, #7",
                        "Left out",
                        "  Tell everybody: names no issue, or is struck out",
                        "  acme/site#5: of another repository",
                        "  #100: the issue that holds the list",
                        "  #99: not there, or not for you to see",
                        "Note: #104 stands in the list 2 times: it is taken once, with all it depends on there.",
                        "Note: #104 does not wait for acme/site#5, of another repository.",
                        "Wrote " + lab.file("shop") + ": 4 issues added.");
        assertThat(told())
                .containsExactly(
                        "7 w3 p-",
                        "101 w1 p1 completed",
                        "103 w4 p2 <101 <102 <7",
                        "102 w2 p3 <101",
                        "104 w1 p4");
        // Again: nothing twice, nothing changed.
        String before = text();
        assertThat(well("--epic", "100").out())
                .contains("Defined already")
                .endsWith("Nothing to write.\n");
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void waves_that_are_given_hold() throws IOException {
        epic("## Wave 4\n- [ ] #101\n- [ ] #102 (wave 2, depends on #101)\n");
        assertThat(well("--epic=100").out())
                .contains("Note: #102 is in wave 2 and waits for #101 of a later wave");
        assertThat(told()).contains("101 w4 p1", "102 w2 p2 <101");
        well("103", "--wave", "9");
        assertThat(told()).contains("103 w9 p1");
    }

    @Test
    void a_dry_run_and_json_say_the_same_and_the_first_writes_nothing() throws IOException {
        epic("- [x] #101\n- [ ] #102 (depends on #101)\n- [ ] a/b#1\n- [ ] #7\n");
        var before = lab.listing();
        JsonNode dry = JSON.readTree(well("--epic", "100", "--dry-run", "--json").out());
        assertThat(well("--epic", "100", "--dry-run").out())
                .contains("Nothing was written (--dry-run): 2 issues would be added.");
        assertThat(lab.listing()).isEqualTo(before);
        JsonNode done = JSON.readTree(well("--epic", "100", "--json").out());
        assertThat(done)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"project": "shop", "file": "%s", "source": "github.com/acme/shop", "dry_run": false,
                                 "added": [
                                   {"number": 101, "title": "Issue 101", "wave": 1, "priority": 1, "status": "completed", "depends_on": []},
                                   {"number": 102, "title": "Issue 102", "wave": 2, "priority": 2, "status": "pending", "depends_on": [101]}],
                                 "updated": [], "unchanged": [7],
                                 "left_out": [{"what": "a/b#1", "reason": "of another repository"}], "notes": []}
                                """
                                        .formatted(lab.file("shop"))));
        assertThat(((ObjectNode) done).put("dry_run", true)).isEqualTo(dry);
    }

    @Test
    void labels_and_milestones_are_searched_for() throws IOException {
        Files.writeString(
                answers.resolve("list.json"),
                "[%s, %s]".formatted(json(102, "B", "OPEN", ""), json(101, "A", "OPEN", "")));
        well("--label", "ready to go", "--label=-x", "--milestone", "1.2", "--with-text");
        assertThat(answers.resolve("calls"))
                .hasContent(
                        "issue list --label=ready to go --label=-x --milestone=1.2 --state=open --limit=1000 --json=number,title,state,url,body");
        assertThat(told()).contains("101 w1 p1", "102 w1 p2");
        Files.writeString(answers.resolve("list.json"), "[]");
        assertThat(well("--label", "none").out()).endsWith("Nothing to write.\n");
    }

    @Test
    void a_cycle_is_refused_with_its_path() throws IOException {
        epic("- [ ] #101 (after #103)\n- [ ] #102 (blocks #103, depends on #101)\n- [ ] #103\n");
        String before = text();
        CliLab.Said said = run("--epic", "100");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("wait for each other: #101 → #103 → #102 → #101", "code import-cycle");
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void nobody_waits_for_what_is_closed_and_what_is_open_must_come_along() throws IOException {
        issue(90, "Open", "OPEN", "");
        issue(91, "Closed", "CLOSED", "");
        Files.writeString(
                answers.resolve("92.json"),
                json(92, "Request", "OPEN", "")
                        .put("url", "https://github.com/acme/shop/pull/92")
                        .toString());
        epic(
                "- [ ] #101 (depends on #90, #91, #92, #93)\n- [ ] #102 (depends on #90)\n- [ ] #92\n");
        String before = text();
        CliLab.Said refused = run("--epic", "100");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .contains("#101, #102 would wait for #90", "name 90 too", "code import-dependency");
        assertThat(text()).isEqualTo(before);
        CliLab.Said said = well("--epic", "100", "90");
        assertThat(said.out())
                .contains("  #92: a pull request")
                .contains("Note: #101 will not wait for #91, which is closed.")
                .contains("Note: #101 will not wait for #92, a pull request.")
                .contains("Note: #101 will not wait for #93, which is not there");
        assertThat(told()).contains("90 w1 p1", "101 w2 p2 <90", "102 w2 p3 <90");
        project("github", "");
        assertThat(well("--epic", "100", "--ignore-missing").out())
                .contains("#101, #102 will not wait for #90, which is open and not imported.");
        assertThat(told()).containsExactly("101 w1 p1", "102 w1 p2");
    }

    @Test
    void what_is_defined_stays_as_it_is_unless_its_words_are_wanted() throws IOException {
        project(
                "github",
                "{\"number\": 101, \"title\": \"Mine\", \"wave\": 5, \"x\": 1}, {\"number\": 102, \"title\": \"Two\", \"description\": \"Old\"}");
        epic("- [x] #101 (depends on #103)\n- [ ] #102\n- [ ] #103\n");
        String before = text();
        assertThat(well("101", "102").out())
                .contains("Defined already, and left as they are", "#101   Mine");
        assertThat(text()).isEqualTo(before);
        assertThat(answers.resolve("calls")).doesNotExist();
        CliLab.Said said = well("--epic", "100", "--update");
        assertThat(said.out())
                .contains("Worded otherwise by now", "  #101   Issue 101")
                .contains("Note: The list has #101 wait for #103, its definition does not")
                .contains(": 1 issue added, 2 updated.");
        assertThat(text())
                .contains("{\"number\": 101, \"title\": \"Issue 101\", \"wave\": 5, \"x\": 1}")
                .contains(
                        "{\"number\": 102, \"title\": \"Issue 102\", \"description\": \"Text of 102\"}");
        assertThat(well("101", "102", "--update").out()).contains("Nothing to write.");
    }

    @Test
    void a_closed_issue_is_taken_as_completed_and_that_is_said() throws IOException {
        issue(101, "Done", "CLOSED", "");
        assertThat(well("101").out()).contains("Note: #101 is closed: it is taken as completed.");
        assertThat(told()).contains("101 w1 p1 completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch x) `touch x`",
                "--wave 9",
                "\"}, {\"number\": 8, \"title\": \"",
                "\\u001b[2J\\u001b]0;owned\\u0007 red",
                "\\u202egnp.exe \\ud83d",
                "%n%s ${x}",
                "- [ ] #8 (depends on #7)"
            })
    void hostile_words_are_only_words(String written) throws IOException {
        String title = JSON.readTree("\"" + written.replace("\"", "\\\"") + "\"").asString();
        issue(101, title, "OPEN", title);
        CliLab.Said said = well("101", "--with-text");
        assertThat(said.out()).doesNotContain("\u001b", "\u0007", "\u202e");
        assertThat(issues()).hasSize(2);
        JsonNode added = issues().get(1);
        assertThat(added.path("title").asString())
                .isEqualTo(title.replaceAll("\\p{Cntrl}+", " ").strip());
        assertThat(added.path("description").asString()).isEqualTo(title);
        assertThat(lab.run("status").exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                | 2 | wrong-use       | Say which issues",
                "1O1             | 2 | wrong-use       | '1O1' is not an issue",
                "0               | 2 | wrong-use       | is not an issue",
                "101 --repo x    | 2 | wrong-use       | has no repository 'x'",
                "101 --project x | 2 | wrong-use       | There is no project 'x'",
                "--epic 101      | 2 | import-empty    | has no task list",
                "--epic 999      | 2 | forge-not-found | could not read issue 999",
                "101 999         | 2 | forge-not-found | could not read issue 999",
                "101 --wave -4   | 2 | edit-refused    | wave",
                "--label x       | 1 | forge-failed    | could not list the issues",
            })
    void what_cannot_be_is_one_sentence_and_nothing_is_written(
            String words, int exit, String code, String says) throws IOException {
        var before = lab.listing();
        CliLab.Said said = words == null ? run() : run(words.split(" "));
        assertThat(said.exit()).isEqualTo(exit);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(says, "code " + code).doesNotContain("\tat ");
        assertThat(said.err().lines()).hasSize(2);
        assertThat(lab.listing()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | forge-auth       | gh auth login | To get started with GitHub CLI, please run:  gh auth login",
                "1 | forge-network    | whether the network is there | error connecting to api.github.com",
                "1 | forge-rate-limit | wait until the limit is lifted | HTTP 403: API rate limit exceeded for user ID 1.",
            })
    void a_platform_that_cannot_be_asked_is_told(int exit, String code, String says, String stderr)
            throws IOException {
        lab.forge("gh", "echo '" + stderr + "' >&2; exit 4");
        CliLab.Said said = run("101", "102", "103", "104");
        assertThat(said.exit()).isEqualTo(exit);
        assertThat(said.err()).contains(says, "code " + code);
        assertThat(told()).containsExactly("7 w3 p-");
    }

    @Test
    void a_program_that_is_missing_is_named_and_no_platform_is_said() throws IOException {
        project("gitlab", "");
        CliLab.Said missing = run("1");
        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.err()).contains("glab is not installed", "code forge-missing");
        project("none", "");
        CliLab.Said none = run("1");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("set its \"platform\"", "code forge-none");
    }

    @Test
    void gitlabs_issues_are_known_by_their_number_in_the_project() throws IOException {
        project("gitlab", "");
        Files.writeString(
                answers.resolve("3.json"),
                """
                {"id": 9003, "iid": 3, "title": "Epic", "state": "opened", "web_url": "https://gitlab.com/acme/web/shop/-/issues/3",
                 "description": "* [x] acme/web/shop#4\\n* [ ] https://gitlab.com/acme/web/shop/-/issues/5 (blocked by #4)\\n* [ ] acme/shop#6\\n* [~] #8"}
                """);
        for (int number : List.of(4, 5)) {
            Files.writeString(
                    answers.resolve(number + ".json"),
                    "{\"id\": 900%1$d, \"iid\": %1$d, \"title\": \"T%1$d\", \"state\": \"opened\", \"description\": null}"
                            .formatted(number));
        }
        lab.forge("glab", "cat \"" + answers + "/$3.json\"");
        assertThat(well("--epic", "3").out())
                .contains(
                        "acme/shop#6: of another repository",
                        "#8: names no issue, or is struck out");
        assertThat(told()).containsExactly("4 w1 p1 completed", "5 w2 p2 <4");
    }

    @Test
    void of_several_repositories_one_is_named() throws IOException {
        lab.write(
                "shop",
                text().replace(
                                "\"platform\": \"github\"}",
                                "\"platform\": \"github\"}, \"web\": {\"path\": \"..\", \"branch_prefix\": \"web/\", \"platform\": \"none\"}")
                        .replace("\"mine\": 1", "\"repo\": \"web\""));
        assertThat(run("101").err()).contains("say which with --repo: [shop, web]");
        assertThat(well("101", "7", "--repo", "shop", "--update").out())
                .contains("Note: #7 is defined for the repository web: it stays as it is.");
        assertThat(issues().get(1).path("repo").asString()).isEqualTo("shop");
        assertThat(issues().get(0).path("title").asString()).isEqualTo("Carts");
    }
}
