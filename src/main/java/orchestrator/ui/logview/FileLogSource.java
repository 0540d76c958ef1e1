package orchestrator.ui.logview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The end of a file and what is appended to it. It keeps no handle between polls, reads at most
 * {@link #MOST_BYTES} at a time and gives at most {@link #MOST_LINES}; when more was appended than
 * that, what lies between is left out. A file that became shorter, or is another one, is begun
 * anew.
 */
final class FileLogSource implements LogSource {
    static final int MOST_LINES = 2_000;
    static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_LINE = 2_000;
    private static final Pattern ESCAPES =
            Pattern.compile(
                    "\u001B(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)|[@-Z\\\\^_])");
    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cntrl}\u202A-\u202E\u2066-\u2069&&[^\t]]");
    private final Path file;
    private @Nullable Object fileKey;
    private long offset;
    private byte[] rest = {};
    private boolean begun;

    FileLogSource(Path file) {
        this.file = file;
    }

    @Override
    public List<String> poll() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            long size = channel.size();
            if (size < offset || !Objects.equals(key, fileKey)) {
                offset = 0;
                rest = new byte[0];
                begun = false;
            }
            fileKey = key;
            return size == offset ? List.of() : read(channel, size);
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> read(FileChannel channel, long size) throws IOException {
        boolean skips = size - offset > MOST_BYTES;
        if (skips) {
            offset = size - MOST_BYTES;
            rest = new byte[0];
        }
        byte[] bytes = bytes(channel, (int) (size - offset));
        List<String> lines = lines(bytes);
        if (skips && !lines.isEmpty()) {
            lines = lines.subList(1, lines.size());
        }
        boolean first = !begun;
        begun = true;
        int from = first || skips ? Math.max(0, lines.size() - MOST_LINES) : 0;
        return List.copyOf(lines.subList(from, lines.size()));
    }

    private byte[] bytes(FileChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(rest.length + length);
        buffer.put(rest);
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, offset);
            if (count < 0) {
                break;
            }
            offset += count;
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /**
     * Whole lines; what follows the last line end is kept, unless it is too long to be waited for.
     */
    private List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(clean(bytes, start, i));
                start = i + 1;
            }
        }
        if (bytes.length - start > MOST_BYTES / 4) {
            lines.add(clean(bytes, start, bytes.length));
            start = bytes.length;
        }
        rest = Arrays.copyOfRange(bytes, start, bytes.length);
        return lines;
    }

    private static String clean(byte[] bytes, int start, int end) {
        int length = Math.min(end - start, LONGEST_LINE * 4);
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        String plain = ESCAPES.matcher(text).replaceAll("");
        String visible = CONTROLS.matcher(plain).replaceAll("").replace("\t", "    ");
        return visible.length() > LONGEST_LINE ? visible.substring(0, LONGEST_LINE) + "…" : visible;
    }
}
