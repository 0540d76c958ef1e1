package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import orchestrator.model.TimedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    @TempDir Path folder;
    private Path path;
    private JournalReader reader;

    @BeforeEach
    void begin() {
        path = folder.resolve("log.jsonl");
        reader = new JournalReader(path);
    }

    private List<TimedEvent> append(String... reasons) {
        try (Journal journal = Journal.open(path)) {
            return journal.append(Samples.AT, Samples.entries(reasons));
        }
    }

    @Test
    void a_journal_that_is_not_there_yet_has_no_news() {
        assertThat(reader.poll()).isEqualTo(new JournalReader.News(false, List.of()));
        List<TimedEvent> first = append("a");
        assertThat(reader.poll()).isEqualTo(new JournalReader.News(false, first));
    }

    @Test
    void each_look_gives_what_came_since_the_last() {
        List<TimedEvent> first = append("a", "b");
        assertThat(reader.poll().events()).isEqualTo(first);
        assertThat(reader.poll().events()).isEmpty();
        List<TimedEvent> second = append("c");
        assertThat(reader.poll().events()).isEqualTo(second);
        assertThat(reader.poll().startedOver()).isFalse();
    }

    @Test
    void bytes_that_come_one_at_a_time_give_each_line_once_it_is_whole() throws IOException {
        Path source = folder.resolve("source.jsonl");
        List<TimedEvent> all;
        try (Journal journal = Journal.open(source)) {
            all = new ArrayList<>();
            for (String reason : List.of("a", "b é", "c")) {
                all.addAll(journal.append(Samples.AT, Samples.entries(reason)));
            }
        }
        List<TimedEvent> seen = new ArrayList<>();
        int lines = 0;
        Files.createFile(path);
        for (byte next : Files.readAllBytes(source)) {
            Files.write(path, new byte[] {next}, StandardOpenOption.APPEND);
            JournalReader.News news = reader.poll();
            assertThat(news.startedOver()).isFalse();
            lines += next == '\n' ? 1 : 0;
            seen.addAll(news.events());
            assertThat(seen).hasSize(lines);
        }
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void lines_that_were_appended_together_are_seen_together() throws IOException {
        Path source = folder.resolve("source.jsonl");
        List<TimedEvent> all;
        try (Journal journal = Journal.open(source)) {
            all = journal.append(Samples.AT, Samples.entries("a", "b é", "c"));
        }
        byte[] bytes = Files.readAllBytes(source);
        for (int size = 0; size < bytes.length; size++) {
            Files.write(path, java.util.Arrays.copyOf(bytes, size));
            assertThat(reader.poll().events()).isEmpty();
        }
        Files.write(path, bytes);
        assertThat(reader.poll()).isEqualTo(new JournalReader.News(false, all));
    }

    @Test
    void a_torn_line_that_is_cut_off_and_written_anew_is_read_once() throws IOException {
        append("a");
        assertThat(reader.poll().events()).hasSize(1);
        Files.writeString(path, "{\"seq\":2,\"at\":\"2026", StandardOpenOption.APPEND);
        assertThat(reader.poll()).isEqualTo(new JournalReader.News(false, List.of()));
        List<TimedEvent> next = append("b");
        assertThat(reader.poll()).isEqualTo(new JournalReader.News(false, next));
    }

    @Test
    void lines_that_were_seen_and_taken_back_make_it_start_over() throws IOException {
        append("a");
        byte[] before = Files.readAllBytes(path);
        append("taken back");
        assertThat(reader.poll().events()).hasSize(2);

        Files.write(path, before);
        List<TimedEvent> now = append("other text");

        JournalReader.News news = reader.poll();
        assertThat(news.startedOver()).isTrue();
        assertThat(news.events()).hasSize(2).endsWith(now.getFirst());
    }

    @Test
    void a_replaced_journal_makes_it_start_over() throws IOException {
        append("a", "b", "c");
        assertThat(reader.poll().events()).hasSize(3);
        Path moved = folder.resolve("moved");
        Files.move(path, moved);
        assertThat(reader.poll()).isEqualTo(new JournalReader.News(true, List.of()));
        List<TimedEvent> anew = append("new");
        assertThat(reader.poll()).isEqualTo(new JournalReader.News(false, anew));
    }

    @Test
    void a_shorter_journal_makes_it_start_over() throws IOException {
        append("a");
        byte[] one = Files.readAllBytes(path);
        append("b");
        assertThat(reader.poll().events()).hasSize(2);
        Files.write(path, one);
        JournalReader.News news = reader.poll();
        assertThat(news.startedOver()).isTrue();
        assertThat(news.events()).hasSize(1);
    }

    @Test
    void damage_in_the_middle_is_said_and_changes_nothing() throws IOException {
        append("a", "b", "c");
        byte[] wrong = Files.readAllBytes(path);
        wrong[wrong.length / 2] ^= 1;
        Files.write(path, wrong);
        assertThatThrownBy(() -> reader.poll())
                .hasMessageContaining("damaged at line 2")
                .hasMessageNotContaining("copy");
        assertThat(Files.readAllBytes(path)).isEqualTo(wrong);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}
