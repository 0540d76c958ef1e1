package orchestrator.monitor;

import java.util.function.LongConsumer;
import orchestrator.model.RunHistory;

/** Follows who did what when, from the first run of a workspace on. */
public interface HistoryFeed {
    /**
     * Reads what the journal has gained since the last call, and returns all that is known. Blocks;
     * one thread at a time. The same object as before when nothing was gained.
     *
     * @param progress hears how many events were read so far, on the calling thread
     * @throws orchestrator.model.Fault when the journal is damaged or cannot be read
     */
    RunHistory read(LongConsumer progress);
}
