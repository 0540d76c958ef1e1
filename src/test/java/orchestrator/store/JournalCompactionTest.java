package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;
import orchestrator.store.FaultyDisk.Moment;
import orchestrator.store.FaultyDisk.Refusal;
import orchestrator.store.FaultyDisk.Write;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A journal that is compacted, however often, whenever, and whatever happens while it is: it opens
 * as the one that never was, and whoever follows it is told each event once.
 */
class JournalCompactionTest {
    private static final long SEED = 20261123;

    /** Set aside by almost every compaction. */
    private static final JournalSizes SMALL = new JournalSizes(3, 2000);

    private static final List<Event> EVENTS = EventCodecTest.events().toList();

    private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void make() throws IOException {
        Path memory = Path.of("/dev/shm");
        folder =
                Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "journal-compaction")
                        : Files.createTempDirectory("journal-compaction");
        file = folder.resolve("orchestrator-log.jsonl");
    }

    @AfterEach
    void remove() throws IOException {
        clear();
        Files.delete(folder);
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path left : files.toList()) {
                Files.delete(left);
            }
        }
    }

    private static FaultyDisk disk() {
        return new FaultyDisk().withoutSync();
    }

    private Journal open(Disk disk) {
        return Journal.open(disk, file, SMALL);
    }

    private static List<Journal.Entry> some(Random random) {
        return Stream.generate(() -> EVENTS.get(random.nextInt(EVENTS.size())))
                .limit(1 + random.nextInt(4))
                .map(event -> new Journal.Entry(event, why(random)))
                .toList();
    }

    private static Optional<Why> why(Random random) {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(Why.of("rule é", "no output for 903 s"));
    }

    private static Instant at(Random random, int step) {
        // Now and then the clock is set back.
        return Samples.AT.plusSeconds(step).minusSeconds(random.nextInt(8) == 0 ? 90 : 0);
    }

    private static History fold(List<TimedEvent> events) {
        return History.EMPTY.with(events);
    }

    private List<Path> archives() throws IOException {
        return JournalArchives.of(file).stream().map(JournalArchives.Archive::path).toList();
    }

    /** All the ways to it lead to the same. */
    private void holds(List<TimedEvent> events, String what) {
        JournalReader whole = new JournalReader(file);
        assertThat(whole.poll().events()).as(what).isEqualTo(events);
        assertThat(whole.history()).as(what).isEqualTo(fold(events));
        JournalReader quick = JournalReader.fromSnapshot(file);
        quick.poll(given -> {});
        assertThat(quick.history()).as(what).isEqualTo(fold(events));
        try (Journal journal = open(disk())) {
            assertThat(journal.past()).as(what).isEqualTo(fold(events));
        }
    }

    /** Someone who looks now and then. */
    private static final class Follower {
        private final JournalReader reader;
        private final List<TimedEvent> told = new ArrayList<>();
        private final long from;

        Follower(JournalReader reader) {
            this.reader = reader;
            from = reader.history().count();
        }

        void look() {
            JournalReader.News news = reader.poll();
            assertThat(news.startedOver()).isFalse();
            told.addAll(news.events());
        }

        void knows(List<TimedEvent> events, String what) {
            assertThat(told).as(what).isEqualTo(events.subList((int) from, events.size()));
            assertThat(reader.history()).as(what).isEqualTo(fold(events));
        }
    }

    // ── the same as one that never was compacted ───────────────────────────────────────────

    @Test
    void random_runs_with_readers_in_every_place_are_told_each_event_once() throws IOException {
        int setAside = 0;
        for (long seed = SEED; seed < SEED + 60; seed++) {
            clear();
            setAside += randomRun(new Random(seed), "seed " + seed);
        }
        assertThat(setAside).isGreaterThan(200);
    }

    private int randomRun(Random random, String what) throws IOException {
        List<TimedEvent> all = new ArrayList<>();
        List<Follower> followers = new ArrayList<>();
        Journal journal = open(disk());
        JournalPages pages = new JournalPages(file);
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(9)) {
                case 0 -> journal.compact();
                case 8 -> pack(random);
                case 1 -> {
                    if (journal.isCompactionDue()) {
                        journal.compact();
                        assertThat(journal.isCompactionDue()).as(what).isFalse();
                    }
                }
                case 2 -> {
                    journal.close();
                    journal = open(disk());
                    assertThat(journal.past()).as(what).isEqualTo(fold(all));
                    assertThat(journal.snapshotTrouble()).as(what).isEmpty();
                }
                case 3 -> {
                    followers.add(new Follower(new JournalReader(file)));
                    followers.add(new Follower(JournalReader.fromSnapshot(file)));
                }
                case 4 ->
                        followers.stream()
                                .filter(f -> random.nextBoolean())
                                .forEach(Follower::look);
                case 5 -> {
                    int before = 1 + random.nextInt(all.size() + 3);
                    int most = 1 + random.nextInt(40);
                    int to = Math.min(all.size(), before - 1);
                    assertThat(pages.before(before, most))
                            .as("%s before %d", what, before)
                            .isEqualTo(all.subList(Math.max(0, to - most), to));
                }
                default -> all.addAll(journal.append(at(random, step), some(random)));
            }
        }
        journal.close();
        for (Follower follower : followers) {
            follower.look();
            follower.knows(all, what);
        }
        holds(all, what);
        return archives().size();
    }

    /** Compresses one of the archives, as is done with old ones. */
    private void pack(Random random) throws IOException {
        LogPacking packing = new LogPacking(new StateFolder(folder, disk()), 1);
        List<LogPacking.Log> archives = packing.ofJournal(issue -> true);
        if (!archives.isEmpty()) {
            LogPacking.Log archive = archives.get(random.nextInt(archives.size()));
            assertThat(packing.pack(archive)).isPresent();
            assertThat(archive.file()).doesNotExist();
        }
    }

    @Test
    void a_snapshot_of_any_state_is_read_as_that_state() throws IOException {
        Random random = new Random(SEED);
        for (int run = 0; run < 40; run++) {
            History history = History.EMPTY;
            for (int step = 0; step < 60; step++) {
                Event event = EVENTS.get(random.nextInt(EVENTS.size()));
                history =
                        history.with(
                                List.of(
                                        new TimedEvent(
                                                step + 1L, at(random, step), event, why(random))));
                JournalSnapshot snapshot =
                        new JournalSnapshot(history, new JournalPlace(step + 1L, 1, 99, "tail"));
                assertThat(JournalSnapshot.parse(snapshot.bytes()))
                        .isEqualTo(new JournalSnapshot.Good(snapshot));
            }
        }
    }

    @Test
    void the_archives_and_the_file_together_are_the_bytes_that_were_written() throws IOException {
        Random random = new Random(SEED);
        Path other = folder.resolve("other.jsonl");
        try (Journal compacted = open(disk());
                Journal plain = Journal.open(disk(), other)) {
            for (int step = 0; step < 100; step++) {
                List<Journal.Entry> entries = some(random);
                compacted.append(Samples.AT, entries);
                plain.append(Samples.AT, entries);
                compacted.compact();
            }
        }
        assertThat(archives()).hasSizeGreaterThan(5);
        List<Path> parts = new ArrayList<>(archives());
        parts.add(file);
        var bytes = new ByteArrayOutputStream();
        for (Path part : parts) {
            bytes.writeBytes(Files.readAllBytes(part));
        }
        assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(other));
    }

    @Test
    void one_who_follows_while_another_appends_and_compacts_misses_and_repeats_nothing() {
        List<TimedEvent> all = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Follower>> looking = new ArrayList<>();
        Random random = new Random(SEED);
        try (Journal journal = open(disk())) {
            for (int i = 0; i < 3; i++) {
                looking.add(CompletableFuture.supplyAsync(() -> followUntil(over)));
            }
            CompletableFuture<Void> compacting =
                    CompletableFuture.runAsync(() -> {
                        while (!over.get()) {
                            journal.compact();
                        }
                    });
            for (int step = 0; step < 1500; step++) {
                all.addAll(journal.append(Samples.AT.plusSeconds(step), some(random)));
            }
            over.set(true);
            compacting.join();
        }
        for (CompletableFuture<Follower> follower : looking) {
            Follower looked = follower.join();
            looked.look();
            looked.knows(all, "followed");
        }
        holds(all, "in the end");
    }

    private Follower followUntil(AtomicBoolean over) {
        Follower follower = new Follower(new JournalReader(file));
        while (!over.get()) {
            follower.look();
        }
        return follower;
    }

    // ── killed, refused ────────────────────────────────────────────────────────────────────

    /** Appends and compactions; returns what was acknowledged. */
    private List<TimedEvent> live(FaultyDisk disk, List<TimedEvent> before, Follower follower) {
        List<TimedEvent> all = new ArrayList<>(before);
        Random random = new Random(SEED);
        try (Journal journal = open(disk)) {
            for (int step = 0; step < 20; step++) {
                List<Journal.Entry> entries = some(random);
                try {
                    all.addAll(journal.append(Samples.AT.plusSeconds(step), entries));
                } catch (Fault refused) {
                    assertThat(refused.code()).isEqualTo("journal-write");
                    disk.mend();
                    all.addAll(journal.append(Samples.AT.plusSeconds(step), entries));
                }
                if (step % 3 == 2) {
                    try {
                        journal.compact();
                    } catch (Fault refused) {
                        assertThat(refused.code()).isEqualTo("journal-compact");
                        assertThat(disk.refused()).isPositive();
                    }
                }
                follower.look();
            }
        } catch (FaultyDisk.Killed killed) {
            if (!disk.isDead()) {
                throw killed;
            }
        }
        return all;
    }

    private List<Write> writesOfALife() throws IOException {
        FaultyDisk disk = disk();
        List<TimedEvent> all = live(disk, List.of(), new Follower(new JournalReader(file)));
        holds(all, "undisturbed");
        assertThat(archives()).hasSizeGreaterThan(2);
        return disk.writes();
    }

    @Test
    void killed_at_any_write_it_opens_with_the_same_state_and_goes_on() throws IOException {
        List<Write> writes = writesOfALife();
        int tried = 0;
        for (Write write : writes) {
            for (Moment moment : Moment.values()) {
                if (moment == Moment.MIDDLE && !write.hasMiddle()) {
                    continue;
                }
                tried++;
                clear();
                String what = moment + " " + write;
                Follower follower = new Follower(new JournalReader(file));
                FaultyDisk disk = disk().killAt(write.number(), moment);
                List<TimedEvent> acknowledged = live(disk, List.of(), follower);
                assertThat(disk.isDead()).as(what).isTrue();
                List<TimedEvent> found = new JournalReader(file).poll().events();
                assertThat(found.subList(0, acknowledged.size())).as(what).isEqualTo(acknowledged);
                // What was whole on disk and nobody was told: one append at most.
                assertThat(found.size() - acknowledged.size()).as(what).isBetween(0, 4);
                follower.look();
                holds(found, what);
                follower.look();
                List<TimedEvent> all = live(disk(), found, follower);
                follower.look();
                follower.knows(all, what);
                holds(all, what);
            }
        }
        System.out.printf("compaction: killed at %d points of %d writes%n", tried, writes.size());
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void refused_from_any_write_on_nothing_is_lost_and_it_goes_on(Refusal refusal)
            throws IOException {
        List<Write> writes = writesOfALife();
        for (Write write : writes) {
            if (!write.isRefusedBy(refusal) || write.number() <= 2) {
                continue; // The first two make the file: without it there is no journal.
            }
            clear();
            String what = refusal + " from " + write;
            Follower follower = new Follower(new JournalReader(file));
            List<TimedEvent> all =
                    live(disk().failFrom(write.number(), refusal), List.of(), follower);
            follower.look();
            follower.knows(all, what);
            holds(all, what);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(f -> f.getFileName().toString().startsWith(".")))
                        .as(what)
                        .isEmpty();
            }
        }
    }

    // ── what is damaged ────────────────────────────────────────────────────────────────────

    /** A journal of three archives or more, a snapshot, and lines after it. */
    private List<TimedEvent> compacted() {
        List<TimedEvent> all = new ArrayList<>();
        Random random = new Random(SEED);
        try (Journal journal = open(disk())) {
            for (int step = 0; step < 40; step++) {
                all.addAll(journal.append(Samples.AT.plusSeconds(step), some(random)));
                if (step % 8 == 7 && step < 36) {
                    journal.compact();
                }
            }
        }
        return all;
    }

    @Test
    void a_snapshot_that_is_damaged_anywhere_is_told_of_and_not_believed() throws IOException {
        List<TimedEvent> all = compacted();
        Path snapshot = JournalSnapshot.name(file);
        byte[] whole = Files.readAllBytes(snapshot);
        for (int at = 0; at < whole.length; at += 1 + whole.length / 150) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            for (byte[] bytes : List.of(flipped, Arrays.copyOf(whole, at))) {
                Files.write(snapshot, bytes);
                JournalReader reader = JournalReader.fromSnapshot(file);
                reader.poll(events -> {});
                assertThat(reader.history()).isEqualTo(fold(all));
                assertThat(reader.snapshotTrouble().orElseThrow())
                        .contains(snapshot.toString(), "checksum");
            }
        }
        try (Journal journal = open(disk())) {
            assertThat(journal.past()).isEqualTo(fold(all));
            assertThat(journal.snapshotTrouble()).isPresent();
            assertThat(journal.isCompactionDue()).isTrue();
            journal.compact();
        }
        try (Journal journal = open(disk())) {
            assertThat(journal.snapshotTrouble()).isEmpty();
            assertThat(journal.past()).isEqualTo(fold(all));
        }
    }

    @Test
    void a_snapshot_of_another_version_is_told_of_and_not_read() throws IOException {
        List<TimedEvent> all = compacted();
        Path snapshot = JournalSnapshot.name(file);
        String whole = Files.readString(snapshot);
        for (String[] other :
                List.of(
                        new String[] {"\"format\":1,", "\"format\":2,"},
                        new String[] {
                            "\"fold\":" + RunState.FOLD + ",",
                            "\"fold\":" + (RunState.FOLD + 1) + ","
                        })) {
            assertThat(whole).contains(other[0]);
            var json =
                    (tools.jackson.databind.node.ObjectNode)
                            StoreJson.MAPPER.readTree(whole.replace(other[0], other[1]));
            json.remove("crc");
            Files.write(snapshot, JournalLine.sealed(json));
            try (Journal journal = open(disk())) {
                assertThat(journal.past()).isEqualTo(fold(all));
                assertThat(journal.snapshotTrouble().orElseThrow()).contains("another version");
            }
        }
    }

    @Test
    void a_snapshot_of_another_journal_is_told_of_and_not_believed() throws IOException {
        compacted();
        byte[] foreign = Files.readAllBytes(JournalSnapshot.name(file));
        clear();
        List<TimedEvent> all;
        try (Journal journal = open(disk())) {
            all = journal.append(Samples.AT, Samples.entries("a", "b", "c"));
        }
        Files.write(JournalSnapshot.name(file), foreign);
        try (Journal journal = open(disk())) {
            assertThat(journal.past()).isEqualTo(fold(all));
            assertThat(journal.snapshotTrouble().orElseThrow()).contains("does not belong");
        }
        Files.delete(file);
        try (Journal journal = open(disk())) {
            assertThat(journal.past()).isEqualTo(History.EMPTY);
            assertThat(journal.snapshotTrouble()).isPresent();
        }
    }

    @Test
    void an_archive_that_is_damaged_is_named_with_its_line_and_byte() throws IOException {
        compacted();
        Files.delete(JournalSnapshot.name(file));
        for (Path archive : archives()) {
            byte[] whole = Files.readAllBytes(archive);
            int line = 1;
            int begin = 0;
            for (int at = 0; at < whole.length; at++) {
                if (at == begin + 20) {
                    byte[] flipped = whole.clone();
                    flipped[at] ^= 0x01;
                    isRefused(
                            archive,
                            flipped,
                            "%s is damaged at line %d, byte %d:".formatted(archive, line, begin));
                }
                if (whole[at] == '\n') {
                    line++;
                    begin = at + 1;
                }
            }
            isRefused(
                    archive,
                    Arrays.copyOf(whole, whole.length - 5),
                    archive + " is damaged at line");
            isRefused(archive, new byte[0], archive + " ends with number");
            Files.write(archive, whole);
        }
    }

    private void isRefused(Path archive, byte[] bytes, String sentence) throws IOException {
        Files.write(archive, bytes);
        assertThatThrownBy(() -> open(disk()))
                .isInstanceOfSatisfying(
                        Fault.class, f -> assertThat(f.code()).isEqualTo("journal-damaged"))
                .hasMessageContaining(sentence);
        assertThatThrownBy(() -> new JournalReader(file).poll()).hasMessageContaining(sentence);
        assertThat(Files.readAllBytes(archive)).isEqualTo(bytes);
    }

    @Test
    void an_archive_that_is_missing_is_named_also_when_there_is_a_snapshot() throws IOException {
        List<TimedEvent> all = compacted();
        List<Path> archives = archives();
        for (Path archive : archives) {
            Path away = folder.resolve("away");
            Files.move(archive, away);
            if (archive.equals(archives.getLast())) {
                Files.delete(JournalSnapshot.name(file));
                assertThatThrownBy(() -> open(disk()))
                        .hasMessageContaining("should have the number");
            } else {
                assertThatThrownBy(() -> new JournalReader(file).poll())
                        .hasMessageContaining("lacks its lines from number");
            }
            Files.move(away, archive);
        }
        holds(all, "put back");
    }

    @Test
    void a_file_that_is_damaged_is_not_set_aside() throws IOException {
        try (Journal journal = open(disk())) {
            for (int i = 0; i < 60; i++) {
                journal.append(Samples.AT, Samples.entries("entry " + i));
            }
            byte[] bytes = Files.readAllBytes(file);
            bytes[300] ^= 1;
            Files.write(file, bytes);
            assertThatThrownBy(journal::compact)
                    .hasMessageContaining("is damaged at line 3, byte ")
                    .hasMessageContaining(file.toString());
            assertThat(archives()).isEmpty();
            bytes[300] ^= 1;
            Files.write(file, bytes);
            journal.append(Samples.AT, Samples.entries("more", "and", "more"));
            journal.compact();
            assertThat(archives()).hasSize(1);
        }
    }

    @Test
    void nothing_is_compacted_once_it_is_closed() throws IOException {
        Journal journal = open(disk());
        for (int i = 0; i < 60; i++) {
            journal.append(Samples.AT, Samples.entries("entry " + i));
        }
        journal.close();
        assertThat(journal.isCompactionDue()).isFalse();
        journal.compact();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
