package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.scripted.Act;
import orchestrator.monitor.scripted.Rig;
import orchestrator.store.AttemptFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start of an attempt, its end, and what a new monitor makes of it. */
@Timeout(60)
class AttemptsTest {
    private static final IssueId ONE = new IssueId("demo", 1);

    private final List<Signal> signals = new CopyOnWriteArrayList<>();
    private final FolderWatch watch = new SystemFolderWatch();
    @TempDir private Path folder = Path.of("");
    private Optional<Parts> made = Optional.empty();

    private record Parts(
            Rig rig,
            RunContext context,
            WorkspaceConfig config,
            LiveAttempts lives,
            Starter starter,
            Harvest harvest) {}

    @BeforeEach
    void makes() throws IOException {
        Rig rig = new Rig(folder).config(Rig.issues(1, 1, "implement"));
        Files.createDirectories(folder.resolve("trees/issue-1"));
        RunContext context = rig.context();
        LiveAttempts lives = new LiveAttempts(context, watch, signals::add);
        made =
                Optional.of(
                        new Parts(
                                rig,
                                context,
                                rig.config(),
                                lives,
                                new Starter(context, new Windows(context), lives),
                                new Harvest(context, lives)));
    }

    @AfterEach
    void ends() {
        it().lives().close();
        watch.close();
    }

    private Parts it() {
        return made.orElseThrow();
    }

    private Attempt attempt(int number) {
        return new Attempt(
                "attempt-" + number,
                ONE,
                "implement",
                0,
                1,
                number,
                "session",
                AttemptKind.FIRST,
                "c0",
                it().rig().world.clock.instant());
    }

    private RunState starting(Attempt attempt) {
        Path tree = it().rig().root.resolve("trees/issue-1");
        return fold(
                fold(RunState.EMPTY, new Event.IssueAssigned(ONE, 1, 0, "implement")),
                new Event.WorktreeReady(
                        ONE, "main", tree.toString(), "demo/issue-1", "c0", "c0", true),
                new Event.AttemptStarting(attempt));
    }

    private RunState fold(RunState state, Event... events) {
        RunState next = state;
        for (Event event : events) {
            next = next.apply(it().rig().world.clock.instant(), event);
        }
        return next;
    }

    private List<Event> start(Attempt attempt) {
        return it().starter().start(it().config(), starting(attempt), attempt);
    }

    private List<Event> harvest(Attempt attempt, Optional<EndCause> cause) {
        return it().harvest()
                .harvest(
                        starting(attempt).begun(ONE),
                        it().lives().get(attempt.id()).orElseThrow(),
                        cause);
    }

    private static Finish finish(List<Event> events) {
        return ((Event.AttemptEnded) events.getLast()).finish();
    }

    private AttemptFolder folderOf(Attempt attempt) {
        return AttemptFolder.of(it().rig().state, attempt);
    }

    // ── starting ───────────────────────────────────────────────────────────────────────────

    @Test
    void a_start_opens_the_windows_and_runs_the_script_once() {
        assertThat(start(attempt(1))).last().isEqualTo(new Event.AttemptStarted(ONE, "attempt-1"));
        assertThat(it().rig().world.played()).containsExactly("1/001-implement");
    }

    @Test
    void a_fault_before_the_script_began_is_a_failed_start_for_good() {
        it().rig().world.faults.next("terminal.run", 1);
        it().rig().world.faults.next("terminal.replace", 1);
        List<Event> events = start(attempt(1));
        assertThat(events).last().isInstanceOf(Event.AttemptStartFailed.class);
        assertThat(folderOf(attempt(1)).forbidden()).as("it can never run any more").isTrue();
        assertThat(it().lives().get("attempt-1")).isEmpty();

        it().rig()
                .world
                .terminal
                .replace(
                        new orchestrator.model.WindowRef("1.1", "@1", "%1"),
                        folderOf(attempt(1)).command(),
                        java.util.Map.of());
        assertThat(it().rig().world.played()).as("a late window runs nothing").isEmpty();
    }

    @Test
    void a_fault_after_the_script_began_is_taken_for_started_and_ends_nothing() {
        it().rig().world.acts(name -> Act.stays());
        it().rig().world.faults.next("terminal.run-late", 1);
        assertThat(start(attempt(1))).last().isEqualTo(new Event.AttemptStarted(ONE, "attempt-1"));
        assertThat(it().rig().world.terminal.replaced()).isZero();
        assertThat(it().rig().world.played()).containsExactly("1/001-implement");
        assertThat(it().rig().world.processes.running()).containsExactly("attempt-1");
    }

