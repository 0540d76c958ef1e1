package orchestrator.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.config.RehearsalFiles;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.Usage;
import orchestrator.store.Journal;
import orchestrator.store.StateFolder;

/**
 * A workspace in which a run has been, for {@link Training}: a snapshot of its journal, events
 * after that, work that is done and work that is not.
 */
public final class TrainingWorkspace {
    private static final Instant AT = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final String WORKER =
            """
            {"attempt": 1, "status": "running", "last_activity_at": "2026-01-01T12:00:00.123Z",
             "last_line": "Reads.", "cost_usd": 0.5, "tokens": {"input": 1, "output": 2}}
            """;

    private TrainingWorkspace() {}

    /** Makes it in a folder that does not exist yet. */
    public static void layOut(Path workspace) throws IOException {
        RehearsalFiles.layOut(workspace);
        StateFolder state = StateFolder.create(workspace.resolve("state"));
        try (Journal journal = Journal.open(state.journal())) {
            append(journal, List.of(new Event.WorkspaceOpened("training")));
            append(journal, wholly(1));
            append(journal, begun(2));
            journal.compact();
            append(journal, wholly(3));
            append(journal, begun(4));
            append(journal, List.of(new Event.IssueFailed(id(5), "for the training")));
        }
        for (int worker : List.of(2, 4)) {
            Files.writeString(state.worker(worker), WORKER);
        }
    }

    private static void append(Journal journal, List<Event> events) {
        journal.append(
                AT,
                events.stream().map(event -> new Journal.Entry(event, Optional.empty())).toList());
    }

    private static IssueId id(int number) {
        return new IssueId("rehearsal", number);
    }

    private static List<Event> wholly(int number) {
        IssueId id = id(number);
        Usage usage = new Usage(1, 2, 3, 4, 0.5);
        Finish finish =
                new Finish(
                        Optional.of(0), new AgentOutcome.Done(3, 0, "Done."), "c1", 1, 1, 0, usage);
        List<Event> events = new ArrayList<>(begun(number));
        events.add(new Event.AttemptEnded(id, id + "/1", finish));
        events.add(new Event.StageCompleted(id, "optimize", 0, ""));
        events.add(new Event.PushStarting(id, "c1"));
        events.add(new Event.Pushed(id, "rehearsal/issue", "c1"));
        events.add(new Event.IssueCompleted(id));
        return events;
    }

    private static List<Event> begun(int number) {
        IssueId id = id(number);
        String stage = "optimize";
        String branch = "rehearsal/issue";
        Attempt attempt =
                new Attempt(id + "/1", id, stage, 0, number, 1, "s", AttemptKind.FIRST, "c0", AT);
        return Stream.<Event>of(
                        new Event.IssueAssigned(id, number, 0, stage),
                        new Event.WorktreeCreating(id, "shortlink", "/w", branch),
                        new Event.WorktreeReady(id, "shortlink", "/w", branch, "c0", "c0", true),
                        new Event.AttemptStarting(attempt),
                        new Event.AttemptStarted(id, attempt.id()))
                .toList();
    }
}
