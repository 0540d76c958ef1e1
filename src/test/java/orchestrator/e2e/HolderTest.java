package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import orchestrator.model.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One workspace, one monitor; and nothing of anybody else's is touched. */
class HolderTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private static final ProjectFile LONG =
            new ProjectFile().issues(1).scenario("default seconds=600 lines=600");

    @Test
    void row02_of_two_launches_at_once_one_begins_and_the_other_says_who_holds_the_workspace() {
        orchestra.with(LONG);
        Hands.Running one = orchestra.start("launch");
        Hands.Running other = orchestra.start("launch");
        List<Hands.Done> ends = Stream.of(one, other).map(Hands.Running::end).toList();

        assertThat(ends.stream().map(Hands.Done::code))
                .as("%s", ends)
                .containsExactlyInAnyOrder(0, 4);
        String refusal = ends.get(ends.getFirst().code() == 4 ? 0 : 1).err();
        assertThat(refusal).contains(orchestra.workspace.toString()).containsPattern("pid \\d+");
        Orchestra.until("it works", () -> orchestra.story.running(1, 1).isPresent());
        String holder = "pid " + orchestra.monitor().orElseThrow().pid();
        for (String command : List.of("launch", "monitor")) {
            Hands.Done late = orchestra.run(command);
            assertThat(late.code()).as("%s", late).isEqualTo(4);
            assertThat(late.err()).contains(holder);
        }
        assertThat(orchestra.story.all(Event.MonitorStarted.class)).hasSize(1);
        assertThat(orchestra.story.attempts()).hasSize(1);
        assertThat(orchestra.windows()).hasSize(4);
    }

    @Test
    void a_session_of_that_name_that_is_not_ours_is_refused_and_left_alone() {
        orchestra.with(LONG);
        orchestra
                .hands
                .tmux("-f", "/dev/null", "new-session", "-d", "-s", ProjectFile.SESSION, "cat")
                .well();
        String panes = panes();

        Hands.Done launch = orchestra.run("launch");

        assertThat(launch.code()).as("%s", launch).isEqualTo(3);
        assertThat(launch.err()).contains("'" + ProjectFile.SESSION + "'", "did not make");
        Hands.Done cleanup = orchestra.run("cleanup");
        assertThat(cleanup.code()).as("%s", cleanup).isEqualTo(1);
        assertThat(panes()).isEqualTo(panes);
        assertThat(orchestra.worktree(1)).doesNotExist();
    }

    private String panes() {
        String format =
                "#{session_id} #{window_id} #{pane_id} #{pane_pid} #{pane_dead} #{window_name}";
        return orchestra.hands.tmux("list-panes", "-a", "-F", format).well();
    }

    @Test
    void a_dry_run_prints_the_plan_and_changes_nothing_at_all() {
        orchestra.with(
                new ProjectFile().issue(1, "First").issue(2, "Second", 1).issue(3, "Third", 1));
        Map<String, String> before = listing();

        String plan = orchestra.run("launch", "--dry-run").well();

        assertThat(listing()).isEqualTo(before);
        assertThat(plan)
                .contains(
                        "proof#1 at implement in " + orchestra.worktree(1),
                        "Critical path: proof#1");
        assertThat(orchestra.hands.tmux("ls").code()).isNotZero();
        assertThat(orchestra.hands.alive()).isEmpty();
    }

    /**
     * Every file with its content, time and rights. Left out is what our own hands write, and where
     * tmux makes a folder for its sockets whenever it is asked anything.
     */
    private Map<String, String> listing() {
        Map<String, String> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(orchestra.root)) {
            for (Path file : files.toList()) {
                String name = orchestra.root.relativize(file).toString();
                if (!name.startsWith("out") && !name.startsWith("t/") && !name.equals("t")) {
                    listing.put(name, describe(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return listing;
    }

    private static String describe(Path file) throws IOException {
        boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        return "%s %s %s"
                .formatted(
                        Files.readAttributes(
                                file, "unix:mode,lastModifiedTime", LinkOption.NOFOLLOW_LINKS),
                        plain ? Files.size(file) : "",
                        plain ? Arrays.hashCode(Files.readAllBytes(file)) : "");
    }
}
