package orchestrator.monitor;

/** Is told how far a long work is. */
@FunctionalInterface
public interface Progress {
    /** For who does not ask. */
    Progress UNSEEN = (done, all) -> {};

    /**
     * May be called often; any thread, one at a time.
     *
     * @param done how much is done of {@code all}; what is counted, who does the work says
     */
    void at(long done, long all);
}
