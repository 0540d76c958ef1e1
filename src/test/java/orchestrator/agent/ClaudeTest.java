package orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeTest {
    private static final Attempt ATTEMPT = Attempts.of(3, "implement", 1);

    @TempDir Path folder;
    private Path bin;
    private Path real;
    private Claude claude;

    @BeforeEach
    void install() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        real = executable(folder.resolve("claude-2.1")).toRealPath();
        Files.createSymbolicLink(bin.resolve("claude"), real);
        claude = new Claude(folder.resolve("none") + ":.::" + bin, Map.of(), false);
    }

    @Test
    void the_call_is_claudes_own_with_the_absolute_path_of_what_the_link_leads_to() {
        Agent.Call call = claude.call(AgentSettings.CLAUDE, ATTEMPT, folder);
        assertThat(call.argv())
                .containsExactly(
                        real.toString(),
                        "-p",
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--dangerously-skip-permissions",
                        "--session-id",
                        Attempts.SESSION);
        assertThat(call.environment())
                .isEqualTo(
                        Map.of(
                                "CLAUDE_CODE_DISABLE_ATTACHMENTS", "1",
                                "DISABLE_AUTOUPDATER", "1",
                                "CLAUDE_CODE_RETRY_WATCHDOG", "0"));
        assertThat(claude.check(AgentSettings.CLAUDE)).isEmpty();
    }

    @Test
    void arguments_model_path_and_environment_can_be_set_but_attachments_stay_off()
            throws IOException {
        Path other = executable(folder.resolve("other claude"));
        AgentSettings settings =
                Attempts.claude(
                        Optional.of(other.toString()),
                        Optional.of("opus"),
                        Optional.of(List.of("--permission-mode", "acceptEdits")),
                        Map.of("A", "b c", "CLAUDE_CODE_DISABLE_ATTACHMENTS", "0"));
        Agent.Call call = claude.call(settings, ATTEMPT, folder);
        assertThat(call.argv().getFirst()).isEqualTo(other.toString());
        assertThat(call.argv().subList(5, 11))
                .containsExactly(
                        "--permission-mode",
                        "acceptEdits",
                        "--session-id",
                        Attempts.SESSION,
                        "--model",
                        "opus");
        assertThat(call.environment())
                .containsEntry("A", "b c")
                .containsEntry("CLAUDE_CODE_DISABLE_ATTACHMENTS", "1");
        assertThat(claude.check(settings)).isEmpty();
    }

    @Test
    void a_claude_that_is_not_there_is_told_with_what_to_do_and_found_once_installed()
            throws IOException {
        Files.delete(bin.resolve("claude"));
        assertThat(claude.check(AgentSettings.CLAUDE))
                .singleElement()
                .asString()
                .contains("npm install -g @anthropic-ai/claude-code");
        assertThatThrownBy(() -> claude.call(AgentSettings.CLAUDE, ATTEMPT, folder))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo("agent-not-found"));
        Files.writeString(bin.resolve("claude"), "not executable");
        assertThat(claude.check(AgentSettings.CLAUDE)).hasSize(1);
        executable(Files.createDirectory(folder.resolve("x")).resolve("y"));
        Files.delete(bin.resolve("claude"));
        executable(bin.resolve("claude"));
        assertThat(claude.check(AgentSettings.CLAUDE)).isEmpty();
    }

    @Test
    void where_claude_was_found_first_it_stays() throws IOException {
        Path early = Files.createDirectory(folder.resolve("none"));
        claude.call(AgentSettings.CLAUDE, ATTEMPT, folder);
        executable(early.resolve("claude"));
        assertThat(claude.call(AgentSettings.CLAUDE, ATTEMPT, folder).argv().getFirst())
                .isEqualTo(real.toString());
    }

    @Test
    void an_update_changes_nothing_while_the_version_it_began_with_is_there() throws IOException {
        claude.call(AgentSettings.CLAUDE, ATTEMPT, folder);
        Path next = executable(folder.resolve("claude-2.2")).toRealPath();
        Files.delete(bin.resolve("claude"));
        Files.createSymbolicLink(bin.resolve("claude"), next);
        assertThat(claude.call(AgentSettings.CLAUDE, ATTEMPT, folder).argv().getFirst())
                .isEqualTo(real.toString());
        Files.delete(real);
        assertThat(claude.call(AgentSettings.CLAUDE, ATTEMPT, folder).argv().getFirst())
                .isEqualTo(next.toString());
    }

    @Test
    void a_version_managers_shim_is_called_by_its_own_name() throws IOException {
        Path shim = executable(folder.resolve("shim"));
        Files.delete(bin.resolve("claude"));
        Files.createSymbolicLink(bin.resolve("claude"), shim);
        assertThat(claude.call(AgentSettings.CLAUDE, ATTEMPT, folder).argv().getFirst())
                .isEqualTo(bin.resolve("claude").toString());
    }

    @Test
    void a_session_that_goes_on_is_named_and_no_other_is_chosen() {
        Attempt resumed =
                new Attempt(
                        "a",
                        ATTEMPT.issue(),
                        "implement",
                        0,
                        1,
                        2,
                        Attempts.SESSION,
                        AttemptKind.RESUME,
                        "",
                        Instant.EPOCH);
        assertThat(claude.resumes()).isTrue();
        assertThat(claude.call(AgentSettings.CLAUDE, resumed, folder).argv())
                .containsSequence("--resume", Attempts.SESSION)
                .doesNotContain("--session-id");
    }

    @Test
    void skipping_permissions_as_root_needs_the_word_sandbox() {
        Claude root = new Claude(bin.toString(), Map.of(), true);
        assertThat(root.check(AgentSettings.CLAUDE))
                .singleElement()
                .asString()
                .contains("IS_SANDBOX");
        Claude sandbox = new Claude(bin.toString(), Map.of("IS_SANDBOX", "1"), true);
        assertThat(sandbox.check(AgentSettings.CLAUDE)).isEmpty();
        assertThat(
                        root.check(
                                settings(
                                        List.of("--dangerously-skip-permissions"),
                                        Map.of("IS_SANDBOX", "1"))))
                .isEmpty();
        assertThat(
                        root.check(
                                settings(
                                        List.of("--permission-mode", "bypassPermissions"),
                                        Map.of())))
                .hasSize(1);
        assertThat(root.check(settings(List.of("--permission-mode", "acceptEdits"), Map.of())))
                .isEmpty();
        assertThat(root.call(AgentSettings.CLAUDE, ATTEMPT, folder).environment())
                .doesNotContainKey("IS_SANDBOX");
    }

    @Test
    void what_would_break_the_script_or_the_stream_is_refused() {
        assertThat(claude.check(settings(List.of("a\nb"), Map.of()))).hasSize(1);
        assertThat(claude.check(settings(List.of(), Map.of("A", "b\nc")))).hasSize(1);
        assertThat(claude.check(settings(List.of(), Map.of("A=B", "c")))).hasSize(1);
        assertThat(claude.check(settings(List.of("--output-format=text", "--resume"), Map.of())))
                .hasSize(2);
        assertThat(
                        claude.check(
                                Attempts.claude(
                                        Optional.empty(),
                                        Optional.of("--evil"),
                                        Optional.empty(),
                                        Map.of())))
                .singleElement()
                .asString()
                .contains("agent.model");
    }

    private static AgentSettings settings(List<String> arguments, Map<String, String> environment) {
        return Attempts.claude(
                Optional.empty(), Optional.empty(), Optional.of(arguments), environment);
    }

    private static Path executable(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
