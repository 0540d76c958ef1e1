package orchestrator.cli;

import java.util.List;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Archive;
import orchestrator.monitor.Archive.AttemptLog;

/** Whose log is wanted. */
sealed interface LogSubject {
    /** A worker's: of whichever issue it holds or held. */
    record OfWorker(int worker) implements LogSubject {}

    /** An issue's: by whichever workers it is or was worked on. */
    record OfIssue(IssueId issue) implements LogSubject {}

    /**
     * What a word names: a number is a worker's as long as there are so many workers, and an
     * issue's beyond.
     *
     * @throws Fault {@code wrong-use}, {@code issue-unknown}
     */
    static LogSubject of(String word, WorkspaceConfig config) {
        boolean number = word.matches("\\d{1,9}");
        int workers = config.settings().workers();
        if (number && Integer.parseInt(word) <= workers) {
            return new OfWorker(OrderCommand.worker(Integer.parseInt(word)));
        }
        try {
            return new OfIssue(IssueWord.defined(word, config));
        } catch (Fault unknown) {
            if (!number) {
                throw unknown;
            }
            throw new Fault(
                    unknown.code(),
                    "There is no worker %s, the last is %d; nor is it an issue's number: %s"
                            .formatted(word, workers, unknown.sentence()),
                    unknown);
        }
    }

    /** Its attempts, oldest first. */
    default List<AttemptLog> attempts(Archive archive) {
        return switch (this) {
            case OfWorker(int worker) -> archive.attemptsAt(worker);
            case OfIssue(IssueId issue) -> archive.attempts(issue);
        };
    }

    /**
     * The attempt of that number, of the issue or of what the worker held last.
     *
     * @throws Fault {@code log-unknown} when there is none
     */
    default AttemptLog attempt(Archive archive, int number) {
        AttemptLog newest =
                newest(archive).orElseThrow(() -> new Fault("log-unknown", nothingYet()));
        List<AttemptLog> all = archive.attempts(newest.issue());
        return all.stream()
                .filter(attempt -> attempt.number() == number)
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                "log-unknown",
                                "%s has no attempt %d; its last is %d."
                                        .formatted(
                                                newest.issue(), number, all.getLast().number())));
    }

    /** The newest of its attempts. */
    default Optional<AttemptLog> newest(Archive archive) {
        return attempts(archive).reversed().stream().findFirst();
    }

    /** A sentence for when there is none. */
    default String nothingYet() {
        return switch (this) {
            case OfWorker(int worker) ->
                    "Worker %d has run nothing yet; see `status`.".formatted(worker);
            case OfIssue(IssueId issue) ->
                    "%s was not worked on yet; see `status`.".formatted(issue);
        };
    }
}
