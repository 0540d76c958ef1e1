package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.PauseCause;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.RestartCause;
import orchestrator.model.Usage;
import orchestrator.model.Why;
import orchestrator.process.ExecRunner;
import orchestrator.process.SystemProcesses;
import orchestrator.store.Journal;
import orchestrator.store.RunLock;
import orchestrator.store.StateFolder;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatusTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant AT = Instant.parse("2026-11-22T17:00:00.123456789Z");

    @TempDir Path folder;

    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder);
        lab.project(
                "a",
                String.join(
                        ",",
                        issue(1, ", \"wave\": 1, \"priority\": 2"),
                        issue(2, ", \"wave\": 1, \"priority\": 3"),
                        issue(3, ", \"wave\": 2, \"depends_on\": [2, \"b#1\"]"),
                        issue(4, ", \"wave\": 3")));
        lab.project("b", issue(1, ", \"wave\": 4"));
    }

    private JsonNode status() {
        CliLab.Said said = lab.run("status", "--json");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        return JSON.readTree(said.out());
    }

    private static List<String> keys(JsonNode node) {
        return new ArrayList<>(node.propertyNames());
    }

    private JsonNode json(String text) {
        return JSON.readTree(text);
    }

    @Test
    void a_workspace_that_never_ran_has_the_whole_shape() {
        JsonNode status = status();
        assertThat(keys(status))
                .containsExactly(
                        "workspace",
                        "session",
                        "monitor",
                        "totals",
                        "workers",
                        "issues",
                        "cost_usd");
        assertThat(status.path("workspace").asString()).isEqualTo(lab.root().toString());
        assertThat(status.path("session").asString()).isEqualTo("lab");
        assertThat(status.path("monitor")).isEqualTo(json("{\"state\":\"stopped\",\"pid\":null}"));
        assertThat(status.path("totals"))
                .isEqualTo(
                        json(
                                "{\"issues\":5,\"completed\":0,\"in_progress\":0,\"pending\":5,\"failed\":0,\"parked\":0}"));
        assertThat(status.path("workers").size()).isEqualTo(2);
        assertThat(status.path("workers").get(1))
                .isEqualTo(
                        json(
                                """
                                {"worker":2,"status":"idle","project":null,"issue":null,"stage":null,
                                 "stage_index":null,"attempt":null,"retries":0,"started_at":null,
                                 "last_activity_at":null,"branch":null,"worktree":null,"cost_usd":0.0}
                                """));
        assertThat(status.path("issues").size()).isEqualTo(5);
        assertThat(status.path("issues").get(2))
                .isEqualTo(
                        json(
                                """
                                {"project":"a","number":3,"title":"Issue 3","wave":2,"priority":0,
                                 "status":"pending","stage":"implement","depends_on":[2,"b#1"]}
                                """));
        assertThat(status.path("cost_usd").isNumber()).isTrue();
        assertThat(status.path("cost_usd").asDouble()).isZero();
    }

    private static Event[] begun(int number, int worker) {
        IssueId id = new IssueId("a", number);
        String path = "/trees/issue-" + number;
        Attempt attempt =
                new Attempt(
                        "attempt-" + number,
                        id,
                        "implement",
                        0,
                        worker,
                        1,
                        "session-" + number,
                        AttemptKind.FRESH,
                        "c0",
                        AT);
        return new Event[] {
            new Event.IssueAssigned(id, worker, 0, "implement"),
            new Event.WorktreeCreating(id, "r", path, "a/issue-" + number),
            new Event.WorktreeReady(id, "r", path, "a/issue-" + number, "c0", "c0", true),
            new Event.AttemptStarting(attempt),
            new Event.AttemptStarted(id, attempt.id())
        };
    }

    private static Event ended(int number, double cost) {
        return new Event.AttemptEnded(
                new IssueId("a", number),
                "attempt-" + number,
                new Finish(
                        Optional.of(1),
                        new AgentOutcome.Failed("exit 1"),
                        "c1",
                        1,
                        1,
                        0,
                        new Usage(1, 2, 3, 4, cost)));
    }

    private StateFolder journal(Event[]... events) {
        StateFolder state = StateFolder.create(lab.state().root());
        try (Journal journal = Journal.open(state.journal())) {
            journal.append(
                    AT,
                    Stream.of(events)
                            .flatMap(Stream::of)
                            .map(event -> new Journal.Entry(event, Optional.empty()))
                            .toList());
        }
        return state;
    }

    private static Event[] of(Event... events) {
        return events;
    }

    private StateFolder midRun() {
        return journal(
                of(
                        new Event.WorkspaceOpened("w"),
                        new Event.MonitorStarted(
                                new ProcessIdentity(1, 2, "b"), "terminal", "1.2.3"),
                        new Event.ConfigLoaded(List.of("a", "b"), 5, 2)),
                begun(2, 2),
                of(
                        ended(2, 0.25),
                        new Event.IssueFailed(new IssueId("a", 2), "all retries are used up")),
                begun(4, 2),
                of(
                        ended(4, 0.5),
                        new Event.IssueParked(new IssueId("a", 4), "the prompt is too long")),
                begun(1, 1),
                of(
                        new Event.LaunchesPaused(
                                PauseCause.USAGE_LIMIT,
                                Optional.of(AT.plus(Duration.ofHours(1))),
                                "usage limit used up")));
    }

    @Test
    void a_run_shows_what_runs_what_failed_what_is_parked_and_that_it_pauses() {
        StateFolder state = midRun();
        JsonNode stopped = status();
        assertThat(stopped.path("monitor")).isEqualTo(json("{\"state\":\"stopped\",\"pid\":null}"));
        assertThat(stopped.path("totals"))
                .isEqualTo(
                        json(
                                "{\"issues\":5,\"completed\":0,\"in_progress\":1,\"pending\":2,\"failed\":1,\"parked\":1}"));
        assertThat(stopped.path("workers").get(0))
                .isEqualTo(
                        json(
                                """
                                {"worker":1,"status":"waiting","project":"a","issue":1,"stage":"implement",
                                 "stage_index":0,"attempt":1,"retries":0,
                                 "started_at":"2026-11-22T17:00:00.123Z","last_activity_at":null,
                                 "branch":"a/issue-1","worktree":"/trees/issue-1","cost_usd":0.0}
                                """));
        assertThat(statuses(stopped))
                .containsExactly(
                        "a#1 in_progress",
                        "a#2 failed",
                        "a#3 pending",
                        "a#4 parked",
                        "b#1 pending");
        assertThat(stopped.path("cost_usd").asDouble()).isEqualTo(0.75);
        assertThat(keys(stopped)).doesNotContain("launches_paused");
        try (RunLock lock =
                RunLock.tryAcquire(
                                state.monitorLock(),
                                "terminal",
                                SystemProcesses.create(new ExecRunner()).self())
                        .orElseThrow()) {
            assertThat(lock).isNotNull();
            JsonNode paused = status();
            assertThat(paused.path("monitor").path("state").asString()).isEqualTo("paused");
            assertThat(paused.path("monitor").path("pid").asLong())
                    .isEqualTo(ProcessHandle.current().pid());
            String text = lab.run("status").out();
            assertThat(text)
                    .contains("0 of 5 completed, 1 in progress, 2 pending, 1 failed, 1 parked")
                    .contains("$0.75", "usage limit used up", "all retries are used up")
                    .contains("the prompt is too long", "waits for a#2, b#1")
                    .containsPattern(
                            "Launches paused: waiting for the usage limit until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, \\d+ (s|min|h): usage")
                    .doesNotContain(".123456789");
        }
    }

    @Test
    void a_pause_of_a_persons_own_and_too_little_room_are_told() {
        StateFolder state =
                journal(
                        of(
                                new Event.WorkspaceOpened("w"),
                                new Event.AdmissionClosed("9 MB of disk are free")));
        assertThat(lab.run("status").out()).contains("\nLaunches paused: 9 MB of disk are free\n");
        journal(
                of(
                        new Event.LaunchesPaused(PauseCause.USER, Optional.empty(), "lunch"),
                        new Event.LaunchesPaused(
                                PauseCause.ENVIRONMENT,
                                Optional.of(AT.plusSeconds(5)),
                                "no network")));
        assertThat(lab.run("status").out())
                .contains("\nLaunches paused: lunch; besides: no network\n");
        journal(of(new Event.PauseLifted("resumed"), new Event.AdmissionOpened("10 GB are free")));
        assertThat(lab.run("status").out()).doesNotContain("Launches paused");
        assertThat(state.monitorLock()).doesNotExist();
    }

    @Test
    void what_was_last_decided_on_an_issue_is_told_with_its_facts() {
        midRun();
        IssueId held = new IssueId("a", 1);
        IssueId failed = new IssueId("a", 2);
        String stalled = "no output for 903 s, no change in the worktree for 15 min, 0.0 s CPU";
        try (Journal journal = Journal.open(lab.state().journal())) {
            journal.append(
                    AT.plusSeconds(60),
                    List.of(
                            decided(
                                    new Event.IssueFailed(failed, "all retries are used up"),
                                    "failed",
                                    "3 restarts",
                                    "exit 1"),
                            decided(
                                    new Event.RestartPlanned(
                                            held,
                                            AttemptKind.CONTINUE,
                                            true,
                                            RestartCause.STALLED,
                                            stalled,
                                            AT),
                                    "stalled",
                                    "no output for 903 s")));
        }
        assertThat(lab.run("status").out().lines().map(String::strip))
                .containsSubsequence(
                        "a#1                 in_progress  Issue 1",
                        "restarted: " + stalled,
                        "a#2                 failed       Issue 2  all retries are used up",
                        "3 restarts, exit 1",
                        "Wave 2");
    }

    private static Journal.Entry decided(Event event, String rule, String... facts) {
        return new Journal.Entry(event, Optional.of(Why.of(rule, facts)));
    }

    @Test
    void a_run_that_goes_on_is_running_and_then_stopping() {
        StateFolder state =
                journal(
                        of(new Event.WorkspaceOpened("w")),
                        of(new Event.IssueCompleted(new IssueId("b", 1))));
        try (RunLock lock =
                RunLock.tryAcquire(
                                state.monitorLock(),
                                "window",
                                SystemProcesses.create(new ExecRunner()).self())
                        .orElseThrow()) {
            assertThat(lock).isNotNull();
            JsonNode running = status();
            assertThat(running.path("monitor").path("state").asString()).isEqualTo("running");
            assertThat(running.path("issues").get(4))
                    .isEqualTo(
                            json(
                                    """
                                    {"project":"b","number":1,"title":"Issue 1","wave":4,"priority":0,
                                     "status":"completed","stage":null,"depends_on":[]}
                                    """));
            journal(of(new Event.RunStopping("asked")));
            assertThat(status().path("monitor").path("state").asString()).isEqualTo("stopping");
        }
    }

    private static List<String> statuses(JsonNode status) {
        List<String> lines = new ArrayList<>();
        status.path("issues")
                .forEach(issue ->
                        lines.add(
                                "%s#%d %s"
                                        .formatted(
                                                issue.path("project").asString(),
                                                issue.path("number").asInt(),
                                                issue.path("status").asString())));
        return lines;
    }

    @Test
    void a_damaged_journal_is_told_and_left_alone() throws IOException {
        StateFolder state = midRun();
        String whole = java.nio.file.Files.readString(state.journal());
        java.nio.file.Files.writeString(
                state.journal(), whole.replaceFirst("\"workspaceId\":\"w\"|\"w\"", "\"v\""));
        CliLab.Said said = lab.run("status");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("damaged at line 1", "code journal-damaged");
    }
}
