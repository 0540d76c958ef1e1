package orchestrator.rules;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/**
 * The waves that issues can be moved to, together.
 *
 * <p>A wave says "this before that", and so does a dependency. A wave before the one that holds
 * what an issue depends on would say the opposite of the dependency: both cannot be kept, so such a
 * move is refused, as is one behind the wave of what depends on the issue. Such a plan would not
 * harm a run (dependencies alone gate an issue, it would only wait), and therefore a file that says
 * so is no fault, and a move that leaves or lessens what is upside down already is none either:
 * only making it so, or worse, by hand is a mistake worth stopping. What is completed holds nobody
 * back and counts no more; what is moved along keeps its place beside the others.
 *
 * @param lowest first wave that can be, and what makes it so; none: every number the config takes
 * @param highest last wave that can be, and what makes it so
 */
public record WaveBounds(Optional<Bound> lowest, Optional<Bound> highest) {
    /** The numbers that the config takes for a wave. */
    public static final int FIRST_WAVE = 0;

    /** The highest of them. */
    public static final int LAST_WAVE = 1_000_000;

    /**
     * A limit.
     *
     * @param moved the issue that cannot go beyond it
     * @param other what it depends on, or what depends on it
     */
    public record Bound(int wave, IssueId moved, IssueId other) {}

    /** Why a wave refuses. */
    public sealed interface Refusal {
        /** It would come before what it depends on. */
        record BeforeDependency(Bound bound) implements Refusal {}

        /** It would come after what depends on it. */
        record AfterDependent(Bound bound) implements Refusal {}

        /** The config takes no such wave. */
        record NoSuchWave(int wave) implements Refusal {}
    }

    /** For issues of that configuration. */
    public static WaveBounds of(
            WorkspaceConfig config, RunState state, Collection<IssueId> issues) {
        Set<IssueId> moved = new HashSet<>(issues);
        Map<IssueId, IssueStatus> statuses = NextIssue.statuses(config, state);
        Optional<Bound> lowest = Optional.empty();
        Optional<Bound> highest = Optional.empty();
        for (Issue issue : config.ordered()) {
            if (statuses.get(issue.id()) == IssueStatus.COMPLETED) {
                continue;
            }
            for (IssueId on : issue.dependsOn()) {
                Optional<Issue> dependency =
                        config.issue(on)
                                .filter(it -> statuses.get(it.id()) != IssueStatus.COMPLETED);
                if (dependency.isEmpty() || moved.contains(on) == moved.contains(issue.id())) {
                    continue;
                }
                int dependencyWave = dependency.get().wave();
                if (moved.contains(issue.id())) {
                    int wave = Math.min(issue.wave(), dependencyWave);
                    if (lowest.isEmpty() || lowest.get().wave() < wave) {
                        lowest = Optional.of(new Bound(wave, issue.id(), on));
                    }
                } else {
                    int wave = Math.max(issue.wave(), dependencyWave);
                    if (highest.isEmpty() || highest.get().wave() > wave) {
                        highest = Optional.of(new Bound(wave, on, issue.id()));
                    }
                }
            }
        }
        return new WaveBounds(lowest, highest);
    }

    /** Why a wave cannot be; empty: it can. */
    public Optional<Refusal> refusal(int wave) {
        if (wave < FIRST_WAVE || wave > LAST_WAVE) {
            return Optional.of(new Refusal.NoSuchWave(wave));
        }
        return lowest.filter(bound -> wave < bound.wave())
                .<Refusal>map(Refusal.BeforeDependency::new)
                .or(() ->
                        highest.filter(bound -> wave > bound.wave())
                                .map(Refusal.AfterDependent::new));
    }

    /** Why a move cannot be; empty: it can. */
    public Optional<Refusal> refusal(Move move) {
        if (!(move.spot() instanceof Move.Spot.Behind)) {
            return refusal(move.wave());
        }
        // Between two waves: behind this one, and before the next.
        if (move.wave() >= LAST_WAVE) {
            return Optional.of(new Refusal.NoSuchWave(move.wave() + 1));
        }
        return lowest.filter(bound -> move.wave() < bound.wave())
                .<Refusal>map(Refusal.BeforeDependency::new)
                .or(() ->
                        highest.filter(bound -> move.wave() >= bound.wave())
                                .map(Refusal.AfterDependent::new));
    }
}
