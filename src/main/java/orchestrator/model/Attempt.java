package orchestrator.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One run of the agent for one stage of one issue.
 *
 * @param id unique in the world; the value of {@code ORCHESTRATOR_ATTEMPT} in everything it starts
 * @param number counts the attempts of the issue from 1; names the attempt's folder
 * @param sessionId the agent's session, chosen before the start
 * @param startCommit the branch's commit when the attempt began
 * @param startedAt when the start was decided
 */
public record Attempt(
        String id,
        IssueId issue,
        String stage,
        int stageIndex,
        int worker,
        int number,
        String sessionId,
        AttemptKind kind,
        String startCommit,
        Instant startedAt) {
    Attempt setBack(Duration by) {
        return new Attempt(
                id,
                issue,
                stage,
                stageIndex,
                worker,
                number,
                sessionId,
                kind,
                startCommit,
                startedAt.minus(by));
    }

    /** The name of the attempt's folder, such as {@code 003-write_tests}. */
    public String folderName() {
        return "%03d-%s".formatted(number, stage);
    }
}
