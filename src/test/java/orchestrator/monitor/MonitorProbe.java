package orchestrator.monitor;

import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/** What a test outside of this package may know of a monitor's inside. */
public final class MonitorProbe {
    private MonitorProbe() {}

    /** The fold it decides from. The monitor's own thread only, or when it does not run. */
    public static RunState state(Monitor monitor) {
        return monitor.state();
    }

    /** The configuration it decides by. */
    public static WorkspaceConfig config(Monitor monitor) {
        return monitor.config();
    }
}
