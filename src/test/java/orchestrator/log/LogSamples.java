package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orchestrator.process.Await;

/** Logs and streams as agents leave them, of any size, the same for the same seed. */
public final class LogSamples {
    /** Stands in few of the lines. */
    static final String RARE = "Zebra crossing";

    /** Matches few of the lines. */
    static final String EXPRESSION = "Z[a-z]+ cross(ing|ed) [0-9]+";

    private static final List<String> WORDS =
            List.of(
                    "monitor",
                    "attempt",
                    "worker",
                    "stage",
                    "finished",
                    "reading",
                    "tokens",
                    "session",
                    "result",
                    "error",
                    "warning",
                    "file",
                    "path",
                    "src/main/java",
                    "implement",
                    "tests",
                    "passed",
                    "failed",
                    "12",
                    "345",
                    "the",
                    "of",
                    "and",
                    "to",
                    "in",
                    "commit",
                    "branch",
                    "pushed",
                    "return",
                    "private",
                    "if (x > 0) {");
    private static final int PIECE = 4 << 20;
    private final Random random;

    LogSamples(long seed) {
        random = new Random(seed);
    }

    private String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" "));
    }

    /** About so many bytes of lines of 20 to 250 characters; one in some thousand is rare. */
    String lines(int bytes) {
        StringBuilder text = new StringBuilder(bytes + 300);
        while (text.length() < bytes) {
            text.append(
                            "2026-11-22T12:%02d:%02d.%03dZ "
                                    .formatted(
                                            random.nextInt(60),
                                            random.nextInt(60),
                                            random.nextInt(1000)))
                    .append(words(2 + random.nextInt(29)));
            if (random.nextInt(4_000) == 0) {
                text.append(' ').append(RARE).append(' ').append(random.nextInt(100));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** About so many bytes of what an agent prints: what it says, calls of tools, their answers. */
    String objects(int bytes) {
        StringBuilder text = new StringBuilder(bytes + 20_000);
        for (int turn = 0; text.length() < bytes; turn++) {
            text.append(
                    said(
                            turn,
                            "{\"type\":\"text\",\"text\":\"%s\\n\\n%s naïve ✓\"}"
                                    .formatted(words(25), words(20))));
            text.append(
                    said(
                            turn,
                            "{\"type\":\"tool_use\",\"id\":\"t%d\",\"name\":\"Bash\",\"input\":{\"command\":\"mvn -o test %s\"}}"
                                    .formatted(turn, words(3))));
            String answer =
                    IntStream.range(0, 3 + random.nextInt(100))
                            .mapToObj(_ -> words(9))
                            .collect(Collectors.joining("\\n"));
            text.append(
                    "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"t%d\",\"type\":\"tool_result\",\"content\":\"%s\",\"is_error\":false}]},\"session_id\":\"s-1\",\"tool_use_result\":{\"stdout\":\"%s\",\"stderr\":\"\"}}\n"
                            .formatted(turn, answer, answer));
        }
        return text.toString();
    }

    private static String said(int turn, String part) {
        return "{\"type\":\"assistant\",\"message\":{\"model\":\"m\",\"id\":\"m%d\",\"content\":[%s],\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":20000,\"output_tokens\":80}},\"parent_tool_use_id\":null,\"session_id\":\"s-1\"}\n"
                .formatted(turn, part);
    }

    /** Writes a file of at least so many bytes, a few pieces over and over. */
    static void write(Path file, long bytes, IntFunction<String> piece) throws IOException {
        int size = (int) Math.min(PIECE, bytes);
        List<byte[]> pieces =
                IntStream.range(0, 4).mapToObj(piece).map(it -> it.getBytes(UTF_8)).toList();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), size)) {
            long written = 0;
            for (int i = 0; written < bytes; i++) {
                byte[] next = pieces.get(i % pieces.size());
                out.write(next);
                written += next.length;
            }
        }
    }

    /** A log of at least so many bytes. */
    public static void writeLog(Path file, long bytes) throws IOException {
        write(file, bytes, seed -> new LogSamples(seed).lines(PIECE));
    }

    /** A stream of at least so many bytes. */
    static void writeStream(Path file, long bytes) throws IOException {
        write(file, bytes, seed -> new LogSamples(seed).objects(PIECE));
    }

    /**
     * Writes lines to the end of a file evenly, a hundredth of a second's a time.
     *
     * @param line the line of that number, from 0 on, with its end
     * @return how many lines were written
     */
    public static long grow(Path file, int linesASecond, int seconds, LongFunction<String> line)
            throws IOException {
        long number = 0;
        long begin = System.nanoTime();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
            for (int step = 1; step <= 100 * seconds; step++) {
                for (int i = 0; i < linesASecond / 100; i++) {
                    out.write(line.apply(number++));
                }
                out.flush();
                long due = begin + step * 10_000_000L;
                while (System.nanoTime() < due) {
                    Await.pause(Duration.ofNanos(Math.max(1, due - System.nanoTime())));
                }
            }
        }
        return number;
    }
}
