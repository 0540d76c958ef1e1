package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.config.Workspace;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.Planning;
import orchestrator.monitor.RunContext;
import orchestrator.process.ExecRunner;
import orchestrator.process.SystemProcesses;
import orchestrator.store.RunLock;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is to come, for people and for scripts. */
class PlanCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");

    @TempDir Path folder;
    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder);
        lab.project(
                "a",
                String.join(
                        ",",
                        issue(1, ", \"wave\": 1, \"priority\": 1"),
                        issue(2, ", \"wave\": 1, \"priority\": 2"),
                        issue(3, ", \"wave\": 2, \"depends_on\": [1]"),
                        issue(4, ", \"wave\": 2, \"depends_on\": [2, \"b#1\"]"),
                        issue(5, ", \"wave\": 3, \"depends_on\": [3]")));
        lab.project("b", issue(1, ", \"wave\": 1, \"priority\": 3"));
    }

    private String plan() {
        CliLab.Said said = lab.run("plan");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        return said.out();
    }

    private JsonNode json() {
        CliLab.Said said = lab.run("plan", "--json");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        return JSON.readTree(said.out());
    }

    private static List<String> keys(JsonNode node) {
        return new ArrayList<>(node.propertyNames());
    }

    private static List<String> texts(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(it -> all.add(it.asString()));
        return all;
    }

    @Test
    void before_the_first_launch_waves_and_path_are_known_and_the_time_is_not() throws IOException {
        Map<String, String> before = lab.listing();
        assertThat(plan().lines())
                .containsExactly(
                        folder + "  session lab  monitor stopped",
                        "",
                        "Wave 1  0 of 3 completed",
                        "  · a#1  p1  pending  starts now, critical  Issue 1",
                        "  · a#2  p2  pending  starts now            Issue 2",
                        "  · b#1  p3  pending                        Issue 1",
                        "",
                        "Wave 2  0 of 2 completed",
                        "  · a#3  p0  pending  critical              Issue 3",
                        "        waits for a#1",
                        "  · a#4  p0  pending                        Issue 4",
                        "        waits for a#2, b#1",
                        "",
                        "Wave 3  0 of 1 completed",
                        "  · a#5  p0  pending  critical              Issue 5",
                        "        waits for a#3",
                        "",
                        "Starts now     a#1, a#2",
                        "Critical path  a#1 → a#3 → a#5 (6 of the 12 stages left)",
                        "Expected       not known yet: no stage was completed so far, so no time was measured");
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void for_scripts_every_name_is_there() {
        JsonNode plan = json();
        assertThat(keys(plan))
                .containsExactly(
                        "workspace",
                        "session",
                        "at",
                        "monitor",
                        "totals",
                        "waves",
                        "starts_now",
                        "critical_path",
                        "stages_left",
                        "forecast");
        assertThat(plan.path("waves").size()).isEqualTo(3);
        assertThat(plan.path("waves").get(1).path("wave").asInt()).isEqualTo(2);
        assertThat(plan.path("waves").get(1).path("issues").get(1))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"project":"a","number":4,"title":"Issue 4","wave":2,"priority":0,
                                 "status":"pending","stage":"implement","depends_on":[2,"b#1"],
                                 "stage_index":0,"stages":["implement","document"],"worker":null,
                                 "waits_for":[2,"b#1"],"blocked_forever":false,"starts_now":false,
                                 "on_critical_path":false,"will_retry":false,"reason":null}
                                """));
        assertThat(texts(plan.path("starts_now"))).containsExactly("a#1", "a#2");
        assertThat(texts(plan.path("critical_path"))).containsExactly("a#1", "a#3", "a#5");
        assertThat(plan.path("stages_left"))
                .isEqualTo(JSON.readTree("{\"all\":12,\"on_critical_path\":6}"));
        assertThat(plan.path("forecast"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"finish_at":null,"measured_stages":0,
                                 "starts":["a#1","a#2","b#1","a#3","a#4","a#5"],"unreachable":0}
                                """));
    }

    /** Issue 1 completed in two stages of ten minutes, 2 failed for good, 3 at its first stage. */
    private void midRun() {
        new RunStory(lab.state(), AT)
                .then(new Event.WorkspaceOpened("w"))
                .launched()
                .begins(1, 1)
                .begins(2, 2)
                .later(10)
                .done(1)
                .attempt(1, 1, "document", AttemptKind.FIRST)
                .later(10)
                .done(1)
                .completed(1)
                .fails(2, "all retries are used up")
                .then(new Event.RetryBegun(RunStory.id(2), "once more"))
                .then(new Event.IssueFailed(RunStory.id(2), "still \u001b[31mno"))
                .begins(1, 3)
                .end();
    }

    @Test
    void mid_run_what_is_done_what_blocks_and_the_time_are_told() {
        midRun();
        assertThat(plan())
                .contains("Wave 1  1 of 3 completed")
                .contains("  ✓ a#1  p1  completed ")
                .containsPattern("  ✕ a#2  p2  failed .*\n        still  \\[31mno\n")
                .containsPattern("  ▸ a#3  p0  in_progress  1/2 implement  worker 1 +Issue 3\n")
                .contains("        waits for a#2 (failed), b#1\n")
                .contains("✕ is not begun: something it waits for has failed, was parked")
                .contains("Critical path  b#1 → a#4 (4 of the 8 stages left)")
                .containsPattern(
                        "Expected       done about \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, in \\d+ min if"
                                + " launched now, at the median times of the 2 stages completed so far\n")
                .contains("               one issue is not counted: it waits for what has failed")
                .doesNotContain("\u001b");
        JsonNode plan = json();
        Instant at = Instant.parse(plan.path("at").asString());
        Instant finish = Instant.parse(plan.path("forecast").path("finish_at").asString());
        // The rest of the first stage is taken as a tenth of its usual time, the others in full.
        assertThat(finish).isBetween(at.plusSeconds(31 * 60 - 5), at.plusSeconds(31 * 60 + 5));
        assertThat(plan.path("forecast").path("unreachable").asInt()).isEqualTo(1);
    }

    @Test
    void with_a_monitor_it_says_so_and_why_nothing_is_launched() {
        midRun();
        new RunStory(lab.state(), AT.plusSeconds(3600))
                .then(
                        new Event.LaunchesPaused(
                                PauseCause.USAGE_LIMIT, Optional.empty(), "limit used up"))
                .end();
        try (RunLock lock =
                RunLock.tryAcquire(
                                lab.state().monitorLock(),
                                "terminal",
                                SystemProcesses.create(new ExecRunner()).self())
                        .orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(plan())
                    .contains("monitor running in the terminal")
                    .contains("\nLaunches paused: limit used up\n")
                    .doesNotContain("if launched now");
            assertThat(json().path("monitor").path("state").asString()).isEqualTo("paused");
        }
    }

    @Test
    void when_all_is_done_nothing_is_left() throws IOException {
        lab.project("a", issue(1, ", \"status\": \"completed\""));
        lab.project("b", issue(1, ", \"status\": \"completed\""));
        assertThat(plan())
                .contains("Wave 1  2 of 2 completed", "Starts now     nothing")
                .contains("Critical path  none: nothing is left to do")
                .contains("Expected       nothing is left to do");
    }

    @Test
    void colours_say_nothing_that_words_and_signs_do_not() {
        midRun();
        Workspace place =
                Workspace.locate(Optional.of(folder), Optional.empty(), Optional.empty(), folder);
        var config =
                ((orchestrator.config.ConfigResult.Valid)
                                orchestrator.config.ConfigReader.readSettled(place))
                        .config();
        RunContext context = lab.assembly().look(place, config);
        try (JournalFeed feed = new JournalFeed(context, config)) {
            RunSnapshot snapshot = feed.latest();
            var outlook = Planning.of(context).outlook();
            String plain = PlanText.of(snapshot, outlook, ZoneOffset.UTC, false);
            String coloured = PlanText.of(snapshot, outlook, ZoneOffset.UTC, true);
            assertThat(coloured).contains("\u001b[32m✓\u001b[0m a#1", "\u001b[31mfailed\u001b[0m");
            assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "").replaceAll(" +\n", "\n"))
                    .isEqualTo(plain);
        }
    }
}
