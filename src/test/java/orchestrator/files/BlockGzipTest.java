package orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compressed is read at any place as what it was; what is not whole is told. */
class BlockGzipTest {
    private static final int BLOCK = BlockGzip.BLOCK;

    @TempDir Path folder;

    /** Half of it words, half of it what cannot be compressed. */
    private static byte[] bytes(int size) {
        Random random = new Random(size);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            boolean words = i / 100_000 % 2 == 0;
            bytes[i] = (byte) (words ? "a log \n".charAt(i % 7) : random.nextInt(256));
        }
        return bytes;
    }

    private Path compressed(byte[] bytes) throws IOException {
        Path file = folder.resolve("a.log");
        Files.write(file, bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Content content = Content.open(file)) {
            BlockGzip.write(content, out);
        }
        Files.write(BlockGzip.packed(file), out.toByteArray());
        Files.delete(file);
        return file;
    }

    private static byte[] read(Content content, long at, int count) throws IOException {
        byte[] into = new byte[count];
        return Arrays.copyOf(into, content.read(at, into, 0, count));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 500_000})
    void any_part_of_it_is_what_was_there(int size) throws IOException {
        byte[] bytes = bytes(size);
        Path file = compressed(bytes);
        Random random = new Random(1);
        for (Content opened : List.of(Content.open(file), Content.openUninterrupted(file))) {
            try (Content content = opened) {
                assertThat(content.size()).isEqualTo(size);
                assertThat(read(content, 0, size)).isEqualTo(bytes);
                assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
                assertThat(content.read(ByteBuffer.allocate(1), size)).isEqualTo(-1);
                for (int i = 0; i < 200; i++) {
                    int at = random.nextInt(size + 1);
                    int count = random.nextInt(random.nextBoolean() ? 100 : 200_000);
                    assertThat(read(content, at, count))
                            .as("%d from %d", count, at)
                            .isEqualTo(Arrays.copyOfRange(bytes, at, Math.min(size, at + count)));
                }
            }
        }
    }

    @Test
    void everybody_else_reads_it_as_gzip() throws IOException {
        byte[] bytes = bytes(300_000);
        Path packed = BlockGzip.packed(compressed(bytes));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(packed).hasFileName("a.log.gz");
        assertThat(Files.size(packed)).isBetween(100_000L, 130_000L);
    }

    @Test
    void what_it_will_take_is_told_from_a_part_of_it() throws IOException {
        Path file = folder.resolve("a.log");
        Files.write(file, bytes(3_000_000));
        try (Content content = Content.open(file)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BlockGzip.write(content, out);
            assertThat(BlockGzip.estimate(content, 1000))
                    .isBetween(out.size() - 99L, out.size() + 99L);
            assertThat(BlockGzip.estimate(content, 16))
                    .isBetween(out.size() / 2L, out.size() * 3L / 2);
        }
    }

    @Test
    void many_threads_read_side_by_side() throws IOException {
        byte[] bytes = bytes(3_000_000);
        try (Content content = Content.open(compressed(bytes))) {
            IntStream.range(0, 4)
                    .mapToObj(thread ->
                            CompletableFuture.runAsync(() -> compare(content, bytes, thread)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private static void compare(Content content, byte[] bytes, int thread) {
        Random random = new Random(thread);
        try {
            for (int i = 0; i < 100; i++) {
                int at = random.nextInt(bytes.length - 90_000);
                assertThat(read(content, at, 90_000))
                        .isEqualTo(Arrays.copyOfRange(bytes, at, at + 90_000));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_original_is_preferred_and_without_either_the_original_is_missed() throws IOException {
        Path file = compressed(bytes(10));
        Files.writeString(file, "original");
        try (Content content = Content.open(file)) {
            assertThat(new String(content.stream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("original");
        }
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> Content.open(none))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(none.toString());
        assertThatThrownBy(() -> Content.attributes(none)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void one_that_is_closed_says_so() throws IOException {
        Content content = Content.open(compressed(bytes(100)));
        assertThat(read(content, 0, 100)).hasSize(100);
        content.close();
        assertThatThrownBy(() -> read(content, 0, 100)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> read(content, 100, 1)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void one_that_was_cut_anywhere_is_told() throws IOException {
        Path packed = BlockGzip.packed(compressed(bytes(BLOCK + 100)));
        byte[] whole = Files.readAllBytes(packed);
        for (int size = 0;
                size < whole.length;
                size += size < 60 || size > whole.length - 300 ? 1 : 97) {
            Files.write(packed, Arrays.copyOf(whole, size));
            assertThatThrownBy(() -> BlockGzip.open(packed))
                    .as("%d of %d bytes", size, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void no_wrong_byte_is_ever_read_from_a_damaged_one() throws IOException {
        byte[] bytes = bytes(300);
        Path packed = BlockGzip.packed(compressed(bytes));
        byte[] whole = Files.readAllBytes(packed);
        int told = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Files.write(packed, damaged);
            try (Content content = BlockGzip.open(packed)) {
                assertThat(content.stream().readAllBytes()).as("byte %d", i).isEqualTo(bytes);
            } catch (IOException e) {
                told++;
            }
        }
        // What may be anything are the time, the strength and the system in two headers, and what
        // the empty block at the end holds, which nobody asks for.
        assertThat(told).isGreaterThanOrEqualTo(whole.length - 2 * 6 - 7);
    }
}
