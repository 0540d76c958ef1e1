package orchestrator.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.git.Worktrees.WorkFacts;
import orchestrator.process.Outcome.Exited;

/**
 * Reads a worktree's facts with two calls of git, or one when nothing was committed: this stands
 * between the end of one stage and the start of the next.
 */
final class FactsLook {
    private final GitCall call;

    FactsLook(GitCall call) {
        this.call = call.reading();
    }

    WorkFacts facts(String base, String since) {
        Oids.require(base, "base");
        if (!since.isEmpty()) {
            Oids.require(since, "start commit");
        }
        GitStatus status = GitStatus.of(call);
        String head = status.head();
        boolean nothingSince = since.isEmpty() || since.equals(head);
        if (head.isEmpty() || (head.equals(base) && nothingSince)) {
            return new WorkFacts(head, 0, 0, status.uncommitted());
        }
        List<String> tips = new ArrayList<>(List.of("rev-list", "--parents", head));
        if (!nothingSince) {
            tips.add(since);
        }
        tips.addAll(List.of("^" + base, "--"));
        Exited listed = call.run(tips);
        if (!listed.ok() && !nothingSince) {
            // The start commit may be gone for good (amended, then collected): count without it.
            return facts(base, "");
        }
        if (!listed.ok()) {
            throw call.failure(tips, listed);
        }
        Map<String, List<String>> graph = graph(listed.stdout());
        Set<String> ofHead = reachable(graph, head);
        int sinceStart = 0;
        if (!nothingSince) {
            Set<String> ofStart = reachable(graph, since);
            sinceStart = (int) ofHead.stream().filter(oid -> !ofStart.contains(oid)).count();
        }
        return new WorkFacts(head, ofHead.size(), sinceStart, status.uncommitted());
    }

    private static Map<String, List<String>> graph(String listed) {
        Map<String, List<String>> graph = new HashMap<>();
        listed.lines()
                .map(line -> List.of(line.split(" ", -1)))
                .forEach(oids -> graph.put(oids.getFirst(), oids.subList(1, oids.size())));
        return graph;
    }

    private static Set<String> reachable(Map<String, List<String>> graph, String tip) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(tip));
        while (!open.isEmpty()) {
            String oid = open.pop();
            List<String> parents = graph.get(oid);
            if (parents != null && seen.add(oid)) {
                open.addAll(parents);
            }
        }
        return seen;
    }
}
