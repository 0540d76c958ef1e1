package orchestrator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.model.Event.AttemptStarting;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.ui.WindowHands;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The board over a run that another process holds: real files, a real monitor in tmux. */
class WindowBoardTest {
    @TempDir Path folder;
    private @Nullable WindowWorld open;

    @AfterEach
    void end() throws Exception {
        WindowWorld world = open;
        if (world != null) {
            world.close();
        }
    }

    @Test
    void the_plan_of_a_run_elsewhere_is_edited_from_the_board() throws Exception {
        WindowWorld world = new WindowWorld(folder, "default seconds=240 lines=8\n", 8);
        open = world;
        WindowHands window = world.window;
        world.launch();
        world.run.handOver();
        window.untilSeen("#top-bar", "Take over");
        Path file = world.config.projects().getFirst().configFile();
        String before = Files.readString(file);
        window.click("#view-board");
        window.untilSeen("#board", "Wave 3");
        window.click("#card-rehearsal-7");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "rehearsal#7 to wave 4");
        window.robot.release(KeyCode.ALT);
        window.untilSeen("#wave-4", "Count visits");
        window.untilSeen("#notices", "rehearsal#7 to wave 4");
        assertThat(wave(world, 7)).isEqualTo(4);
        WindowWorld.duringARun(
                "whoever holds the run says so",
                () ->
                        world.fromOutside().issues().stream()
                                .anyMatch(issue -> issue.id().number() == 7 && issue.wave() == 4));
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.untilSeen("#notices", "Taken back");
        assertThat(Files.readString(file)).isEqualTo(before);
        window.untilSeen("#wave-3", "Count visits");
        assertThat(world.holder().orElseThrow().host()).isEqualTo("terminal");
        assertThat(world.told(AttemptStarting.class)).as("nobody was disturbed").hasSize(3);
    }

    private static int wave(WindowWorld world, int number) {
        return switch (ConfigReader.read(world.context.workspace())) {
            case ConfigResult.Valid valid ->
                    valid.config()
                            .issue(new IssueId("rehearsal", number))
                            .map(Issue::wave)
                            .orElseThrow();
            case ConfigResult.Invalid invalid ->
                    throw new AssertionError(invalid.problems().toString());
        };
    }
}
