package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.RunSnapshot;

/**
 * What the window (and any other front end in this process) may ask of a run. Methods marked as
 * blocking are called off the user interface's thread; the others return at once.
 */
public interface RunControl extends AutoCloseable {
    /**
     * The plan of a launch, for people to read before they say yes.
     *
     * @param problems what keeps it from being launched, a sentence each; empty: it can be
     * @param warnings worth knowing, a sentence each
     * @param text the whole plan as plain text (projects, prerequisites, waves, assignments,
     *     worktrees, windows)
     */
    record DryRun(List<String> problems, List<String> warnings, String text) {}

    /** The newest snapshot. Any thread, returns at once; empty until the first was made. */
    Optional<RunSnapshot> latest();

    /**
     * What can be chosen at a launch, as the files have it now.
     *
     * @param agents the types of agents there are
     */
    record Offer(LaunchChoices stated, List<String> agents) {}

    /**
     * What can be chosen at a launch. Blocks.
     *
     * @throws orchestrator.model.Fault {@code config-invalid}
     */
    Offer offer();

    /** What a launch with these choices would do; changes nothing. Blocks. */
    DryRun dryRun(LaunchChoices choices);

    /**
     * Launches, with the monitor on a thread of this process; the choices are kept in the files
     * first. Blocks until the run has begun. An interrupt of the calling thread before that calls
     * it off.
     *
     * @param progress is told each step, a line, on the calling thread
     * @throws orchestrator.model.Fault when it cannot be, all reasons in its sentence; {@code
     *     launch-called-off}
     */
    void launch(LaunchChoices choices, Consumer<String> progress);

    /**
     * Ends all attempts, then the monitor; what was done is kept and a later launch goes on.
     * Blocks.
     */
    void stop();

    /**
     * Lets go of the workspace and has the monitor in tmux window 0 take it; the workers work on.
     * Blocks.
     */
    void handOver();

    /**
     * Has the monitor of another process let go of the workspace and takes it with one of this
     * process; the workers work on. Nothing happens when it is here already. Blocks.
     *
     * @throws orchestrator.model.Fault when the other stays, or the workspace cannot be taken; then
     *     nobody may hold it, and {@link #launch} can
     */
    void takeOver();

    /**
     * Brings an order to whichever process holds the monitor. Blocks for {@link Orders#PATIENCE} at
     * most.
     *
     * @return what became of it; a refusal is an answer and no fault
     */
    Orders.Reply send(Order order);

    /** What is to come, and the edits of the projects' files. Returns at once. */
    Planning planning();

    /** Terminals on the workers' windows and worktrees. Any thread, returns at once. */
    Terminals terminals();

    /** What the issues' branches hold. */
    Changes changes();

    /** Who did what when, in this run and those before it. */
    HistoryFeed history();

    /** What the run has left behind. Any thread, returns at once; what it gives blocks. */
    Archive archive();

    /** Ends watching; a monitor that runs in this process ends, the workers work on. Blocks. */
    @Override
    void close();
}
