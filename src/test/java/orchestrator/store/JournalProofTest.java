package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to the bytes of a journal that holds every type of event: what it is read as is
 * a beginning of what was written, with what was cut off kept beside, or a refusal that names the
 * place. Never another state.
 */
class JournalProofTest {
    private static final byte[] NOTHING = {};

    private Path folder = Path.of("");
    private Path file = Path.of("");
    private byte[] whole = NOTHING;
    private List<TimedEvent> written = List.of();

    /** The fold of the first n events, at n. */
    private List<RunState> folds = List.of();

    /** Where each line begins, and at last the end. */
    private List<Integer> begins = List.of();

    /** The first line of each append. */
    private List<Integer> appends = List.of();

    private long trials;

    @BeforeEach
    void write_a_sample() throws IOException {
        // In memory where there is such a place: some ten thousand files.
        Path memory = Path.of("/dev/shm");
        folder =
                Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "journal-proof")
                        : Files.createTempDirectory("journal-proof");
        file = folder.resolve("orchestrator-log.jsonl");
        try (Journal journal = Journal.open(file)) {
            List<TimedEvent> all = new ArrayList<>();
            List<Event> events = EventCodecTest.events().toList();
            List<Integer> firsts = new ArrayList<>();
            // Appended one, two and three at a time; at last three.
            for (int next = 0; next < events.size(); ) {
                int left = events.size() - next;
                int together = Math.min(1 + firsts.size() % 3, Math.max(1, left - 3));
                together = left == 3 ? 3 : together;
                firsts.add(next);
                List<Journal.Entry> entries = new ArrayList<>();
                for (Event event : events.subList(next, next + together)) {
                    entries.add(new Journal.Entry(event, entries.size() == 1 ? WHY : NONE));
                }
                all.addAll(journal.append(Samples.AT.plusMillis(next), entries));
                next += together;
            }
            appends = List.copyOf(firsts);
            written = List.copyOf(all);
        }
        whole = Files.readAllBytes(file);
        List<RunState> states = new ArrayList<>(List.of(RunState.EMPTY));
        for (TimedEvent event : written) {
            states.add(states.getLast().apply(event.at(), event.event()));
        }
        folds = List.copyOf(states);
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] == '\n') {
                starts.add(at + 1);
            }
        }
        begins = List.copyOf(starts);
        assertThat(begins).hasSize(written.size() + 1);
    }

    private static final Optional<Why> NONE = Optional.empty();
    private static final Optional<Why> WHY =
            Optional.of(Why.of("rule é", "no output for 903 s", "0.0 s CPU"));

    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path left : files.toList()) {
                Files.delete(left);
            }
        }
        Files.delete(folder);
    }

    /** The line, from 0 on, that a byte belongs to. */
    private int lineOf(int at) {
        int found = Collections.binarySearch(begins, at);
        return found >= 0 ? found : -found - 2;
    }

    /** How many lines stand before the append that a line belongs to. */
    private int before(int line) {
        return appends.stream().filter(first -> first <= line).max(Integer::compare).orElse(0);
    }

    private Journal open() {
        return Journal.open(new FaultyDisk().withoutSync(), file);
    }

    private void lay(byte[] bytes) throws IOException {
        remove();
        Files.createDirectory(folder);
        Files.write(file, bytes);
        trials++;
    }

    /** It is read as the first {@code count} events, and the rest is kept beside. */
    private void isCutTo(int count, byte[] bytes, String what) throws IOException {
        lay(bytes);
        readerSees(count, what);
        try (Journal journal = open()) {
            assertThat(journal.past().recent()).as(what).isEqualTo(written.subList(0, count));
            assertThat(journal.past().state()).as(what).isEqualTo(folds.get(count));
            byte[] kept = Arrays.copyOf(whole, begins.get(count));
            assertThat(Files.readAllBytes(file)).as(what).isEqualTo(kept);
            if (bytes.length == kept.length) {
                assertThat(journal.torn()).as(what).isEmpty();
            } else {
                assertThat(Files.readAllBytes(journal.torn().orElseThrow()))
                        .as(what)
                        .isEqualTo(Arrays.copyOfRange(bytes, kept.length, bytes.length));
            }
        }
    }

    /**
     * It is refused, by the number and the offset of a line, a copy is kept, nothing is changed.
     */
    private void isRefused(int line, byte[] bytes, String what) throws IOException {
        lay(bytes);
        Path copy = folder.resolve("orchestrator-log.damaged-1");
        // Now and then once more: the copy is there already.
        int times = trials % 16 == 0 ? 2 : 1;
        for (int time = 0; time < times; time++) {
            try (Journal journal = open()) {
                throw new AssertionError(what + " was read as " + journal.past().count());
            } catch (Fault fault) {
                assertThat(fault.code()).as(what).isEqualTo("journal-damaged");
                assertThat(fault.sentence())
                        .as(what)
                        .contains(file.toString(), copy.toString())
                        .contains("at line %d, byte %d:".formatted(line + 1, begins.get(line)));
            }
            assertThat(Files.readAllBytes(file)).as(what).isEqualTo(bytes);
            assertThat(Files.readAllBytes(copy)).as(what).isEqualTo(bytes);
        }
        assertThat(folder.resolve("orchestrator-log.damaged-2")).doesNotExist();
        Files.delete(copy);
        assertThatThrownBy(() -> new JournalReader(file).poll())
                .as(what)
                .hasMessageContaining("at line %d, byte %d:".formatted(line + 1, begins.get(line)));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("a reader leaves nothing").containsExactly(file);
        }
    }

    private void readerSees(int count, String what) {
        JournalReader reader = new JournalReader(file);
        assertThat(reader.poll().events()).as(what).isEqualTo(written.subList(0, count));
        assertThat(reader.history().state()).as(what).isEqualTo(folds.get(count));
    }

    private void print(String what) {
        System.out.printf(
                "journal: %s: %d trials over %d bytes, %d events of every type%n",
                what, trials, whole.length, written.size());
    }

    @Test
    void cut_at_every_byte_it_is_the_whole_lines_before() throws IOException {
        for (int size = 0; size <= whole.length; size++) {
            int end = size;
            int lines = (int) begins.stream().skip(1).filter(begin -> begin <= end).count();
            isCutTo(
                    lines == written.size() ? lines : before(lines),
                    Arrays.copyOf(whole, size),
                    "cut to " + size + " bytes");
        }
        print("cut at every byte");
    }

    @Test
    void after_a_cut_the_journal_goes_on_without_a_gap() throws IOException {
        byte[] torn = Arrays.copyOf(whole, whole.length - 5);
        isCutTo(written.size() - 3, torn, "torn");
        try (Journal journal = open()) {
            assertThat(journal.append(Samples.AT, Samples.entries("on")).getFirst().seq())
                    .isEqualTo(written.size() - 2);
        }
        try (Journal journal = open()) {
            assertThat(journal.past().count()).isEqualTo(written.size() - 2);
            assertThat(journal.torn()).isEmpty();
        }
    }

    @Test
    void every_byte_turned_over_is_refused_by_its_place() throws IOException {
        for (int at = 0; at < whole.length; at++) {
            flipped(at, 0xFF);
        }
        print("every byte turned over");
    }

    @Test
    void every_bit_turned_over_is_refused_by_its_place() throws IOException {
        int lines = written.size();
        for (int line : List.of(0, lines / 2, lines - 2, lines - 1)) {
            for (int at = begins.get(line); at < begins.get(line + 1); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    flipped(at, 1 << bit);
                }
            }
        }
        print("every bit of four lines turned over");
    }

    private void flipped(int at, int mask) throws IOException {
        byte[] bytes = whole.clone();
        bytes[at] = (byte) (bytes[at] ^ mask);
        String what = "byte %d ^ %02x".formatted(at, mask);
        int line = lineOf(at);
        boolean last = line == written.size() - 1;
        boolean looksTorn = at == whole.length - 1 || bytes[at] == 0;
        if (last && looksTorn) {
            isCutTo(before(line), bytes, what);
        } else {
            isRefused(line, bytes, what);
        }
    }

    @Test
    void a_tail_of_zeros_as_after_a_power_cut_is_cut_off() throws IOException {
        int line = written.size() - 1;
        for (int zeros : List.of(1, 100, 512, 4096, 200_000)) {
            isCutTo(
                    written.size(),
                    join(whole, new byte[zeros]),
                    zeros + " zeros after the last line");
            for (int keep : List.of(0, 1, 40)) {
                byte[] begun = Arrays.copyOf(whole, begins.get(line) + keep);
                isCutTo(before(line), join(begun, new byte[zeros]), keep + " bytes, then zeros");
            }
        }
        byte[] hole = whole.clone();
        Arrays.fill(hole, begins.get(line), begins.get(line) + 50, (byte) 0);
        isCutTo(before(line), hole, "a last line whose beginning was never written");
        Arrays.fill(hole, begins.get(3), begins.get(3) + 50, (byte) 0);
        isRefused(3, hole, "zeros with whole lines after them");
        print("zeros");
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The sample with its lines (newlines included) changed. */
    private byte[] lines(UnaryOperator<List<byte[]>> change) {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            lines.add(Arrays.copyOfRange(whole, begins.get(i), begins.get(i + 1)));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        change.apply(lines).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static UnaryOperator<List<byte[]>> doing(java.util.function.Consumer<List<byte[]>> it) {
        return lines -> {
            it.accept(lines);
            return lines;
        };
    }

    @Test
    void lines_that_are_doubled_swapped_or_missing_are_refused_by_their_place() throws IOException {
        int count = written.size();
        for (int i = 0; i < count; i++) {
            int line = i;
            byte[] doubled = lines(doing(all -> all.add(line, all.get(line))));
            isRefusedWhereItGoesWrong(line + 1, doubled, "line " + line + " doubled");
            if (line < count - 1) {
                byte[] swapped = lines(doing(all -> Collections.swap(all, line, line + 1)));
                isRefused(line, swapped, "line " + line + " and the next swapped");
                byte[] missing = lines(doing(all -> all.remove(line)));
                isRefused(line, missing, "line " + line + " missing");
            }
        }
        byte[] last = lines(doing(all -> all.removeLast()));
        isCutTo(count - 3, last, "the last line missing, of three appended together");
        print("doubled, swapped, missing lines");
    }

    /** As {@link #isRefused}, where the line before is there twice. */
    private void isRefusedWhereItGoesWrong(int line, byte[] bytes, String what) throws IOException {
        lay(bytes);
        assertThatThrownBy(this::open)
                .as(what)
                .hasMessageContaining("at line %d, byte ".formatted(line + 1))
                .hasMessageContaining("should have the number " + (line + 1));
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void line_ends_of_another_system_are_refused_and_said() throws IOException {
        byte[] crlf =
                new String(whole, StandardCharsets.ISO_8859_1)
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        isRefused(0, crlf, "CR LF");
        assertThatThrownBy(this::open).hasMessageContaining("CR LF");
    }

    @Test
    void a_line_of_a_type_of_tomorrow_is_carried_and_changes_nothing() throws IOException {
        Event tomorrow =
                new Event.Unknown(
                        "of-tomorrow", "{\"type\":\"of-tomorrow\",\"issue\":\"proof#52\"}");
        lay(whole);
        try (Journal journal = open()) {
            journal.append(Samples.AT, List.of(Journal.Entry.of(tomorrow)));
        }
        try (Journal journal = open()) {
            assertThat(journal.past().recent().getLast().event()).isEqualTo(tomorrow);
            assertThat(journal.past().state()).isEqualTo(folds.getLast());
        }
    }

    // ── under a reader ─────────────────────────────────────────────────────────────────────

    @Test
    void a_journal_that_shrinks_to_any_size_under_a_reader_is_read_anew() throws IOException {
        for (int line = 0; line < written.size(); line++) {
            lay(whole);
            JournalReader reader = new JournalReader(file);
            assertThat(reader.poll().events()).hasSize(written.size());
            // To a line's end and into the middle of one.
            for (int size : List.of(begins.get(line) + 30, begins.get(line))) {
                Files.write(file, Arrays.copyOf(whole, size));
                JournalReader.News news = reader.poll();
                assertThat(reader.history().state()).isEqualTo(folds.get(before(line)));
                assertThat(reader.history().recent()).isEqualTo(written.subList(0, before(line)));
                if (news.startedOver()) {
                    assertThat(news.events()).isEqualTo(written.subList(0, before(line)));
                }
            }
        }
        print("shrunk under a reader");
    }

    @Test
    void a_journal_that_is_cut_while_it_is_being_read_is_read_anew() throws IOException {
        lay(NOTHING);
        List<TimedEvent> all;
        try (Journal journal = open()) {
            List<Journal.Entry> entries = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                entries.addAll(Samples.entries("entry " + i));
            }
            all = journal.append(Samples.AT, entries);
        }
        byte[] bytes = Files.readAllBytes(file);
        JournalReader reader = new JournalReader(file);
        List<Integer> batches = new ArrayList<>();
        reader.poll(events -> {
            batches.add(events.size());
            cutTo(0);
        });
        assertThat(batches).as("it was cut after the first part").hasSize(1);
        assertThat(reader.poll().events()).isEmpty();
        assertThat(reader.history()).isEqualTo(History.EMPTY);
        Files.write(file, bytes);
        List<TimedEvent> again = new ArrayList<>();
        reader.poll(again::addAll);
        assertThat(again).isEqualTo(all);
        assertThat(reader.history().recent()).hasSize(History.RECENT);
        assertThat(reader.history().count()).isEqualTo(3000);
    }

    private void cutTo(long size) {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_a_reader_and_the_next_monitor_see_is_the_same() throws IOException {
        lay(Arrays.copyOf(whole, begins.get(5) + 10));
        JournalReader reader = new JournalReader(file);
        reader.poll();
        try (Journal journal = open()) {
            assertThat(reader.history()).isEqualTo(journal.past());
            assertThat(Optional.of(journal.past().count())).contains((long) before(5));
        }
    }
}
