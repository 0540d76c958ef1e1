package orchestrator.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import orchestrator.files.BlockGzip;
import orchestrator.files.Content;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Index, pages and search against a reader that simply splits the bytes, over files that grow, are
 * cut and are written anew at random.
 */
class LogPropertyTest {
    private static final List<String> WORDS =
            List.of(
                    "error",
                    "ERROR",
                    "Straße",
                    "İstanbul",
                    "ſee",
                    "\u212Aelvin",
                    "naïve",
                    "😀",
                    "\u001b[31mred\u001b[0m",
                    "er\u001b[1mror",
                    "\0",
                    "\t",
                    " ",
                    "✗ ",
                    "● ",
                    "[DEADMAN] FAILED",
                    "\"is_error\": true",
                    "\"subtype\":\"error_max\"",
                    "\"is_error\":false",
                    "x",
                    "\r",
                    "if (a) {",
                    "\u200E",
                    "kiss",
                    "ο Πόνος",
                    "дом",
                    "e\u0301",
                    "..",
                    "a");
    private static final List<String> SOUGHT =
            List.of(
                    "error",
                    "straße",
                    "istanbul",
                    "see",
                    "kelvin",
                    "😀",
                    "red",
                    ".",
                    "naïve",
                    "x",
                    "KISS",
                    "✗ ",
                    "if (",
                    "\uFFFD",
                    "ERROR",
                    "NAÏVE",
                    "STRA",
                    "İSTANBUL",
                    "\u212Aelvin",
                    "ſee",
                    "ο πόνοΣ",
                    "ДОМ",
                    "e\u0301",
                    "✗ ● ",
                    "a\r",
                    "\0");
    private static final List<String> EXPRESSIONS =
            List.of(
                    "^a",
                    "x+$",
                    "err(or)?",
                    "[é😀]",
                    "\\bif\\b",
                    "^$",
                    "r{2}o",
                    "err(?:or|a)|k?iss",
                    "Stra(ß|ss)e",
                    "if \\([a-c]\\) *\\{",
                    "x*error+",
                    "(a|b?)red",
                    "na.ve|k+elvin",
                    "(?i)ERR",
                    "(?=r)red",
                    "\\u0065rror",
                    "er{0}r{1,2}or",
                    "(?<name>kis){1}s",
                    "\\Qif (\\E",
                    "İ|ſ",
                    "✗ |● ",
                    "[^]a]x|[a&&[^b]]",
                    "error\\r",
                    "[0-9a-f]+[^\\w ]",
                    "^\\W?[A-Z]{3,}",
                    "[^ -~]$",
                    "[ei].?[rs]{2}",
                    "\\S[\\x00-\\x1f]");
    private static final List<Charset> OTHERS = List.of(ISO_8859_1, UTF_16LE);
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void shows_and_finds_what_a_naive_reader_does(long seed) throws IOException {
        Random random = new Random(seed);
        Path path = folder.resolve("log");
        Files.write(path, new byte[0]);
        LogKind kind = List.of(LogKind.values()).get((int) (seed % LogKind.values().length));
        try (LogFile log = new LogFile(path, kind.query(LogKind.Mark.ERROR))) {
            long generation = log.look(1).generation();
            List<LogSearch> searches = new ArrayList<>();
            for (int round = 0; round < 12; round++) {
                change(random, path);
                LogFile.Look look = lookAll(random, log);
                if (look.generation() != generation) {
                    generation = look.generation();
                    searches.clear();
                }
                List<byte[]> naive = split(Files.readAllBytes(path));
                check(random, log, look, naive);
                checkSpread(log.marked(), errors(kind, naive));
                if (searches.isEmpty() || round % 4 == 0) {
                    LogQuery query = LogQuery.of("error", false, false);
                    searches.add(log.search(query).orElseThrow());
                }
                for (LogSearch search : searches) {
                    checkSearch(random, search, "error", false, false, naive, log);
                }
                fresh(random, log, naive);
                if (round == 11) {
                    compressed(random, kind, path, naive);
                }
            }
        }
    }

