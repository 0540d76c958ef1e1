package orchestrator.monitor.scripted;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import orchestrator.process.Processes;

/** Processes that are only names, each with the marker it carries. Any thread. */
public final class ScriptedProcesses implements Processes {
    private final Faults faults;
    private final AtomicLong pids = new AtomicLong(1000);
    private final Map<ProcessIdentity, String> alive = new ConcurrentHashMap<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private volatile Duration cpu = Duration.ZERO;
    private volatile boolean stubborn;

    ScriptedProcesses(Faults faults) {
        this.faults = faults;
    }

    /** A new process that carries the marker. */
    ProcessIdentity begin(String marker) {
        ProcessIdentity process = new ProcessIdentity(pids.incrementAndGet(), 1, "boot");
        alive.put(process, marker);
        return process;
    }

    /** All that carries the marker is gone. */
    void gone(String marker) {
        alive.values().removeIf(marker::equals);
    }

    /** Markers whose processes were asked to end, in order. */
    public List<String> ended() {
        return List.copyOf(ended);
    }

    /** The markers of what runs. */
    public List<String> running() {
        return alive.values().stream().sorted().toList();
    }

    /** From now on (or no longer) something survives every end. */
    public void stubborn(boolean survives) {
        stubborn = survives;
    }

    /** Every tree has used so much CPU so far. */
    public void cpu(Duration used) {
        cpu = used;
    }

    @Override
    public ProcessIdentity self() {
        return new ProcessIdentity(1, 1, "boot");
    }

    @Override
    public Optional<ProcessIdentity> identify(long pid) {
        return alive.keySet().stream().filter(process -> process.pid() == pid).findFirst();
    }

    @Override
    public Liveness check(ProcessIdentity process) {
        faults.check("processes.check");
        return alive.containsKey(process) ? Liveness.ALIVE : Liveness.GONE;
    }

    @Override
    public Optional<Duration> treeCpu(ProcessIdentity root) {
        return Optional.of(cpu);
    }

    @Override
    public List<ProcessIdentity> carrying(String variable, String value) {
        return alive.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All are of the one workspace. */
    @Override
    public Set<String> valuesOf(String variable, String mark, String value) {
        faults.check("processes.values");
        return Set.copyOf(alive.values());
    }

    @Override
    public List<ProcessIdentity> end(
            String variable, String value, Duration patience, Duration grace, Runnable seemGone) {
        faults.check("processes.end");
        ended.add(value);
        if (stubborn) {
            return List.of(new ProcessIdentity(999, 1, "boot"));
        }
        gone(value);
        seemGone.run();
        return List.of();
    }
}
