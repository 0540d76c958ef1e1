package orchestrator.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where in a log lines were found, in bounded memory. */
class LineSpreadTest {
    @Test
    void places_are_exact_as_long_as_there_is_room_and_then_each_two_parts_become_one() {
        LineSpread spread = new LineSpread(8);
        LongStream.of(0, 3, 7).forEach(spread::add);
        assertThat(spread.spread(4, OptionalLong.empty()).apart()).isEqualTo(1);
        assertThat(spread.spread(4, OptionalLong.empty()).parts()).containsExactly(0L, 3L, 7L);
        spread.add(30);
        Spread folded = spread.spread(4, OptionalLong.empty());
        assertThat(folded.apart()).isEqualTo(4);
        assertThat(folded.parts()).containsExactly(0L, 4L, 28L);
        assertThat(folded.found()).isEqualTo(4);
    }

    @Test
    void what_may_still_change_counts_only_while_it_is_given() {
        LineSpread spread = new LineSpread(8);
        spread.add(1);
        assertThat(spread.spread(4, OptionalLong.of(2)).parts()).containsExactly(1L, 2L);
        assertThat(spread.spread(4, OptionalLong.of(2)).found()).isEqualTo(4);
        assertThat(spread.spread(4, OptionalLong.of(99)).parts()).containsExactly(1L, 7L);
        assertThat(spread.spread(4, OptionalLong.empty()).parts()).containsExactly(1L);
    }

    @Test
    void ten_million_lines_that_all_match_are_some_thousand_parts() {
        LineSpread spread = new LineSpread();
        for (long line = 0; line < 10_000_000; line++) {
            spread.add(line);
        }
        Spread all = spread.spread(10_000_000, OptionalLong.empty());
        assertThat(all.parts().count()).isBetween(LineSpread.MOST / 2L, (long) LineSpread.MOST);
    }

    @Test
    void what_lies_in_a_part_that_is_noted_already_need_not_be_looked_up() {
        LineSpread spread = new LineSpread(8);
        spread.add(30); // parts of four lines each
        assertThat(spread.hasAll(new OpenLog.LineRange(28, 31))).isTrue();
        assertThat(spread.hasAll(new OpenLog.LineRange(27, 31))).isFalse();
        assertThat(spread.hasAll(new OpenLog.LineRange(24, 27))).isFalse();
        assertThat(spread.hasAll(new OpenLog.LineRange(32, 33))).isFalse();
    }

    @Test
    void a_very_long_line_is_noted_once_and_the_last_as_long_as_it_matches(@TempDir Path folder)
            throws Exception {
        Path path = folder.resolve("log");
        Files.writeString(path, "one\nbad " + "x".repeat(700_000) + " bad\ntwo\nbad\nbad");
        try (LogFile log = new LogFile(path, Optional.of(LogQuery.of(Pattern.compile("bad$"))))) {
            log.look(Long.MAX_VALUE / 2);
            assertThat(log.marked().parts()).containsExactly(1L, 3L, 4L);
            Files.writeString(path, "!\n", StandardOpenOption.APPEND);
            log.look(Long.MAX_VALUE / 2);
            assertThat(log.marked().parts()).containsExactly(1L, 3L);
            assertThat(log.marked().found()).isEqualTo(2);
        }
    }

    @Test
    void of_many_matches_in_a_long_log_every_part_is_noted(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("log");
        int lines = 50_000;
        Files.writeString(path, "all of them\n".repeat(lines));
        try (LogFile log = new LogFile(path)) {
            log.look(Long.MAX_VALUE / 2);
            LogSearch search = log.search(LogQuery.of("them", false, true)).orElseThrow();
            search.advance(Long.MAX_VALUE / 2);
            Spread spread = search.spread();
            for (int more = 0; more < 5; more++) {
                spread = search.spread();
            }
            assertThat(spread.found()).isEqualTo(lines);
            assertThat(spread.parts().count())
                    .isEqualTo((lines + spread.apart() - 1) / spread.apart());
        }
    }
}
