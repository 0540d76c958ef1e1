package orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.Fault;
import orchestrator.model.Usage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codex's command line, from streams that 0.169.0 printed to a stand-in service. */
class CodexTest {
    private static final AgentSettings SETTINGS = AgentSettings.CLAUDE.ofType("codex");
    private static final Attempt ATTEMPT = Attempts.of(3, "implement", 1);

    @TempDir Path folder;
    private Codex codex = new Codex("", Map.of());
    private String executable = "";

    @BeforeEach
    void install() throws IOException {
        Path file = Files.writeString(folder.resolve("codex"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        executable = file.toRealPath().toString();
        codex = new Codex(folder.toString(), Map.of());
    }

    private static AgentSettings with(List<String> arguments, Map<String, String> environment) {
        return new AgentSettings(
                "codex",
                Optional.empty(),
                Optional.of("gpt-5"),
                Optional.of(arguments),
                environment,
                Optional.empty());
    }

    // ── the call ───────────────────────────────────────────────────────────────────────────

    @Test
    void the_call_takes_the_prompt_from_standard_input() {
        assertThat(codex.call(SETTINGS, ATTEMPT, folder).argv())
                .containsExactly(
                        executable,
                        "exec",
                        "--json",
                        "--dangerously-bypass-approvals-and-sandbox",
                        "-");
        Agent.Call other =
                codex.call(
                        with(List.of("--sandbox", "workspace-write"), Map.of("A", "b")),
                        ATTEMPT,
                        folder);
        assertThat(other.argv())
                .containsExactly(
                        executable,
                        "exec",
                        "--json",
                        "--sandbox",
                        "workspace-write",
                        "--model",
                        "gpt-5",
                        "-");
        assertThat(other.environment()).isEqualTo(Map.of("A", "b"));
        assertThat(codex.resumes()).isFalse();
    }

    @Test
    void what_is_missing_or_ours_is_told() {
        assertThat(codex.check(SETTINGS)).isEmpty();
        assertThat(codex.check(with(List.of("--cd=/tmp", "--json"), Map.of())))
                .hasSize(2)
                .allMatch(problem -> problem.contains("which Orchestrator sets itself"));
        Codex none = new Codex("/nowhere", Map.of());
        assertThat(none.check(SETTINGS))
                .singleElement()
                .asString()
                .contains("codex is not on the PATH", "npm install -g @openai/codex");
        assertThatThrownBy(() -> none.call(SETTINGS, ATTEMPT, folder))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("codex");
    }

    @Test
    void whether_it_is_logged_in_is_asked_where_that_says_something() {
        assertThat(codex.versionCommand(SETTINGS)).containsExactly(executable, "--version");
        assertThat(codex.loginCommand(SETTINGS, "codex-cli 0.169.0"))
                .containsExactly(executable, "login", "status");
        assertThat(codex.loginCommand(with(List.of(), Map.of("CODEX_API_KEY", "k")), "")).isEmpty();
        assertThat(codex.loginCommand(with(List.of("-c", "model_provider=x"), Map.of()), ""))
                .isEmpty();
        assertThat(
                        new Codex(folder.toString(), Map.of("CODEX_API_KEY", "k"))
                                .loginCommand(SETTINGS, ""))
                .isEmpty();
    }

    // ── what it prints ─────────────────────────────────────────────────────────────────────

    private static Streams.Read recorded(String name) throws IOException {
        return Streams.read(new CodexStream(), Streams.recorded("codex", name), 1 << 20);
    }

    private static Streams.Read read(String... lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return Streams.read(new CodexStream(), bytes, bytes.length);
    }

    @Test
    void a_run_is_read_as_facts_and_lines() throws IOException {
        Streams.Read read = recorded("success");
        assertThat(read.lines())
                .containsExactly(
                        "── session " + read.facts().sessionId(),
                        "! Model metadata for `gpt-5` not found. Defaulting to fallback metadata; this can"
                                + " degrade performance and cause issues.",
                        "✻ Looking around",
                        "● Bash: echo hi; ls; false",
                        "  └ ✗ hi",
                        "  └ ✗ exit 1",
                        "● Edit: /home/ada/shop/hello.txt (add)",
                        "Done: hello.txt is written.",
                        "✓ finished: 1 turn, 495 tokens");
        StreamFacts facts = read.facts();
        assertThat(facts.worked()).isTrue();
        assertThat(facts.usage()).isEqualTo(new Usage(300, 135, 60, 0, 0));
        assertThat(facts.lastLine()).startsWith("✓ finished");
        assertThat(facts.result().orElseThrow().text()).isEqualTo("Done: hello.txt is written.");
        assertThat(facts.lines()).isEqualTo(10);
        assertThat(facts.damaged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void how_it_is_cut_into_pieces_changes_nothing(int piece) throws IOException {
        byte[] bytes = Streams.recorded("codex", "success");
        assertThat(Streams.read(new CodexStream(), bytes, piece)).isEqualTo(recorded("success"));
    }

    @Test
    void retries_are_counted_and_told() throws IOException {
        Streams.Read read = recorded("waiting-for-network");
        assertThat(read.facts().apiRetries()).isEqualTo(4);
        assertThat(read.facts().lastLine()).startsWith("↻ Reconnecting... waiting for network");
        assertThat(read.facts().worked()).isFalse();
    }

    @Test
    void other_items_and_what_nobody_knows_are_told_or_passed_over() {
        Streams.Read read =
                read(
                        "{\"type\":\"item.started\",\"item\":{\"id\":\"1\",\"type\":\"mcp_tool_call\",\"server\":\"db\",\"tool\":\"ask\",\"arguments\":{\"query\":\"select 1\"}}}",
                        "{\"type\":\"item.completed\",\"item\":{\"id\":\"1\",\"type\":\"mcp_tool_call\",\"server\":\"db\",\"tool\":\"ask\",\"arguments\":{},\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"one\\ntwo\"},{\"type\":\"image\"}]},\"status\":\"completed\"}}",
                        "{\"type\":\"item.completed\",\"item\":{\"id\":\"2\",\"type\":\"mcp_tool_call\",\"server\":\"db\",\"tool\":\"ask\",\"arguments\":{},\"error\":{\"message\":\"no\"},\"status\":\"failed\"}}",
                        "{\"type\":\"item.completed\",\"item\":{\"id\":\"3\",\"type\":\"web_search\",\"query\":\"tmux\"}}",
                        "{\"type\":\"item.completed\",\"item\":{\"id\":\"4\",\"type\":\"todo_list\",\"items\":[{\"text\":\"look\",\"completed\":true},{\"text\":\"mend\",\"completed\":false}]}}",
                        "{\"type\":\"item.completed\",\"item\":{\"id\":\"5\",\"type\":\"agent_message\",\"text\":\"a \\u001b[31mred\\u001b[0m ghp_%s\"}}"
                                .formatted("a1B2".repeat(8)),
                        "{\"type\":\"later.invented\",\"x\":[1]}",
                        "not json",
                        "{\"type\":\"item.completed\"}");
        assertThat(read.lines())
                .containsExactly(
                        "● db.ask: select 1",
                        "  └ one … (+2 lines)",
                        "● db.ask",
                        "  └ ✗ no",
                        "● WebSearch: tmux",
                        "● Plan: 1 of 2 done, next: mend",
                        "a red ghp_•••",
                        "? not json",
                        "● ");
        assertThat(read.facts().damaged()).isEqualTo(1);
    }

    // ── what its end means ─────────────────────────────────────────────────────────────────

    private AgentOutcome judge(StreamFacts facts, int code, boolean interrupted, String stderr) {
        return codex.judge(facts, new Agent.Exit(Optional.of(code), interrupted, stderr));
    }

    @ParameterizedTest
    @CsvSource({
        "success, 0, Done",
        "usage-limit, 1, UsageLimit",
        "overloaded, 1, Overloaded",
        "no-credit, 1, NoCredit",
        "invalid-key, 1, NotLoggedIn",
        "service-down, 1, Overloaded",
        "model-unknown, 1, BadAgentConfig",
        "prompt-too-long, 1, PromptTooLong",
        "disconnected, 1, Network",
        "interrupted, 130, Interrupted",
        "interrupted, 143, Failed",
        "interrupted, 1, CrashedEmpty",
        "interrupted, 0, NoWork",
        "success, 1, Failed",
    })
    void recorded_runs_are_judged(String name, int code, String outcome) throws IOException {
        assertThat(judge(recorded(name).facts(), code, false, "").getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void ctrl_c_is_an_interruption_unless_the_work_had_ended() throws IOException {
        // 0.169.0 answers it with code 1 and says nothing more.
        assertThat(judge(recorded("interrupted").facts(), 1, true, ""))
                .isInstanceOf(AgentOutcome.Interrupted.class);
        assertThat(judge(recorded("success").facts(), 0, true, ""))
                .isInstanceOf(AgentOutcome.Done.class);
    }

    @Test
    void without_a_word_in_the_stream_standard_error_tells() {
        assertThat(judge(StreamFacts.NONE, 2, false, "error: unexpected argument '--x' found"))
                .isInstanceOf(AgentOutcome.BadAgentConfig.class);
        assertThat(judge(StreamFacts.NONE, 127, false, "codex: not found"))
                .isInstanceOf(AgentOutcome.BadAgentConfig.class);
        assertThat(judge(StreamFacts.NONE, 1, false, "Not logged in"))
                .isInstanceOf(AgentOutcome.NotLoggedIn.class);
        assertThat(codex.judge(StreamFacts.NONE, new Agent.Exit(Optional.empty(), false, "")))
                .isInstanceOf(AgentOutcome.Vanished.class);
    }

    @Test
    void a_turn_without_any_work_is_none() {
        StreamFacts facts =
                read("{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":3}}").facts();
        assertThat(judge(facts, 0, false, "")).isInstanceOf(AgentOutcome.NoWork.class);
    }
}
