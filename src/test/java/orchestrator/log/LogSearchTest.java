package orchestrator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.model.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSearchTest {
    private static final long ALL = Long.MAX_VALUE / 4;
    @TempDir Path folder;
    private Path path;
    private LogFile log;

    @BeforeEach
    void open() {
        path = folder.resolve("a.log");
        log = new LogFile(path);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private LogSearch search(String text) throws IOException {
        log.look(ALL);
        return log.search(LogQuery.of(text, false, true)).orElseThrow();
    }

    @Test
    void first_hits_are_there_while_the_rest_is_still_searched() throws IOException {
        Files.writeString(path, "a hit\n" + "nothing here\n".repeat(300_000) + "a hit\n");
        LogSearch search = search("hit");
        search.advance(1);
        assertThat(search.count()).isEqualTo(1);
        assertThat(search.progress().complete()).isFalse();
        assertThat(search.read(0, 5)).extracting(LogLine::number).containsExactly(0L);
        search.advance(ALL);
        assertThat(search.progress().complete()).isTrue();
        assertThat(search.read(0, 5)).extracting(LogLine::number).containsExactly(0L, 300_001L);
    }

    @Test
    void a_match_in_every_line_costs_no_more_than_the_lines() throws IOException {
        Files.writeString(path, "a hit here\n".repeat(1_000_000));
        LogSearch search = search("hit");
        // Looking at the rest of a block again for each match would take minutes.
        assertTimeout(Duration.ofSeconds(10), () -> search.advance(ALL));
        assertThat(search.count()).isEqualTo(1_000_000);
        assertThat(search.read(999_999, 2)).extracting(LogLine::number).containsExactly(999_999L);
    }

    @Test
    void what_is_given_up_goes_no_further() throws IOException {
        Files.writeString(path, "nothing here\n".repeat(300_000) + "a hit\n");
        LogSearch search = search("hit");
        search.advance(1);
        search.cancel();
        search.advance(ALL);
        assertThat(search.progress().complete()).isFalse();
        assertThat(search.count()).isZero();
    }

    @Test
    void it_goes_on_with_what_comes() throws IOException {
        Files.writeString(path, "a hit\nhal");
        LogSearch search = search("half");
        search.advance(ALL);
        assertThat(search.count()).isZero();
        Files.writeString(path, "f\nnothing\nanother half", StandardOpenOption.APPEND);
        log.look(ALL);
        search.advance(ALL);
        assertThat(search.read(0, 9)).extracting(LogLine::number).containsExactly(1L, 3L);
        Files.writeString(path, " is whole now\n", StandardOpenOption.APPEND);
        log.look(ALL);
        search.advance(ALL);
        assertThat(search.read(0, 9)).extracting(LogLine::number).containsExactly(1L, 3L);
    }

    @Test
    void what_is_no_expression_says_why_and_where() {
        assertThatThrownBy(() -> LogQuery.of("a(b", true, true))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("unclosed group at its end");
        assertThatThrownBy(() -> LogQuery.of("a*{2b", true, true))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("at character");
        assertThat(LogQuery.of("a(b", false, true).spans("xa(b", () -> false))
                .containsExactly(new LogQuery.Span(1, 4));
    }

    @Test
    void an_expression_that_would_try_for_ever_can_be_stopped() {
        LogQuery query = LogQuery.of("(.*)(.*)(.*)(.*)(.*)(.*)\\1x", true, true);
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(
                        () -> query.spans("a".repeat(60) + "b", () -> asked.incrementAndGet() > 3))
                .isInstanceOf(CancellationException.class);
    }
}
