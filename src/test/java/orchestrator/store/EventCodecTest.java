package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AttemptKind;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.PauseCause;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.RestartCause;
import orchestrator.model.Usage;
import orchestrator.model.WindowRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final Instant AT = Samples.AT;
    private static final String HOSTILE = "$(touch x) `y` \"'\\ \u2028 \u0000 é 😀\r\n\t#(z)";
    private final EventCodec codec = new EventCodec();

    static Stream<Event> events() {
        var issue = Samples.ISSUE;
        return Stream.of(
                new Event.WorkspaceOpened("w-1"),
                new Event.MonitorStarted(new ProcessIdentity(4711, 99, "boot"), "window", "0.1.0"),
                new Event.MonitorStopped("closed"),
                new Event.SessionCreated("farm", "12.34"),
                new Event.WindowOpened(2, new WindowRef("12.34", "@3", "%3")),
                new Event.WindowLost(2),
                new Event.ConfigLoaded(List.of("a", "b"), 8, 5),
                new Event.ConfigRejected(List.of("x.json:1:2: " + HOSTILE)),
                new Event.CommandReceived("1-a", "add-issue", List.of("--title", HOSTILE, "")),
                new Event.CommandDone("1-a", true, "added"),
                new Event.LaunchesPaused(PauseCause.USAGE_LIMIT, Optional.of(AT), "limit"),
                new Event.LaunchesResumed("over"),
                new Event.RunStopping("asked"),
                new Event.IssueAssigned(issue, 1, 0, "optimize"),
                new Event.WorktreeCreating(issue, "main", "/w/issue-52", "proof/issue-52"),
                new Event.WorktreeReady(
                        issue, "main", "/w/issue-52", "proof/issue-52", "abc", "def", true),
                new Event.WorktreeFailed(issue, "no space", AT),
                new Event.AttemptStarting(Samples.ATTEMPT),
                new Event.AttemptStarted(issue, "id"),
                new Event.AttemptStartFailed(issue, "id", "no tmux", AT),
                new Event.AttemptExtended(issue, "id", AT),
                new Event.AttemptEnding(issue, "id", EndCause.LINGERING),
                ended(new AgentOutcome.Done(3, 1, HOSTILE)),
                new Event.RestartPlanned(
                        issue, AttemptKind.FRESH, true, RestartCause.CRASHED_EMPTY, "hint", AT),
                new Event.LeftoversCommitting(issue, "optimize"),
                new Event.LeftoversCommitted(issue, "abc"),
                new Event.StageCompleted(issue, "optimize", 0, ""),
                new Event.IssueCompleted(issue),
                new Event.IssueFailed(issue, "retries"),
                new Event.IssueParked(issue, "a person"),
                new Event.IssueReturned(issue, "crashes"),
                new Event.PushStarting(issue, "abc"),
                new Event.Pushed(issue, "proof/issue-52", "abc"),
                new Event.PushFailed(issue, "network", AT),
                new Event.PushSkipped(issue, "no remote"),
                new Event.PauseLifted("you"),
                new Event.ClockSetBack(3600),
                new Event.AdmissionClosed("disk"),
                new Event.AdmissionOpened("room"),
                new Event.WorkerStopped(2),
                new Event.WorkerContinued(2),
                new Event.GateStarting(issue, "id", "make test"),
                new Event.GatePassed(issue, "id", 12),
                new Event.GateFailed(issue, "id", "exit 1", "red\n"),
                new Event.StageMoved(issue, "optimize", 2),
                new Event.RetryBegun(issue, "once more"),
                new Event.IssueReopened(issue, "you"),
                new Event.PushWanted(issue, "abc"),
                new Event.PullRequestWanted(issue),
                new Event.PullRequestOpening(issue, "proof/issue-52"),
                new Event.PullRequestOpened(issue, "https://forge/1"),
                new Event.PullRequestFailed(issue, "network", AT),
                new Event.RescueTaken(issue, "refs/orchestrator/rescue/1", "2 files"),
                new Event.WorktreeRemoved(issue, "/w/issue-52"),
                new Event.Unknown(
                        "of-tomorrow",
                        "{\"type\":\"of-tomorrow\",\"x\":[1.10,null,{\"y\":12345678901234567890}]}"));
    }

    static Stream<AgentOutcome> outcomes() {
        return Stream.of(
                new AgentOutcome.Done(1, 0, "ok"),
                new AgentOutcome.NoWork("zero turns"),
                new AgentOutcome.UsageLimit(Optional.of(AT), "5-hour"),
                new AgentOutcome.Overloaded("529"),
                new AgentOutcome.Network("refused"),
                new AgentOutcome.NotLoggedIn("login"),
                new AgentOutcome.NoCredit("balance"),
                new AgentOutcome.BadAgentConfig("file"),
                new AgentOutcome.PromptTooLong("long"),
                new AgentOutcome.OwnLimit("turns"),
                new AgentOutcome.CrashedEmpty("No messages returned"),
                new AgentOutcome.Interrupted(),
                new AgentOutcome.SessionLost("in use"),
                new AgentOutcome.Rebooted(),
                new AgentOutcome.Vanished("gone"),
                new AgentOutcome.Failed("exit 3"));
    }

    private static Event ended(AgentOutcome outcome) {
        return new Event.AttemptEnded(
                Samples.ISSUE,
                "id",
                new Finish(Optional.of(0), outcome, "abc", 2, 5, 1, new Usage(1, 2, 3, 4, 0.0123)));
    }

    @Test
    void every_kind_of_event_and_outcome_has_an_example() {
        assertThat(events().map(Object::getClass).toList())
                .as("add an example to events()")
                .containsExactlyInAnyOrderElementsOf(Shapes.leaves(Event.class));
        assertThat(outcomes().map(Object::getClass).toList())
                .as("add an example to outcomes()")
                .containsExactlyInAnyOrderElementsOf(Shapes.leaves(AgentOutcome.class));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_comes_back_as_it_was_on_one_line_with_its_type_first(Event event) {
        String json = codec.write(event);

        assertThat(codec.read(json)).isEqualTo(event);
        assertThat(json).startsWith("{\"type\":\"").doesNotContain("\n");
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void an_outcome_comes_back_as_it_was(AgentOutcome outcome) {
        Event event = ended(outcome);
        assertThat(codec.read(codec.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource
    void every_cause_of_a_restart_comes_back(RestartCause cause) {
        Event event =
                new Event.RestartPlanned(Samples.ISSUE, AttemptKind.FIRST, false, cause, "", AT);
        assertThat(codec.read(codec.write(event))).isEqualTo(event);
    }

    @Test
    void empty_optionals_are_left_out_and_come_back_empty() {
        Event event = ended(new AgentOutcome.UsageLimit(Optional.empty(), "d"));
        assertThat(codec.write(event)).doesNotContain("resetsAt").contains("\"usage-limit\"");
        assertThat(codec.read(codec.write(event))).isEqualTo(event);
    }

    @Test
    void names_are_written_in_kebab_case() {
        assertThat(codec.write(new Event.AttemptEnding(Samples.ISSUE, "i", EndCause.USER_RESTART)))
                .isEqualTo(
                        "{\"type\":\"attempt-ending\",\"issue\":{\"project\":\"proof\",\"number\":52},"
                                + "\"attemptId\":\"i\",\"cause\":\"user-restart\"}");
    }

    @Test
    void fields_that_are_not_known_are_passed_over() {
        assertThat(codec.read("{\"type\":\"window-lost\",\"worker\":2,\"new\":{\"a\":[1]}}"))
                .isEqualTo(new Event.WindowLost(2));
    }

    @Test
    void fields_that_are_missing_get_empty_values() {
        assertThat(codec.read("{\"type\":\"config-loaded\"}"))
                .isEqualTo(new Event.ConfigLoaded(List.of(), 0, 0));
        assertThat(codec.read("{\"type\":\"command-done\",\"id\":null}"))
                .isEqualTo(new Event.CommandDone("", false, ""));
        assertThat(codec.read("{\"type\":\"launches-paused\"}"))
                .isEqualTo(new Event.LaunchesPaused(PauseCause.USAGE_LIMIT, Optional.empty(), ""));
        String issue = "\"issue\":{\"project\":\"proof\",\"number\":52}";
        assertThat(codec.read("{\"type\":\"worktree-failed\"," + issue + "}"))
                .isEqualTo(new Event.WorktreeFailed(Samples.ISSUE, "", Instant.EPOCH));
        assertThat(
                        codec.read(
                                "{\"type\":\"attempt-ended\","
                                        + issue
                                        + ",\"finish\":{\"outcome\":{\"type\":\"interrupted\"}}}"))
                .isEqualTo(
                        new Event.AttemptEnded(
                                Samples.ISSUE,
                                "",
                                new Finish(
                                        Optional.empty(),
                                        new AgentOutcome.Interrupted(),
                                        "",
                                        0,
                                        0,
                                        0,
                                        Usage.NONE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"of-tomorrow\",\"issue\":1.10}",
                "{\"type\":\"attempt-ending\",\"issue\":{\"project\":\"p\",\"number\":1},\"cause\":\"of-tomorrow\"}",
                "{\"type\":\"attempt-ended\",\"issue\":{\"project\":\"p\",\"number\":1},\"finish\":{\"outcome\":{\"type\":\"of-tomorrow\"}}}",
                "{\"type\":\"issue-completed\"}",
                "{\"type\":\"window-lost\",\"worker\":\"two\"}",
                "{\"type\":\"window-lost\",\"worker\":99999999999}"
            })
    void what_is_not_understood_is_carried_and_written_back_as_it_was(String json) {
        Event event = codec.read(json);

        assertThat(event).isInstanceOf(Event.Unknown.class);
        assertThat(codec.write(event)).isEqualTo(json);
    }

    @Test
    void what_is_no_event_is_refused() {
        for (String json : List.of("", "[]", "{}", "{\"type\":3}", "{\"type\":", "null")) {
            assertThatThrownBy(() -> codec.read(json))
                    .as(json)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
