package orchestrator.store;

/**
 * When a journal is compacted.
 *
 * @param events since the last snapshot that another is made after. Each start and each {@code
 *     status} reads up to so many again, at some 20 microseconds in a process that is just
 *     starting; a snapshot of a thousand issues costs a few milliseconds and half a megabyte
 * @param bytes of the journal's file from which on it is set aside as an archive. As large as reads
 *     well in one go, so that years of work make dozens of files, not thousands
 */
public record JournalSizes(long events, long bytes) {
    /** What runs use. */
    public static final JournalSizes USUAL = new JournalSizes(500, 8 << 20);
}
