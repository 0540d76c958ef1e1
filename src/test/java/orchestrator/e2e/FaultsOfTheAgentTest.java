package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AttemptKind;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueStatus;
import orchestrator.model.RestartCause;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Agents that hang, end oddly, print too much or will not go (DESIGN §7). One run for all: each
 * row's issue has the row's number.
 */
class FaultsOfTheAgentTest {
    private static final double STALL = 6;
    private static final int COMMITS_NEVER = 190;
    private static final int CRASHES_ONCE = 201;
    private static final int CRASHES_FOR_EVER = 202;
    private static final int FAILS_ONCE = 203;
    private static final int QUIET = 140;
    private static final int WRITES = 141;
    private static final int SPLIT_LINES = 271;
    private static final int NO_TEXT = 272;

    @RegisterExtension static final Orchestra ORCHESTRA = Orchestra.shared();

    private static Hands.Done launch = new Hands.Done(List.of(), -1, "", "");
    private static long mostMemoryKb;

    @BeforeAll
    static void run() {
        ProjectFile file =
                new ProjectFile()
                        .workers(8)
                        .put("stall_timeout", STALL)
                        .timing("silent_start", 6)
                        .timing("linger", 2)
                        .scenario(
                                "issue=13 attempt=1 outcome=hang-start",
                                "issue=14 attempt=1 outcome=hang-mid lines=4",
                                "issue=140 outcome=quiet seconds=10",
                                "issue=141 outcome=writes seconds=9",
                                "issue=15 outcome=hang-after-result",
                                "issue=16 outcome=two-results",
                                "issue=17 attempt=1 outcome=empty",
                                "issue=18 attempt=1 outcome=zero-turns",
                                "issue=19 attempt=1 outcome=no-commit",
                                "issue=190 outcome=uncommitted",
                                "issue=20 attempt=1 outcome=error-exit",
                                "issue=201 attempt=1 outcome=crash",
                                "issue=202 outcome=crash",
                                "issue=203 attempt=1 outcome=error",
                                "issue=26 outcome=prompt-too-long",
                                "issue=27 outcome=huge-line size=50",
                                "issue=271 outcome=split-lines",
                                "issue=272 outcome=invalid-utf8",
                                "issue=28 attempt=1 outcome=ignore-term",
                                "issue=29 outcome=leave-child",
                                "issue=36 attempt=1 outcome=session-in-use",
                                "default seconds=0.1 lines=1");
        // What takes long comes first.
        IntStream.of(
                        28, 140, 141, 13, 14, 27, 15, 16, 17, 18, 19, 190, 20, 201, 202, 203, 26,
                        271, 272, 29, 36)
                .forEach(number -> file.issue(number, "Row " + number));
        ORCHESTRA.with(file.inOrder());
        Hands.Running running = ORCHESTRA.start("launch", "--wait");
        ProcessHandle monitor = Orchestra.untilThere("a monitor", ORCHESTRA::monitor);
        launch = running.end();
        mostMemoryKb = mostMemoryKb(monitor);
    }

