package orchestrator.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/**
 * What a move would change, before it is made.
 *
 * @param bounds the waves that these issues can be moved to
 * @param refusal why this move cannot be; empty: it can. The rest is told all the same
 * @param waiting those of the moved issues that would wait, and what for
 * @param running those of them that are worked on now: the move changes nothing for them unless
 *     they come back to the queue
 * @param ended those that are completed, failed or parked: only their place on the board changes
 * @param alsoMoved how many others get another priority or the next wave's number, to make room
 */
public record Preview(
        Move move,
        WaveBounds bounds,
        Optional<WaveBounds.Refusal> refusal,
        Outlook before,
        Outlook after,
        List<Waiting> waiting,
        List<IssueId> running,
        List<IssueId> ended,
        int alsoMoved) {
    /** An issue and the open ones it waits for. */
    public record Waiting(IssueId issue, List<IssueId> on) {
        public Waiting {
            on = List.copyOf(on);
        }
    }

    public Preview {
        waiting = List.copyOf(waiting);
        running = List.copyOf(running);
        ended = List.copyOf(ended);
    }

    /** What that move would change. */
    public static Preview of(
            WorkspaceConfig config,
            RunState state,
            StageTimes.Measured times,
            Instant now,
            Move move) {
        WaveBounds bounds = WaveBounds.of(config, state, move.issues());
        Map<IssueId, IssueStatus> statuses = NextIssue.statuses(config, state);
        List<Waiting> waiting = new ArrayList<>();
        List<IssueId> running = new ArrayList<>();
        List<IssueId> ended = new ArrayList<>();
        for (IssueId id : move.issues()) {
            IssueStatus status = statuses.getOrDefault(id, IssueStatus.PARKED);
            switch (status) {
                case PENDING -> {
                    List<IssueId> on =
                            config.issue(id).stream()
                                    .flatMap(issue -> issue.dependsOn().stream())
                                    .filter(it -> statuses.get(it) != IssueStatus.COMPLETED)
                                    .toList();
                    if (!on.isEmpty()) {
                        waiting.add(new Waiting(id, on));
                    }
                }
                case IN_PROGRESS -> running.add(id);
                case COMPLETED, FAILED, PARKED -> ended.add(id);
            }
        }
        long others =
                move.placed(config).keySet().stream()
                        .filter(id -> !move.issues().contains(id))
                        .count();
        return new Preview(
                move,
                bounds,
                bounds.refusal(move),
                Outlook.of(config, state, times, now),
                Outlook.of(move.in(config), state, times, now),
                waiting,
                running,
                ended,
                (int) others);
    }
}
