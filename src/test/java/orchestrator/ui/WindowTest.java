package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowTest extends WindowCase {
    @TempDir Path folder;

    @Test
    void says_that_it_reads_until_the_first_snapshot_is_there() {
        window.untilSeen("#monitor-chip", "Reading");
        assertThat(window.disabled("#action-launch")).isTrue();
        assertThat(window.disabled("#action-stop")).isTrue();
    }

    @Test
    void rows_appear_and_change_in_place() throws Exception {
        window.control.snapshot.set(running("Reading files", ""));
        window.untilSeen("#workers-table", "Reading files");
        String seen = window.seen("#workers-table");
        assertThat(seen).contains("proof#1", "First", "write_tests", "Running", "1:01", "5 s");
        Object row = rows().getFirst();
        window.control.snapshot.set(running("Writing tests", ""));
        window.untilSeen("#workers-table", "Writing tests");
        assertThat(rows().getFirst()).isSameAs(row);
        assertThat(rows()).hasSize(2);
        window.now.set(SampleRun.NOW.plusSeconds(2));
        window.untilSeen("#workers-table", "1:03");
    }

    private List<?> rows() throws Exception {
        TableView<?> table = (TableView<?>) window.node("#workers-table");
        return fx(() -> List.copyOf(table.getItems()));
    }

    @Test
    void a_hostile_title_is_shown_as_it_is_on_one_line() {
        IssueView issue = SampleRun.issue(1, 1, SampleRun.HOSTILE).running(1, 0, 0, 0).view();
        WorkerView worker =
                SampleRun.worker(1, WorkerStatus.RUNNING, issue, 1, 1, "x\u001B[31m\ny", "", "");
        window.control.snapshot.set(
                SampleRun.of(SampleRun.HERE, GateView.OPEN, List.of(worker), List.of(issue)));
        window.untilSeen("#workers-table", "$(touch x) `id` <b>bold</b> {0} #(touch y) --rm");
        assertThat(window.seen("#workers-table")).doesNotContain("\u202E").doesNotContain("\u0007");
    }

    @Test
    void the_log_of_the_chosen_worker_grows_with_its_file() throws Exception {
        Path first = Files.writeString(folder.resolve("1.log"), "one says hello\n");
        Path second = Files.writeString(folder.resolve("2.log"), "two says hello\n");
        IssueView a = SampleRun.issue(1, 1, "A").running(1, 0, 0, 0).view();
        IssueView b = SampleRun.issue(2, 1, "B").running(2, 0, 0, 0).view();
        window.control.snapshot.set(
                SampleRun.of(
                        SampleRun.HERE,
                        GateView.OPEN,
                        List.of(
                                SampleRun.worker(
                                        1,
                                        WorkerStatus.RUNNING,
                                        a,
                                        9,
                                        1,
                                        "line of a",
                                        "",
                                        first.toString()),
                                SampleRun.worker(
                                        2,
                                        WorkerStatus.RUNNING,
                                        b,
                                        9,
                                        1,
                                        "line of b",
                                        "",
                                        second.toString())),
                        List.of(a, b)));
        window.untilSeen("#log-lines", "one says hello");
        Files.writeString(first, "and then more\n", StandardOpenOption.APPEND);
        window.untilSeen("#log-lines", "and then more");
        window.robot.clickOn("line of b");
        window.untilSeen("#log-lines", "two says hello");
        assertThat(window.seen("#log-lines")).doesNotContain("one says hello");
        StringBuilder many = new StringBuilder();
        for (int i = 1; i <= 500; i++) {
            many.append("line ").append(i).append(" of many\n");
        }
        Files.writeString(second, many, StandardOpenOption.APPEND);
        window.untilSeen("#log-lines", "line 500 of many");
    }

    @Test
    void a_log_that_begins_anew_clears_what_was_shown() throws Exception {
        Path log =
                Files.writeString(folder.resolve("1.log"), "\u001B[31mthe first view\u001B[0m\n");
        window.control.snapshot.set(running("At work", log.toString()));
        window.untilSeen("#log-lines", "the first view");
        assertThat(window.seen("#log-lines")).doesNotContain("[31m");
        Path other = Files.writeString(folder.resolve("other"), "the second view\nhalf a li");
        Files.move(other, log, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        window.untilSeen("#log-lines", "the second view");
        assertThat(window.seen("#log-lines")).doesNotContain("the first view");
        Files.writeString(log, "ne\n", StandardOpenOption.APPEND);
        window.untilSeen("#log-lines", "half a line");
    }

    @Test
    void a_log_that_cannot_be_read_says_so() throws Exception {
        Path folderInItsPlace = Files.createDirectory(folder.resolve("transcript.log"));
        window.control.snapshot.set(running("At work", folderInItsPlace.toString()));
        window.untilSeen("#log-unreadable", "cannot be read");
    }

    @Test
    void a_worker_that_became_idle_keeps_its_last_log() throws Exception {
        Path log = Files.writeString(folder.resolve("1.log"), "what was said last\n");
        RunSnapshot before = running("At work", log.toString());
        window.control.snapshot.set(before);
        window.untilSeen("#log-lines", "what was said last");
        window.control.snapshot.set(
                SampleRun.of(
                        SampleRun.HERE,
                        GateView.OPEN,
                        List.of(SampleRun.idle(1), SampleRun.idle(2)),
                        before.issues()));
        window.untilSeen(".panel-subtitle", "before it became idle · proof#1 · write_tests");
        assertThat(window.seen("#log-lines")).contains("what was said last");
    }

    @Test
    void the_board_has_a_column_a_wave_and_a_card_an_issue() throws Exception {
        window.close();
        window = new WindowFixture(1440, 1400);
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#workers-table", "Shard the cache");
        window.robot.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.robot.release(KeyCode.DIGIT2, KeyCode.CONTROL);
        window.untilSeen("#wave-1", "3 of 4 completed");
        assertThat(window.seen("#wave-2")).contains("Wave 2", "proof#21", "Worker 1");
        assertThat(window.seen("#card-proof-18")).contains("Failed", "UnresolvedSymbol");
        assertThat(window.seen("#card-proof-35")).contains("Blocked by #18");
        assertThat(window.seen("#card-proof-43")).contains("Waits for #33, #34, #35, #36 and 2");
        window.control.snapshot.set(withMovedAndDone(SampleRun.rich(""), 34));
        window.untilSeen("#wave-1", "4 of 5 completed");
        assertThat(window.seen("#wave-1")).contains("Deterministic builds");
        window.until(() -> !window.seen("#wave-3").contains("Deterministic builds"));
    }

    private static RunSnapshot withMovedAndDone(RunSnapshot run, int number) {
        List<IssueView> issues = new ArrayList<>(run.issues());
        issues.replaceAll(issue ->
                issue.id().number() == number
                        ? SampleRun.issue(number, 1, issue.title()).done(2, 1).view()
                        : issue);
        return SampleRun.of(run.monitor(), run.gate(), run.workers(), issues);
    }

    @Test
    void the_theme_button_turns_it_dark_and_light_again() {
        String light = javafx.application.Application.getUserAgentStylesheet();
        assertThat(light).contains("primer-light");
        window.click("#action-theme");
        window.until(() ->
                javafx.application.Application.getUserAgentStylesheet().contains("primer-dark"));
        window.click("#action-theme");
        window.until(() -> light.equals(javafx.application.Application.getUserAgentStylesheet()));
    }

    @Test
    void a_run_that_ended_badly_says_how() {
        List<IssueView> issues =
                List.of(
                        SampleRun.issue(1, 1, "A").done(2, 0.5).view(),
                        SampleRun.issue(2, 1, "B")
                                .ended(IssueStatus.FAILED, 1, 1, "no tests pass")
                                .view(),
                        SampleRun.issue(3, 2, "C").waits(true, 2).view());
        window.control.snapshot.set(
                SampleRun.of(SampleRun.STOPPED, GateView.OPEN, List.of(SampleRun.idle(1)), issues));
        window.untilSeen("#monitor-chip", "Ended: 1 failed, 1 blocked");
        window.untilSeen(".views", "Nothing left to run");
    }

    @Test
    void the_limit_is_counted_down() {
        RunSnapshot run = running("x", "");
        window.control.snapshot.set(
                SampleRun.of(
                        SampleRun.HERE,
                        SampleRun.limitUntil(SampleRun.NOW.plusSeconds(3_700)),
                        run.workers(),
                        run.issues()));
        window.untilSeen("#monitor-chip", "Waiting for the limit until 15:33 · 1:01:40");
        window.now.set(SampleRun.NOW.plusSeconds(60));
        window.untilSeen("#monitor-chip", "1:00:40");
    }

    @Test
    void a_monitor_elsewhere_is_observed_and_can_be_stopped() {
        RunSnapshot run = running("x", "");
        window.control.snapshot.set(
                SampleRun.of(SampleRun.ELSEWHERE, GateView.OPEN, run.workers(), run.issues()));
        window.untilSeen("#monitor-chip", "Observing");
        assertThat(window.disabled("#action-launch")).isTrue();
        assertThat(window.disabled("#action-stop")).isFalse();
    }

    @Test
    void events_are_added_once_and_warnings_are_marked() {
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#events", "Worker 4 took proof#31");
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#events", "Worker 4 took proof#31");
        assertThat(window.seen("#events").split("took proof#31", -1)).hasSize(3);
    }

    @Test
    void events_stay_at_their_end_whatever_their_height() throws Exception {
        RunSnapshot run = running("x", "");
        for (int count : List.of(20, 26, 60, 61, 64, 190, 197)) {
            window.control.snapshot.set(SampleRun.withEvents(run, unevenEvents(count)));
            window.untilSeen("#events", "Event " + count + ":");
            window.until(() -> isAtItsEnd("#events", count));
        }
        window.toggleTheme();
        window.until(() -> isAtItsEnd("#events", 197));
        window.toggleTheme();
    }

    private static List<EventView> unevenEvents(int count) {
        List<EventView> events = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String text = "Event " + i + ": it " + "happened, and then ".repeat(i * 7 % 13);
            events.add(new EventView(i, SampleRun.NOW, Optional.empty(), text, i % 3 == 0));
        }
        return events;
    }

    private boolean isAtItsEnd(String list, int count) {
        try {
            return fx(() -> {
                VirtualFlow<?> flow =
                        (VirtualFlow<?>) window.scene().lookup(list + " .virtual-flow");
                IndexedCell<?> last = flow.getLastVisibleCell();
                return last != null
                        && last.getIndex() == count - 1
                        && last.getBoundsInParent().getMaxY() <= flow.getHeight() + 1;
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void updates_change_what_is_there_and_make_no_nodes() throws Exception {
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#workers-table", "Shard the cache");
        window.click("#view-board");
        window.untilSeen("#board", "Wave 4");
        window.click("#view-workers");
        window.nextPulse();
        Set<Node> before = fx(() -> nodesUnder(window.scene().getRoot()));
        for (int i = 1; i <= 5; i++) {
            String line = "line after update " + i;
            window.control.snapshot.set(withLastLines(SampleRun.rich(""), line));
            window.now.set(SampleRun.NOW.plusSeconds(i));
            window.untilSeen("#workers-table", line);
        }
        Set<Node> after = fx(() -> nodesUnder(window.scene().getRoot()));
        after.removeAll(before);
        assertThat(after).isEmpty();
    }

    private static Set<Node> nodesUnder(Node node) {
        Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        nodes.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> nodes.addAll(nodesUnder(child)));
        }
        return nodes;
    }

    static RunSnapshot withLastLines(RunSnapshot run, String line) {
        List<WorkerView> workers = new ArrayList<>();
        for (WorkerView worker : run.workers()) {
            IssueView issue =
                    run.issues().stream()
                            .filter(i -> worker.issue().filter(i.id()::equals).isPresent())
                            .findFirst()
                            .orElse(null);
            workers.add(
                    issue == null
                            ? worker
                            : SampleRun.worker(
                                    worker.worker(),
                                    worker.status(),
                                    issue,
                                    60,
                                    1,
                                    line,
                                    "",
                                    worker.transcript()));
        }
        return SampleRun.withEvents(
                SampleRun.of(run.monitor(), run.gate(), workers, run.issues()), run.recent());
    }

    @Test
    void keys_do_nothing_while_a_question_is_open() {
        window.control.snapshot.set(running("x", ""));
        window.until(() -> !window.disabled("#action-stop"));
        window.click("#action-stop");
        window.untilSeen("#stop-dialog", "Stop the run?");
        window.robot.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.robot.release(KeyCode.DIGIT2, KeyCode.CONTROL);
        window.click("#stop-cancel");
        window.untilGone("#stop-dialog");
        assertThat(window.find("#workers-table")).isPresent();
    }

    @Test
    void nothing_to_do_says_where_issues_come_from() {
        window.control.snapshot.set(
                SampleRun.of(SampleRun.STOPPED, GateView.OPEN, List.of(), List.of()));
        window.untilSeen(".views", "No issues yet");
    }
}
