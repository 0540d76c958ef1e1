package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import orchestrator.model.AttemptPhase;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Resources;
import orchestrator.model.RestartCause;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.scripted.Act;
import orchestrator.monitor.scripted.Rig;
import orchestrator.store.Inbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real loop over scripted ports and a clock that stands until it is moved. */
@Timeout(120)
class MonitorTest {
    private static final IssueId ONE = new IssueId("demo", 1);

    @TempDir private Path folder = Path.of("");
    private Optional<Rig> made = Optional.empty();
    private Optional<RunningMonitor> running = Optional.empty();

    @BeforeEach
    void makes() throws IOException {
        made = Optional.of(new Rig(folder));
    }

    @AfterEach
    void ends() {
        running.ifPresent(RunningMonitor::close);
    }

    private Rig rig() {
        return made.orElseThrow();
    }

    private RunningMonitor start() {
        RunningMonitor monitor = new RunningMonitor(rig());
        running = Optional.of(monitor);
        return monitor;
    }

    private RunningMonitor start(String members) throws IOException {
        rig().config(members);
        return start();
    }

    private RunningMonitor startOne() throws IOException {
        return start(Rig.issues(1, 1, "implement"));
    }

    @Test
    void a_run_of_two_issues_and_two_stages_goes_to_its_end() throws IOException {
        RunningMonitor monitor = start(Rig.issues(2, 2, "implement", "review"));
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
        monitor.awaitStatus(2, IssueStatus.COMPLETED);
        RunningMonitor.await("all is pushed", () -> monitor.latest().isAllWell());

        assertThat(rig().world.played())
                .containsExactlyInAnyOrder(
                        "1/001-implement", "1/002-review", "2/001-implement", "2/002-review");
        assertThat(rig().world.worktrees.pushed()).contains("demo/issue-1@c2", "demo/issue-2@c2");
        assertThat(rig().world.processes.running()).isEmpty();
        assertThat(rig().world.terminal.windows())
                .containsExactly("orchestrator", "worker-1", "worker-2", "dashboard");
        assertThat(monitor.latest().costUsd()).isEqualTo(8.0);
        assertThat(monitor.latest().isOver()).isTrue();
    }

    @Test
    void where_there_is_no_room_nothing_is_started_until_there_is() throws IOException {
        rig().world.free(new Resources(OptionalLong.of(10), OptionalLong.empty()));
        RunningMonitor monitor = startOne();
        monitor.awaitEvent(Event.AdmissionClosed.class, 1);
        monitor.later(Duration.ofSeconds(4));
        assertThat(monitor.events(Event.IssueAssigned.class)).isEmpty();
        assertThat(monitor.latest().gate().reason()).contains("10 MB of disk");
        rig().world.free(new Resources(OptionalLong.of(9_000), OptionalLong.empty()));
        monitor.watchUntil(
                "it goes on", () -> !monitor.events(Event.AdmissionOpened.class).isEmpty());
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
        assertThat(monitor.events(Event.AdmissionClosed.class)).hasSize(1);
    }

    @Test
    void a_project_is_done_when_its_requests_to_merge_are_open() throws IOException {
        RunningMonitor monitor =
                start("\"open_pull_request\": true, " + Rig.issues(1, 1, "implement"));
        RunningMonitor.await("all is well", () -> monitor.latest().isAllWell());
        assertThat(monitor.events(Event.PullRequestOpened.class)).hasSize(1);
        assertThat(monitor.latest().issues().getFirst().pullRequest())
                .isEqualTo("https://forge.example/demo/issue-1");
    }

    @Test
    void what_happens_is_told_and_written_for_people() throws IOException {
        RunningMonitor monitor = startOne();
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
        monitor.release();
        assertThat(monitor.narrated).anyMatch(line -> line.contains("demo#1 is completed"));
        assertThat(rig().state.worker(1)).content().contains("\"worker_id\" : 1");
    }

    @Test
    void a_failure_is_restarted_and_the_first_ends_late_exit_changes_nothing() throws IOException {
        rig().world.acts(name -> name.startsWith("1/001") ? Act.fails(3) : Act.good());
        RunningMonitor monitor = startOne();
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
        assertThat(rig().world.played()).containsExactly("1/001-implement", "1/002-implement");
        assertThat(monitor.events(Event.RestartPlanned.class))
                .singleElement()
                .satisfies(restart -> assertThat(restart.hint()).contains("exit 3"));
    }

