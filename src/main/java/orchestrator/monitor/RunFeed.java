package orchestrator.monitor;

import orchestrator.model.RunSnapshot;

/** Where snapshots come from: the monitor of this process, or the journal of another's. */
public interface RunFeed extends AutoCloseable {
    /** The newest snapshot. Blocks for files at most. */
    RunSnapshot latest();

    @Override
    void close();
}
