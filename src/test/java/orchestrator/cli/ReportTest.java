package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.PauseCause;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What runs came to, as Markdown, as a page and as JSON. */
class ReportTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");
    private static final String SECRET = "ghp_0123456789abcdefABCDEF";

    @TempDir Path folder;
    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder.resolve("ws"));
        lab.project(
                "a",
                String.join(
                        ",", issue(1, ""), issue(2, ""), issue(3, ""), issue(4, ", \"wave\": 2")));
    }

    /** Two runs: the second is handed over in the middle, meets a limit, and goes on. */
    private void twoRuns() {
        new RunStory(lab.state(), AT)
                .then(new Event.WorkspaceOpened("w"))
                .launched()
                .begins(1, 1)
                .later(2)
                .begins(2, 2)
                .later(8)
                .done(1)
                .attempt(1, 1, "document", AttemptKind.FIRST)
                .later(5)
                .done(1)
                .completed(1)
                .pushed(1)
                .then(
                        new Event.PullRequestWanted(RunStory.id(1)),
                        new Event.PullRequestOpened(
                                RunStory.id(1), "https://example.org/shop/pull/7"))
                .later(5)
                .interrupted(2)
                .stopped()
                .later(300)
                .launched()
                .attempt(2, 2, "implement", AttemptKind.CONTINUE)
                .begins(1, 3)
                .later(10)
                .restarts(2, "no <output> for 903 s; token " + SECRET)
                .then(
                        new Event.LaunchesPaused(
                                PauseCause.USAGE_LIMIT, Optional.empty(), "limit used up"))
                .later(10)
                .then(new Event.MonitorStopped("handed over"))
                .launched()
                .later(10)
                .then(new Event.LaunchesResumed("the limit was reset"))
                .fails(2, "all retries are used up")
                .later(10)
                .done(3)
                .then(new Event.PushWanted(RunStory.id(3), "c1"))
                .then(new Event.PushFailed(RunStory.id(3), "remote says no", AT))
                .end();
    }

    private String report(String... more) {
        List<String> words = new ArrayList<>(List.of("report"));
        words.addAll(List.of(more));
        CliLab.Said said = lab.run(words.toArray(String[]::new));
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        return said.out();
    }

    private JsonNode json(String... more) {
        List<String> words = new ArrayList<>(List.of("--format", "json"));
        words.addAll(List.of(more));
        return JSON.readTree(report(words.toArray(String[]::new)));
    }

    @Test
    void a_run_lasts_until_all_was_stopped_whoever_holds_the_monitor() {
        twoRuns();
        JsonNode newest = json();
        assertThat(newest.path("run").asInt()).isEqualTo(2);
        assertThat(newest.path("runs").asInt()).isEqualTo(2);
        assertThat(newest.path("state").asString()).isEqualTo("unwatched");
        assertThat(newest.path("from").asString()).isEqualTo("2026-11-20T13:20:00Z");
        assertThat(newest.path("to").isNull()).isTrue();
        assertThat(newest.path("monitors").size()).isEqualTo(3);
        JsonNode work = newest.path("work");
        assertThat(work.path("attempts").asInt()).isEqualTo(3);
        assertThat(work.path("restarted").asInt()).isEqualTo(1);
        assertThat(work.path("failed").asInt()).isEqualTo(1);
        assertThat(work.path("worked_s").asInt()).isEqualTo((10 + 20 + 40) * 60);
        assertThat(work.path("cost_usd").asDouble()).isEqualTo(3 * RunStory.COST);
        assertThat(work.path("tokens"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"input\":36000,\"output\":10200,\"cache_read\":450000,\"cache_creation\":24000}"));
        assertThat(newest.path("pauses").size()).isEqualTo(1);
        assertThat(newest.path("pauses").get(0).path("cause").asString()).isEqualTo("limit");
        assertThat(statuses(newest))
                .containsExactly("1 completed", "2 failed", "3 in_progress", "4 pending");
    }

    private static List<String> statuses(JsonNode report) {
        List<String> all = new ArrayList<>();
        report.path("issues")
                .forEach(it ->
                        all.add(it.path("number").asInt() + " " + it.path("status").asString()));
        return all;
    }

    @Test
    void an_earlier_run_is_told_as_it_stood_at_its_end() {
        twoRuns();
        JsonNode first = json("--run", "1");
        assertThat(first.path("state").asString()).isEqualTo("stopped");
        assertThat(first.path("to").asString()).isEqualTo("2026-11-20T08:20:00Z");
        assertThat(statuses(first))
                .containsExactly("1 completed", "2 in_progress", "3 pending", "4 pending");
        assertThat(first.path("attempts").size()).isEqualTo(3);
        JsonNode interrupted = first.path("attempts").get(1);
        assertThat(interrupted.path("issue").asInt()).isEqualTo(2);
        assertThat(interrupted.path("outcome").asString()).isEqualTo("interrupted");
        assertThat(first.path("pauses").size()).isZero();
        JsonNode done = first.path("issues").get(0);
        assertThat(done.path("delivery").asString()).isEqualTo("pushed");
        assertThat(done.path("branch").asString()).isEqualTo("a/issue-1");
        assertThat(done.path("pull_request").asString())
                .isEqualTo("https://example.org/shop/pull/7");
        JsonNode all = json("--all");
        assertThat(all.path("run").isNull()).isTrue();
        assertThat(all.path("attempts").size()).isEqualTo(6);
        assertThat(all.path("from").asString()).isEqualTo("2026-11-20T08:00:00Z");
    }

    @Test
    void the_page_has_room_for_pull_requests_and_words_of_pauses_only_where_there_are_some() {
        new RunStory(lab.state(), AT)
                .launched()
                .begins(1, 1)
                .later(5)
                .done(1)
                .completed(1)
                .pushed(1)
                .stopped()
                .end();
        assertThat(report("--format", "html"))
                .contains(">Branch<", "<code class=\"whole\">a/issue-1</code>")
                .contains("viewBox=\"0 0 1180 80\"")
                .doesNotContain(">Pull request<");
        twoRuns();
        assertThat(report("--format", "html", "--all")).contains(">Pull request<");
    }

    @Test
    void markdown_tells_what_needs_a_look_and_why() {
        twoRuns();
        String text = report();
        assertThat(text)
                .startsWith("<!-- Made by orchestrator report -->\n# Run 2 of 2\n")
                .contains("not stopped, but no monitor runs")
                .contains(
                        "- Issues: 1 of 4 completed, 1 in progress, 1 pending, 1 failed, 0 parked")
                .contains("- Attempts: 3, 1 restarted, 1 failed, 0 interrupted")
                .contains("- Cost: $0.75", "- Nothing was launched for: 20 min")
                .contains("- **a#2** Issue 2: failed: all retries are used up")
                .contains("- **a#3** Issue 3: not pushed yet: remote says no")
                .contains("- ↻ a#2, attempt 2 at implement, again: failed: no &lt;output&gt; for")
                .contains("| usage limit | limit used up |")
                .contains("https://example.org/shop/pull/7")
                .doesNotContain(SECRET);
        long pipes = 12;
        assertThat(text.lines().filter(line -> line.startsWith("| a#")))
                .hasSize(4)
                .allMatch(line -> line.chars().filter(c -> c == '|').count() == pipes);
    }

    private static Document parsed(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> all(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static List<Element> ofClass(Document page, String name) {
        return all(page, "*").stream()
                .filter(it -> List.of(it.getAttribute("class").split(" ")).contains(name))
                .toList();
    }

    @Test
    void the_page_has_a_bar_for_each_attempt_and_the_same_in_a_table() throws Exception {
        twoRuns();
        Document page = parsed(report("--format", "HTML", "--all"));
        assertThat(all(page, "h1").getFirst().getTextContent()).startsWith("All runs, 1 to 2");
        assertThat(ofClass(page, "bar")).hasSize(6);
        assertThat(ofClass(page, "bar").stream().map(bar -> bar.getAttribute("class")))
                .containsExactlyInAnyOrder(
                        "bar completed",
                        "bar completed",
                        "bar completed",
                        "bar interrupted",
                        "bar restarted",
                        "bar failed");
        assertThat(ofClass(page, "bar").getFirst().getTextContent())
                .contains("a#1 implement, attempt 1, worker 1", "✓ completed", "1 commit", "$0.25");
        assertThat(ofClass(page, "gap")).hasSize(1);
        assertThat(ofClass(page, "hold").stream().filter(it -> it.getTagName().equals("g")))
                .hasSize(1);
        Element svg = all(page, "svg").getFirst();
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("timeline-name timeline-said");
        assertThat(all(page, "desc").getFirst().getTextContent()).startsWith("6 attempts of 2 wor");
        Element table = ofClass(page, "attempts").getFirst();
        assertThat(table.getElementsByTagName("tr").getLength()).isEqualTo(7);
        assertThat(all(page, "a").stream().map(it -> it.getAttribute("href")))
                .containsExactly("https://example.org/shop/pull/7");
    }

    @Test
    void the_page_needs_nothing_but_itself() {
        twoRuns();
        assertThat(report("--format", "html"))
                .contains("default-src 'none'", "prefers-color-scheme: dark", "@media print")
                .doesNotContain("<script", "@import", "src=\"", "<link", SECRET)
                .doesNotContainPattern("url\\((?!#)");
    }

    @Test
    void hostile_texts_stay_texts() throws Exception {
        String title =
                "<script>alert('1')</script> | `a` \"onload=\"x\" [l](javascript:x) \u001b[31m\u0007\n# h &lt; \ud800 "
                        + SECRET
                        + "x".repeat(5000);
        lab.project(
                "a",
                "{\"number\": 1, \"title\": %s, \"description\": \"d\"}"
                        .formatted(JSON.writeValueAsString(title.replace("\ud800", ""))));
        new RunStory(lab.state(), AT)
                .then(new Event.WorkspaceOpened("w"))
                .launched()
                .begins(1, 1)
                .later(1)
                .fails(1, title)
                .then(new Event.PullRequestOpened(RunStory.id(1), "javascript:alert(1)"))
                .end();
        String page = report("--format", "html");
        Document parsed = parsed(page);
        assertThat(all(parsed, "script")).isEmpty();
        assertThat(all(parsed, "a")).isEmpty();
        assertThat(all(parsed, "*").stream().filter(it -> it.hasAttribute("onload"))).isEmpty();
        assertThat(page).contains("&lt;script&gt;alert(&#39;1&#39;)").doesNotContain(SECRET);
        String markdown = report();
        assertThat(markdown)
                .contains("&lt;script&gt;alert('1')&lt;/script&gt; &#124; \\`a\\`")
                .contains("\\[l\\](javascript:x)")
                .doesNotContain("<script", "\u001b", "\u0007", SECRET);
        assertThat(markdown.lines().filter(line -> line.startsWith("#")))
                .allMatch(line -> line.matches("##? (Run|What|Iss|Rest|Att).*"));
        assertThat(markdown.lines()).allMatch(line -> line.length() < 3000);
        JsonNode json = json();
        assertThat(json.path("issues").get(0).path("title").asString())
                .startsWith("<script>")
                .contains("ghp_•••")
                .doesNotContain(SECRET);
    }

    @Test
    void a_file_is_written_whole_and_only_a_report_is_replaced() throws IOException {
        twoRuns();
        Path file = folder.resolve("out.html");
        String said = report("--output", file.toString());
        assertThat(said).isEqualTo("Run 2 of 2 is in " + file + ".\n");
        assertThat(file).content().startsWith("<!DOCTYPE html>");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        report("--output", file.toString(), "--run", "1", "--format", "md");
        assertThat(file).content().contains("# Run 1 of 2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        report("--output", file.toString(), "--format", "json");
        report("--output", file.toString());
        assertThat(file).content().startsWith("<!DOCTYPE html>");

        Path other = Files.writeString(folder.resolve("notes.md"), "mine");
        CliLab.Said refused = lab.run("report", "--output", other.toString());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains(other + " is there already", "code output-occupied");
        assertThat(other).hasContent("mine");
        report("--output", other.toString(), "--force");
        assertThat(other).content().contains("# Run 2 of 2");
        try (var files = Files.list(folder)) {
            assertThat(files.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrder("ws", "out.html", "notes.md");
        }
    }

    @Test
    void a_place_that_cannot_be_written_is_told_in_a_sentence() {
        twoRuns();
        CliLab.Said noFile = lab.run("report", "--output", folder.toString());
        assertThat(noFile.exit()).isEqualTo(2);
        assertThat(noFile.err()).contains("is no file", "code output-not-a-file");
        CliLab.Said noFolder =
                lab.run("report", "--output", folder.resolve("none/out.md").toString());
        assertThat(noFolder.exit()).isEqualTo(1);
        assertThat(noFolder.err()).contains("could not be written", "code output-not-written");
    }

    @Test
    void what_is_asked_for_wrongly_is_answered() throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said nothing = lab.run("report");
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("Nothing has run in", "launch", "code run-unknown");
        assertThat(lab.listing()).isEqualTo(before);
        twoRuns();
        CliLab.Said unknown = lab.run("report", "--run", "3");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("no run 3", "from 1 to 2", "code run-unknown");
        assertThat(lab.run("report", "--run", "0").err()).contains("code run-unknown");
        assertThat(lab.run("report", "--run", "1", "--all").exit()).isEqualTo(2);
        CliLab.Said format = lab.run("report", "--format", "pdf");
        assertThat(format.exit()).isEqualTo(2);
        assertThat(format.err()).contains("MD, HTML, JSON");
    }

    @Test
    void an_issue_that_is_not_defined_any_more_is_still_told() throws IOException {
        twoRuns();
        lab.project("a", issue(1, ""));
        assertThat(report())
                .contains("| a#2 | (not defined any more) | ✕ failed |")
                .contains("- Issues: 1 of 1 completed");
    }
}