    /** All the same while only a compressed one is there. */
    private void compressed(Random random, LogKind kind, Path path, List<byte[]> naive)
            throws IOException {
        Path name = folder.resolve("old.log");
        try (Content content = Content.open(path);
                OutputStream out = Files.newOutputStream(BlockGzip.packed(name))) {
            BlockGzip.write(content, out);
        }
        try (LogFile log = new LogFile(name, kind.query(LogKind.Mark.ERROR))) {
            check(random, log, lookAll(random, log), naive);
            checkSpread(log.marked(), errors(kind, naive));
            fresh(random, log, naive);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102})
    void shows_and_finds_the_same_where_several_cores_take_parts(long seed) throws IOException {
        Random random = new Random(seed);
        Path path = folder.resolve("log");
        Files.write(path, new byte[0]);
        try (LogFile log = new LogFile(path)) {
            for (int round = 0; round < 2; round++) {
                long wanted = Files.size(path) + 2_500_000;
                while (Files.size(path) < wanted) {
                    Files.write(path, some(random), StandardOpenOption.APPEND);
                }
                List<byte[]> naive = split(Files.readAllBytes(path));
                check(random, log, log.look(Long.MAX_VALUE / 4), naive);
                for (int i = 0; i < 3; i++) {
                    fresh(random, log, naive);
                }
                compressed(random, LogKind.TRANSCRIPT, path, naive);
            }
        }
    }

