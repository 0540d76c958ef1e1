package orchestrator.monitor;

import java.nio.file.Path;
import java.util.function.LongConsumer;
import orchestrator.model.RunHistory;
import orchestrator.store.JournalReader;

/** The history as the journal tells it: read-only, and the same way whoever writes it. */
final class JournalHistory implements HistoryFeed {
    private final JournalReader reader;
    private HistoryFold fold = new HistoryFold();
    private RunHistory latest = RunHistory.EMPTY;

    JournalHistory(Path journal) {
        reader = new JournalReader(journal);
    }

    @Override
    public synchronized RunHistory read(LongConsumer progress) {
        boolean[] changed = {false};
        try {
            reader.poll(events -> {
                if (events.getFirst().seq() <= fold.events()) {
                    fold = new HistoryFold(); // The journal was replaced: it is told anew.
                }
                events.forEach(fold::take);
                changed[0] = true;
                progress.accept(fold.events());
            });
        } finally {
            if (reader.history().count() < fold.events()) {
                // It is gone, or damaged: it is read from its beginning once it is there.
                fold = new HistoryFold();
                changed[0] = true;
            }
        }
        if (changed[0]) {
            latest = fold.history();
        }
        return latest;
    }
}