    @Test
    void a_window_in_which_something_else_runs_is_taken_back() {
        it().rig().world.faults.next("terminal.run", 1);
        assertThat(start(attempt(1))).last().isEqualTo(new Event.AttemptStarted(ONE, "attempt-1"));
        assertThat(it().rig().world.played()).containsExactly("1/001-implement");
    }

    @Test
    void an_agent_that_cannot_be_called_is_a_failed_start_with_the_reason() {
        it().rig().world.faults.next("agent.call", 1);
        assertThat(start(attempt(1)))
                .singleElement()
                .satisfies(event ->
                        assertThat(((Event.AttemptStartFailed) event).message())
                                .contains("agent.call"));
        assertThat(folderOf(attempt(1)).exists()).isFalse();
    }

    @Test
    void an_attempts_folder_is_never_used_twice() {
        start(attempt(1));
        assertThat(start(attempt(1))).singleElement().isInstanceOf(Event.AttemptStartFailed.class);
        assertThat(it().rig().world.played()).hasSize(1);
    }

    // ── ending ─────────────────────────────────────────────────────────────────────────────

    @Test
    void a_good_end_tells_what_the_agent_and_git_say() {
        start(attempt(1));
        Finish finish = finish(harvest(attempt(1), Optional.empty()));
        assertThat(finish.outcome()).isInstanceOf(AgentOutcome.Done.class);
        assertThat(finish.exitCode()).contains(0);
        assertThat(finish.head()).isEqualTo("c1");
        assertThat(finish.commitsSinceStart()).isEqualTo(1);
        assertThat(finish.usage().costUsd()).isEqualTo(2.0);
        assertThat(folderOf(attempt(1)).path().resolve("environment"))
                .as("the agent's variables are forgotten")
                .doesNotExist();
        assertThat(folderOf(attempt(1)).transcript())
                .content()
                .contains("[DEADMAN] START", "result", "[DEADMAN] EXIT");
    }