    private static void change(Random random, Path path) throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> Files.write(path, some(random)); // anew, perhaps longer than before
            case 1 -> {
                try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    out.truncate(random.nextLong(out.size() + 1));
                }
            }
            default -> Files.write(path, some(random), StandardOpenOption.APPEND);
        }
    }

    private static byte[] some(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int lines = random.nextInt(random.nextInt(10) == 0 ? 20_000 : 300);
        for (int i = 0; i < lines; i++) {
            int words = random.nextInt(random.nextInt(200) == 0 ? 3_000 : 8);
            Charset charset = random.nextInt(30) == 0 ? OTHERS.get(random.nextInt(2)) : UTF_8;
            for (int w = 0; w < words; w++) {
                if (random.nextInt(40) == 0) {
                    out.write(random.nextInt(256)); // whatever: also a line feed, half a character
                } else {
                    out.writeBytes(WORDS.get(random.nextInt(WORDS.size())).getBytes(charset));
                }
            }
            out.writeBytes((random.nextInt(9) == 0 ? "\r\n" : "\n").getBytes(UTF_8));
        }
        byte[] bytes = out.toByteArray();
        return Arrays.copyOf(bytes, bytes.length - random.nextInt(Math.min(bytes.length, 20) + 1));
    }

    private static LogFile.Look lookAll(Random random, LogFile log) {
        LogFile.Look look = log.look(1 + random.nextInt(100_000));
        while (!look.complete()) {
            look = log.look(1 + random.nextInt(100_000));
        }
        return look;
    }

    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
        }
        return lines;
    }

    private static String naiveText(byte[] line) {
        boolean windows = line.length > 0 && line[line.length - 1] == '\r';
        return new String(line, 0, windows ? line.length - 1 : line.length, UTF_8);
    }

    private static void check(Random random, LogFile log, LogFile.Look look, List<byte[]> naive) {
        assertThat(look.lines()).isEqualTo(naive.size());
        for (int i = 0; i < 6; i++) {
            int first = random.nextInt(naive.size() + 1);
            int most = 1 + random.nextInt(60);
            List<LogLine> page = log.read(first, most);
            assertThat(page).hasSize(Math.min(most, naive.size() - first));
            for (int line = 0; line < page.size(); line++) {
                LogLine shown = page.get(line);
                byte[] bytes = naive.get(first + line);
                String text = PlainText.line(naiveText(bytes));
                assertThat(shown.number()).isEqualTo(first + line);
                assertThat(shown.text()).isEqualTo(PlainText.head(text, LogLine.LONGEST));
                assertThat(log.before(shown.offset())).isEqualTo(first + line);
            }
        }
        int last = Math.min(naive.size(), 40);
        assertThat(log.tail(40).stream().map(LogLine::text))
                .isEqualTo(
                        naive.subList(naive.size() - last, naive.size()).stream()
                                .map(line -> PlainText.line(naiveText(line)))
                                .map(text -> PlainText.head(text, LogLine.LONGEST))
                                .toList());
    }

    private static void fresh(Random random, LogFile log, List<byte[]> naive) {
        boolean regex = random.nextInt(3) == 0;
        List<String> from = regex ? EXPRESSIONS : SOUGHT;
        String text = from.get(random.nextInt(from.size()));
        boolean matchCase = random.nextBoolean();
        LogQuery query = LogQuery.of(text, regex, matchCase);
        LogSearch search = log.search(query).orElseThrow();
        checkSearch(random, search, text, regex, matchCase, naive, log);
        seek(random, log, query, hits(text, regex, matchCase, naive), naive.size());
    }

    private static List<Long> hits(
            String text, boolean regex, boolean matchCase, List<byte[]> naive) {
        int flags = matchCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        Pattern pattern = Pattern.compile(text, flags | (regex ? 0 : Pattern.LITERAL));
        List<Long> hits = new ArrayList<>();
        for (int i = 0; i < naive.size(); i++) {
            String line = naiveText(naive.get(i));
            boolean escaped = new String(naive.get(i), ISO_8859_1).indexOf('\u001b') >= 0;
            if (pattern.matcher(escaped ? PlainText.line(line) : line).find()) {
                hits.add((long) i);
            }
        }
        return hits;
    }

    private static void checkSearch(
            Random random,
            LogSearch search,
            String text,
            boolean regex,
            boolean matchCase,
            List<byte[]> naive,
            LogFile log) {
        while (!search.progress().complete()) {
            search.advance(1 + random.nextLong(random.nextBoolean() ? 200_000 : 1L << 40));
        }
        search.advance(1);
        List<Long> hits = hits(text, regex, matchCase, naive);
        assertThat(search.count()).as(text).isEqualTo(hits.size());
        checkSpread(search.spread(), hits);
        int first = random.nextInt(hits.size() + 1);
        int last = Math.min(hits.size(), first + 25);
        List<LogLine> page = search.read(first, 25);
        assertThat(page.stream().map(LogLine::number))
                .as("%s from %d", text, first)
                .isEqualTo(hits.subList(first, last));
        int line = random.nextInt(naive.size() + 1);
        List<LogLine> there = log.read(line, 1);
        if (!there.isEmpty()) {
            assertThat(search.before(there.getFirst().offset()))
                    .isEqualTo(hits.stream().filter(hit -> hit < line).count());
        }
    }

    private static List<Long> errors(LogKind kind, List<byte[]> naive) {
        List<Long> errors = new ArrayList<>();
        for (int i = 0; i < naive.size(); i++) {
            String line = naiveText(naive.get(i));
            String shown = line.indexOf('\u001b') < 0 ? line : PlainText.line(line);
            if (kind.markOf(shown) == LogKind.Mark.ERROR) {
                errors.add((long) i);
            }
        }
        return errors;
    }

    private static void checkSpread(Spread spread, List<Long> lines) {
        assertThat(spread.found()).isEqualTo(lines.size());
        assertThat(spread.parts().boxed().toList())
                .isEqualTo(
                        lines.stream()
                                .map(line -> line / spread.apart() * spread.apart())
                                .distinct()
                                .toList());
    }

    private static void seek(
            Random random, LogFile log, LogQuery query, List<Long> hits, int lines) {
        long line = random.nextInt(lines + 1);
        assertThat(log.seek(query, line, true, () -> false).orElse(-1))
                .isEqualTo(hits.stream().filter(hit -> hit > line).findFirst().orElse(-1L));
        assertThat(log.seek(query, line, false, () -> false).orElse(-1))
                .isEqualTo(hits.stream().filter(hit -> hit < line).reduce((_, b) -> b).orElse(-1L));
    }
}
