package orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import orchestrator.model.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamJsonTest {
    private static final String INIT =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s-1\",\"model\":\"m-1\",\"permissionMode\":\"default\"}";
    private static final String RESULT =
            "{\"type\":\"result\",\"is_error\":false,\"subtype\":\"success\",\"num_turns\":3,\"duration_ms\":1500,\"total_cost_usd\":0.5,\"usage\":{\"input_tokens\":10,\"output_tokens\":5},\"result\":\"ok\"}";

    private static String say(String id, String text, int in) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"%s\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}],\"usage\":{\"input_tokens\":%d,\"output_tokens\":1}}}"
                .formatted(id, text, in);
    }

    private static String call(String name, String input) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"c\",\"model\":\"m\",\"content\":[{\"type\":\"tool_use\",\"name\":\"%s\",\"input\":%s}]}}"
                .formatted(name, input);
    }

    private static String answer(String content, boolean error) {
        return "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"content\":%s,\"is_error\":%s}]}}"
                .formatted(content, error);
    }

    @Test
    void a_recorded_run_is_read_and_made_readable() throws IOException {
        Streams.Read read = Streams.read(Streams.recorded("success-tool-call"));
        assertThat(read.facts())
                .isEqualTo(
                        new StreamFacts(
                                6,
                                0,
                                "b65129a2-e20e-41fc-9b69-06e8eb0da468",
                                "claude-opus-5-5",
                                true,
                                read.facts().result(),
                                new Usage(2000, 40, 0, 0, 0.0088),
                                false,
                                read.facts().limitResetsAt(),
                                0,
                                "✓ finished: 2 turns, 0.9 s, 2,040 tokens, $0.0088"));
        assertThat(read.lines().getFirst())
                .startsWith("── session b65129a2-")
                .contains("model claude-opus-5-5");
        assertThat(read.lines().subList(1, read.lines().size()))
                .containsExactly(
                        "running",
                        "● Bash: echo hi",
                        "  └ hi",
                        "done",
                        "✓ finished: 2 turns, 0.9 s, 2,040 tokens, $0.0088");
    }

    @Test
    void the_cost_of_the_last_of_several_results_is_the_total() throws IOException {
        Streams.Read read = Streams.read(Streams.recorded("two-results-background-task"));
        assertThat(read.facts().usage()).isEqualTo(new Usage(3000, 60, 0, 0, 0.0132));
        assertThat(read.facts().result())
                .hasValueSatisfying(r -> assertThat(r.turns()).isEqualTo(1));
        assertThat(read.lines()).contains("── woken again");
    }

    @Test
    void a_result_is_taken_back_while_the_agent_works_again() {
        assertThat(Streams.read(INIT, say("1", "a", 1), RESULT).facts().result()).isPresent();
        assertThat(Streams.read(INIT, say("1", "a", 1), RESULT, INIT).facts().result()).isEmpty();
        String after = "{\"type\":\"system\",\"subtype\":\"task_updated\"}";
        assertThat(Streams.read(INIT, RESULT, after, "{\"type\":\"new\"}").facts().result())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection-refused",
                "interrupted-sigint",
                "invalid-api-key",
                "max-turns",
                "no-credit",
                "not-logged-in",
                "oauth-expired",
                "overloaded",
                "prompt-too-long",
                "slash-command-zero-turns",
                "success-permission-denied",
                "success-tool-call",
                "two-results-background-task",
                "usage-limit"
            })
    void how_the_bytes_are_cut_changes_nothing(String name) throws IOException {
        byte[] bytes = Streams.recorded(name);
        Streams.Read whole = Streams.read(bytes);
        assertThat(whole.facts().damaged()).isZero();
        assertThat(whole.facts().sessionId()).isNotEmpty();
        for (int piece : new int[] {1, 7, 4096}) {
            assertThat(Streams.read(bytes, piece)).isEqualTo(whole);
        }
    }

    @Test
    void the_reset_of_the_limit_is_read_in_seconds_and_in_milliseconds() throws IOException {
        StreamFacts facts = Streams.read(Streams.recorded("usage-limit")).facts();
        assertThat(facts.limitRejected()).isTrue();
        assertThat(facts.limitResetsAt()).contains(Instant.ofEpochSecond(1795368981));
        assertThat(facts.worked()).isFalse();
        String millis =
                "{\"rate_limit_info\":{\"resetsAt\":1795368981000,\"status\":\"rejected\"},\"type\":\"rate_limit_event\"}";
        Streams.Read read = Streams.read(millis);
        assertThat(read.facts().limitResetsAt()).contains(Instant.ofEpochSecond(1795368981));
        assertThat(read.text()).contains("resets 2026-11-22 17:36 UTC");
    }

    @Test
    void a_limit_that_was_lifted_is_no_longer_rejected() {
        String lifted = "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"%s\"}}";
        assertThat(
                        Streams.read(lifted.formatted("rejected"), lifted.formatted("allowed"))
                                .facts()
                                .limitRejected())
                .isFalse();
    }

    @Test
    void messages_count_once_by_their_id_until_a_result_says_the_total() {
        StreamFacts open =
                Streams.read(say("1", "a", 100), say("1", "b", 100), say("2", "c", 30)).facts();
        assertThat(open.usage()).isEqualTo(new Usage(130, 2, 0, 0, 0));
        StreamFacts more = Streams.read(say("1", "a", 100), RESULT, say("2", "c", 30)).facts();
        assertThat(more.usage()).isEqualTo(new Usage(40, 6, 0, 0, 0.5));
    }

    @Test
    void damaged_lines_are_counted_and_harm_nothing() {
        String deep = "[".repeat(100_000);
        Streams.Read read =
                Streams.read(
                        INIT,
                        "npm WARN something",
                        "{\"type\":\"assistant\",\"message\":",
                        "[1,2]",
                        "{\"type\":\"assistant\",\"message\":" + deep,
                        "",
                        "{\"type\":7,\"message\":\"x\"}",
                        "{\"type\":\"result\",\"is_error\":\"maybe\",\"num_turns\":1e400,\"total_cost_usd\":-3,\"result\":{\"a\":1},\"permission_denials\":4}",
                        "{\"type\":\"assistant\",\"message\":{\"id\":\"x\",\"content\":[5,{\"type\":\"text\"}],\"usage\":{\"input_tokens\":\"many\"}}}",
                        RESULT);
        assertThat(read.facts().damaged()).isEqualTo(4);
        assertThat(read.facts().lines()).isEqualTo(10);
        assertThat(read.facts().result().orElseThrow().turns()).isEqualTo(3);
        assertThat(read.lines()).contains("? npm WARN something");
    }

    @Test
    void bytes_that_are_not_utf8_and_nul_bytes_do_not_damage_a_line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {0, 0, 0});
        String[] halves = say("1", "a|b", 1).split("\\|", -1);
        bytes.write(halves[0].getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 1});
        bytes.write(halves[1].getBytes(StandardCharsets.UTF_8));
        bytes.write("\r\n".getBytes(StandardCharsets.UTF_8));
        Streams.Read read = Streams.read(bytes.toByteArray());
        assertThat(read.facts().damaged()).isZero();
        assertThat(read.lines()).containsExactly("a\ufffd\ufffdb");
    }

    @Test
    void a_line_too_long_to_keep_is_left_out_and_the_next_is_read() {
        String huge = say("1", "x".repeat(StreamJson.LONGEST_LINE), 1);
        Streams.Read read = Streams.read(huge, RESULT);
        assertThat(read.facts().damaged()).isOne();
        assertThat(read.facts().result()).isPresent();
        assertThat(read.lines().getFirst()).startsWith("✗ a line of 4,19").endsWith("was left out");
        String large = say("1", "y".repeat(StreamJson.LONGEST_LINE - 1000), 1);
        assertThat(Streams.read(large).facts().damaged()).isZero();
    }

    @Test
    void random_bytes_never_throw_nor_drive_a_terminal() {
        Random random = new Random(7);
        String alphabet = "{}[]\":,\\u001b\n\u001b[31m\u0000type assistant é🎉 null 1e9";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text =
                    new StringBuilder("{\"type\":\"assistant\",\"message\":{\"content\":\"");
            for (int k = 0; k < random.nextInt(80); k++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = (text + "\"}}\n").getBytes(StandardCharsets.UTF_8);
            for (int k = 0; k < random.nextInt(4); k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            for (String line : Streams.read(bytes).lines()) {
                assertThat(line.chars().noneMatch(Character::isISOControl)).as(line).isTrue();
            }
        }
    }

    @Test
    void escape_sequences_of_the_agent_never_reach_the_transcript() {
        Streams.Read read =
                Streams.read(
                        say("1", "a\\u001b]0;pwned\\u0007b\\r\\nc\\u001b[2Jd", 1),
                        call("B\\u001b[31mash", "{\"command\":\"x\\u0007\\ny\"}"),
                        answer("\"\\u001b[1mout\\u001b[0m\\nmore\"", false));
        assertThat(read.lines()).containsExactly("ab", "cd", "● Bash: x y", "  └ out … (+1 line)");
    }

    @Test
    void secrets_are_masked_in_every_kind_of_line_and_in_the_facts() {
        String secret = "sk-ant-" + "api03-Abc123".repeat(4);
        Streams.Read read =
                Streams.read(
                        say("1", "the key is " + secret, 1),
                        call("Bash", "{\"command\":\"" + "y ".repeat(70) + secret + "\"}"),
                        answer("\"" + secret + "\"", true),
                        "not json " + secret,
                        RESULT.replace("\"ok\"", "\"" + secret + "\"")
                                .replace("\"is_error\":false", "\"is_error\":true"));
        assertThat(read.text()).contains("the key is sk-ant-•••").doesNotContain("api03");
        assertThat(read.facts().toString()).doesNotContain("api03");
    }

    @Test
    void calls_are_summed_up_by_what_tells_most() {
        Streams.Read read =
                Streams.read(
                        call("Read", "{\"limit\":5,\"file_path\":\"/a/b.java\"}"),
                        call("Grep", "{\"path\":\"src\",\"pattern\":\"foo\"}"),
                        call("WebFetch", "{\"prompt\":\"p\",\"url\":\"http://x\"}"),
                        call("TodoWrite", "{\"todos\":[{},{}]}"),
                        call("Odd", "{\"n\":1}"),
                        call("Bash", "{\"command\":\"" + "z".repeat(500) + "\"}"));
        assertThat(read.lines().subList(0, 5))
                .containsExactly(
                        "● Read: /a/b.java",
                        "● Grep: foo",
                        "● WebFetch: http://x",
                        "● TodoWrite: 2 entries",
                        "● Odd");
        assertThat(read.lines().get(5)).isEqualTo("● Bash: " + "z".repeat(159) + "…");
    }

    @Test
    void answers_show_their_first_line_and_mark_errors() {
        Streams.Read read =
                Streams.read(
                        answer("\"one\\ntwo\\nthree\\n\"", false),
                        answer(
                                "[{\"type\":\"text\",\"text\":\"boom\"},{\"type\":\"image\"}]",
                                true),
                        answer("\"\"", false));
        assertThat(read.lines())
                .containsExactly(
                        "  └ one … (+2 lines)", "  └ ✗ boom … (+1 line)", "  └ (no output)");
    }

    @Test
    void retries_and_errors_are_told_with_their_cause() throws IOException {
        Streams.Read read = Streams.read(Streams.recorded("overloaded"));
        assertThat(read.facts().apiRetries()).isEqualTo(2);
        assertThat(read.text())
                .contains("↻ the service did not answer (529 overloaded): try 1 of 10 in 0.5 s")
                .contains("✗ API Error: Repeated 529 Overloaded errors.")
                .contains("✗ ended in error: API Error: Repeated 529");
        assertThat(Streams.read(Streams.recorded("max-turns")).text())
                .contains(
                        "✗ ended in error (error_max_turns): Reached maximum number of turns (2) [3 turns");
        assertThat(Streams.read(Streams.recorded("success-permission-denied")).text())
                .contains("1 denied by permissions");
    }

    @Test
    void a_failure_at_the_start_is_a_result_in_error() {
        String line = "{\"type\":\"startup\",\"startup_failure_reason\":\"config_file_invalid\"}";
        Streams.Read read = Streams.read(line);
        assertThat(read.facts().result().orElseThrow().terminalReason())
                .isEqualTo("config_file_invalid");
        assertThat(read.lines()).isEqualTo(List.of("✗ could not start: config_file_invalid"));
    }
}
