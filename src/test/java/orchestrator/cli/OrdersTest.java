package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import orchestrator.store.Inbox;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people order on the command line reaches the monitor, and its answer reaches them. */
class OrdersTest {
    @TempDir Path folder;
    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder.resolve("ws"));
        lab.project("a", issue(1, "") + ", " + issue(12, ""));
    }

    private CliLab.Said run(String words) {
        return lab.run(
                Stream.of(words.split(" ")).map(w -> w.replace('_', ' ')).toArray(String[]::new));
    }

    private List<List<String>> inbox() {
        return new Inbox(lab.state())
                .pending().commands().stream()
                        .map(c ->
                                Stream.concat(Stream.of(c.name()), c.arguments().stream()).toList())
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pause|pause",
                "pause --reason lunch_#(x)|pause,lunch #(x)",
                "pause --reason --help-me|pause,--help-me",
                "resume|resume",
                "restart 2|restart,2",
                "stop 2|stop-worker,2",
                "stop 2 --after-stage|pause-worker,2",
                "continue 2|continue-worker,2",
                "retry|retry",
                "retry 12|retry,a#12",
                "retry a#1|retry,a#1",
                "push|push",
                "push 1|push,a#1",
                "complete 12|complete,a#12",
                "fail a#1 --reason not_worth_it|fail,a#1,not worth it",
                "park 1 --reason @/etc/passwd|park,a#1,@/etc/passwd",
            })
    void an_order_reaches_the_monitor_and_its_answer_is_printed(String words, String taken) {
        List<String> expected = Arrays.asList(taken.split(","));
        try (StandInMonitor monitor =
                new StandInMonitor(
                        lab.state(), command -> new Inbox.Answer(true, "it is being done"))) {
            assertThat(run(words)).isEqualTo(new CliLab.Said(0, "It is being done.\n", ""));
            assertThat(monitor.taken).containsExactly(expected);
        }
        assertThat(inbox()).isEmpty();
    }

    @Test
    void what_the_monitor_refuses_ends_with_1_and_its_reason() {
        try (StandInMonitor monitor =
                new StandInMonitor(
                        lab.state(), command -> new Inbox.Answer(false, "Worker 9 is not there"))) {
            assertThat(run("restart 9"))
                    .isEqualTo(new CliLab.Said(1, "Worker 9 is not there.\n", ""));
            assertThat(monitor.taken).hasSize(1);
        }
    }

    @Test
    void a_monitor_that_says_nothing_in_time_may_still_take_it() {
        try (StandInMonitor monitor = new StandInMonitor(lab.state(), command -> null)) {
            CliLab.Said said = run("resume");
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.out())
                    .contains("pid " + ProcessHandle.current().pid(), "within 5 s", "is kept");
            assertThat(inbox()).containsExactly(List.of("resume"));
            assertThat(monitor.taken).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pause",
                "resume",
                "retry",
                "push 1",
                "complete 1",
                "fail 1 --reason x",
                "park 1 --reason x"
            })
    void without_a_monitor_an_order_is_kept_for_the_next_one(String words) {
        CliLab.Said said = run(words);
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .isEqualTo(
                        "No monitor runs; the order is kept in the inbox, and the next monitor takes it (`launch`).\n");
        assertThat(inbox()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"restart 1", "stop 1"})
    void what_is_about_a_running_worker_is_refused_without_a_monitor(String words)
            throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said said = run(words);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).startsWith("No monitor runs in the workspace " + lab.root());
        assertThat(said.out().lines()).hasSize(1);
        assertThat(lab.listing()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "restart|Missing required parameter",
                "restart x|'x' is not an int",
                "restart 0|Workers are numbered from 1",
                "stop 0|Workers are numbered from 1",
                "complete|Missing required parameter",
                "complete 9|There is no issue a#9",
                "complete b#1|There is no project 'b'; there are [a]",
                "complete a#x|'a#x' is not an issue",
                "complete #1|'#1' is not an issue",
                "fail 1|--reason",
                "park 1 --reason _|Say why with --reason",
                "move 1|--wave",
                "move 1 --wave x|'x' is not an int",
                "move 9 --wave 1|There is no issue a#9",
                "move 1 --wave -1|\"wave\" is -1",
            })
    void wrong_use_is_told_and_nothing_is_ordered(String words, String told) throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said said = run(words);
        assertThat(said.exit()).as("%s", said).isEqualTo(2);
        assertThat(said.err()).contains(told);
        assertThat(said.out()).isEmpty();
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void among_several_projects_a_number_alone_is_not_enough() throws IOException {
        lab.project("b", issue(1, ""));
        CliLab.Said said = run("complete 1");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("There are several projects; say which, as in a#1: [a, b]");
        assertThat(run("complete b#1").exit()).isZero();
        assertThat(inbox()).containsExactly(List.of("complete", "b#1"));
    }

    @Test
    void stop_without_a_number_ends_the_run_and_waits_for_its_end() {
        try (StandInMonitor monitor =
                new StandInMonitor(lab.state(), command -> new Inbox.Answer(true, "stopping"))) {
            CliLab.Said said = run("stop");
            assertThat(said.exit()).isZero();
            assertThat(said.out()).startsWith("All attempts and the monitor are ended");
            assertThat(monitor.taken).containsExactly(List.of("stop"));
        }
    }

    @Test
    void stop_without_a_monitor_and_without_agents_has_nothing_to_do() throws IOException {
        Map<String, String> before = lab.listing();
        assertThat(run("stop"))
                .isEqualTo(
                        new CliLab.Said(
                                0, "No monitor runs and no agent works; all is stopped.\n", ""));
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void an_issue_is_moved_in_the_file_whether_a_monitor_runs_or_not() {
        CliLab.Said said = run("move 12 --wave 3 --priority -1");
        assertThat(said)
                .isEqualTo(
                        new CliLab.Said(
                                0,
                                "Moved a#12 to wave 3, priority -1 in %s.\n"
                                        .formatted(lab.file("a")),
                                ""));
        assertThat(run("move a#1 --wave 2").out()).startsWith("Moved a#1 to wave 2 in ");
        assertThat(lab.file("a")).content().contains("\"wave\": 3, \"priority\": -1");
        assertThat(run("status").out()).containsSubsequence("Wave 2", "a#1", "Wave 3", "a#12");
    }
}