    @Test
    void a_killed_agent_is_seen_by_the_next_look_and_restarted() throws IOException {
        rig().world.acts(name -> name.startsWith("1/001") ? Act.stays() : Act.good());
        RunningMonitor monitor = startOne();
        monitor.awaitRunning(1);
        rig().world.kill("1/001-implement");
        monitor.watchUntil("it is restarted", () -> rig().world.played().size() == 2);
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
    }

    @Test
    void a_silent_start_and_a_lingering_end_are_ended_by_us() throws IOException {
        rig().world.acts(name -> name.startsWith("1/001") ? Act.silent() : Act.lingers());
        RunningMonitor monitor = startOne();
        monitor.awaitRunningOrPlayed("1/001-implement");
        monitor.watchUntil(
                "the lingering one counts",
                () -> monitor.latest().issues().getFirst().status() == IssueStatus.COMPLETED);
        assertThat(monitor.events(Event.AttemptEnding.class))
                .extracting(Event.AttemptEnding::cause)
                .containsExactly(EndCause.SILENT_START, EndCause.LINGERING);
    }

    @Test
    void a_machine_that_slept_takes_nobody_for_stalled() throws IOException {
        rig().world.acts(name -> Act.stays());
        RunningMonitor monitor = startOne();
        monitor.awaitRunning(1);
        monitor.later(Duration.ofHours(3));
        for (int i = 0; i < 30; i++) {
            monitor.later(Duration.ofSeconds(2));
        }
        assertThat(monitor.events(Event.AttemptEnding.class)).isEmpty();

        // Awake, it is watched again: a real stall is still found.
        monitor.watchUntil(
                "the stall is found", () -> !monitor.events(Event.AttemptEnding.class).isEmpty());
    }

    // ── the journal ────────────────────────────────────────────────────────────────────────

    @Test
    void while_the_journal_cannot_be_written_nothing_is_acted_upon_and_nothing_lost()
            throws IOException {
        rig().world.acts(name -> name.startsWith("1/001") ? Act.stays() : Act.good());
        RunningMonitor monitor = start(Rig.issues(1, 1, "implement", "review"));
        monitor.awaitPlayed("1/001-implement");
        monitor.awaitEvent(Event.AttemptStarted.class, 1);
        Path away = folder.resolve("away");
        Files.move(rig().state.journal(), away);
        rig().world.end("1/001-implement", Act.good());
        RunningMonitor.await("the end is gathered", () -> !rig().world.processes.ended().isEmpty());
        for (int i = 0; i < 5; i++) {
            monitor.later(Duration.ofSeconds(2));
        }
        assertThat(rig().world.played()).containsExactly("1/001-implement");
        assertThat(rig().world.worktrees.pushed()).isEmpty();

        Files.move(away, rig().state.journal());
        monitor.later(Duration.ofSeconds(2));
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
        assertThat(rig().world.played()).containsExactly("1/001-implement", "1/002-review");
        assertThat(monitor.events(Event.AttemptEnded.class)).hasSize(2);
    }

    // ── release, restart, stop ─────────────────────────────────────────────────────────────

    @Test
    void a_released_monitor_leaves_the_agents_and_the_next_takes_them_over() throws IOException {
        rig().world.acts(name -> Act.stays());
        RunningMonitor first = start(Rig.issues(2, 2, "implement"));
        first.awaitEvent(Event.AttemptStarted.class, 2);
        first.release();
        assertThat(rig().world.processes.running()).hasSize(2);

        // One comes to its end while no monitor is there.
        rig().world.end("1/001-implement", Act.good());
        RunningMonitor second = start();
        second.awaitStatus(1, IssueStatus.COMPLETED);
        rig().world.end("2/001-implement", Act.good());
        second.awaitStatus(2, IssueStatus.COMPLETED);
        assertThat(rig().world.played())
                .containsExactlyInAnyOrder("1/001-implement", "2/001-implement");
    }

    @Test
    void a_stop_ends_every_agent_and_the_next_launch_goes_on() throws IOException {
        rig().world.acts(name -> name.contains("/001") ? Act.stays() : Act.good());
        RunningMonitor first = start(Rig.issues(2, 2, "implement"));
        first.awaitEvent(Event.AttemptStarted.class, 2);
        first.stop();
        first.join();
        assertThat(first.failure()).isNull();
        assertThat(rig().world.processes.running()).isEmpty();
        assertThat(first.latest().monitor().state()).isEqualTo(RunSnapshot.MonitorState.STOPPED);
        assertThat(first.events(Event.RestartPlanned.class))
                .extracting(Event.RestartPlanned::cause)
                .containsOnly(RestartCause.RESUMED);

        RunningMonitor second = start();
        second.awaitStatus(1, IssueStatus.COMPLETED);
        second.awaitStatus(2, IssueStatus.COMPLETED);
    }

