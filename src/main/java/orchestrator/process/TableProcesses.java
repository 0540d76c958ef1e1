package orchestrator.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.ProcessIdentity;

/** What both kinds of system have in common. */
abstract class TableProcesses implements Processes, ProcessTable {
    @Override
    public final ProcessIdentity self() {
        return identify(ProcessHandle.current().pid())
                .orElseThrow(() ->
                        new Fault(
                                "process-look-failed",
                                "This process does not find itself among the system's"
                                        + " processes; check that /proc or ps shows it."));
    }

    @Override
    public final Optional<Duration> treeCpu(ProcessIdentity root) {
        return Optional.ofNullable(treeCpus(List.of(root)).get(root));
    }

    @Override
    public final Map<ProcessIdentity, Duration> treeCpus(Collection<ProcessIdentity> roots) {
        if (roots.isEmpty()) {
            return Map.of();
        }
        Map<Long, Row> rows;
        try {
            rows = rows();
        } catch (Fault e) {
            return Map.of(); // It cannot be told, as the port says.
        }
        Map<Long, List<Row>> children = ProcessTable.children(rows);
        Map<ProcessIdentity, Duration> all = new HashMap<>();
        for (ProcessIdentity root : roots) {
            Row top = rows.get(root.pid());
            if (top != null && top.identity().equals(root)) {
                Duration cpu =
                        ProcessTable.family(rows, children, Set.of(root.pid())).stream()
                                .map(Row::cpu)
                                .reduce(Duration.ZERO, Duration::plus);
                all.put(root, cpu);
            }
        }
        return all;
    }

    @Override
    public final List<ProcessIdentity> carrying(String variable, String value) {
        Map<Long, Row> rows = rows();
        return carriers(rows, variable, value).stream().map(rows::get).map(Row::identity).toList();
    }

    @Override
    public final Set<String> valuesOf(String variable, String mark, String value) {
        Set<String> found = new LinkedHashSet<>();
        for (long pid : carriers(rows(), mark, value)) {
            variable(pid, variable).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public final List<ProcessIdentity> end(
            String variable, String value, Duration patience, Duration grace, Runnable seemGone) {
        return new Ending(this, variable, value, seemGone).run(patience, grace);
    }
}
