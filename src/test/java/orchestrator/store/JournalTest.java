package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir Path folder;
    private Path path;

    @BeforeEach
    void name_the_file() {
        path = folder.resolve("orchestrator-log.jsonl");
    }

    private List<TimedEvent> append(String... reasons) {
        try (Journal journal = Journal.open(path)) {
            return journal.append(Samples.AT, Samples.entries(reasons));
        }
    }

    private List<TimedEvent> reopened() {
        try (Journal journal = Journal.open(path)) {
            return journal.past().recent();
        }
    }

    @Test
    void what_was_appended_is_there_after_opening_again() {
        List<TimedEvent> first = append("a", "b");
        List<TimedEvent> second = append("c é 😀 \u2028 \n");

        assertThat(reopened()).containsSequence(first).containsSequence(second).hasSize(3);
        assertThat(reopened()).extracting(TimedEvent::seq).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_line_has_the_documented_form_and_a_private_file() throws IOException {
        Decision decision = new Decision(new Event.WindowLost(2), Why.of("lost", "not listed"));
        try (Journal journal = Journal.open(path)) {
            journal.append(
                    Samples.AT,
                    List.of(Journal.Entry.of(decision), Journal.Entry.of(new Event.WindowLost(3))));
        }
        List<String> lines = Files.readAllLines(path);

        String body =
                "{\"seq\":1,\"at\":\"2026-11-22T17:00:00.123456789Z\",\"more\":true,\"event\":{\"type\":\"window-lost\",\"worker\":2},"
                        + "\"why\":{\"rule\":\"lost\",\"facts\":[\"not listed\"]}";
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        assertThat(lines.getFirst())
                .isEqualTo(body + ",\"crc\":\"%08x\"}".formatted(crc.getValue()));
        assertThat(lines.getLast()).doesNotContain("why").doesNotContain("more");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(reopened().getFirst().why()).contains(decision.why());
    }

    @Test
    void a_decision_without_reasons_is_written_without_them() {
        Decision decision = new Decision(new Event.WindowLost(2), new Why("", List.of()));
        assertThat(Journal.Entry.of(decision).why()).isEmpty();
    }

    @Test
    void text_that_is_not_valid_unicode_does_not_break_the_journal() {
        append("half a pair \ud83d", "next");
        assertThat(reopened()).hasSize(2);
    }

    @Test
    void a_last_line_torn_at_any_byte_is_cut_off_and_kept() throws IOException {
        append("one", "two");
        byte[] before = Files.readAllBytes(path);
        append("three é");
        byte[] after = Files.readAllBytes(path);
        assertThat(after.length).isGreaterThan(before.length + 50);
        for (int cut = before.length + 1; cut < after.length; cut++) {
            Path file = Files.createDirectory(folder.resolve("cut-" + cut)).resolve("log.jsonl");
            Files.write(file, Arrays.copyOf(after, cut));
            try (Journal journal = Journal.open(file)) {
                assertThat(journal.past().recent()).as("cut at %d", cut).hasSize(2);
                assertThat(journal.torn()).contains(file.resolveSibling("log.torn-1"));
                assertThat(Files.readAllBytes(file.resolveSibling("log.torn-1")))
                        .isEqualTo(Arrays.copyOfRange(after, before.length, cut));
                assertThat(Files.readAllBytes(file)).isEqualTo(before);
                journal.append(Samples.AT, Samples.entries("again"));
            }
            try (Journal journal = Journal.open(file)) {
                assertThat(journal.past().recent()).hasSize(3);
                assertThat(journal.torn()).isEmpty();
            }
        }
    }

    @Test
    void any_wrong_byte_in_the_middle_stops_the_start_and_changes_nothing() throws IOException {
        append("one", "two", "three");
        byte[] whole = Files.readAllBytes(path);
        int begin = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        int end = new String(whole, StandardCharsets.UTF_8).indexOf('\n', begin);
        for (int at = begin; at < end; at++) {
            byte[] wrong = whole.clone();
            wrong[at] ^= 1;
            Path file = Files.createDirectory(folder.resolve("flip-" + at)).resolve("log.jsonl");
            Files.write(file, wrong);
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> Journal.open(file))
                        .isInstanceOfSatisfying(
                                Fault.class,
                                fault -> assertThat(fault.code()).isEqualTo("journal-damaged"))
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("line 2, byte " + begin)
                        .hasMessageContaining("log.damaged-1");
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(wrong);
            assertThat(Files.readAllBytes(file.resolveSibling("log.damaged-1"))).isEqualTo(wrong);
            assertThat(file.resolveSibling("log.damaged-2")).doesNotExist();
        }
    }

    @Test
    void a_line_taken_out_of_the_middle_is_noticed() throws IOException {
        append("one", "two", "three");
        List<String> lines = Files.readAllLines(path);
        Files.write(path, List.of(lines.get(0), lines.get(2), lines.get(2)));
        assertThatThrownBy(() -> Journal.open(path)).hasMessageContaining("line 2");
    }

    @Test
    void lines_longer_than_the_reading_buffer_come_back() {
        String big = "é".repeat(200_000);
        append("a", big, "b");
        assertThat(reopened())
                .extracting(TimedEvent::event)
                .contains(new Event.LaunchesResumed(big), new Event.LaunchesResumed("b"))
                .hasSize(3);
    }

    @Test
    void an_interrupt_neither_loses_a_write_nor_closes_the_file() {
        Thread.currentThread().interrupt();
        try (Journal journal = Journal.open(path)) {
            journal.append(Samples.AT, Samples.entries("a"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            journal.append(Samples.AT, Samples.entries("b"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(reopened()).hasSize(2);
    }

    @Test
    void a_journal_that_somebody_else_changes_is_not_written_on() throws IOException {
        try (Journal journal = Journal.open(path)) {
            journal.append(Samples.AT, Samples.entries("a"));
            Files.writeString(path, "x", StandardOpenOption.APPEND);
            assertForeign(journal);
        }
    }

    @Test
    void a_journal_that_was_deleted_or_replaced_is_not_written_on() throws IOException {
        try (Journal journal = Journal.open(path)) {
            journal.append(Samples.AT, Samples.entries("a"));
            byte[] content = Files.readAllBytes(path);
            Files.move(path, folder.resolve("elsewhere"));
            assertForeign(journal);
            Files.write(path, content);
            assertForeign(journal);
        }
    }

    private static void assertForeign(Journal journal) {
        assertThatThrownBy(() -> journal.append(Samples.AT, Samples.entries("b")))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo("journal-foreign"));
    }

    @Test
    void a_folder_in_its_place_is_said() throws IOException {
        Files.createDirectory(path);
        assertThatThrownBy(() -> Journal.open(path)).hasMessageContaining("is not a file");
    }

    /**
     * The limit on a file's size makes the system write a part and then refuse, like a full disk.
     */
    @Test
    void a_full_disk_leaves_the_journal_whole_and_writing_goes_on_when_there_is_room()
            throws Exception {
        Process child =
                Child.start(List.of("sh", "-c", "ulimit -f 16; exec \"$@\"", "sh"), "fill", path);
        String said = Child.output(child);

        assertThat(said).contains("fault journal-write").contains("small batch written");
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<TimedEvent> events = reopened();
        assertThat(events.getFirst().event()).isEqualTo(new Event.LaunchesResumed("before"));
        assertThat(events.getLast().event()).isEqualTo(new Event.LaunchesResumed("after"));
        assertThat(events).hasSize(2);
    }

    @Test
    void appending_is_fast_enough() {
        int rounds = 200;
        long[] nanos = new long[rounds];
        try (Journal journal = Journal.open(path)) {
            for (int i = 0; i < rounds; i++) {
                long begin = System.nanoTime();
                journal.append(Samples.AT, Samples.entries("round " + i));
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        double median = nanos[rounds / 2] / 1e6;
        System.out.printf(
                "journal: append + sync median %.2f ms, 95 %% under %.2f ms%n",
                median, nanos[rounds * 95 / 100] / 1e6);
        assertThat(reopened()).hasSize(rounds);
        assertThat(median).isLessThan(100);
    }
}
