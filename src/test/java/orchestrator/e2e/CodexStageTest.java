package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import orchestrator.model.IssueStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One stage of a pipeline is done by another agent than the rest. */
class CodexStageTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    /** One that speaks as codex does: it loses the first try, and says what it was given. */
    private Path install() throws IOException {
        Path file =
                Hands.write(
                        orchestra.root.resolve("bin/codex"),
                        """
                        #!/bin/sh
                        prompt=$(cat)
                        echo "$*: $(echo "$prompt" | head -c 2000 | tr '\\n' ' ')" >>"$HOME/calls"
                        echo '{"type":"thread.started","thread_id":"01a207b1"}'
                        echo '{"type":"turn.started"}'
                        if [ "$(wc -l <"$HOME/calls")" = 1 ]; then
                            echo '{"type":"turn.failed","error":{"message":"stream disconnected before completion"}}'
                            exit 1
                        fi
                        echo 'reviewed' >REVIEW && git add REVIEW && git commit -qm 'Review it'
                        echo '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"All is well."}}'
                        echo '{"type":"turn.completed","usage":{"input_tokens":120,"cached_input_tokens":20,"output_tokens":45}}'
                        """);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_stage_is_run_by_codex_and_its_lost_connection_is_no_failure() throws IOException {
        Path codex = install();
        orchestra.with(
                new ProjectFile()
                        .json(
                                "pipeline",
                                "[\"implement\", {\"name\": \"review\", \"agent\": {\"type\": \"codex\", \"path\": \"%s\"}}]"
                                        .formatted(codex))
                        .timing("backoff", 0.2)
                        .issues(1));
        assertThat(orchestra.run("launch", "--dry-run").well())
                .contains("agent rehearsal, implement → review (codex)");
        orchestra.launch();
        Orchestra.until(
                "it is completed",
                () ->
                        orchestra
                                .story
                                .status(1)
                                .filter(status -> status == IssueStatus.COMPLETED)
                                .isPresent());

        assertThat(Hands.read(orchestra.root.resolve("home/calls")).lines())
                .hasSize(2)
                .allMatch(call ->
                        call.startsWith(
                                "exec --json --dangerously-bypass-approvals-and-sandbox -: "));
        assertThat(orchestra.run("logs", "proof#1").well())
                .contains("All is well.", "✓ finished: 1 turn, 165 tokens");
        assertThat(orchestra.run("status", "--json").well()).contains("\"retries\" : 0");
        orchestra.story.isSound();
    }
}
