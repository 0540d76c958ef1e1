package orchestrator.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expressions over bytes find the lines that they find in the text, whatever the bytes are. */
class ByteAutomatonTest {
    private static final List<String> ATOMS =
            List.of(
                    "a",
                    "b",
                    "k",
                    "S",
                    "é",
                    "😀",
                    "\uFFFD",
                    "\u212A",
                    ".",
                    "[ab]",
                    "[^a]",
                    "[^\\W_a]",
                    "[a-z&&[^k]]",
                    "[[ab]é]",
                    "[K-b]",
                    "[h-t]",
                    "\\d",
                    "\\D",
                    "\\w",
                    "\\W",
                    "\\s",
                    "\\p{L}",
                    "\\p{Punct}",
                    "\\P{Lu}",
                    "\\h",
                    "\\v",
                    "\\R",
                    "\\X",
                    "\\x61",
                    "\\u00e9",
                    "\\x{1F600}",
                    "\\t",
                    "\\r",
                    "\\e",
                    "\\.",
                    "\\x00",
                    "^",
                    "$",
                    "\\b",
                    "\\B",
                    "\\A",
                    "\\z",
                    "\\Z",
                    "(?=a)",
                    "(?!b)",
                    "(?<=a)",
                    "(?<![bk])",
                    "(a)\\1",
                    "(?>a|ab)",
                    "(?i)",
                    "(?-i)",
                    "(?i:k)",
                    "(?s:.)",
                    "(?m)",
                    "(?U)",
                    "\\Qa.\\E",
                    "1",
                    "2");
    private static final List<String> COUNTS =
            List.of(
                    "", "", "", "", "", "?", "*", "+", "*?", "+?", "*+", "?+", "{2}", "{0,3}",
                    "{2,}", "{1,2}?");
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "a",
                    "b",
                    "ab",
                    "k",
                    "K",
                    "s",
                    "S",
                    "i",
                    "1",
                    "12",
                    "é",
                    "É",
                    "😀",
                    "\u212A",
                    "ſ",
                    "İ",
                    "ı",
                    " ",
                    "\t",
                    "\r",
                    "\0",
                    ".",
                    "_",
                    "\uFFFD",
                    "\u0085",
                    "\u2028",
                    "\u001b[1m",
                    "");

    private static String some(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String expression(Random random, int depth) {
        int parts = 1 + random.nextInt(3);
        return IntStream.range(0, parts)
                .mapToObj(_ -> {
                    boolean group = depth > 0 && random.nextInt(4) == 0;
                    String part =
                            group
                                    ? "("
                                            + expression(random, depth - 1)
                                            + "|"
                                            + expression(random, depth - 1)
                                            + ")"
                                    : some(random, ATOMS);
                    return part + some(random, COUNTS);
                })
                .collect(Collectors.joining());
    }

    private static byte[] line(Random random) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int pieces = random.nextInt(9);
        boolean ascii = random.nextBoolean();
        for (int i = 0; i < pieces; i++) {
            if (!ascii && random.nextInt(6) == 0) {
                int odd = random.nextInt(256); // half a character, or none
                line.write(odd == '\n' ? 0xf0 : odd);
            } else {
                String piece = some(random, PIECES);
                boolean plain = piece.chars().allMatch(c -> c < 0x80 && c != 0x1b && c != '\r');
                line.writeBytes(!ascii || plain ? piece.getBytes(UTF_8) : new byte[] {'b'});
            }
        }
        line.writeBytes(random.nextInt(9) == 0 ? new byte[] {'\r'} : new byte[0]);
        return line.toByteArray();
    }

    private static Optional<Pattern> compiled(String regex, boolean matchCase) {
        try {
            int flags = matchCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            return Optional.of(Pattern.compile(regex, flags));
        } catch (PatternSyntaxException none) {
            return Optional.empty(); // such as a possessive count of nothing
        }
    }

    private static boolean finds(Pattern pattern, byte[] line) {
        boolean cut = line.length > 0 && line[line.length - 1] == '\r';
        String text = new String(line, 0, line.length - (cut ? 1 : 0), UTF_8);
        boolean escaped = new String(line, ISO_8859_1).indexOf('\u001b') >= 0;
        return pattern.matcher(escaped ? PlainText.line(text) : text).find();
    }

    private static List<Long> hits(LogQuery query, byte[] block) {
        List<Long> hits = new ArrayList<>();
        LineHits taker = new LineHits(query, () -> false, hits::add, _ -> true);
        assertThat(taker.take(block, block.length, 0, false, false)).isTrue();
        return hits;
    }

    /** What is found in the lines, the last of which may have no end. */
    private static int check(
            LogQuery query, String regex, Pattern pattern, List<byte[]> lines, boolean ended) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            if ((!last || ended || lines.get(i).length > 0) && finds(pattern, lines.get(i))) {
                expected.add((long) block.size());
            }
            block.writeBytes(lines.get(i));
            block.writeBytes(last && !ended ? new byte[0] : new byte[] {'\n'});
        }
        assertThat(hits(query, block.toByteArray()))
                .as("%s, %x", regex, pattern.flags())
                .isEqualTo(expected);
        return expected.size();
    }

    @Test
    void expressions_made_at_random_match_the_same_lines_in_bytes_as_in_text() {
        Random random = new Random(11);
        int lines = 0;
        int hits = 0;
        int tables = 0;
        int exact = 0;
        int queries = 0;
        while (queries < 6_000) {
            String regex = expression(random, 2);
            boolean matchCase = random.nextBoolean();
            Optional<Pattern> pattern = compiled(regex, matchCase);
            if (pattern.isEmpty()) {
                continue;
            }
            List<byte[]> some = IntStream.range(0, 12).mapToObj(_ -> line(random)).toList();
            LogQuery query = LogQuery.of(regex, true, matchCase);
            hits += check(query, regex, pattern.get(), some, random.nextBoolean());
            lines += some.size();
            Optional<ByteAutomaton> table = query.automaton();
            tables += table.isPresent() ? 1 : 0;
            exact += table.filter(ByteAutomaton::isExact).isPresent() ? 1 : 0;
            queries++;
        }
        assertThat(hits).isBetween(lines / 10, lines * 9 / 10);
        assertThat(tables).isGreaterThan(queries / 3);
        assertThat(exact).isGreaterThan(queries / 10);
    }

    @Test
    void lines_are_found_in_order_where_four_pieces_are_gone_through_at_once() {
        Random random = new Random(12);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            byte[] line = line(random);
            lines.add(random.nextInt(2_000) == 0 ? "a1é ".repeat(5_000).getBytes(UTF_8) : line);
        }
        for (String regex :
                List.of(
                        "[ab]{3}",
                        "\\d+$",
                        "^[^a]*$",
                        "^$",
                        "^[k-t]\\d",
                        "[ik]\\W",
                        "[\\x00-\\x09][a-z]",
                        "(a|b|k|s|é|1)\\.",
                        "é{2,}",
                        "\\p{Lu}{3}",
                        "1 *",
                        "[a-c]{400}|[0-9][0-9 ]{7}")) {
            for (boolean matchCase : new boolean[] {true, false}) {
                Pattern pattern = compiled(regex, matchCase).orElseThrow();
                LogQuery query = LogQuery.of(regex, true, matchCase);
                assertThat(check(query, regex, pattern, lines, matchCase)).as(regex).isPositive();
            }
        }
    }

    private static Optional<ByteAutomaton> automaton(String regex) {
        return LogQuery.of(regex, true, true).automaton();
    }

    private static boolean accepts(String regex, String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return automaton(regex).orElseThrow().accepts(bytes, 0, bytes.length);
    }

    @Test
    void what_cannot_match_is_told_from_what_may() {
        assertThat(accepts("[0-9]{3}-[a-z]+", "12-ab 345-X")).isFalse();
        assertThat(accepts("[0-9]{3}-[a-z]+", "12-ab 345-x")).isTrue();
        assertThat(accepts("^\\s+at ", "x at y")).isFalse();
        assertThat(accepts("[éè]x$", "yx")).isFalse();
        assertThat(accepts("✗|●|✔|…|→", "naïve 😀")).isFalse();
        assertThat(automaton("[0-9]{3}-[a-z]+$").orElseThrow().isExact()).isTrue();
        assertThat(automaton("\\b[0-9]").orElseThrow().isExact()).isFalse();
        assertThat(automaton("[0-9]*+5").orElseThrow().isExact()).isFalse();
    }

    @Test
    void what_Java_misses_in_a_repeated_group_is_no_match_here_either() {
        byte[] line = "aab\n".getBytes(UTF_8);
        assertThat(accepts("(aa|^){2}b", "aab")).isTrue();
        assertThat(hits(LogQuery.of("(aa|^){2}b", true, true), line)).isEmpty();
        assertThat(Pattern.compile("(aa|^){2}b").matcher("aab").find()).isFalse();
        assertThat(hits(LogQuery.of("(aa|^)b", true, true), line)).hasSize(1);
    }

    @Test
    void an_expression_that_tells_nothing_or_is_too_large_has_no_table() {
        assertThat(automaton("[0-9]*")).isEmpty();
        assertThat(automaton("(a|b)*a" + "[ab]".repeat(20))).isEmpty();
        assertThat(automaton("[a-z]\\Q.\\E")).isEmpty();
    }

    @Test
    void counts_are_given_up_before_the_table() {
        ByteAutomaton table = automaton("[a-z][a-z0-9]{20}X").orElseThrow();
        assertThat(table.isExact()).isFalse();
        assertThat(table.table().length).isLessThanOrEqualTo(500 << 8);
        assertThat(accepts("[a-z][a-z0-9]{20}X", "ab0 X")).isFalse();
        assertThat(accepts("[a-z][a-z0-9]{20}X", "a" + "b".repeat(20) + "X")).isTrue();
        assertThat(accepts("[0-9]{3000}", "1".repeat(3000))).isTrue();
    }
}
