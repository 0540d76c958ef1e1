package orchestrator.log;

import java.util.List;
import java.util.Optional;

/** Lines in order: all of a log, or those that match. Any thread; reading blocks for the disk. */
public interface LogRows {
    /** How many there are by now. */
    long count();

    /** How many of them have their end; one more may still grow. */
    long ended();

    /**
     * Reads some of them.
     *
     * @param first counts from 0
     * @param most how many at most
     * @return fewer where they end, or where the file was replaced meanwhile
     */
    List<LogLine> read(long first, int most);

    /** How many begin before the file's byte {@code offset}. */
    long before(long offset);

    /**
     * Some of them whole, tabs as they are, secrets masked, a line feed after each.
     *
     * @param first counts from 0
     * @param last this one included
     * @param most characters; the answer is empty when there are more
     */
    Optional<String> copy(long first, long last, int most);
}
