package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one who waits in a terminal sees. */
class ProgressTest {
    private static final String PANE = "person:0.0";

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void who_waits_in_a_terminal_sees_a_bar_below_the_news_until_the_end() {
        orchestra.with(
                new ProjectFile()
                        .issues(2)
                        .scenario(
                                "issue=2 stage=implement seconds=600 lines=600",
                                "default seconds=0.2 lines=1"));
        orchestra.startInTerminal("person", "launch", "--wait");
        Orchestra.until(
                "half of it is done",
                () -> screen().contains("██████████░░░░░░░░░░  1 of 2 issues, 1 in progress"));
        assertThat(screen().lines())
                .as("below the news, once")
                .filteredOn(line -> line.contains("░"))
                .hasSize(1)
                .first()
                .isEqualTo(screen().strip().lines().toList().getLast());
        orchestra.run("complete", "2").well();
        Orchestra.until("all is done", () -> screen().contains("2 of 2 issues completed"));
        assertThat(screen()).doesNotContain("░", "██");
    }

    private String screen() {
        return orchestra.hands.tmux("capture-pane", "-p", "-t", PANE).out();
    }
}
