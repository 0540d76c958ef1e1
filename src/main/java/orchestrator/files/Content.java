package orchestrator.files;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a file holds, readable at any place. Whoever opened it closes it; one that is closed while
 * it is read ends that reading with a {@link java.nio.channels.ClosedChannelException}. Any thread;
 * blocks for the disk.
 */
public interface Content extends Closeable {
    /**
     * So many bytes are asked of the system at once: what goes from the page cache through a
     * channel's own buffer then stays in the core's cache.
     */
    int READ_AT_ONCE = 256 * 1024;

    /** How many bytes there are now, decompressed. */
    long size() throws IOException;

    /**
     * Reads as much as is there and fits, which may be less than there is.
     *
     * @param at the first byte's offset, 0 or more
     * @return how many bytes were read; −1 at the end and beyond
     */
    int read(ByteBuffer into, long at) throws IOException;

    /**
     * Reads until {@code count} bytes are there or the file ends.
     *
     * @return how many; fewer than {@code count} only at the end
     */
    default int read(long at, byte[] into, int from, int count) throws IOException {
        int read = 0;
        while (read < count) {
            int wanted = Math.min(READ_AT_ONCE, count - read);
            int more = read(ByteBuffer.wrap(into, from + read, wanted), at + read);
            if (more <= 0) {
                break;
            }
            read += more;
        }
        return read;
    }

    /** All of it from the begin, once. Closing the stream closes nothing else. */
    default InputStream stream() {
        return new ContentStream(this);
    }

    /**
     * Opens a file, or, where none stands but a compressed one, that. An interrupt of a reading
     * thread closes it.
     *
     * @throws NoSuchFileException when there is neither
     */
    static Content open(Path file) throws IOException {
        try {
            return new ChannelContent(FileChannel.open(file, StandardOpenOption.READ));
        } catch (NoSuchFileException absent) {
            try {
                return PackedContent.over(
                        new ChannelContent(
                                FileChannel.open(BlockGzip.packed(file), StandardOpenOption.READ)));
            } catch (NoSuchFileException none) {
                throw absent;
            }
        }
    }

    /**
     * As {@link #open}, but an interrupt of the reading thread does not close it; one thread reads
     * at a time, others wait.
     */
    static Content openUninterrupted(Path file) throws IOException {
        try {
            return plain(file);
        } catch (FileNotFoundException absent) {
            // Which is also thrown for what may not be read.
            if (Files.exists(file) || !Files.exists(BlockGzip.packed(file))) {
                throw absent;
            }
            return BlockGzip.open(BlockGzip.packed(file));
        }
    }

    /**
     * As {@link #openUninterrupted}, for a file that is never compressed.
     *
     * @throws FileNotFoundException when it is not there or may not be read
     */
    static Content plain(Path file) throws FileNotFoundException {
        return new FileContent(new RandomAccessFile(file.toFile(), "r"));
    }

    /**
     * The attributes of what {@link #open} would open.
     *
     * @throws NoSuchFileException when there is nothing
     */
    static BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException absent) {
            try {
                return Files.readAttributes(BlockGzip.packed(file), BasicFileAttributes.class);
            } catch (NoSuchFileException none) {
                throw absent;
            }
        }
    }
}
