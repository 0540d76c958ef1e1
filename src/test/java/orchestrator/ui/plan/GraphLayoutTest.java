package orchestrator.ui.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import orchestrator.model.IssueId;
import orchestrator.ui.plan.GraphLayout.Band;
import orchestrator.ui.plan.GraphLayout.Edge;
import orchestrator.ui.plan.GraphLayout.Place;
import org.junit.jupiter.api.Test;

/** Where the nodes of a graph stand. */
class GraphLayoutTest {
    private static IssueId id(int number) {
        return new IssueId("p", number);
    }

    private static Graph.Node node(int number, int wave, int... dependsOn) {
        return new Graph.Node(
                id(number), wave, IntStream.of(dependsOn).mapToObj(GraphLayoutTest::id).toList());
    }

    private static GraphLayout layout(Graph.Node... nodes) {
        return GraphLayout.of(new Graph(List.of(nodes)));
    }

    private static Place place(GraphLayout layout, int number) {
        return layout.place(id(number)).orElseThrow();
    }

    @Test
    void waves_stand_side_by_side_and_hold_their_nodes() {
        GraphLayout layout = layout(node(1, 1), node(2, 1), node(3, 4, 1), node(4, 9));
        assertThat(layout.waves()).extracting(Band::wave).containsExactly(1, 4, 9);
        for (Graph.Node node : List.of(node(1, 1), node(3, 4), node(4, 9))) {
            Band band =
                    layout.waves().stream()
                            .filter(it -> it.wave() == node.wave())
                            .findFirst()
                            .orElseThrow();
            double x = place(layout, node.id().number()).x();
            assertThat(x).isGreaterThan(band.x());
            assertThat(x + GraphLayout.NODE_WIDTH).isLessThan(band.x() + band.width());
        }
        assertThat(layout.edges()).containsExactly(new Edge(id(1), id(3)));
    }

    @Test
    void within_a_wave_what_waits_stands_behind_what_it_waits_for() {
        GraphLayout layout = layout(node(1, 1), node(2, 1, 1), node(3, 1, 2), node(4, 1, 1));
        assertThat(place(layout, 1).column()).isLessThan(place(layout, 2).column());
        assertThat(place(layout, 2).column()).isLessThan(place(layout, 3).column());
        assertThat(place(layout, 4).column()).isEqualTo(place(layout, 2).column());
    }

    @Test
    void nodes_stand_beside_what_they_depend_on_so_that_lines_do_not_cross() {
        GraphLayout layout =
                layout(
                        node(1, 1),
                        node(2, 1),
                        node(3, 1),
                        node(4, 2, 3),
                        node(5, 2, 2),
                        node(6, 2, 1));
        assertThat(place(layout, 6).y()).isLessThan(place(layout, 5).y());
        assertThat(place(layout, 5).y()).isLessThan(place(layout, 4).y());
    }

    @Test
    void a_line_that_passes_a_column_goes_between_its_nodes() {
        GraphLayout layout =
                layout(
                        node(1, 1),
                        node(2, 2),
                        node(3, 2),
                        node(4, 2),
                        node(5, 3, 1),
                        node(6, 3, 2));
        assertThat(layout.route(new Edge(id(2), id(6)))).as("neighbours").isEmpty();
        List<GraphLayout.Via> route = layout.route(new Edge(id(1), id(5)));
        assertThat(route).hasSize(1);
        double y = route.getFirst().y();
        for (int passed = 2; passed <= 4; passed++) {
            double top = place(layout, passed).y();
            assertThat(y < top || y > top + GraphLayout.NODE_HEIGHT).isTrue();
        }
    }

    @Test
    void no_two_nodes_overlap_and_a_long_column_is_broken() {
        List<Graph.Node> nodes = new ArrayList<>();
        for (int number = 1; number <= 300; number++) {
            nodes.add(
                    number <= 100
                            ? node(number, 1)
                            : node(number, 2 + number % 2, number - 100, number - 97));
        }
        GraphLayout layout = GraphLayout.of(new Graph(nodes));
        Set<List<Double>> corners = new HashSet<>();
        layout.places().values().forEach(at -> corners.add(List.of(at.x(), at.y())));
        assertThat(corners).hasSize(300);
        assertThat(layout.height()).isLessThan(1500);
        assertThat(layout.places().values())
                .allSatisfy(at -> {
                    assertThat(at.x() + GraphLayout.NODE_WIDTH).isLessThan(layout.width());
                    assertThat(at.y() + GraphLayout.NODE_HEIGHT).isLessThan(layout.height());
                });
    }

    @Test
    void nothing_takes_no_room_and_a_chain_of_thousands_is_no_trouble() {
        assertThat(GraphLayout.of(new Graph(List.of())).places()).isEmpty();
        List<Graph.Node> chain = new ArrayList<>();
        for (int number = 1; number <= 3000; number++) {
            chain.add(number == 1 ? node(1, 1) : node(number, 1, number - 1));
        }
        assertThat(GraphLayout.of(new Graph(chain)).places()).hasSize(3000);
    }

    @Test
    void a_thousand_issues_are_laid_out_in_a_moment() {
        List<Graph.Node> nodes = new ArrayList<>();
        for (int number = 1; number <= 1000; number++) {
            nodes.add(
                    number <= 50
                            ? node(number, 0)
                            : node(number, number / 100, number - 50, number - 43));
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            assertThat(GraphLayout.of(new Graph(nodes)).places()).hasSize(1000);
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(Duration.ofNanos(best)).as("best of 10").isLessThan(Duration.ofMillis(200));
    }
}
