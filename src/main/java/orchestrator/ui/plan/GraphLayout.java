package orchestrator.ui.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import orchestrator.model.IssueId;

/**
 * Places of nodes, in pixels at full size. Waves stand side by side; within a wave, what depends on
 * an issue of the same wave stands in a column behind it. The order within a column follows the
 * neighbours' places (barycenter sweeps), so that few lines cross.
 *
 * @param places upper left corners
 * @param waves the bands of the waves, from left to right
 * @param routes of a line that passes columns: where it goes between their nodes
 */
record GraphLayout(
        Map<IssueId, Place> places,
        List<Band> waves,
        List<Edge> edges,
        Map<Edge, List<Via>> routes,
        double width,
        double height) {
    static final double NODE_WIDTH = 188;
    static final double NODE_HEIGHT = 54;

    /** Room over the nodes for the waves' names. */
    static final double HEAD = 40;

    private static final double COLUMN_GAP = 56;
    private static final double ROW_GAP = 14;
    private static final double BAND_PADDING = 20;
    private static final double BAND_GAP = 32;

    /** A column longer than this is broken: nobody reads a mile of cards. */
    private static final int MOST_ROWS = 18;

    private static final int SWEEPS = 6;

    /** Where a node is, and its place in the order of columns and rows. */
    record Place(double x, double y, int column, int row) {}

    /** The room of a wave. */
    record Band(int wave, double x, double width) {}

    /** From what is done first to what waits for it. */
    record Edge(IssueId from, IssueId to) {}

    /** A line passes a column at that height, straight from one x to the other. */
    record Via(double from, double to, double y) {}

    GraphLayout {
        routes = Map.copyOf(routes);
        places = Map.copyOf(places);
        waves = List.copyOf(waves);
        edges = List.copyOf(edges);
    }

    /** Where a node is. */
    Optional<Place> place(IssueId id) {
        return Optional.ofNullable(places.get(id));
    }

    /** Where a line passes the columns between its ends, from left to right. */
    List<Via> route(Edge edge) {
        return routes.getOrDefault(edge, List.of());
    }

    /** Lays a graph out. Takes some milliseconds for a thousand nodes. */
    static GraphLayout of(Graph graph) {
        return new Making(graph).layout();
    }

    /** A column of a wave before it is placed. */
    private record Layer(int wave, int depth) implements Comparable<Layer> {
        @Override
        public int compareTo(Layer other) {
            int byWave = Integer.compare(wave, other.wave);
            return byWave == 0 ? Integer.compare(depth, other.depth) : byWave;
        }
    }

    private static final class Making {
        private final Graph graph;
        private final Map<IssueId, Graph.Node> nodes = new LinkedHashMap<>();
        private final Map<IssueId, List<IssueId>> dependents = new HashMap<>();
        private final Map<IssueId, Integer> depths = new HashMap<>();
        private final TreeMap<Layer, List<IssueId>> layers = new TreeMap<>();

        /** Between 0 and 1: how far down its column a node stands. */
        private final Map<IssueId, Double> heights = new HashMap<>();

        Making(Graph graph) {
            this.graph = graph;
        }

        GraphLayout layout() {
            graph.nodes().forEach(node -> nodes.put(node.id(), node));
            List<Edge> edges = new ArrayList<>();
            for (Graph.Node node : graph.nodes()) {
                for (IssueId on : node.dependsOn()) {
                    dependents.computeIfAbsent(on, _ -> new ArrayList<>()).add(node.id());
                    edges.add(new Edge(on, node.id()));
                }
            }
            deepen();
            for (Graph.Node node : graph.nodes()) {
                layers.computeIfAbsent(
                                new Layer(node.wave(), depths.getOrDefault(node.id(), 0)),
                                _ -> new ArrayList<>())
                        .add(node.id());
            }
            layers.values().forEach(this::note);
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                boolean forwards = sweep % 2 == 0;
                (forwards ? layers : layers.descendingMap())
                        .values()
                        .forEach(layer -> order(layer, forwards));
            }
            return placed(edges);
        }

        /**
         * How many issues of its wave come before a node, one after the other. Iterative, for
         * chains of any length; the graph has no cycles, the config's check refuses them.
         */
        private void deepen() {
            Map<IssueId, Integer> open = new HashMap<>();
            List<IssueId> ready = new ArrayList<>();
            for (Graph.Node node : nodes.values()) {
                int inWave = (int) sameWave(node).count();
                open.put(node.id(), inWave);
                if (inWave == 0) {
                    ready.add(node.id());
                }
            }
            for (int at = 0; at < ready.size(); at++) {
                IssueId id = ready.get(at);
                int depth = depths.getOrDefault(id, 0);
                for (IssueId next : dependents.getOrDefault(id, List.of())) {
                    if (waveOf(next) == waveOf(id)) {
                        depths.merge(next, depth + 1, Math::max);
                        if (open.merge(next, -1, Integer::sum) == 0) {
                            ready.add(next);
                        }
                    }
                }
            }
        }

        private java.util.stream.Stream<IssueId> sameWave(Graph.Node node) {
            return node.dependsOn().stream().filter(on -> waveOf(on) == node.wave());
        }

        private int waveOf(IssueId id) {
            Graph.Node node = nodes.get(id);
            return node == null ? -1 : node.wave();
        }

        private void note(List<IssueId> layer) {
            for (int i = 0; i < layer.size(); i++) {
                heights.put(layer.get(i), (i + 0.5) / layer.size());
            }
        }

        private void order(List<IssueId> layer, boolean forwards) {
            Map<IssueId, Double> wanted = new HashMap<>();
            for (IssueId id : layer) {
                Graph.Node node = nodes.get(id);
                List<IssueId> neighbours =
                        forwards && node != null
                                ? node.dependsOn()
                                : dependents.getOrDefault(id, List.of());
                wanted.put(
                        id,
                        neighbours.stream()
                                .mapToDouble(other -> heights.getOrDefault(other, 0.5))
                                .average()
                                .orElse(heights.getOrDefault(id, 0.5)));
            }
            layer.sort(Comparator.comparingDouble(id -> wanted.getOrDefault(id, 0.5)));
            note(layer);
        }

        private GraphLayout placed(List<Edge> edges) {
            int tallest =
                    layers.values().stream()
                            .mapToInt(layer -> Math.min(MOST_ROWS, layer.size()))
                            .max()
                            .orElse(0);
            double height = tallest * (NODE_HEIGHT + ROW_GAP);
            Map<IssueId, Place> places = new HashMap<>();
            List<Band> bands = new ArrayList<>();
            double x = BAND_PADDING;
            int column = 0;
            int wave = layers.isEmpty() ? 0 : layers.firstKey().wave();
            double from = 0;
            for (Map.Entry<Layer, List<IssueId>> layer : layers.entrySet()) {
                if (layer.getKey().wave() != wave) {
                    bands.add(new Band(wave, from, x - COLUMN_GAP + BAND_PADDING - from));
                    x = x - COLUMN_GAP + BAND_PADDING + BAND_GAP;
                    from = x;
                    x += BAND_PADDING;
                    wave = layer.getKey().wave();
                }
                List<IssueId> all = layer.getValue();
                int parts = (all.size() + MOST_ROWS - 1) / MOST_ROWS;
                int rows = (all.size() + parts - 1) / parts;
                for (int start = 0; start < all.size(); start += rows) {
                    List<IssueId> part = all.subList(start, Math.min(all.size(), start + rows));
                    double free = height - part.size() * (NODE_HEIGHT + ROW_GAP);
                    double y = HEAD + (parts > 1 ? 0 : free / 2);
                    for (int row = 0; row < part.size(); row++) {
                        places.put(part.get(row), new Place(x, y, column, row));
                        y += NODE_HEIGHT + ROW_GAP;
                    }
                    column++;
                    x += NODE_WIDTH + (start + rows < all.size() ? COLUMN_GAP / 2 : COLUMN_GAP);
                }
            }
            if (!layers.isEmpty()) {
                bands.add(new Band(wave, from, x - COLUMN_GAP + BAND_PADDING - from));
            }
            double width = bands.isEmpty() ? 0 : bands.getLast().x() + bands.getLast().width();
            return new GraphLayout(
                    places,
                    bands,
                    edges,
                    routes(places, edges),
                    width,
                    HEAD + height + BAND_PADDING);
        }

        /** What stands in a column: its upper end and how many nodes. */
        private record Column(double x, double top, int rows) {}

        private static Map<Edge, List<Via>> routes(Map<IssueId, Place> places, List<Edge> edges) {
            TreeMap<Integer, Column> columns = new TreeMap<>();
            for (Place at : places.values()) {
                columns.merge(
                        at.column(),
                        new Column(at.x(), at.y(), 1),
                        (a, b) ->
                                new Column(a.x(), Math.min(a.top(), b.top()), a.rows() + b.rows()));
            }
            Map<Edge, List<Via>> routes = new HashMap<>();
            for (Edge edge : edges) {
                Place from = places.get(edge.from());
                Place to = places.get(edge.to());
                if (from != null && to != null && to.column() > from.column() + 1) {
                    List<Via> route = new ArrayList<>();
                    double y = from.y() + NODE_HEIGHT / 2;
                    double end = to.y() + NODE_HEIGHT / 2;
                    int steps = to.column() - from.column();
                    for (Column passed :
                            columns.subMap(from.column(), false, to.column(), false).values()) {
                        y = between(passed, y + (end - y) / steps--);
                        route.add(
                                new Via(
                                        passed.x() - ROW_GAP,
                                        passed.x() + NODE_WIDTH + ROW_GAP,
                                        y));
                    }
                    routes.put(edge, List.copyOf(route));
                }
            }
            return routes;
        }

        /** The middle of the gap between two nodes of a column that is nearest to a height. */
        private static double between(Column column, double y) {
            double pitch = NODE_HEIGHT + ROW_GAP;
            double first = column.top() - ROW_GAP / 2;
            double last = first + column.rows() * pitch;
            return y <= first || y >= last ? y : first + Math.round((y - first) / pitch) * pitch;
        }
    }
}
