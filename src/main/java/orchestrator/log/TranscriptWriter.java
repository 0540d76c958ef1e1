package orchestrator.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.Fault;

/**
 * Writes an attempt's {@code transcript.log} from its raw stream, each line exactly once, whatever
 * crashes in between. Nobody else writes that file.
 *
 * <p>After each append the sidecar {@code transcript.offset} says, in one write, how far the stream
 * was read and how long the transcript is then. A new writer reads the stream from its first byte
 * again, so that the reader's facts are whole, but writes nothing up to the recorded place; what
 * the transcript holds beyond its recorded length was never recorded and is cut off. Where the
 * transcript is shorter than recorded (power was lost), it is made anew.
 *
 * <p>Beside it {@code transcript.times} says when lines came, for {@link LogTimes}: a note before
 * what is appended, at most one a second. It is for people to see; nothing rests on it.
 *
 * <p>Holds no file open between calls. One thread at a time.
 */
public final class TranscriptWriter {
    /** Reads raw bytes and answers with readable lines, the same lines for the same bytes. */
    @FunctionalInterface
    public interface Reader {
        /** Takes the next bytes; gives the lines that are complete with them. */
        void accept(byte[] bytes, int from, int length, Consumer<String> lines);
    }

    private static final int BLOCK = 256 * 1024;
    private static final int BLOCKS_PER_CALL = 8;
    private static final int LONGEST_LINE = 16_000;
    private static final long NOTED_EVERY_MS = 1_000;
    private static final Pattern RECORD = Pattern.compile("(\\d{1,18}) (\\d{1,18})\\n");

    private final Path stream;
    private final Path transcript;
    private final Path record;
    private final Path times;
    private final Reader reader;
    private final InstantSource clock;
    private final byte[] block = new byte[BLOCK];

    private boolean opened;
    // Up to here the stream's lines are in the transcript; before it, nothing is written again.
    private long recorded;
    private long written;
    private long noted;
    private long position;
    private long length;
    // Lines that a full disk refused; they go first next time.
    private StringBuilder unwritten = new StringBuilder();

    /**
     * A writer for one attempt. Opens nothing yet.
     *
     * @param stream the agent's raw output; need not exist yet
     * @param transcript the file to write
     * @param reader of the stream, from its first byte, such as {@code agentStream::accept}
     * @param clock that the times are taken from
     */
    public TranscriptWriter(Path stream, Path transcript, Reader reader, InstantSource clock) {
        this.stream = stream;
        this.transcript = transcript;
        this.record = transcript.resolveSibling("transcript.offset");
        times = transcript.resolveSibling(LogTimes.NAME);
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Reads on, at most 2 MiB a call, and appends what became readable.
     *
     * @return whether there is more to read at once
     * @throws Fault when a file cannot be read or written; calling again goes on without a gap
     */
    public boolean catchUp() {
        try {
            open();
            return read();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /**
     * Appends a line of ours, such as {@code [DEADMAN] START}, now.
     *
     * @throws Fault when it cannot be written; it is then written by the next call
     */
    public void line(String text) {
        unwritten.append(readable(text)).append('\n');
        try {
            open();
            write();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    private boolean read() throws IOException {
        try (FileChannel in = FileChannel.open(stream, StandardOpenOption.READ)) {
            for (int i = 0; i < BLOCKS_PER_CALL; i++) {
                boolean again = position < recorded;
                int wanted = again ? (int) Math.min(BLOCK, recorded - position) : BLOCK;
                int count = in.read(ByteBuffer.wrap(block, 0, wanted), position);
                if (count <= 0) {
                    write();
                    return false;
                }
                take(count, again);
            }
            return in.size() > position;
        } catch (NoSuchFileException notYet) {
            write();
            return false;
        }
    }

    private void take(int count, boolean again) throws IOException {
        position += count;
        reader.accept(
                block,
                0,
                count,
                again ? line -> {} : line -> unwritten.append(readable(line)).append('\n'));
        if (!again) {
            recorded = position;
            write();
        }
    }

    /** Puts what is unwritten at the end, then records it. Repeating it after a failure is safe. */
    private void write() throws IOException {
        if (unwritten.isEmpty()) {
            // The place in the stream is recorded with the next line: reading on costs nothing.
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(unwritten.toString().getBytes(StandardCharsets.UTF_8));
        long end = length;
        note();
        try (FileChannel out =
                FileChannel.open(transcript, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                end += out.write(bytes, end);
            }
        }
        record(recorded, end);
        length = end;
        written = recorded;
        unwritten = new StringBuilder();
    }

    /** A note is never taken back: of two for the same place the later counts. */
    private void note() throws IOException {
        long now = clock.millis();
        if (Math.abs(now - noted) < NOTED_EVERY_MS) {
            return;
        }
        String note = LogTimes.note(now, length, written);
        try (FileChannel out =
                FileChannel.open(
                        times,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        noted = now;
    }

    private void open() throws IOException {
        if (opened) {
            return;
        }
        Matcher known = RECORD.matcher(Files.exists(record) ? Files.readString(record) : "");
        long actual = Files.exists(transcript) ? Files.size(transcript) : 0;
        boolean usable = known.matches() && Long.parseLong(known.group(2)) <= actual;
        recorded = usable ? Long.parseLong(known.group(1)) : 0;
        length = usable ? Long.parseLong(known.group(2)) : 0;
        written = recorded;
        if (actual > length) {
            try (FileChannel out = FileChannel.open(transcript, StandardOpenOption.WRITE)) {
                out.truncate(length);
            }
        }
        opened = true;
    }

    /**
     * In place and always as long, a handful of bytes at once: a file made anew for each would wake
     * whoever watches the folder, several times a second for each agent.
     */
    private void record(long offset, long end) throws IOException {
        byte[] line = (padded(offset) + " " + padded(end) + "\n").getBytes(US_ASCII);
        ByteBuffer bytes = ByteBuffer.wrap(line);
        try (FileChannel out =
                FileChannel.open(record, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes, bytes.position());
            }
        }
    }

    /** Eighteen digits; a formatter would cost as much as all the rest of a short append. */
    private static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(18 - digits.length()) + digits;
    }

    private static String readable(String line) {
        return PlainText.cut(Secrets.mask(PlainText.line(line)), LONGEST_LINE);
    }

    private Fault failed(IOException failure) {
        return new Fault(
                "transcript-failed",
                "The transcript %s cannot be written from %s (%s); see that the disk has room and the folder is ours."
                        .formatted(transcript, stream.getFileName(), failure),
                failure);
    }
}
