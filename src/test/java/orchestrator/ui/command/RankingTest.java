package orchestrator.ui.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final List<List<String>> ENTRIES =
            List.of(
                    List.of("Restart worker", "End what the worker runs"),
                    List.of("Start", "Begin"),
                    List.of("shop#12  Prices in two currencies", "in progress"),
                    List.of("shop#112  Carts", "completed"),
                    List.of("Copy branch name", ""));

    private static List<String> found(String typed) {
        return Ranking.best(ENTRIES, List::getFirst, List::getLast, typed, 10).stream()
                .map(List::getFirst)
                .toList();
    }

    @Test
    void nothing_typed_finds_all_in_their_order() {
        assertThat(found(" ")).isEqualTo(ENTRIES.stream().map(List::getFirst).toList());
    }

    @Test
    void the_start_counts_more_than_the_middle() {
        assertThat(found("start")).containsExactly("Start", "Restart worker");
    }

    @Test
    void the_start_of_a_word_counts_more_than_its_middle() {
        assertThat(found("12"))
                .containsExactly("shop#12  Prices in two currencies", "shop#112  Carts");
    }

    @Test
    void every_word_must_be_found_in_title_or_detail() {
        assertThat(found("shop progress")).containsExactly("shop#12  Prices in two currencies");
        assertThat(found("shop zebra")).isEmpty();
    }

    @Test
    void letters_in_their_order_are_enough() {
        assertThat(found("cbn")).containsExactly("Copy branch name");
    }

    @Test
    void no_more_than_wanted() {
        assertThat(Ranking.best(ENTRIES, List::getFirst, List::getLast, "", 2)).hasSize(2);
    }
}