    @Test
    void an_end_that_fails_at_first_is_tried_again_until_nothing_runs() throws IOException {
        rig().world.acts(name -> Act.stays());
        RunningMonitor monitor = startOne();
        monitor.awaitEvent(Event.AttemptStarted.class, 1);
        rig().world.faults.next("processes.end", 2);
        monitor.stop();
        RunningMonitor.await(
                "it is tried",
                () -> {
                    monitorTurn(monitor);
                    return !monitor.isRunning();
                });
        monitor.join();
        assertThat(rig().world.faults.allMet()).isTrue();
        assertThat(rig().world.processes.running()).isEmpty();
        assertThat(rig().folded().begun(ONE).hasLiveAttempt()).isFalse();
    }

    private void monitorTurn(RunningMonitor monitor) {
        if (monitor.isRunning()) {
            monitor.nudge(Duration.ofSeconds(2));
        }
    }

    // ── commands and the configuration ─────────────────────────────────────────────────────

    @Test
    void the_inbox_can_stop_the_run_and_the_command_is_answered_and_gone() throws IOException {
        rig().world.acts(name -> Act.stays());
        RunningMonitor monitor = startOne();
        monitor.awaitEvent(Event.AttemptStarted.class, 1);
        Inbox inbox = new Inbox(rig().state);
        String id = inbox.submit("stop", List.of());
        monitor.join();

        assertThat(inbox.awaitAnswer(id, Duration.ofSeconds(5)).orElseThrow().accepted()).isTrue();
        assertThat(inbox.pending().commands()).as("the next monitor is not stopped").isEmpty();
        assertThat(monitor.events(Event.CommandReceived.class)).hasSize(1);
        assertThat(rig().world.processes.running()).isEmpty();
    }

    @Test
    void a_handover_leaves_no_command_behind() throws IOException {
        rig().world.acts(name -> Act.stays());
        RunningMonitor monitor = startOne();
        monitor.awaitEvent(Event.AttemptStarted.class, 1);
        Inbox inbox = new Inbox(rig().state);
        inbox.submit("release", List.of());
        monitor.join();
        assertThat(inbox.pending().commands()).isEmpty();
        assertThat(rig().world.processes.running()).hasSize(1);
    }

    @Test
    void an_unknown_command_is_refused_and_changes_nothing() throws IOException {
        RunningMonitor monitor = startOne();
        Inbox inbox = new Inbox(rig().state);
        String id = inbox.submit("dance", List.of());
        assertThat(inbox.awaitAnswer(id, Duration.ofSeconds(10)).orElseThrow().accepted())
                .isFalse();
        assertThat(monitor.isRunning()).isTrue();
    }

    @Test
    void a_command_is_not_answered_before_it_is_journaled() throws IOException {
        RunningMonitor monitor = startOne();
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
        RunningMonitor.await("all is pushed", () -> monitor.latest().isAllWell());
        Path away = folder.resolve("away");
        Files.move(rig().state.journal(), away);
        Inbox inbox = new Inbox(rig().state);
        String id = inbox.submit("dance", List.of());
        for (int i = 0; i < 5; i++) {
            monitor.later(Duration.ofSeconds(2));
        }
        assertThat(inbox.pending().commands()).hasSize(1);
        Files.move(away, rig().state.journal());
        monitor.later(Duration.ofSeconds(2));
        assertThat(inbox.awaitAnswer(id, Duration.ofSeconds(10))).isPresent();
    }

    @Test
    void a_broken_edit_keeps_the_last_good_configuration_and_a_good_one_is_taken()
            throws IOException {
        rig().world.acts(name -> name.startsWith("1/") ? Act.stays() : Act.good());
        RunningMonitor monitor = startOne();
        monitor.awaitEvent(Event.AttemptStarted.class, 1);
        rig().config("\"num_workers\": \"many\",");
        monitor.awaitEvent(Event.ConfigRejected.class, 1);
        assertThat(monitor.latest().totals().issues()).isEqualTo(1);
        assertThat(rig().world.processes.running()).hasSize(1);

        rig().config(Rig.issues(2, 2, "implement"));
        monitor.awaitStatus(2, IssueStatus.COMPLETED);
        assertThat(rig().world.terminal.windows()).contains("worker-2");
    }

