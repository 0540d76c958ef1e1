package orchestrator.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.IssueId;

/** Values that several tests use. */
final class Samples {
    static final Instant AT = Instant.parse("2026-11-22T17:00:00.123456789Z");
    static final IssueId ISSUE = new IssueId("proof", 52);
    static final Attempt ATTEMPT = attempt(3);

    private Samples() {}

    static Attempt attempt(int number) {
        return new Attempt(
                "attempt-" + number + "-4711",
                ISSUE,
                "write_tests",
                1,
                2,
                number,
                "0b1c0ad2-0000-4000-8000-000000000000",
                AttemptKind.CONTINUE,
                "abc123",
                AT);
    }

    static List<Journal.Entry> entries(String... reasons) {
        return List.of(reasons).stream()
                .map(reason -> Journal.Entry.of(new Event.LaunchesResumed(reason)))
                .toList();
    }

    static AttemptFolder.Call call(Path worktree, String... argv) {
        return new AttemptFolder.Call("do it\n", List.of(argv), Map.of(), worktree, "rehearsal");
    }
}
