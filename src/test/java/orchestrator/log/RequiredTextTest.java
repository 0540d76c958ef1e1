package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an expression needs is read out of it, and lines without it are rightly left out. */
class RequiredTextTest {
    private static final List<String> PARTS =
            List.of(
                    "a",
                    "b",
                    "ab",
                    "K",
                    "é",
                    "[ab]",
                    "(a|bc)",
                    "(?:k+s)?",
                    "i{2}",
                    ".",
                    "\\b",
                    "s*",
                    "(b)+",
                    "\\.",
                    "Z",
                    "ſ",
                    "x|y");
    private static final List<String> LETTERS =
            List.of(
                    "a", "b", "k", "K", "\u212A", "s", "ſ", "i", "ı", "İ", "é", "É", "Z", ".", " ",
                    "x", "y", "c", "I", "S");

    private static List<List<String>> texts(String regex) {
        return ExpressionReader.read(regex).map(RequiredText::of).orElse(List.of());
    }

    private static void needs(String regex, Object... sets) {
        List<List<String>> expected = new ArrayList<>();
        for (Object set : sets) {
            expected.add(List.of(((String) set).split("/", -1)));
        }
        assertThat(texts(regex).stream().map(it -> it.stream().sorted().toList()))
                .as(regex)
                .isEqualTo(expected);
    }

    @Test
    void what_must_stand_in_a_match_is_known_the_most_telling_first() {
        needs("error .*warning [0-9]+ fail", "warning ", "error ", " fail");
        needs("a|bc", "a/bc");
        needs("(ab|cd)ef+g?h", "ab/cd", "ef", "h");
        needs("x?yz", "yz");
        needs("ab(?:cd)*ef(gh)+", "ab", "ef", "gh");
        needs("a{0}b{1,3}c{12}", "b", "c");
        needs("(?=x)ab(?<!c)", "ab");
        needs("\\x41b(c)\\1", "Ab", "c");
        needs("[a[bc]]de\\p{L}+", "de");
        needs("^\\s*(?:└ )?✗ |^\\[DEADMAN\\] (?:FAILED|ERROR)", "[DEADMAN] /✗ ");
    }

    @Test
    void what_is_not_understood_for_certain_is_not_guessed_at() {
        for (String regex :
                List.of("(?i)abc", "\\Qab\\E", "[]a]bc", "a?|b", "[0-9]+", "a|b|c|d|e")) {
            assertThat(texts(regex)).as(regex).isEmpty();
        }
    }

    @Test
    void expressions_made_at_random_match_the_same_lines_in_bytes_as_in_text() {
        Random random = new Random(3);
        long hits = 0;
        for (int i = 0; i < 20_000; i++) {
            String regex = some(random, PARTS, 1 + random.nextInt(5));
            boolean matchCase = random.nextBoolean();
            List<String> lines =
                    Stream.generate(() -> some(random, LETTERS, random.nextInt(9)))
                            .limit(12)
                            .toList();
            int flags = matchCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            Pattern pattern = Pattern.compile(regex, flags);
            long expected = lines.stream().filter(it -> pattern.matcher(it).find()).count();
            assertThat(found(LogQuery.of(regex, true, matchCase), lines))
                    .as("%s in %s, %s", regex, lines, matchCase)
                    .isEqualTo(expected);
            hits += expected;
        }
        assertThat(hits).isGreaterThan(10_000);
    }

    private static String some(Random random, List<String> of, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> of.get(random.nextInt(of.size())))
                .collect(Collectors.joining());
    }

    private static long found(LogQuery query, List<String> lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(UTF_8);
        long[] found = {0};
        LineHits taker =
                new LineHits(
                        query,
                        () -> false,
                        _ -> {
                            found[0]++;
                            return true;
                        },
                        _ -> true);
        assertThat(taker.take(bytes, bytes.length, 0, false, false)).isTrue();
        return found[0];
    }
}
