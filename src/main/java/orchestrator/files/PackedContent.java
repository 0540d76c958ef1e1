package orchestrator.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A compressed file, read as if it were not: each block is inflated when a byte of it is wanted,
 * and the last few are kept. 16 bytes of memory for each 64 KiB of content. Each block's checksum
 * is looked at.
 */
final class PackedContent implements Content {
    // Some for each of the threads that search side by side, and those around a page of lines.
    private static final int KEPT = 16;

    private final Content packed;

    /** Where each block begins in the file, and at last its end. */
    private final long[] places;

    /** Where each block begins in the content, and at last its size. */
    private final long[] begins;

    /** The last blocks that were wanted, by their number; guarded by itself. */
    private final Map<Integer, byte[]> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    private PackedContent(Content packed, long[] places, long[] begins) {
        this.packed = packed;
        this.places = places;
        this.begins = begins;
    }

    /**
     * Looks where the blocks are. When it fails, the file is closed.
     *
     * @throws IOException also when it is not in blocks, or ends within one
     */
    static Content over(Content packed) throws IOException {
        try {
            return new Index().read(packed);
        } catch (IOException | RuntimeException e) {
            try (packed) {
                throw e;
            }
        }
    }

    @Override
    public long size() {
        return begins[begins.length - 1];
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        if (at >= size()) {
            packed.size(); // one that is closed says so at its end too
            return -1;
        }
        int read = 0;
        while (into.hasRemaining() && at + read < size()) {
            int number = blockOf(at + read);
            byte[] block = block(number);
            int from = (int) (at + read - begins[number]);
            int count = Math.min(into.remaining(), block.length - from);
            into.put(block, from, count);
            read += count;
        }
        return read;
    }

    /** The last block that begins there or before, of which empty ones are passed over. */
    private int blockOf(long at) {
        int found = Arrays.binarySearch(begins, at);
        int number = found >= 0 ? found : -found - 2;
        while (begins[number + 1] <= at) {
            number++;
        }
        return number;
    }

    private byte[] block(int number) throws IOException {
        synchronized (kept) {
            byte[] known = kept.get(number);
            if (known != null) {
                packed.size();
                return known;
            }
        }
        byte[] block = inflate(number);
        synchronized (kept) {
            kept.put(number, block);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return block;
    }

    private byte[] inflate(int number) throws IOException {
        long place = places[number];
        int length = (int) (places[number + 1] - place);
        byte[] whole = new byte[length];
        byte[] raw = new byte[(int) (begins[number + 1] - begins[number])];
        if (packed.read(place, whole, 0, length) < length) {
            throw damaged(place);
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(
                    whole, BlockGzip.HEADER, length - BlockGzip.HEADER - BlockGzip.TRAILER);
            int count = inflater.inflate(raw);
            CRC32 crc = new CRC32();
            crc.update(raw);
            int told =
                    ByteBuffer.wrap(whole)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt(length - BlockGzip.TRAILER);
            if (count < raw.length || (int) crc.getValue() != told) {
                throw damaged(place);
            }
            return raw;
        } catch (DataFormatException e) {
            throw new IOException(damaged(place).getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private static IOException damaged(long place) {
        return new IOException(
                "the compressed file is damaged in the block at byte %d".formatted(place));
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }

    /** Goes from block to block. */
    private static final class Index {
        private long[] places = new long[64];
        private long[] begins = new long[64];
        private int count;

        PackedContent read(Content packed) throws IOException {
            long end = packed.size();
            long at = 0;
            long begin = 0;
            // The length of a block's content is its last number, next to the following header.
            byte[] bytes = new byte[Integer.BYTES + BlockGzip.HEADER];
            ByteBuffer header =
                    ByteBuffer.wrap(bytes, Integer.BYTES, BlockGzip.HEADER)
                            .slice()
                            .order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer before = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int had = packed.read(0, bytes, Integer.BYTES, BlockGzip.HEADER);
            while (at < end) {
                if (had < BlockGzip.HEADER || !BlockGzip.begins(header)) {
                    throw new IOException(
                            "at byte %d it is not in blocks of BGZF, as this program compresses its files; decompress it with gunzip"
                                    .formatted(at));
                }
                int length = (header.getShort(16) & 0xffff) + 1;
                if (length < BlockGzip.HEADER + BlockGzip.TRAILER || at + length > end) {
                    throw damaged(at);
                }
                had =
                        packed.read(at + length - Integer.BYTES, bytes, 0, bytes.length)
                                - Integer.BYTES;
                int size = before.getInt(0);
                if (size < 0 || size > BlockGzip.LONGEST) {
                    throw damaged(at);
                }
                add(at, begin);
                at += length;
                begin += size;
            }
            add(at, begin);
            boolean marked = count > 1 && begins[count - 2] == begin;
            if (!marked) {
                throw new IOException("the compressed file lacks its end");
            }
            return new PackedContent(
                    packed, Arrays.copyOf(places, count), Arrays.copyOf(begins, count));
        }

        private void add(long place, long begin) {
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
                begins = Arrays.copyOf(begins, 2 * count);
            }
            places[count] = place;
            begins[count] = begin;
            count++;
        }
    }
}
