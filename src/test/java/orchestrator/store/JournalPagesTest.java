package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPagesTest {
    @TempDir Path folder;
    private Path path;
    private JournalPages pages;

    @BeforeEach
    void begin() {
        path = folder.resolve("log.jsonl");
        pages = new JournalPages(path);
    }

    private List<TimedEvent> append(int count) {
        Random random = new Random(count);
        List<TimedEvent> all = new ArrayList<>();
        try (Journal journal = Journal.open(path)) {
            for (int i = 0; i < count; i++) {
                String reason = "é".repeat(random.nextInt(random.nextInt(50) == 0 ? 4_000 : 200));
                all.addAll(journal.append(Samples.AT, Samples.entries(reason)));
            }
        }
        return all;
    }

    @Test
    void without_a_journal_there_is_nothing() {
        assertThat(pages.before(Long.MAX_VALUE, 5)).isEmpty();
    }

    @Test
    void any_page_of_a_long_journal_is_read_backwards() {
        List<TimedEvent> all = append(1_500);
        assertThat(pages.before(Long.MAX_VALUE, 200)).isEqualTo(all.subList(1_300, 1_500));
        for (int seq : List.of(1, 2, 3, 200, 201, 777, 1_499, 1_500, 1_501)) {
            int end = seq - 1;
            assertThat(pages.before(seq, 100))
                    .as("before %d", seq)
                    .isEqualTo(all.subList(Math.max(0, end - 100), end));
        }
    }

    @Test
    void a_last_line_that_is_being_written_is_not_there_yet() throws IOException {
        List<TimedEvent> all = append(3);
        Files.writeString(path, "{\"seq\":4,\"at\":\"2026", StandardOpenOption.APPEND);
        assertThat(pages.before(Long.MAX_VALUE, 2)).isEqualTo(all.subList(1, 3));
    }

    @Test
    void an_append_whose_last_line_is_missing_does_not_count() throws IOException {
        List<TimedEvent> all = new ArrayList<>();
        try (Journal journal = Journal.open(path)) {
            all.addAll(journal.append(Samples.AT, Samples.entries("a")));
            journal.append(Samples.AT, Samples.entries("b", "c"));
        }
        String text = Files.readString(path);
        Files.writeString(path, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
        assertThat(pages.before(Long.MAX_VALUE, 9)).isEqualTo(all);
    }

    @Test
    void damage_is_told() throws IOException {
        append(3);
        Files.writeString(path, Files.readString(path).replaceFirst("17:00", "18:00"));
        assertThatThrownBy(() -> pages.before(Long.MAX_VALUE, 9))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("checksum");
        assertThat(pages.before(Long.MAX_VALUE, 2)).hasSize(2);
    }
}
