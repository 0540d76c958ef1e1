package orchestrator.cli.dashboard;

import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.FolderWatch;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.RunContext;

/**
 * Follows a run, whichever process holds its monitor, also one that begins later; tells of what
 * differs from what it told last. The listeners are called on a thread of its own.
 */
final class RunWatch implements AutoCloseable {
    private final RunContext context;
    private final JournalFeed feed;
    private final Consumer<RunSnapshot> seen;
    private final Consumer<String> trouble;
    private final Looking looking;
    private RunSnapshot last;
    private String lastTrouble = "";

    /**
     * Begins.
     *
     * @param first what is known already
     * @param trouble is told a sentence when the run cannot be read; it is tried again
     */
    RunWatch(
            RunContext context,
            JournalFeed feed,
            RunSnapshot first,
            Optional<FolderWatch> watch,
            Consumer<RunSnapshot> seen,
            Consumer<String> trouble) {
        this.context = context;
        this.feed = feed;
        this.seen = seen;
        this.trouble = trouble;
        last = first;
        looking = new Looking("run-watch", watch, this::look);
    }

    private void watchFolders(Looking eyes) {
        eyes.at(context.state().root(), RunWatch::tellsOfTheRun);
        eyes.at(context.state().workers(), name -> name.endsWith(".json"));
        eyes.at(context.workspace().configDir(), _ -> true);
    }

    private static boolean tellsOfTheRun(String name) {
        return name.startsWith("orchestrator-log")
                || name.equals("monitor.json")
                || name.equals("monitor.lock");
    }

    private boolean look(Looking eyes) {
        // Folders that a launch makes are watched from then on.
        watchFolders(eyes);
        try {
            RunSnapshot now = feed.latest();
            if (!isSame(now, last)) {
                last = now;
                seen.accept(now);
            } else if (!lastTrouble.isEmpty()) {
                seen.accept(now);
            }
            lastTrouble = "";
        } catch (Fault e) {
            tell(e.sentence());
        } catch (RuntimeException e) {
            tell("The run could not be read (%s); it is tried again.".formatted(e));
        }
        return false;
    }

    private void tell(String sentence) {
        if (!sentence.equals(lastTrouble)) {
            lastTrouble = sentence;
            trouble.accept(sentence);
        }
    }

    /** Whether they differ in nothing but the time at which they were made. */
    static boolean isSame(RunSnapshot one, RunSnapshot other) {
        return one.monitor().equals(other.monitor())
                && one.totals().equals(other.totals())
                && one.gate().equals(other.gate())
                && one.costUsd() == other.costUsd()
                && one.workers().equals(other.workers())
                && one.recent().equals(other.recent())
                && one.issues().equals(other.issues());
    }

    @Override
    public void close() {
        looking.close();
    }
}
