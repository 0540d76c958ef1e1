package orchestrator.ui.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;

/**
 * What waits for what: all that a layout depends on. Compared by its content.
 *
 * @param nodes in hand-out order
 */
record Graph(List<Node> nodes) {
    private static final Comparator<IssueView> ORDER =
            Comparator.comparingInt(IssueView::wave)
                    .thenComparingInt(IssueView::priority)
                    .thenComparing(IssueView::id);

    /** An issue and those of the graph that it depends on. */
    record Node(IssueId id, int wave, List<IssueId> dependsOn) {
        Node {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    Graph {
        nodes = List.copyOf(nodes);
    }

    /** The graph of a run's issues. */
    static Graph of(List<IssueView> issues) {
        Set<IssueId> defined = issues.stream().map(IssueView::id).collect(Collectors.toSet());
        return new Graph(
                issues.stream()
                        .sorted(ORDER)
                        .map(issue ->
                                new Node(
                                        issue.id(),
                                        issue.wave(),
                                        issue.dependsOn().stream()
                                                .filter(defined::contains)
                                                .toList()))
                        .toList());
    }
}