    @Test
    void a_session_renamed_mid_run_keeps_its_name_until_the_next_launch() throws IOException {
        RunningMonitor monitor = startOne();
        rig().config(Rig.issues(2, 2, "implement") + "\"tmux_session\": \"other\",");
        monitor.awaitStatus(2, IssueStatus.COMPLETED);
        assertThat(monitor.latest().session()).isNotEqualTo("other");
        assertThat(monitor.events(Event.SessionCreated.class)).hasSize(1);
    }

    @Test
    void an_issue_taken_out_of_the_file_while_it_runs_is_seen_to_its_end_and_parked()
            throws IOException {
        rig().world.acts(name -> name.startsWith("1/") ? Act.stays() : Act.good());
        RunningMonitor monitor = start(Rig.issues(2, 2, "implement"));
        monitor.awaitEvent(Event.AttemptStarted.class, 2);
        rig().config("\"issues\": [{\"number\": 2, \"title\": \"x\"}], \"num_workers\": 2,");
        monitor.awaitEvent(Event.ConfigLoaded.class, 2);
        assertThat(monitor.latest().workers().getFirst().issue())
                .as("what runs is shown")
                .contains(ONE);
        rig().world.end("1/001-implement", Act.good());
        RunningMonitor.await(
                "it is parked",
                () ->
                        rig().folded().issues().get(ONE) != null
                                && rig().folded().begun(ONE).status() == IssueStatus.PARKED);
    }

    // ── faults at the ports ────────────────────────────────────────────────────────────────

    @Test
    void faults_at_every_port_delay_the_run_and_lose_nothing() throws IOException {
        var faults = rig().world.faults;
        faults.next("worktrees.fetch", 1);
        faults.next("worktrees.ensure", 2);
        faults.next("worktrees.facts", 1);
        faults.next("worktrees.push", 2);
        faults.next("worktrees.push-defect", 1);
        faults.next("agent.call", 1);
        faults.next("agent.judge", 1);
        faults.next("processes.end", 1);
        faults.next("processes.check", 3);
        faults.next("terminal.run", 1);
        faults.next("terminal.replace", 1);
        RunningMonitor monitor = start(Rig.issues(2, 2, "implement", "review"));
        monitor.watchUntil("all is well", () -> monitor.latest().isAllWell());
        assertThat(monitor.failure()).isNull();
        assertThat(rig().world.played()).doesNotHaveDuplicates();
        assertThat(rig().folded().issues().values())
                .allMatch(issue -> issue.isIn(AttemptPhase.SETTLED));
    }

    @Test
    void a_defect_in_committing_leftovers_parks_the_issue_and_a_stop_still_ends()
            throws IOException {
        rig().world.faults.next("worktrees.commitAll", 1);
        rig().world.acts(name -> new Act(List.of("work", "result"), 0, 2, Optional.of(0)));
        RunningMonitor monitor = startOne();
        monitor.awaitStatus(1, IssueStatus.PARKED);
        monitor.stop();
        monitor.join();
        assertThat(monitor.failure()).isNull();
    }

    @Test
    void a_window_that_was_closed_is_opened_again() throws IOException {
        rig().world.acts(name -> name.contains("/001") ? Act.stays() : Act.good());
        RunningMonitor monitor = start(Rig.issues(1, 1, "implement", "review"));
        monitor.awaitEvent(Event.AttemptStarted.class, 1);
        rig().world.terminal.close("worker-1");
        rig().world.end("1/001-implement", Act.good());
        monitor.awaitStatus(1, IssueStatus.COMPLETED);
        assertThat(rig().world.terminal.windows()).contains("worker-1");
    }

    @Test
    void a_foreign_session_of_our_name_keeps_the_monitor_from_beginning() throws IOException {
        rig().config(Rig.issues(1, 1, "implement"));
        String name = rig().config().settings().tmuxSession();
        rig().world.terminal.create(name, "somebody", "x", List.of(), java.util.Map.of());
        RunningMonitor monitor = start();
        monitor.join();
        assertThat(monitor.failure()).hasMessageContaining("did not make");
        assertThat(rig().world.played()).isEmpty();
    }
}
