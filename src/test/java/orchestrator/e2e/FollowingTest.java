package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orchestrator.model.IssueStatus;
import orchestrator.store.AttemptFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logs on the command line, in processes of their own, while a monitor writes them. */
class FollowingTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void following_sees_every_line_of_every_stage_and_ends_with_the_issue() {
        orchestra.with(
                new ProjectFile()
                        .workers(1)
                        .issues(1)
                        .stages("implement", "document")
                        .scenario("number=1 seconds=600 lines=600", "default seconds=0.3 lines=2"));
        assertThat(orchestra.start("logs", "1", "--follow").end().code())
                .as("nothing runs, no monitor")
                .isEqualTo(2);
        orchestra.launch();
        Orchestra.until("it works", () -> orchestra.story.running(1, 1).isPresent());
        Hands.Running following = orchestra.start("logs", "1", "--follow");
        String objects = "\"type\":\"(system|result)\"";
        Hands.Running raw = orchestra.start("logs", "proof#1", "--raw", "-f", "--grep", objects);
        Orchestra.until("it is shown", () -> Hands.read(following.out()).contains("Step 1"));
        Orchestra.until("it is shown", () -> Files.size(raw.out()) > 0);
        orchestra.run("restart", "1").well();
        Hands.Done seen = following.end();
        assertThat(orchestra.story.status(1)).contains(IssueStatus.COMPLETED);
        assertThat(seen.code()).as("%s", seen).isZero();
        assertThat(seen.out()).isEqualTo(all(AttemptFolder::transcript));
        assertThat(seen.err())
                .contains("now attempt 2 of proof#1, implement, on worker 1")
                .contains("now attempt 3 of proof#1, document, on worker 1");
        Pattern wanted = Pattern.compile(objects);
        assertThat(raw.end().well())
                .isEqualTo(
                        all(AttemptFolder::stream)
                                .lines()
                                .filter(line -> wanted.matcher(line).find())
                                .collect(Collectors.joining("\n")));
        assertThat(orchestra.run("logs", "1", "--attempt", "1").out())
                .isEqualTo(Hands.read(orchestra.story.folder(1, 1).transcript()));
        orchestra.story.isSound();
    }

    private String all(Function<AttemptFolder, Path> file) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(attempt -> Hands.read(file.apply(orchestra.story.folder(1, attempt))))
                .collect(Collectors.joining());
    }

    @Test
    void a_reader_that_goes_and_a_signal_end_it_quietly() throws IOException {
        orchestra.with(
                new ProjectFile().workers(1).issues(1).scenario("default seconds=100 lines=600"));
        orchestra.launch();
        Orchestra.until(
                "it speaks",
                () ->
                        orchestra.story.running(1, 1).isPresent()
                                && Hands.read(orchestra.story.folder(1, 1).transcript())
                                        .contains("Step 2"));
        String shell = "\"$@\" | head -n 1; echo \"exit ${PIPESTATUS[0]}\"";
        Hands.Done cut = orchestra.startIn(shell, "logs", "1", "--follow").end();
        assertThat(cut.out().lines()).hasSize(2).last().isEqualTo("exit 0");
        assertThat(cut.err()).isEmpty();

        Hands.Running following = orchestra.start("logs", "1", "-f", "--grep", "Step");
        Orchestra.until("it prints", () -> Files.size(following.out()) > 0);
        String pid = Long.toString(following.process().pid());
        // Java ends as by Ctrl-C; that one a background shell, as verify's, has its children
        // ignore.
        assertThat(orchestra.hands.run(orchestra.root, List.of("kill", "-TERM", pid)).code())
                .isZero();
        Hands.Done interrupted = following.end();
        assertThat(interrupted.code()).isEqualTo(143);
        assertThat(interrupted.err()).isEmpty();
        assertThat(interrupted.out()).contains("Step 1").doesNotContain("DEADMAN");

        String secret = "ghp_" + "a1B2".repeat(8);
        orchestra.run("pause", "--reason", "renew " + secret).well();
        assertThat(orchestra.run("status").well()).contains("renew ghp_•••");
        assertThat(Hands.read(orchestra.workspace.resolve("state/orchestrator-log.jsonl")))
                .contains("renew ghp_•••")
                .doesNotContain(secret);
    }
}
