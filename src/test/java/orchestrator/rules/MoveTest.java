package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import orchestrator.model.Demo;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.Test;

/** Where moved issues come to stand, and how little is written for it. */
class MoveTest {
    private static final Move.Spot KEPT = new Move.Spot.ByPriority();
    private static final Move.Spot LAST = new Move.Spot.Last();

    private static WorkspaceConfig config(Issue... issues) {
        return new Demo().issues(issues).config();
    }

    private static Move move(int wave, Move.Spot spot, int... numbers) {
        return new Move(IntStream.of(numbers).mapToObj(Demo::id).toList(), wave, spot);
    }

    private static Move.Spot before(int number) {
        return new Move.Spot.Before(Demo.id(number));
    }

    private static List<Integer> wave(WorkspaceConfig config, int wave) {
        return config.ordered().stream()
                .filter(issue -> issue.wave() == wave)
                .map(issue -> issue.id().number())
                .toList();
    }

    private static WorkspaceConfig fiveAlike() {
        return config(
                Demo.ordered(1, 1, 0),
                Demo.ordered(2, 1, 0),
                Demo.ordered(3, 1, 0),
                Demo.ordered(4, 1, 0),
                Demo.ordered(5, 1, 0));
    }

    @Test
    void into_another_wave_by_priority_only_the_wave_changes() {
        WorkspaceConfig config = config(Demo.ordered(1, 1, 7), Demo.ordered(2, 2, 9));
        assertThat(move(2, KEPT, 1).placed(config))
                .isEqualTo(Map.of(Demo.id(1), new Move.Placed(2, 7)));
        assertThat(wave(move(2, KEPT, 1).in(config), 2)).containsExactly(1, 2);
    }

    @Test
    void a_gap_between_priorities_is_used() {
        WorkspaceConfig config =
                config(Demo.ordered(1, 1, 0), Demo.ordered(2, 1, 10), Demo.ordered(3, 2, 50));
        Move move = move(1, before(2), 3);
        assertThat(move.placed(config)).containsOnlyKeys(Demo.id(3));
        assertThat(wave(move.in(config), 1)).containsExactly(1, 3, 2);
    }

    @Test
    void among_equals_the_smaller_side_makes_room() {
        assertThat(wave(move(1, before(2), 5).in(fiveAlike()), 1)).containsExactly(1, 5, 2, 3, 4);
        assertThat(move(1, before(2), 5).placed(fiveAlike()))
                .as("1 moves up with 5, the three behind stay")
                .hasSize(2);
        assertThat(wave(move(1, before(5), 1).in(fiveAlike()), 1)).containsExactly(2, 3, 4, 1, 5);
        assertThat(move(1, before(5), 1).placed(fiveAlike())).hasSize(2);
    }

    @Test
    void first_and_last_need_nobody_else() {
        assertThat(wave(move(1, before(1), 4).in(fiveAlike()), 1)).containsExactly(4, 1, 2, 3, 5);
        assertThat(move(1, before(1), 4).placed(fiveAlike())).hasSize(1);
        assertThat(wave(move(1, LAST, 2).in(fiveAlike()), 1)).containsExactly(1, 3, 4, 5, 2);
        assertThat(move(1, LAST, 2).placed(fiveAlike())).hasSize(1);
    }

    @Test
    void where_it_stands_already_nothing_is_written() {
        assertThat(move(1, before(3), 2).placed(fiveAlike())).isEmpty();
        assertThat(move(1, LAST, 5).placed(fiveAlike())).isEmpty();
    }

    @Test
    void several_keep_their_order_among_themselves() {
        WorkspaceConfig config =
                config(
                        Demo.ordered(1, 1, 0),
                        Demo.ordered(2, 1, 0),
                        Demo.ordered(8, 2, 1),
                        Demo.ordered(7, 2, 2),
                        Demo.ordered(9, 3, 0));
        assertThat(wave(move(1, before(2), 9, 7, 8).in(config), 1)).containsExactly(1, 8, 7, 9, 2);
    }

    @Test
    void an_empty_wave_takes_them_as_they_are() {
        assertThat(move(9, LAST, 3).placed(fiveAlike()))
                .isEqualTo(Map.of(Demo.id(3), new Move.Placed(9, 0)));
    }

    @Test
    void what_is_not_defined_any_more_is_passed_over() {
        assertThat(move(1, LAST, 99).placed(fiveAlike())).isEmpty();
        assertThat(wave(move(1, before(99), 1).in(fiveAlike()), 1)).containsExactly(2, 3, 4, 5, 1);
    }

    @Test
    void any_place_in_any_wave_comes_out_as_wanted() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            List<Issue> issues = new ArrayList<>();
            for (int number = 1; number <= 9; number++) {
                issues.add(Demo.ordered(number, 1 + random.nextInt(2), random.nextInt(4) - 1));
            }
            WorkspaceConfig config = config(issues.toArray(Issue[]::new));
            List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, 9).boxed().toList());
            Collections.shuffle(numbers, random);
            List<Integer> moved = numbers.subList(0, 1 + random.nextInt(3));
            List<Integer> others = new ArrayList<>(wave(config, 1));
            others.removeAll(moved);
            int at = random.nextInt(others.size() + 1);
            List<Integer> wanted = new ArrayList<>(others);
            wanted.addAll(
                    at,
                    config.ordered().stream()
                            .map(issue -> issue.id().number())
                            .filter(moved::contains)
                            .toList());
            Move.Spot spot = at == others.size() ? LAST : before(others.get(at));
            List<IssueId> ids = moved.stream().map(Demo::id).toList();
            WorkspaceConfig after = new Move(ids, 1, spot).in(config);
            assertThat(wave(after, 1))
                    .as("round %d: %s", round, config.ordered())
                    .isEqualTo(wanted);
        }
    }
}
