package orchestrator.ui.board;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.rules.Move;

/**
 * Places that cards were given by hand and that no snapshot tells of yet: a card that is dropped
 * stays there. A wish ends when the snapshots say the same, when its move is refused, or when the
 * snapshots should have said so long ago: then somebody has put the card elsewhere. FX thread only.
 */
final class Wishes {
    /** The files are looked at again twice a second, whoever holds the monitor. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Wish> wishes = new ArrayList<>();

    /** Where a move puts its cards. */
    static final class Wish {
        private final Map<IssueId, Move.Placed> places;
        private Optional<Instant> made = Optional.empty();

        private Wish(Map<IssueId, Move.Placed> places) {
            this.places = places;
        }

        private boolean isTold(Map<IssueId, IssueView> told) {
            return places.entrySet().stream()
                    .allMatch(place -> {
                        IssueView issue = told.get(place.getKey());
                        return issue == null
                                || (issue.wave() == place.getValue().wave()
                                        && issue.priority() == place.getValue().priority());
                    });
        }
    }

    /** A move of issues that stand there now. */
    Wish add(Move move, List<IssueView> now) {
        Wish wish =
                new Wish(
                        move.placed(
                                now.stream()
                                        .map(issue ->
                                                new Move.At(
                                                        issue.id(), issue.wave(), issue.priority()))
                                        .toList()));
        wishes.add(wish);
        return wish;
    }

    void made(Wish wish, Instant now) {
        wish.made = Optional.of(now);
    }

    void remove(Wish wish) {
        wishes.remove(wish);
    }

    /** What is told by now needs no wish. One that is not made yet may still be refused. */
    void seen(List<IssueView> issues) {
        Map<IssueId, IssueView> told = new HashMap<>();
        issues.forEach(issue -> told.put(issue.id(), issue));
        wishes.removeIf(wish -> wish.made.isPresent() && wish.isTold(told));
    }

    /** Whether there were any. */
    boolean forgetMade() {
        return wishes.removeIf(wish -> wish.made.isPresent());
    }

    /** Whether there were any. */
    boolean forgetOld(Instant now) {
        return wishes.removeIf(
                wish -> wish.made.filter(at -> now.isAfter(at.plus(PATIENCE))).isPresent());
    }

    /** The issues as they are wished; of two wishes for one, the later one counts. */
    List<IssueView> over(List<IssueView> told) {
        if (wishes.isEmpty()) {
            return told;
        }
        Map<IssueId, Move.Placed> places = new HashMap<>();
        wishes.forEach(wish -> places.putAll(wish.places));
        return told.stream()
                .map(issue -> {
                    Move.Placed at = places.get(issue.id());
                    return at == null ? issue : issue.placed(at.wave(), at.priority());
                })
                .toList();
    }
}
