package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.EventView;

/**
 * What a run has left behind, for people to read: the logs of all attempts, and the journal. Reads
 * only. Blocks; any thread.
 */
public interface Archive {
    /**
     * What an attempt has left.
     *
     * @param number counts the attempts of the issue from 1
     * @param startedAt when the start was decided
     * @param endedAt empty: it has not ended, or nobody knows when
     * @param outcome how it ended, one short phrase; empty: it has not
     * @param transcript what people read; any of these files may be absent
     * @param stream what the agent printed
     * @param prompt what the agent was told
     * @param errors what the agent complained of
     */
    record AttemptLog(
            IssueId issue,
            int number,
            String stage,
            int worker,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            String outcome,
            Path transcript,
            Path stream,
            Path prompt,
            Path errors) {
        /** Whether both are of the same attempt. */
        public boolean isSame(AttemptLog other) {
            return number == other.number && issue.equals(other.issue);
        }

        AttemptLog ended(Instant at, String how) {
            return new AttemptLog(
                    issue,
                    number,
                    stage,
                    worker,
                    startedAt,
                    Optional.of(at),
                    how,
                    transcript,
                    stream,
                    prompt,
                    errors);
        }
    }

    /**
     * All attempts of an issue, oldest first.
     *
     * @throws orchestrator.model.Fault when the journal cannot be read
     */
    List<AttemptLog> attempts(IssueId issue);

    /**
     * All attempts that a worker ran, of whichever issues, oldest first.
     *
     * @throws orchestrator.model.Fault when the journal cannot be read
     */
    List<AttemptLog> attemptsAt(int worker);

    /** The archive of a workspace, whichever process holds its monitor. */
    static Archive of(RunContext context) {
        return new JournalArchive(context.state());
    }

    /**
     * The newest events before one, oldest first.
     *
     * @param seq the number of that event; {@link Long#MAX_VALUE}: the journal's end
     * @param most how many, 1 or more
     * @throws orchestrator.model.Fault when the journal cannot be read
     */
    List<EventView> eventsBefore(long seq, int most);
}
