package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal as sentences: filtered, read back to its begin, each leading to what it is about. */
class EventsTest {
    private static final int ALL = 5_000;
    private WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        window = new WindowFixture();
        for (int seq = 1; seq <= ALL; seq++) {
            window.control.journal.add(event(seq));
        }
        RunSnapshot run = SampleRun.rich("");
        window.control.snapshot.set(
                SampleRun.withEvents(run, window.control.journal.subList(ALL - 200, ALL)));
        window.untilSeen("#events", "event 5000 ");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        assertThat(window.control.asked).noneMatch(asked -> asked.contains("FX!"));
    }

    private static EventView event(int seq) {
        Optional<IssueId> issue =
                seq % 10 == 0 ? Optional.of(new IssueId("proof", 22)) : Optional.empty();
        return new EventView(
                seq,
                SampleRun.NOW.minus(Duration.ofMinutes(ALL - seq)),
                issue,
                "event " + seq + (seq == 7 ? " of old times" : " happened"),
                seq % 1_000 == 3,
                issue.isEmpty() ? Optional.of(5) : Optional.empty());
    }

    @Test
    void a_filter_reaches_back_to_the_begin_of_the_journal() {
        window.enter("#events-filter");
        window.robot.write("OLD times");
        window.untilSeen("#events", "event 7 of old times");
        assertThat(window.seen("#events")).doesNotContain("happened").contains("19 Nov 03:");
        window.robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        window.robot.write("no such thing");
        window.untilSeen("#events", "Nothing like that");
    }

    @Test
    void warnings_and_the_chosen_issue_can_be_seen_alone() throws Exception {
        choose(1);
        window.untilSeen("#events", "event 3 happened");
        window.untilSeen("#events", "event 4003 happened");
        assertThat(window.seen("#events")).doesNotContain("5000");
        choose(2);
        window.untilSeen("#events", "Nothing like that");
        window.robot.clickOn("Shard the cache");
        window.untilSeen("#events", "event 5000 happened");
        assertThat(window.seen("#events")).doesNotContain("event 4999");
    }

    private void choose(int kind) throws Exception {
        var _ =
                fx(() -> {
                    ((ChoiceBox<?>) window.scene().lookup("#events-kind"))
                            .getSelectionModel()
                            .select(kind);
                    return true;
                });
    }

    @Test
    void earlier_ones_are_read_when_they_are_wanted() {
        window.click("#events-earlier");
        window.click("#events");
        window.robot.type(KeyCode.HOME);
        window.untilSeen("#events", "event 4301 happened");
        window.robot.type(KeyCode.HOME);
        window.untilSeen("#events", "event 4");
    }

    @Test
    void an_event_leads_to_its_issue_or_its_worker() {
        window.robot.clickOn("event 5000 happened").type(KeyCode.ENTER);
        window.untilSeen("#board", "Wave 2");
        window.robot.doubleClickOn("event 4999 happened");
        window.until(() -> window.find("#workers-table").isPresent());
        window.untilSeen("#log-target", "Worker 5");
    }

    @Test
    void a_click_selects_and_on_the_word_of_an_issue_or_a_worker_leads_there() throws Exception {
        window.robot.clickOn("event 4999 happened");
        window.until(() -> selected().equals("event 4999 happened"));
        assertThat(window.seen("#log-target")).doesNotContain("Worker 5");
        Node worker = wayOf("event 4998 happened");
        window.robot.clickOn(worker);
        window.untilSeen("#log-target", "Worker 5");
        window.until(() -> selected().equals("event 4998 happened"));
        window.robot.clickOn(wayOf("event 5000 happened"));
        window.untilSeen("#board", "Wave 2");
        window.until(() -> selected().equals("event 5000 happened"));
    }

    private Node wayOf(String sentence) throws Exception {
        return fx(() ->
                window.scene().getRoot().lookupAll(".event-row").stream()
                        .filter(row ->
                                row.lookup(".event-sentence") instanceof Label label
                                        && label.getText().equals(sentence))
                        .map(row -> row.lookup(".event-way"))
                        .findFirst()
                        .orElseThrow());
    }

    private String selected() {
        try {
            return fx(() ->
                    ((ListView<?>) window.scene().lookup("#events"))
                                            .getSelectionModel()
                                            .getSelectedItem()
                                    instanceof EventView event
                            ? event.sentence()
                            : "");
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void escape_clears_the_filter() {
        window.enter("#events-filter");
        window.robot.write("event 5000");
        window.until(() -> !window.seen("#events").contains("event 4999"));
        window.press(KeyCode.ESCAPE);
        window.untilSeen("#events", "event 4999 happened");
        assertThat(window.seen("#events-filter").strip()).isEmpty();
        assertThat(window.find("#events-filter:focused")).isPresent();
    }

    @Test
    void what_is_chosen_is_copied_with_its_time() throws Exception {
        window.robot.clickOn("event 5000 happened");
        window.robot.press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        String copied = fx(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
        assertThat(copied).isEqualTo("14:32:08  event 5000 happened");
    }
}
