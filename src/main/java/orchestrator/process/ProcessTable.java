package orchestrator.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;

/** The running processes of the system, as one kind of system shows them. */
interface ProcessTable {
    /** A running process; one that has ended and waits to be collected is not. */
    record Row(ProcessIdentity identity, long parent, Duration cpu) {}

    /**
     * All that run, by pid.
     *
     * @throws Fault {@code process-look-failed}
     */
    Map<Long, Row> rows();

    /**
     * Which of them have {@code variable=value} in their environment, this process excepted.
     *
     * @throws Fault {@code process-look-failed}
     */
    Set<Long> carriers(Map<Long, Row> rows, String variable, String value);

    /**
     * A variable of a process's environment; empty when it has none such, or has ended.
     *
     * @throws Fault {@code process-look-failed}
     */
    Optional<String> variable(long pid, String name);

    /** Whether that very process runs. */
    Liveness check(ProcessIdentity process);

    /** The given processes and their descendants, this process and its own excepted. */
    static List<Row> family(Map<Long, Row> rows, Collection<Long> roots) {
        return family(rows, children(rows), roots);
    }

    /** Who has started whom, by the number of the one that did. */
    static Map<Long, List<Row>> children(Map<Long, Row> rows) {
        Map<Long, List<Row>> children = new HashMap<>();
        for (Row row : rows.values()) {
            children.computeIfAbsent(row.parent(), parent -> new ArrayList<>()).add(row);
        }
        return children;
    }

    /** The same, for one who asks for several families of the same look. */
    static List<Row> family(
            Map<Long, Row> rows, Map<Long, List<Row>> children, Collection<Long> roots) {
        long self = ProcessHandle.current().pid();
        Map<Long, Row> found = new LinkedHashMap<>();
        Deque<Long> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            long pid = open.poll();
            Row row = rows.get(pid);
            if (row != null && pid != self && found.putIfAbsent(pid, row) == null) {
                children.getOrDefault(pid, List.of())
                        .forEach(child -> open.add(child.identity().pid()));
            }
        }
        return List.copyOf(found.values());
    }

    /** The failure of a look. */
    static Fault failed(String what, Throwable cause) {
        return new Fault(
                "process-look-failed",
                "The system's processes could not be looked at: " + what + ".",
                cause);
    }
}