    @Test
    void while_something_of_it_survives_it_has_not_ended() {
        start(attempt(1));
        it().rig().world.processes.stubborn(true);
        assertThatThrownBy(() -> harvest(attempt(1), Optional.of(EndCause.STALLED)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("cannot be ended");
        it().rig().world.processes.stubborn(false);
        assertThat(harvest(attempt(1), Optional.of(EndCause.STALLED)))
                .hasAtLeastOneElementOfType(Event.AttemptEnded.class);
    }

    @Test
    void a_moments_trouble_of_gits_is_waited_for() {
        start(attempt(1));
        it().rig().world.faults.next("worktrees.facts", 2);
        assertThat(finish(harvest(attempt(1), Optional.empty())).outcome())
                .isInstanceOf(AgentOutcome.Done.class);
    }

    @Test
    void without_gits_word_nothing_counts_as_finished() {
        start(attempt(1));
        it().rig().world.faults.next("worktrees.facts", 5);
        Finish finish = finish(harvest(attempt(1), Optional.empty()));
        assertThat(finish.outcome().phrase()).contains("git could not tell");
        assertThat(finish.head()).isEmpty();
    }

    @Test
    void a_worktree_that_is_gone_is_told_with_the_end() throws IOException {
        start(attempt(1));
        Files.delete(it().rig().root.resolve("trees/issue-1"));
        List<Event> events = harvest(attempt(1), Optional.empty());
        assertThat(events.getFirst()).isInstanceOf(Event.WorktreeRemoved.class);
        assertThat(finish(events).outcome().phrase()).contains("is not there any more");
    }

    @Test
    void a_judge_that_fails_is_a_failed_attempt_not_a_hanging_one() {
        start(attempt(1));
        it().rig().world.faults.next("agent.judge", 1);
        assertThat(finish(harvest(attempt(1), Optional.empty())).outcome())
                .isInstanceOf(AgentOutcome.Failed.class);
    }

    @Test
    void what_lingered_counts_by_its_result() {
        it().rig().world.acts(name -> Act.lingers());
        start(attempt(1));
        assertThat(finish(harvest(attempt(1), Optional.of(EndCause.LINGERING))).outcome())
                .isInstanceOf(AgentOutcome.Done.class);
        assertThat(it().rig().world.processes.running()).isEmpty();
    }

    @Test
    void ending_an_attempt_whose_script_never_began_forbids_it_for_good() {
        Attempt attempt = attempt(1);
        start(attempt);
        // As if the window had not come to it yet.
        AttemptFolder other = folderOf(attempt(2));
        AttemptFolder.create(
                it().rig().state,
                attempt(2),
                new AttemptFolder.Call(
                        "p",
                        List.of("/scripted-agent"),
                        java.util.Map.of(),
                        it().rig().root.resolve("trees/issue-1"),
                        "rehearsal"));
        it().lives().add(it().config(), starting(attempt(2)), attempt(2), other);
        Finish finish = finish(harvest(attempt(2), Optional.of(EndCause.RUN_STOPPING)));
        assertThat(finish.outcome().phrase()).contains("never began");
        assertThat(other.forbidStart()).isFalse();
    }

    // ── a new monitor ──────────────────────────────────────────────────────────────────────

    private List<Event> recover(RunState state) {
        return new Recovery(it().context(), it().config(), it().lives()).recover(state);
    }

    @Test
    void a_start_without_a_folder_did_not_happen() {
        assertThat(recover(starting(attempt(1))))
                .singleElement()
                .isInstanceOf(Event.AttemptStartFailed.class);
        assertThat(it().lives().all()).isEmpty();
    }

    private AttemptFolder prepared() {
        return AttemptFolder.create(
                it().rig().state,
                attempt(1),
                new AttemptFolder.Call(
                        "p",
                        List.of("/scripted-agent"),
                        java.util.Map.of(),
                        it().rig().root.resolve("repo"),
                        "rehearsal"));
    }

    @Test
    void a_start_whose_script_has_not_begun_is_forbidden() {
        AttemptFolder prepared = prepared();
        assertThat(recover(starting(attempt(1))))
                .singleElement()
                .isInstanceOf(Event.AttemptStartFailed.class);
        assertThat(prepared.forbidStart()).as("decided for good").isFalse();

        // As if that one had died before it could write so down.
        assertThat(recover(starting(attempt(1))))
                .singleElement()
                .isInstanceOf(Event.AttemptStartFailed.class);
        assertThat(it().lives().all()).isEmpty();
    }

    @Test
    void a_start_whose_script_has_begun_is_adopted() throws IOException {
        AttemptFolder prepared = prepared();
        Files.createDirectory(prepared.path().resolve("started"));
        assertThat(recover(starting(attempt(1))))
                .containsExactly(new Event.AttemptStarted(ONE, "attempt-1"));
        assertThat(it().lives().get("attempt-1")).isPresent();
    }

    @Test
    void what_runs_is_adopted_and_an_end_that_came_meanwhile_is_seen() throws IOException {
        AttemptFolder prepared = prepared();
        Files.writeString(prepared.exitFile(), "0\n");
        RunState running = fold(starting(attempt(1)), new Event.AttemptStarted(ONE, "attempt-1"));
        assertThat(recover(running)).isEmpty();
        assertThat(signals).contains(new Signal.ExitSeen("attempt-1"));
    }

    @Test
    void what_was_being_ended_is_adopted_to_be_ended() {
        prepared();
        RunState ending =
                fold(
                        starting(attempt(1)),
                        new Event.AttemptStarted(ONE, "attempt-1"),
                        new Event.AttemptEnding(ONE, "attempt-1", EndCause.STALLED));
        assertThat(recover(ending)).isEmpty();
        assertThat(it().lives().get("attempt-1")).isPresent();
    }

    @Test
    void what_ran_and_lost_its_folder_is_ended_before_anything_takes_its_place() {
        RunState running = fold(starting(attempt(1)), new Event.AttemptStarted(ONE, "attempt-1"));
        assertThat(finish(recover(running)).outcome()).isInstanceOf(AgentOutcome.Vanished.class);
        assertThat(it().rig().world.processes.ended()).containsExactly("attempt-1");
    }

    // ── looks ──────────────────────────────────────────────────────────────────────────────

    @Test
    void a_look_that_fails_for_one_is_no_sight_of_it() {
        it().rig().world.acts(name -> Act.stays());
        start(attempt(1));
        it().rig().world.faults.next("processes.check", 1);
        it().lives().look();
        it().lives().look();
        List<Signal.Looked> looks =
                signals.stream()
                        .filter(Signal.Looked.class::isInstance)
                        .map(Signal.Looked.class::cast)
                        .toList();
        assertThat(looks.getFirst().sights()).isEmpty();
        assertThat(looks.getLast().sights()).containsOnlyKeys("attempt-1");
    }

    @Test
    void what_never_shows_up_is_given_up_half_a_minute_after_it_was_begun() {
        AttemptFolder prepared = prepared();
        // Its start was decided long before: preparing it took its time.
        it().rig().world.clock.advance(Duration.ofMinutes(2));
        it().lives().add(it().config(), starting(attempt(1)), attempt(1), prepared);
        it().rig().world.clock.advance(Duration.ofSeconds(29));
        it().lives().look();
        assertThat(signals).doesNotContain(new Signal.ExitSeen("attempt-1"));
        it().rig().world.clock.advance(Duration.ofSeconds(2));
        it().lives().look();
        assertThat(signals).contains(new Signal.ExitSeen("attempt-1"));
    }
}
