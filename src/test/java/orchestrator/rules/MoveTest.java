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

    private static final Move.Spot BEHIND = new Move.Spot.Behind();

    @Test
    void between_two_waves_a_free_number_is_taken_and_nothing_else_is_written() {
        WorkspaceConfig config =
                config(Demo.ordered(1, 10, 0), Demo.ordered(2, 20, 0), Demo.ordered(3, 30, 5));
        assertThat(move(10, BEHIND, 3).placed(config))
                .isEqualTo(Map.of(Demo.id(3), new Move.Placed(11, 5)));
    }

    @Test
    void where_no_number_is_free_the_waves_behind_move_on_up_to_the_next_that_is() {
        WorkspaceConfig config =
                config(
                        Demo.ordered(1, 1, 0),
                        Demo.ordered(2, 2, 0),
                        Demo.ordered(3, 3, 0),
                        Demo.ordered(4, 3, 1),
                        Demo.ordered(5, 7, 0));
        assertThat(move(1, BEHIND, 4).placed(config))
                .isEqualTo(
                        Map.of(
                                Demo.id(4), new Move.Placed(2, 1),
                                Demo.id(2), new Move.Placed(3, 0),
                                Demo.id(3), new Move.Placed(4, 0)));
    }

    @Test
    void a_wave_that_is_moved_beside_itself_stays() {
        WorkspaceConfig config =
                config(Demo.ordered(1, 1, 0), Demo.ordered(2, 2, 0), Demo.ordered(3, 3, 0));
        assertThat(move(1, BEHIND, 2).placed(config)).isEmpty();
        assertThat(move(2, BEHIND, 2).placed(config)).isEmpty();
        assertThat(move(1, BEHIND, 3).placed(config))
                .as("its own number becomes free")
                .isEqualTo(
                        Map.of(
                                Demo.id(3), new Move.Placed(2, 0),
                                Demo.id(2), new Move.Placed(3, 0)));
    }

    @Test
    void whatever_is_moved_between_two_waves_the_order_of_the_others_stays() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Issue[] issues =
                    IntStream.rangeClosed(1, 9)
                            .mapToObj(n -> Demo.ordered(n, random.nextInt(5), random.nextInt(3)))
                            .toArray(Issue[]::new);
            WorkspaceConfig config = config(issues);
            int behind = issues[random.nextInt(issues.length)].wave();
            int chosen = 1 + random.nextInt(9);
            WorkspaceConfig after = move(behind, BEHIND, chosen).in(config);
            assertThat(numbers(after, chosen))
                    .as("seed %d", seed)
                    .isEqualTo(numbers(config, chosen));
            int own = after.issue(Demo.id(chosen)).orElseThrow().wave();
            assertThat(wave(after, own)).as("seed %d", seed).containsExactly(chosen);
            for (Issue other : config.ordered()) {
                if (other.id().number() != chosen) {
                    int now = after.issue(other.id()).orElseThrow().wave();
                    assertThat(now < own)
                            .as("seed %d, %s", seed, other.id())
                            .isEqualTo(other.wave() <= behind);
                }
            }
        }
    }

    private static List<Integer> numbers(WorkspaceConfig config, int without) {
        return config.ordered().stream()
                .map(issue -> issue.id().number())
                .filter(number -> number != without)
                .toList();
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
