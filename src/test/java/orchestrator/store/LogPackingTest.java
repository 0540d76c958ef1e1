package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import orchestrator.files.BlockGzip;
import orchestrator.files.Content;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.store.FaultyDisk.Moment;
import orchestrator.store.FaultyDisk.Refusal;
import orchestrator.store.FaultyDisk.Write;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong while a log is compressed, all of it is read afterwards. */
class LogPackingTest {
    private static final String TEXT = "what the agent said, at length\n".repeat(5_000);

    @TempDir Path root;
    private StateFolder state = new StateFolder(Path.of(""));
    private Path log = Path.of("");

    @BeforeEach
    void make() throws IOException {
        state = StateFolder.create(root.resolve("state"));
        log = AttemptFolder.of(state, Samples.ATTEMPT).stream();
        Files.createDirectories(log.getParent());
        write();
    }

    private void write() throws IOException {
        Files.deleteIfExists(log);
        Files.deleteIfExists(BlockGzip.packed(log));
        state.disk().newFile(log);
        Files.writeString(log, TEXT);
    }

    private static LogPacking.Log only(LogPacking packing) {
        return packing.ofAttempts(Samples.ISSUE).getFirst();
    }

    private void isWhole(Object what) throws IOException {
        try (Content content = Content.open(log)) {
            assertThat(new String(content.stream().readAllBytes(), StandardCharsets.UTF_8))
                    .as("%s", what)
                    .isEqualTo(TEXT);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(log.getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_log_is_compressed_private_and_whole() throws IOException {
        LogPacking packing = new LogPacking(state);
        LogPacking.Log found = only(packing);
        assertThat(found.bytes()).isEqualTo(TEXT.length());
        long before = packing.total();
        long freed = packing.pack(found).orElseThrow();
        assertThat(names()).containsExactly("stream.jsonl.gz");
        assertThat(freed).isEqualTo(TEXT.length() - Files.size(BlockGzip.packed(log)));
        assertThat(packing.total()).isEqualTo(before - freed);
        assertThat(found.bytes() - freed).isLessThan(5_000);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(BlockGzip.packed(log))))
                .isEqualTo("rw-------");
        isWhole("compressed");
        assertThat(packing.ofAttempts(Samples.ISSUE)).isEmpty();
        assertThat(packing.pack(found)).as("it is gone").isEmpty();
    }

    @Test
    void only_the_logs_of_that_issue_that_are_worth_it_are_found() throws IOException {
        Path folder = AttemptFolder.of(state, Samples.ATTEMPT).path();
        Files.writeString(folder.resolve("stderr.log"), "short");
        Files.writeString(folder.resolve("run.sh"), TEXT);
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), TEXT);
        Files.createSymbolicLink(folder.resolve("transcript.log"), elsewhere);
        LogPacking packing = new LogPacking(state);
        assertThat(packing.ofAttempts(Samples.ISSUE))
                .extracting(LogPacking.Log::file)
                .containsExactly(log);
        assertThat(packing.ofAttempts(new IssueId("proof", 53))).isEmpty();
    }

    @Test
    void one_that_was_written_to_meanwhile_stays() throws IOException {
        LogPacking packing = new LogPacking(state);
        LogPacking.Log found = only(packing);
        Files.writeString(log, "more", StandardOpenOption.APPEND);
        assertThat(packing.pack(found)).isEmpty();
        assertThat(names()).containsExactly("stream.jsonl");
        assertThat(log).hasContent(TEXT + "more");
    }

    @Test
    void killed_at_any_write_nothing_is_lost_and_the_next_one_ends_it() throws IOException {
        FaultyDisk undisturbed = new FaultyDisk().withoutSync();
        LogPacking first = new LogPacking(new StateFolder(state.root(), undisturbed));
        first.pack(only(first));
        int tried = 0;
        for (Write write : undisturbed.writes()) {
            for (Moment moment : Moment.values()) {
                if (moment == Moment.MIDDLE && !write.hasMiddle()) {
                    continue;
                }
                write();
                FaultyDisk disk = new FaultyDisk().withoutSync().killAt(write.number(), moment);
                LogPacking packing = new LogPacking(new StateFolder(state.root(), disk));
                LogPacking.Log found = only(packing);
                assertThatThrownBy(() -> packing.pack(found)).isInstanceOf(FaultyDisk.Killed.class);
                isWhole(write);
                LogPacking next = new LogPacking(state);
                next.ofAttempts(Samples.ISSUE).forEach(next::pack);
                assertThat(names()).as("%s %s", write, moment).containsExactly("stream.jsonl.gz");
                isWhole(write);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void a_disk_that_refuses_leaves_it_as_it_is(Refusal refusal) throws IOException {
        FaultyDisk disk = new FaultyDisk().fail(refusal);
        LogPacking packing = new LogPacking(new StateFolder(state.root(), disk));
        LogPacking.Log found = only(packing);
        assertThatThrownBy(() -> packing.pack(found))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("log-compress"))
                .hasMessageContaining(log.toString())
                .hasMessageContaining("It stays as it is");
        isWhole(refusal);
        disk.mend();
        assertThat(packing.pack(found)).isPresent();
        assertThat(names()).containsExactly("stream.jsonl.gz");
    }

    @Test
    void archives_are_found_by_the_issues_they_speak_of() throws IOException {
        JournalSizes sizes = new JournalSizes(10, 2_000);
        try (Journal journal = Journal.open(state.disk(), state.journal(), sizes)) {
            while (JournalArchives.of(state.journal()).size() < 2) {
                journal.append(
                        Samples.AT,
                        List.of(Journal.Entry.of(new Event.AttemptStarting(Samples.ATTEMPT))));
                journal.compact();
            }
        }
        LogPacking packing = new LogPacking(state, 1);
        assertThat(packing.ofJournal(issue -> false)).isEmpty();
        List<LogPacking.Log> found = packing.ofJournal(Samples.ISSUE::equals);
        assertThat(found).hasSize(2);
        assertThat(packing.pack(found.getFirst())).isPresent();
        assertThat(packing.ofJournal(Samples.ISSUE::equals)).containsExactly(found.getLast());
        JournalReader reader = new JournalReader(state.journal());
        long events = reader.poll().events().size();
        assertThat(events).isGreaterThan(10);
        assertThat(new JournalPages(state.journal()).before(Long.MAX_VALUE, 1_000))
                .hasSize((int) events);
    }
}
