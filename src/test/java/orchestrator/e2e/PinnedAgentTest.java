package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import orchestrator.model.IssueStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The agent's program is updated under a run. */
class PinnedAgentTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    /** One that speaks as claude does, once it may, and tells which version was called, and how. */
    private Path install(String version) throws IOException {
        String script =
                """
                #!/bin/sh
                cat >/dev/null
                echo "%s updates-off=$DISABLE_AUTOUPDATER" >>"$HOME/calls"
                until [ -e "$HOME/go" ]; do sleep 0.05; done
                echo '{"type":"system","subtype":"init","session_id":"s","model":"m"}'
                echo '{"type":"assistant","message":{"id":"1","model":"m","content":[{"type":"text","text":"x"}]}}'
                echo x >>work && git add work && git commit -qm work
                echo '{"type":"result","subtype":"success","is_error":false,"num_turns":1,"result":"ok"}'
                """
                        .formatted(version);
        Path file = Hands.write(orchestra.root.resolve("versions/claude-" + version), script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void row37_a_run_keeps_the_version_it_began_with() throws IOException {
        Path link = orchestra.root.resolve("claude");
        Files.createSymbolicLink(link, install("one"));
        orchestra.with(
                new ProjectFile()
                        .stages("implement", "document")
                        .issues(1)
                        .claude(link.toString()));
        orchestra.launch();
        Path calls = orchestra.root.resolve("home/calls");
        Orchestra.until("it was called", () -> Hands.read(calls).lines().count() == 1);

        Path next = orchestra.root.resolve("next");
        Files.createSymbolicLink(next, install("two"));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        Hands.write(orchestra.root.resolve("home/go"), "");

        Orchestra.until(
                "it is completed",
                () ->
                        orchestra
                                .story
                                .status(1)
                                .filter(status -> status == IssueStatus.COMPLETED)
                                .isPresent());
        assertThat(Hands.read(calls).lines())
                .containsExactly("one updates-off=1", "one updates-off=1");
        orchestra.story.isSound();
    }
}