    private static long mostMemoryKb(ProcessHandle process) {
        return Hands.read(Path.of("/proc/" + process.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private static Event.RestartPlanned restarted(
            int issue, RestartCause cause, AttemptKind kind, boolean counted) {
        Event.RestartPlanned restart = ORCHESTRA.story.only(issue, Event.RestartPlanned.class);
        assertThat(restart.cause()).isEqualTo(cause);
        assertThat(restart.kind()).isEqualTo(kind);
        assertThat(restart.counted()).isEqualTo(counted);
        completed(issue, 2);
        return restart;
    }

    private static void completed(int issue, int attempts) {
        assertThat(ORCHESTRA.story.attempts(issue)).hasSize(attempts);
        assertThat(ORCHESTRA.story.status(issue)).hasValue(IssueStatus.COMPLETED);
        assertThat(ORCHESTRA.isPushed(issue)).as("issue %d is pushed", issue).isTrue();
    }

    private static Why ended(int issue, EndCause cause) {
        List<TimedEvent> ends = ORCHESTRA.story.timed(issue, Event.AttemptEnding.class);
        assertThat(ends).hasSize(1);
        assertThat(((Event.AttemptEnding) ends.getFirst().event()).cause()).isEqualTo(cause);
        return ends.getFirst().why().orElseThrow();
    }

    private static Finish finish(int issue) {
        return ORCHESTRA.story.of(issue, Event.AttemptEnded.class).getFirst().finish();
    }

    @Test
    void the_run_as_a_whole_is_sound_and_says_what_is_left() {
        assertThat(launch.code()).as("%s", launch).isEqualTo(1);
        assertThat(launch.out()).contains("19 of 21 issues completed, 0 failed, 2 parked");
        ORCHESTRA.story.isSound();
    }

    @Test
    void row13_a_hang_before_its_first_word_is_ended_and_begun_afresh() {
        assertThat(ended(13, EndCause.SILENT_START).sentence())
                .containsPattern("no output at all for [6-9] s|no output at all for \\d\\d s");
        restarted(13, RestartCause.SILENT_START, AttemptKind.FRESH, false);
    }

    @Test
    void row14_a_hang_in_mid_stream_is_ended_with_its_evidence_and_goes_on_from_there() {
        assertThat(ended(14, EndCause.STALLED).facts())
                .anyMatch(fact -> fact.matches("no output for \\d+ s"))
                .anyMatch(fact -> fact.matches("no change in the worktree for \\d+ s"))
                .anyMatch(fact -> fact.contains("CPU"));
        restarted(14, RestartCause.STALLED, AttemptKind.CONTINUE, true);
        assertThat(Hands.read(ORCHESTRA.story.folder(14, 2).prompt()))
                .contains("no sign of life (no output for");
    }

    @Test
    void row14_a_long_quiet_tool_call_that_uses_cpu_is_alive() {
        livesThrough(QUIET);
    }

    @Test
    void row14_a_long_quiet_tool_call_that_changes_the_worktree_is_alive() {
        livesThrough(WRITES);
    }

    private static void livesThrough(int issue) {
        completed(issue, 1);
        Duration took =
                Duration.between(
                        ORCHESTRA.story.attempts(issue).getFirst().startedAt(),
                        ORCHESTRA.story.timed(issue, Event.AttemptEnded.class).getFirst().at());
        assertThat(took.toMillis()).isGreaterThan((long) (STALL * 1000));
        assertThat(ORCHESTRA.story.of(issue, Event.AttemptEnding.class)).isEmpty();
    }

    @Test
    void row15_after_its_result_a_hang_is_ended_and_the_result_counts() {
        assertThat(ended(15, EndCause.LINGERING).sentence()).contains("result seen");
        assertThat(finish(15).outcome()).isInstanceOf(AgentOutcome.Done.class);
        completed(15, 1);
    }

    @Test
    void row16_of_two_results_the_last_counts_and_a_line_after_it_changes_nothing() {
        assertThat(ORCHESTRA.story.of(16, Event.AttemptEnding.class)).isEmpty();
        assertThat(finish(16).outcome())
                .isInstanceOfSatisfying(
                        AgentOutcome.Done.class,
                        done -> assertThat(done.lastWords()).startsWith("Done: implement"));
        assertThat(finish(16).commitsSinceStart()).isOne();
        completed(16, 1);
    }

    @Test
    void row17_exit_0_without_a_result_is_not_done() {
        restarted(17, RestartCause.NO_WORK, AttemptKind.FRESH, true);
    }

    @Test
    void row18_a_result_of_zero_turns_is_not_done() {
        restarted(18, RestartCause.NO_WORK, AttemptKind.FRESH, true);
    }

    @Test
    void row19_success_without_a_commit_is_verified_and_asked_for_once() {
        assertThat(restarted(19, RestartCause.NO_COMMIT, AttemptKind.CONTINUE, false).hint())
                .contains("without a commit");
    }

    @Test
    void row19_what_is_left_uncommitted_a_second_time_is_committed_as_work_in_progress() {
        restarted(COMMITS_NEVER, RestartCause.NO_COMMIT, AttemptKind.CONTINUE, false);
        ORCHESTRA.story.only(COMMITS_NEVER, Event.LeftoversCommitted.class);
        String branch = ProjectFile.BRANCHES + COMMITS_NEVER;
        assertThat(ORCHESTRA.hands.git(ORCHESTRA.repo, "log", "-1", "--format=%s", branch))
                .startsWith("wip: implement of issue " + COMMITS_NEVER);
    }

    @Test
    void row20_a_good_result_and_exit_1_is_not_taken_for_done() {
        assertThat(finish(20).exitCode()).hasValue(1);
        assertThat(restarted(20, RestartCause.FAILED, AttemptKind.CONTINUE, true).hint())
                .contains("it reported success, then exit 1");
    }

    @Test
    void row20_crashes_and_errors_restart_and_do_not_do_so_for_ever() {
        restarted(CRASHES_ONCE, RestartCause.CRASHED_EMPTY, AttemptKind.FRESH, false);
        restarted(FAILS_ONCE, RestartCause.FAILED, AttemptKind.CONTINUE, true);
        ORCHESTRA.story.only(CRASHES_FOR_EVER, Event.IssueParked.class);
        assertThat(ORCHESTRA.story.attempts(CRASHES_FOR_EVER)).hasSizeBetween(4, 8);
    }

    @Test
    void row26_a_prompt_that_is_too_long_parks_the_issue_with_the_reason() {
        assertThat(ORCHESTRA.story.only(26, Event.IssueParked.class).reason()).contains("too long");
        assertThat(ORCHESTRA.story.attempts(26)).hasSize(1);
        assertThat(ORCHESTRA.story.of(26, Event.RestartPlanned.class)).isEmpty();
    }

    @Test
    void row27_a_line_of_50_mb_passes_in_bounded_memory() {
        completed(27, 1);
        assertThat(ORCHESTRA.story.folder(27, 1).stream().toFile().length())
                .isGreaterThan(50 << 20);
        assertThat(ORCHESTRA.story.folder(27, 1).transcript().toFile().length())
                .isLessThan(1 << 20);
        // The line alone would be 50 MB as bytes and as much again as text.
        assertThat(mostMemoryKb).as("the monitor's largest size, kB").isLessThan(230_000);
    }

    @Test
    void row27_lines_in_pieces_and_bytes_that_are_no_text_are_read_for_what_they_are() {
        completed(SPLIT_LINES, 1);
        assertThat(Hands.read(ORCHESTRA.story.folder(SPLIT_LINES, 1).transcript()))
                .contains("one line, über three writes");
        completed(NO_TEXT, 1);
        assertThat(Hands.read(ORCHESTRA.story.folder(NO_TEXT, 1).transcript())).contains("broken");
    }

    @Test
    void row28_what_ignores_term_is_killed_after_ten_seconds_and_nothing_starts_before() {
        TimedEvent ending = ORCHESTRA.story.timed(28, Event.AttemptEnding.class).getFirst();
        TimedEvent ended = ORCHESTRA.story.timed(28, Event.AttemptEnded.class).getFirst();
        assertThat(Duration.between(ending.at(), ended.at()))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(25));
        TimedEvent next = ORCHESTRA.story.timed(28, Event.AttemptStarting.class).getLast();
        assertThat(next.seq()).isGreaterThan(ended.seq());
        restarted(28, RestartCause.STALLED, AttemptKind.CONTINUE, true);
    }

    @Test
    void row29_a_grandchild_in_a_session_of_its_own_is_swept() {
        completed(29, 1);
        assertThat(ORCHESTRA.hands.alive())
                .extracting(process -> process.info().commandLine().orElse(""))
                .noneMatch(command -> command.contains("sleep 86400"));
    }

    @Test
    void row36_a_session_that_is_in_use_gives_way_to_another() {
        restarted(36, RestartCause.SESSION_LOST, AttemptKind.CONTINUE, false);
        assertThat(ORCHESTRA.story.attempts(36).stream().map(attempt -> attempt.sessionId()))
                .doesNotHaveDuplicates();
        assertThat(finish(36).exitCode()).isEqualTo(Optional.of(1));
    }
}
