package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.PauseCause;
import orchestrator.model.RestartCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.TimedEvent;
import orchestrator.monitor.JournalFeed;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NarrationTest {
    private static final Instant AT = Instant.parse("2026-11-22T17:00:00.123456789Z");
    private static final IssueId ID = new IssueId("a", 1);

    @TempDir Path folder;

    private RunSnapshot snapshot;
    private Narration narration;

    @BeforeEach
    void snapshot() throws IOException {
        CliLab lab = new CliLab(folder);
        lab.project("a", issue(1, "") + "," + issue(2, ", \"status\": \"completed\""));
        Workspace workspace =
                Workspace.locate(
                        Optional.of(folder), Optional.empty(), Optional.empty(), Path.of("/"));
        ConfigResult.Valid valid = (ConfigResult.Valid) ConfigReader.read(workspace);
        try (JournalFeed feed =
                new JournalFeed(lab.assembly().look(workspace, valid.config()), valid.config())) {
            snapshot = feed.latest();
        }
        narration = new Narration(snapshot, ZoneId.of("Europe/Berlin"));
    }

    private List<String> told(Event... events) {
        List<String> lines = new ArrayList<>();
        for (Event event : events) {
            narration
                    .line(new TimedEvent(1, AT, event, Optional.empty()), snapshot)
                    .ifPresent(lines::add);
        }
        return lines;
    }

    private static Event restart(String hint, int seconds) {
        return new Event.RestartPlanned(
                ID, AttemptKind.CONTINUE, true, RestartCause.FAILED, hint, AT.plusSeconds(seconds));
    }

    @Test
    void a_run_is_told_in_the_words_of_what_a_person_wants_to_know() {
        assertThat(
                        told(
                                new Event.IssueAssigned(ID, 2, 0, "implement"),
                                new Event.StageCompleted(ID, "implement", 0, ""),
                                restart("it was interrupted (Ctrl-C)", 0),
                                restart("overloaded", 40),
                                new Event.StageCompleted(ID, "document", 1, ""),
                                new Event.IssueCompleted(ID),
                                new Event.LaunchesPaused(
                                        PauseCause.USAGE_LIMIT,
                                        Optional.of(AT.plusSeconds(60)),
                                        "limit"),
                                new Event.IssueFailed(ID, "all retries\nare used up")))
                .containsExactly(
                        "18:00:00  started    a#1 at implement (1/2) on worker 2: Issue 1",
                        "18:00:00  finished   a#1 implement (1/2)",
                        "18:00:00  restarted  a#1: it was interrupted (Ctrl-C)",
                        "18:00:00  restarted  a#1 in 40 s: overloaded",
                        "18:00:00  completed  a#1, 2 of 2: Issue 1",
                        "18:00:00  paused     until 18:01:00: limit",
                        "18:00:00  FAILED     a#1: all retries are used up");
    }

    @Test
    void what_goes_as_it_should_is_left_to_the_log() {
        assertThat(
                        told(
                                new Event.AttemptStarted(ID, "x"),
                                new Event.WorktreeCreating(ID, "r", "/p", "b"),
                                new Event.PushStarting(ID, "c"),
                                new Event.Pushed(ID, "b", "c"),
                                new Event.StageCompleted(ID, "document", 1, "")))
                .isEmpty();
    }

    @Test
    void a_push_that_fails_again_and_again_is_told_once_and_its_good_end_too() {
        Event failed = new Event.PushFailed(ID, "no route", AT);
        assertThat(
                        told(
                                failed,
                                failed,
                                new Event.PushFailed(ID, "rejected", AT),
                                new Event.Pushed(ID, "a/issue-1", "c"),
                                failed))
                .containsExactly(
                        "18:00:00  problem    a#1 is not pushed, it is tried again: no route",
                        "18:00:00  problem    a#1 is not pushed, it is tried again: rejected",
                        "18:00:00  pushed     a#1 after all, as a/issue-1",
                        "18:00:00  problem    a#1 is not pushed, it is tried again: no route");
    }
}
