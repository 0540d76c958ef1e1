package orchestrator.process;

import java.time.Duration;
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
        Map<Long, Row> rows;
        try {
            rows = rows();
        } catch (Fault e) {
            return Optional.empty(); // It cannot be told, as the port says.
        }
        Row top = rows.get(root.pid());
        if (top == null || !top.identity().equals(root)) {
            return Optional.empty();
        }
        return Optional.of(
                ProcessTable.family(rows, Set.of(root.pid())).stream()
                        .map(Row::cpu)
                        .reduce(Duration.ZERO, Duration::plus));
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
            String variable, String value, Duration patience, Duration grace) {
        return new Ending(this, variable, value).run(patience, grace);
    }
}
