package orchestrator.process;

/** Runs child processes to their end. Safe on any thread; blocks the caller. */
public interface CommandRunner {
    /** Runs it to its end or its timeout; never throws for what the child does. */
    Outcome run(Command command);
}
