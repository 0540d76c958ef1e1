package orchestrator.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses a file into blocks that can each be read alone (BGZF). The result is one gzip file to
 * everybody else. Any thread.
 */
public final class BlockGzip {
    /** What is added to the name of a file that is compressed. */
    public static final String SUFFIX = ".gz";

    /** What one block holds at most; as bgzip does, so that what cannot be compressed fits too. */
    static final int BLOCK = 0xff00;

    static final int HEADER = 18;
    static final int TRAILER = 8;

    /** The most bytes of a whole block: its length less one is a number of 16 bits. */
    static final int LONGEST = 1 << 16;

    /** gzip, deflated, with extra fields, no time, no system. */
    private static final byte[] BEGIN = {
        0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 6, 0, 'B', 'C', 2, 0
    };

    private BlockGzip() {}

    /** The name that a file has while it is compressed. */
    public static Path packed(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /**
     * Opens a compressed file by its own name; an interrupt of the reading thread does not close
     * it.
     *
     * @throws IOException also when it is not such a file, or not whole
     */
    public static Content open(Path packed) throws IOException {
        return PackedContent.over(new FileContent(new RandomAccessFile(packed.toFile(), "r")));
    }

    /** Compresses all of a content, with the empty block at its end that tells it is whole. */
    public static void write(Content content, OutputStream out) throws IOException {
        try (Packing packing = new Packing()) {
            byte[] raw = new byte[BLOCK];
            long at = 0;
            int count;
            do {
                count = content.read(at, raw, 0, BLOCK);
                at += count;
                out.write(packing.block(raw, count));
            } while (count > 0);
        }
    }

    /**
     * How many bytes a content would have compressed, judged by so many of its blocks, evenly
     * spread.
     *
     * @param most how many blocks are compressed for it, 1 or more
     */
    public static long estimate(Content content, int most) throws IOException {
        long size = content.size();
        long blocks = Math.ceilDiv(size, BLOCK);
        long step = Math.max(1, Math.ceilDiv(blocks, most));
        long raw = 0;
        long packed = 0;
        try (Packing packing = new Packing()) {
            byte[] block = new byte[BLOCK];
            for (long i = 0; i < blocks; i += step) {
                int count = content.read(i * BLOCK, block, 0, BLOCK);
                raw += count;
                packed += packing.block(block, count).length;
            }
        }
        return raw == 0 ? HEADER : Math.round((double) size / raw * packed);
    }

    /** Whether a block begins with these bytes. */
    static boolean begins(ByteBuffer header) {
        for (int i = 0; i < BEGIN.length; i++) {
            boolean free = i >= 4 && i < 10; // a time, a strength, a system: not ours to judge
            if (!free && header.get(i) != BEGIN[i]) {
                return false;
            }
        }
        return true;
    }

    /** Makes blocks, one after another. One thread. */
    private static final class Packing implements AutoCloseable {
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final byte[] data = new byte[LONGEST];

        byte[] block(byte[] raw, int count) {
            deflater.reset();
            deflater.setInput(raw, 0, count);
            deflater.finish();
            int length = deflater.deflate(data, 0, LONGEST - HEADER - TRAILER);
            if (!deflater.finished()) {
                throw new IllegalStateException(count + " bytes do not fit into a block");
            }
            CRC32 crc = new CRC32();
            crc.update(raw, 0, count);
            return ByteBuffer.allocate(HEADER + length + TRAILER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(BEGIN)
                    .putShort((short) (HEADER + length + TRAILER - 1))
                    .put(data, 0, length)
                    .putInt((int) crc.getValue())
                    .putInt(count)
                    .array();
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
