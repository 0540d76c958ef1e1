package orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentOutcome.BadAgentConfig;
import orchestrator.model.AgentOutcome.CrashedEmpty;
import orchestrator.model.AgentOutcome.Done;
import orchestrator.model.AgentOutcome.Failed;
import orchestrator.model.AgentOutcome.Interrupted;
import orchestrator.model.AgentOutcome.NoWork;
import orchestrator.model.AgentOutcome.Overloaded;
import orchestrator.model.AgentOutcome.OwnLimit;
import orchestrator.model.AgentOutcome.SessionLost;
import orchestrator.model.AgentOutcome.UsageLimit;
import orchestrator.model.AgentOutcome.Vanished;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeVerdictTest {
    private static final String WORK =
            "{\"type\":\"assistant\",\"message\":{\"id\":\"1\",\"model\":\"m\",\"content\":[]}}";

    private static AgentOutcome judge(StreamFacts facts, int code, String stderr) {
        return ClaudeVerdict.judge(facts, new Agent.Exit(Optional.of(code), false, stderr));
    }

    private static AgentOutcome interrupted(StreamFacts facts, int code) {
        return ClaudeVerdict.judge(facts, new Agent.Exit(Optional.of(code), true, ""));
    }

    private static StreamFacts worked() {
        return Streams.read(WORK).facts();
    }

    private static StreamFacts apiError(Object status, String text) {
        return Streams.read(
                        "{\"type\":\"result\",\"is_error\":true,\"subtype\":\"success\",\"num_turns\":1,\"terminal_reason\":\"api_error\",\"api_error_status\":%s,\"result\":\"%s\"}"
                                .formatted(status, text))
                .facts();
    }

    private static StreamFacts recorded(String name) throws IOException {
        return Streams.read(Streams.recorded(name)).facts();
    }

    @ParameterizedTest
    @CsvSource({
        "success-tool-call, 0, Done",
        "success-permission-denied, 0, Done",
        "two-results-background-task, 0, Done",
        "slash-command-zero-turns, 0, NoWork",
        "max-turns, 1, OwnLimit",
        "max-budget, 1, OwnLimit",
        "resumed-after-kill, 0, Done",
        "usage-limit, 1, UsageLimit",
        "usage-limit-completed, 1, UsageLimit",
        "overloaded, 1, Overloaded",
        "oauth-expired, 1, NotLoggedIn",
        "invalid-api-key, 1, NotLoggedIn",
        "not-logged-in, 1, NotLoggedIn",
        "not-logged-in-completed, 1, NotLoggedIn",
        "interrupted-in-a-tool, 1, Interrupted",
        "no-credit, 1, NoCredit",
        "prompt-too-long, 1, PromptTooLong",
        "connection-refused, 1, Network"
    })
    void every_recorded_stream_is_judged_as_what_happened(String name, int code, String outcome)
            throws IOException {
        AgentOutcome judged = judge(recorded(name), code, "");
        assertThat(judged.getClass().getSimpleName()).isEqualTo(outcome);
        // Some older versions leave an API error with exit 0.
        if (code == 1) {
            assertThat(judge(recorded(name), 0, "")).isEqualTo(judged);
        }
    }

    @Test
    void a_good_end_tells_its_turns_denials_and_last_words() throws IOException {
        assertThat(judge(recorded("success-permission-denied"), 0, ""))
                .isEqualTo(new Done(2, 1, "done"));
        assertThat(judge(recorded("usage-limit"), 1, ""))
                .isEqualTo(
                        new UsageLimit(
                                Optional.of(Instant.ofEpochSecond(1795368981)),
                                "You've hit your 5-hour limit · resets 5:36pm (UTC)"));
    }

    @Test
    void ctrl_c_ends_with_code_0_and_is_known_by_the_script_or_by_the_result() throws IOException {
        assertThat(interrupted(recorded("interrupted-sigint"), 0)).isEqualTo(new Interrupted());
        assertThat(judge(recorded("interrupted-sigint"), 0, "")).isInstanceOf(NoWork.class);
        StreamFacts broken =
                Streams.read(
                                WORK,
                                "{\"type\":\"result\",\"is_error\":true,\"subtype\":\"error_during_execution\",\"num_turns\":2}")
                        .facts();
        assertThat(judge(broken, 0, "")).isEqualTo(new Interrupted());
        assertThat(interrupted(broken, 1)).isEqualTo(new Interrupted());
        assertThat(judge(broken, 1, "")).isInstanceOf(Failed.class);
        assertThat(judge(worked(), 130, "")).isEqualTo(new Interrupted());
        assertThat(interrupted(recorded("slash-command-zero-turns"), 0))
                .isEqualTo(new Interrupted());
    }

    @Test
    void ctrl_c_after_the_last_result_takes_nothing_away_but_during_a_second_turn_it_does()
            throws IOException {
        StreamFacts done = recorded("success-tool-call");
        assertThat(interrupted(done, 0)).isInstanceOf(Done.class);
        String again = "{\"type\":\"system\",\"subtype\":\"init\"}";
        String result =
                "{\"type\":\"result\",\"is_error\":false,\"subtype\":\"success\",\"num_turns\":2}";
        assertThat(interrupted(Streams.read(WORK, result, again, WORK).facts(), 0))
                .isEqualTo(new Interrupted());
    }

    @Test
    void no_exit_code_is_a_vanished_process_whatever_it_said() throws IOException {
        Agent.Exit none = new Agent.Exit(Optional.empty(), false, "");
        assertThat(ClaudeVerdict.judge(StreamFacts.NONE, none)).isInstanceOf(Vanished.class);
        assertThat(ClaudeVerdict.judge(recorded("success-tool-call"), none).phrase())
                .contains("gave its result");
    }

    @ParameterizedTest
    @CsvSource({"143, SIGTERM", "129, SIGHUP", "137, SIGKILL"})
    void killed_from_outside_is_a_failure_also_before_any_work(int code, String signal) {
        assertThat(judge(worked(), code, "")).isEqualTo(new Failed("ended by " + signal));
        assertThat(judge(StreamFacts.NONE, code, "")).isEqualTo(new Failed("ended by " + signal));
    }

    @Test
    void a_crash_with_nothing_done_is_told_from_one_in_the_middle() {
        String words = "stack\nError: No messages returned\n";
        assertThat(judge(StreamFacts.NONE, 1, words))
                .isEqualTo(new CrashedEmpty("exit 1: Error: No messages returned"));
        assertThat(judge(StreamFacts.NONE, 1, "")).isEqualTo(new CrashedEmpty("exit 1"));
        assertThat(judge(StreamFacts.NONE, 139, "")).isInstanceOf(CrashedEmpty.class);
        assertThat(judge(worked(), 1, words)).isInstanceOf(Failed.class);
    }

    @Test
    void exit_0_without_a_result_or_with_zero_turns_is_no_work() {
        assertThat(judge(StreamFacts.NONE, 0, "")).isInstanceOf(NoWork.class);
        assertThat(judge(worked(), 0, "")).isInstanceOf(NoWork.class);
    }

    @Test
    void a_reported_success_does_not_outweigh_a_bad_exit() throws IOException {
        assertThat(judge(recorded("success-tool-call"), 1, ""))
                .isEqualTo(new Failed("it reported success, then exit 1"));
        assertThat(judge(recorded("success-tool-call"), 143, "")).isInstanceOf(Failed.class);
        assertThat(judge(recorded("slash-command-zero-turns"), 1, "")).isInstanceOf(Failed.class);
    }

    @Test
    void a_429_is_the_usage_limit_only_where_the_agent_says_so() {
        assertThat(judge(apiError(429, "API Error: Request rejected (429)"), 1, ""))
                .isInstanceOf(Overloaded.class);
        assertThat(judge(apiError(429, "You've hit your weekly limit"), 1, ""))
                .isInstanceOf(UsageLimit.class);
        assertThat(judge(apiError("null", "Claude AI usage limit reached|1795368981"), 1, ""))
                .isEqualTo(
                        new UsageLimit(
                                Optional.of(Instant.ofEpochSecond(1795368981)),
                                "Claude AI usage limit reached|1795368981"));
        StreamFacts rejected =
                Streams.read(
                                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":1795368981}}",
                                "{\"type\":\"result\",\"is_error\":true,\"subtype\":\"success\",\"api_error_status\":429,\"result\":\"x\"}")
                        .facts();
        assertThat(judge(rejected, 1, "")).isInstanceOf(UsageLimit.class);
    }

    @ParameterizedTest
    @CsvSource({
        "500, Internal server error, Overloaded",
        "503, no healthy upstream, Overloaded",
        "403, Request not allowed, NotLoggedIn",
        "402, pay, NoCredit",
        "413, Request too large, PromptTooLong",
        "404, There is an issue with the selected model, BadAgentConfig",
        "400, messages.1: odd, Failed",
        "null, fetch failed (ENOTFOUND), Network",
        "null, Something new, Failed"
    })
    void errors_of_the_service_are_sorted_by_status_and_then_by_words(
            String status, String text, String outcome) {
        assertThat(judge(apiError(status, text), 1, "").getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void what_the_model_says_of_credit_or_login_is_never_taken_for_the_truth() {
        StreamFacts facts =
                Streams.read(
                                WORK,
                                "{\"type\":\"result\",\"is_error\":true,\"subtype\":\"error_during_execution\",\"terminal_reason\":\"tool_error\",\"num_turns\":4,\"result\":\"Credit balance is too low, not logged in, overloaded\"}")
                        .facts();
        assertThat(judge(facts, 1, "Invalid API key")).isInstanceOf(Failed.class);
        assertThat(judge(worked(), 1, "Credit balance is too low")).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, Error: Session ID 1-2-3 is already in use., SessionLost",
        "1, --dangerously-skip-permissions cannot be used with root/sudo privileges, BadAgentConfig",
        "1, error: unknown option '--modle', BadAgentConfig",
        "1, startup_failure_reason config_file_invalid, BadAgentConfig",
        "1, Not logged in · Please run /login, NotLoggedIn",
        "1, Credit balance is too low, NoCredit",
        "1, connect ECONNREFUSED 127.0.0.1:443, Network",
        "1, Segmentation fault, CrashedEmpty",
        "126, Permission denied, BadAgentConfig",
        "127, claude: not found, BadAgentConfig"
    })
    void standard_error_is_the_last_resort(int code, String words, String outcome) {
        assertThat(judge(StreamFacts.NONE, code, words).getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void a_broken_configuration_file_and_the_agents_own_limit_are_told_apart() {
        StreamFacts config =
                Streams.read(
                                "{\"type\":\"result\",\"is_error\":true,\"startup_failure_reason\":\"config_file_invalid\",\"num_turns\":0}")
                        .facts();
        assertThat(judge(config, 1, "")).isInstanceOf(BadAgentConfig.class);
        StreamFacts budget =
                Streams.read(
                                "{\"type\":\"result\",\"is_error\":true,\"subtype\":\"error_max_budget_usd\",\"num_turns\":9}")
                        .facts();
        assertThat(judge(budget, 1, "")).isEqualTo(new OwnLimit("error_max_budget_usd"));
    }

    @Test
    void details_are_one_short_line_without_secrets() {
        String secret = "sk-ant-" + "abcdefgh1234";
        AgentOutcome outcome =
                judge(
                        StreamFacts.NONE,
                        1,
                        "first\n" + "x".repeat(900) + "\n\u001b[31mkey " + secret);
        assertThat(outcome).isEqualTo(new CrashedEmpty("exit 1: key sk-ant-•••"));
    }

    @Test
    void a_session_that_is_not_known_is_lost_unless_it_was_worked_in() throws IOException {
        String said = "No conversation found with session ID: 9999-2222\n";
        assertThat(judge(recorded("session-unknown"), 1, said))
                .isInstanceOfSatisfying(
                        SessionLost.class,
                        lost -> assertThat(lost.detail()).contains("No conversation found"));
        assertThat(judge(worked(), 1, said)).isInstanceOf(Failed.class);
        assertThat(recorded("resumed-after-kill").sessionId())
                .isEqualTo("44444444-2222-4333-8444-555555555555");
    }
}
