package orchestrator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import orchestrator.files.Content;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log for a viewer: its last lines first, then what is appended, asked for by {@link
 * #poll()}. A file that is not there yet, becomes shorter or is replaced is nothing special. Lines
 * are plain text, repaired where they are not UTF-8, and cut where they are very long. Holds no
 * file open between calls. Any thread, one at a time (calls exclude each other).
 */
public final class LogTail {
    /** Longer lines are cut to this many characters and marked. */
    public static final int LONGEST_LINE = 4_000;

    private static final int BLOCK = 64 * 1024;
    private static final long MOST_PER_POLL = 1024 * 1024;
    private static final long FARTHEST_BACK = 16L * 1024 * 1024;
    // UTF-8 needs at most three bytes for a char.
    private static final int KEPT_BYTES = 4 * LONGEST_LINE;

    private final Path file;
    private final int lastLines;
    private final LineSplitter splitter = new LineSplitter(KEPT_BYTES);
    private @Nullable Object identity;
    private boolean present;
    private long position;

    /**
     * What a look found.
     *
     * @param restart the lines begin a new view: forget what was shown before (always so on the
     *     first look that finds the file, and after it became shorter, was replaced or removed)
     * @param lines complete lines, oldest first, at most about 1 MiB of the file
     * @param more there is more to read at once
     */
    public record Update(boolean restart, List<String> lines, boolean more) {
        public Update {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A tail that has read nothing yet.
     *
     * @param file what to follow; links are followed at each look
     * @param lastLines how many lines the first look gives, 0 or more
     */
    public LogTail(Path file, int lastLines) {
        this.file = file;
        this.lastLines = lastLines;
    }

    /**
     * Reads what there is now. Blocks for the disk only.
     *
     * @throws orchestrator.model.Fault when the file is there and cannot be read
     */
    public synchronized Update poll() {
        try {
            BasicFileAttributes attributes = Content.attributes(file);
            try (Content in = Content.open(file)) {
                return read(in, attributes.fileKey());
            }
        } catch (NoSuchFileException absent) {
            boolean was = present;
            present = false;
            return new Update(was, List.of(), false);
        } catch (IOException failure) {
            throw LogFile.unreadable(file, failure);
        }
    }

    private Update read(Content in, @Nullable Object key) throws IOException {
        long size = in.size();
        boolean restart = !present || size < position || !Objects.equals(identity, key);
        List<String> lines = new ArrayList<>();
        if (restart) {
            splitter.restart();
            position = startOfLast(in, size);
            identity = key;
            present = true;
        }
        // The first look takes all it found the start of, so that it shows the newest at once.
        long end = restart ? size : Math.min(size, position + MOST_PER_POLL);
        byte[] block = new byte[BLOCK];
        while (position < end) {
            int wanted = (int) Math.min(BLOCK, end - position);
            int count = in.read(ByteBuffer.wrap(block, 0, wanted), position);
            if (count <= 0) {
                break;
            }
            position += count;
            splitter.accept(
                    block, 0, count, (kept, length, whole) -> lines.add(text(kept, length, whole)));
        }
        return new Update(restart, lines, position < size);
    }

    /** Where the last lines begin, looking back from the end, not farther than 16 MiB. */
    private long startOfLast(Content in, long size) throws IOException {
        long floor = Math.max(0, size - FARTHEST_BACK);
        byte[] block = new byte[BLOCK];
        long at = size;
        int ends = 0;
        while (at > floor) {
            int wanted = (int) Math.min(BLOCK, at - floor);
            at -= wanted;
            int count = in.read(ByteBuffer.wrap(block, 0, wanted), at);
            for (int i = count - 1; i >= 0; i--) {
                // The line end of the last wanted line and one for each line before it.
                if (block[i] == '\n' && ++ends > lastLines) {
                    return at + i + 1;
                }
            }
        }
        return floor;
    }

    private static String text(byte[] kept, int length, long whole) {
        boolean windows = whole == length && length > 0 && kept[length - 1] == '\r';
        int end = windows ? length - 1 : length;
        String text = PlainText.line(new String(kept, 0, end, StandardCharsets.UTF_8));
        if (whole <= length && text.length() <= LONGEST_LINE) {
            return text;
        }
        return PlainText.head(text, LONGEST_LINE) + " … (cut, %,d bytes in all)".formatted(whole);
    }
}
