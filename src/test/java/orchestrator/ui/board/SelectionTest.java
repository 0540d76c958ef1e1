package orchestrator.ui.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import orchestrator.model.IssueId;
import org.junit.jupiter.api.Test;

/** What is chosen by which hand. */
class SelectionTest {
    private static final List<IssueId> SHOWN =
            IntStream.rangeClosed(1, 6).mapToObj(SelectionTest::id).toList();
    private final Selection selection = new Selection();

    private static IssueId id(int number) {
        return new IssueId("p", number);
    }

    @Test
    void a_range_goes_from_the_last_single_choice_either_way() {
        selection.only(id(3));
        selection.extendTo(id(5), SHOWN);
        assertThat(selection.issues()).containsExactly(id(3), id(4), id(5));
        selection.extendTo(id(2), SHOWN);
        assertThat(selection.issues()).containsExactly(id(2), id(3));
        assertThat(selection.cursor()).contains(id(2));
    }

    @Test
    void a_range_without_a_beginning_that_is_shown_is_one() {
        selection.extendTo(id(2), SHOWN);
        assertThat(selection.issues()).containsExactly(id(2));
        selection.only(id(9));
        selection.extendTo(id(2), SHOWN);
        assertThat(selection.issues()).containsExactly(id(2));
    }

    @Test
    void one_more_and_one_less() {
        selection.only(id(1));
        selection.toggle(id(4));
        assertThat(selection.issues()).containsExactly(id(1), id(4));
        selection.toggle(id(1));
        assertThat(selection.issues()).containsExactly(id(4));
    }

    @Test
    void what_is_gone_is_no_longer_chosen_and_keys_begin_anew() {
        selection.all(SHOWN);
        selection.retain(Set.of(id(4), id(5)));
        assertThat(selection.issues()).containsExactly(id(4), id(5));
        assertThat(selection.cursor()).isEmpty();
    }

    @Test
    void nothing_chosen_keeps_the_place_of_the_keys() {
        selection.only(id(3));
        selection.clear();
        assertThat(selection.issues()).isEmpty();
        assertThat(selection.cursor()).contains(id(3));
    }
}
