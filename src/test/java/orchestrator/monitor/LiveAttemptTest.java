package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import orchestrator.agent.Rehearsal;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.AttemptSight;
import orchestrator.model.IssueId;
import orchestrator.process.ExecRunner;
import orchestrator.process.Processes;
import orchestrator.process.SystemProcesses;
import orchestrator.store.AttemptFolder;
import orchestrator.store.StateFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveAttemptTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration STALLS_AFTER_A_THIRD = Duration.ofMinutes(1);

    private final Attempt attempt =
            new Attempt(
                    "a",
                    new IssueId("demo", 1),
                    "implement",
                    0,
                    1,
                    1,
                    "s",
                    AttemptKind.FIRST,
                    "c0",
                    NOON);

    @TempDir Path folder;
    private final Processes processes = SystemProcesses.create(new ExecRunner());
    private LiveAttempt live;
    private AttemptFolder attemptFolder;

    @BeforeEach
    void make() throws IOException {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        attemptFolder = AttemptFolder.of(state, attempt);
        Files.createDirectories(attemptFolder.path());
        live = watched(NOON);
    }

    private LiveAttempt watched(Instant since) {
        return new LiveAttempt(
                attempt,
                attemptFolder,
                folder,
                Optional.empty(),
                new Rehearsal(folder),
                STALLS_AFTER_A_THIRD,
                InstantSource.fixed(since));
    }

    @Test
    void what_it_wrote_before_anybody_watched_says_nothing_of_now_whatever_the_clock_says()
            throws IOException {
        assertThat(live.wasSeenRunning()).isFalse();
        speaks(NOON.plusSeconds(1));
        assertThat(live.wasSeenRunning()).isTrue();
        // The next monitor: by its clock, which was set back meanwhile, that is yet to come.
        LiveAttempt adopted = watched(NOON.minusSeconds(86_400));
        adopted.read(NOON.minusSeconds(86_400));
        assertThat(adopted.facts().lines()).isEqualTo(1);
        assertThat(adopted.wasSeenRunning()).isFalse();
        Files.writeString(
                attemptFolder.stream(), "{\"type\":\"system\"}\n", StandardOpenOption.APPEND);
        adopted.read(NOON.minusSeconds(86_399));
        assertThat(adopted.wasSeenRunning()).isTrue();
    }

    private void speaks(Instant at) throws IOException {
        Files.writeString(attemptFolder.stream(), "{\"type\":\"system\"}\n");
        Files.setLastModifiedTime(attemptFolder.stream(), FileTime.from(at));
        assertThat(live.read(at)).isTrue();
    }

    private AttemptSight used(int seconds, Instant now) {
        return live.look(processes, Optional.of(Duration.ofSeconds(seconds)), now, false);
    }

    @Test
    void who_spoke_a_moment_ago_need_not_be_asked_for_its_cpu() throws IOException {
        assertThat(live.isSilent(NOON.plusSeconds(9))).isFalse();
        assertThat(live.isSilent(NOON.plusSeconds(10))).isTrue();
        speaks(NOON.plusSeconds(100));
        assertThat(live.isSilent(NOON.plusSeconds(109))).isFalse();
        assertThat(live.isSilent(NOON.plusSeconds(110))).isTrue();
    }

    @Test
    void use_of_cpu_is_no_speech_so_that_it_is_looked_for_on_and_on() {
        used(5, NOON.plusSeconds(60));
        assertThat(live.isSilent(NOON.plusSeconds(61))).isTrue();
        assertThat(live.lastActivity()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void what_it_used_between_two_looks_is_life_and_nothing_is_not() {
        used(5, NOON.plusSeconds(60));
        assertThat(used(5, NOON.plusSeconds(62)).lastCpu()).contains(NOON.plusSeconds(60));
        assertThat(used(6, NOON.plusSeconds(64)).lastCpu()).contains(NOON.plusSeconds(64));
        assertThat(used(6, NOON.plusSeconds(66)).lastCpu()).contains(NOON.plusSeconds(64));
    }

    @Test
    void when_nobody_looked_for_a_while_nothing_is_held_against_it() {
        used(0, NOON.plusSeconds(10));
        assertThat(used(0, NOON.plusSeconds(12)).lastCpu()).isEmpty();
        // It spoke in between, and its CPU was not looked for: since when it idles is not known.
        assertThat(used(0, NOON.plusSeconds(100)).lastCpu()).contains(NOON.plusSeconds(100));
        assertThat(used(0, NOON.plusSeconds(102)).lastCpu()).contains(NOON.plusSeconds(100));
    }
}
