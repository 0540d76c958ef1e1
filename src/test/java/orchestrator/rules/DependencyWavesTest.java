package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DependencyWavesTest {
    @Test
    void each_comes_behind_the_last_of_what_it_depends_on() {
        DependencyWaves found =
                DependencyWaves.of(
                        Map.of(
                                1, List.of(),
                                2, List.of(1),
                                3, List.of(1, 2),
                                4, List.of(1, 1),
                                5, List.of(99)),
                        Map.of());
        assertThat(found.cycle()).isEmpty();
        assertThat(found.waves()).isEqualTo(Map.of(1, 1, 2, 2, 3, 3, 4, 2, 5, 1));
    }

    @Test
    void a_given_wave_holds_and_those_behind_follow_it() {
        DependencyWaves found =
                DependencyWaves.of(
                        Map.of(1, List.of(), 2, List.of(1), 3, List.of(7), 4, List.of(2)),
                        Map.of(1, 4, 4, 2, 7, 9));
        assertThat(found.waves()).isEqualTo(Map.of(1, 4, 2, 5, 3, 10, 4, 2));
    }

    @Test
    void a_cycle_is_told_from_its_lowest_issue_on_and_around() {
        assertThat(
                        DependencyWaves.of(
                                        Map.of(
                                                1, List.of(5),
                                                5, List.of(9),
                                                9, List.of(3),
                                                3, List.of(5),
                                                2, List.of()),
                                        Map.of())
                                .cycle())
                .containsExactly(3, 5, 9, 3);
        DependencyWaves itself = DependencyWaves.of(Map.of(2, List.of(2), 1, List.of()), Map.of());
        assertThat(itself.cycle()).containsExactly(2, 2);
        assertThat(itself.waves()).isEqualTo(Map.of(1, 1));
    }

    @Test
    void a_chain_of_any_length_is_fine() {
        Map<Integer, List<Integer>> chain = new LinkedHashMap<>();
        for (int i = 50_000; i > 1; i--) {
            chain.put(i, List.of(i - 1));
        }
        chain.put(1, List.of());
        assertThat(DependencyWaves.of(chain, Map.of()).waves()).containsEntry(50_000, 50_000);
    }
}
