package orchestrator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * When the lines of a transcript and of its stream came, as {@link TranscriptWriter} noted it in
 * {@code transcript.times}: the first line of each second has its time. Attempts of older versions
 * have no such file; then no time is known. Any thread; reading blocks for the disk.
 */
public final class LogTimes {
    static final String NAME = "transcript.times";
    private static final int BLOCK = 64 * 1024;
    private final Path file;
    private final LineSplitter splitter = new LineSplitter(80);
    private long position;
    private long[] times = new long[64];
    private long[] transcript = new long[64];
    private long[] stream = new long[64];
    private int count;

    /**
     * The times of one attempt.
     *
     * @param log its transcript or its stream; the file need not exist
     */
    public LogTimes(Path log) {
        file = log.resolveSibling(NAME);
    }

    /** What is noted of one moment: from these offsets on lines came at {@code at}. */
    static String note(long at, long transcript, long stream) {
        return at + " " + transcript + " " + stream + "\n";
    }

    /**
     * Reads what was noted since.
     *
     * @throws orchestrator.model.Fault {@code log-unreadable}
     */
    public synchronized void look() {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            if (in.size() < position) {
                restart();
            }
            byte[] block = new byte[(int) Math.min(BLOCK, in.size() - position)];
            int read;
            while (block.length > 0 && (read = in.read(ByteBuffer.wrap(block), position)) > 0) {
                position += read;
                splitter.accept(
                        block,
                        0,
                        read,
                        (kept, length, _) ->
                                take(new String(kept, 0, length, StandardCharsets.US_ASCII)));
            }
        } catch (NoSuchFileException none) {
            restart();
        } catch (IOException failure) {
            throw LogFile.unreadable(file, failure);
        }
    }

    private void restart() {
        splitter.restart();
        position = 0;
        count = 0;
    }

    private void take(String line) {
        long[] values;
        try {
            values = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        } catch (NumberFormatException torn) {
            return; // half a line that a power cut left; the next one counts
        }
        if (values.length != 3) {
            return;
        }
        // What was noted and then written anew: the newer note counts.
        while (count > 0 && transcript[count - 1] >= values[1]) {
            count--;
        }
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            transcript = Arrays.copyOf(transcript, 2 * count);
            stream = Arrays.copyOf(stream, 2 * count);
        }
        times[count] = values[0];
        transcript[count] = values[1];
        stream[count] = values[2];
        count++;
    }

    /** When the line came that begins at that byte of the log; empty: that is not known. */
    public synchronized Optional<Instant> at(LogKind log, long offset) {
        return switch (log) {
            case TRANSCRIPT -> at(transcript, offset);
            case STREAM -> at(stream, offset);
            case PROMPT, ERRORS -> Optional.empty();
        };
    }

    private Optional<Instant> at(long[] offsets, long offset) {
        int found = Arrays.binarySearch(offsets, 0, count, offset);
        int at = found >= 0 ? found : -found - 2;
        return at < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(times[at]));
    }
}
