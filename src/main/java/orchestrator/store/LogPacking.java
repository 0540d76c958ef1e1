package orchestrator.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import orchestrator.files.BlockGzip;
import orchestrator.files.Content;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.TimedEvent;

/**
 * Compresses what is only read any more: the logs of attempts and the archives of the journal. A
 * compressed file stands beside its original, whole, on the disk and compared with it byte by byte,
 * before the original is removed; so whatever ends this in between, nothing is lost and the next
 * time goes on. Readers take either. Any thread; blocks for the disk.
 */
public final class LogPacking {
    private static final List<String> LOGS =
            List.of("stream.jsonl", "transcript.log", "stderr.log", "prompt.md");

    /** Smaller ones take hardly less of the disk when they are compressed. */
    private static final long WORTH_IT = 16 * 1024;

    private static final int SAMPLES = 16;
    private static final int COMPARED_AT_ONCE = 1 << 16;

    private final StateFolder state;
    private final long worthIt;

    /** What the archives speak of, which never changes. */
    private final Map<Path, Set<IssueId>> spokenOf = new ConcurrentHashMap<>();

    /** Of that state folder. */
    public LogPacking(StateFolder state) {
        this(state, WORTH_IT);
    }

    /**
     * The same with another size.
     *
     * @param worthIt the fewest bytes that are compressed
     */
    LogPacking(StateFolder state, long worthIt) {
        this.state = state;
        this.worthIt = worthIt;
    }

    /**
     * A file that is not compressed.
     *
     * @param file absolute
     * @param bytes its size
     * @param written when it was last written to
     */
    public record Log(Path file, long bytes, Instant written) {
        /**
         * How many bytes of the disk compressing it would free, judged by a part of it.
         *
         * @throws orchestrator.model.Fault {@code log-compress} when it cannot be read
         */
        public long wouldFree() {
            try (Content content = Content.openUninterrupted(file)) {
                return Math.max(0, bytes - BlockGzip.estimate(content, SAMPLES));
            } catch (IOException e) {
                throw fault(file, e);
            }
        }
    }

    /**
     * The logs of an issue's attempts that are not compressed and worth it.
     *
     * @throws orchestrator.model.Fault {@code log-compress} when they cannot be looked at
     */
    public List<Log> ofAttempts(IssueId issue) {
        List<Log> logs = new ArrayList<>();
        Path attempts = state.attempts(issue);
        if (!Files.isDirectory(attempts)) {
            return logs;
        }
        try (Stream<Path> folders = Files.list(attempts)) {
            for (Path folder : folders.sorted().toList()) {
                for (String name : LOGS) {
                    look(folder.resolve(name)).ifPresent(logs::add);
                }
            }
        } catch (IOException e) {
            throw fault(attempts, e);
        }
        return logs;
    }

    /**
     * The journal's archives that are not compressed and speak of no other issues than those.
     *
     * @throws orchestrator.model.Fault {@code log-compress}, {@code journal-damaged}
     */
    public List<Log> ofJournal(Predicate<IssueId> wanted) {
        List<Log> logs = new ArrayList<>();
        try {
            for (JournalArchives.Archive archive : JournalArchives.of(state.journal())) {
                Optional<Log> log = look(archive.path());
                if (log.isPresent() && issuesIn(archive).stream().allMatch(wanted)) {
                    logs.add(log.get());
                }
            }
        } catch (IOException e) {
            throw fault(state.journal(), e);
        }
        return logs;
    }

    private Set<IssueId> issuesIn(JournalArchives.Archive archive) throws IOException {
        Set<IssueId> known = spokenOf.get(archive.path());
        if (known != null) {
            return known;
        }
        Set<IssueId> issues = new HashSet<>();
        try (Content content = Content.openUninterrupted(archive.path())) {
            Optional<JournalScan.Damage> damage =
                    JournalScan.read(
                                    content,
                                    new JournalLine(),
                                    0,
                                    content.size(),
                                    archive.first(),
                                    events -> take(events, issues))
                            .damage();
            if (damage.isPresent()) {
                throw JournalArchives.damaged(archive.path(), damage.get());
            }
        }
        spokenOf.put(archive.path(), issues);
        return issues;
    }

    private static void take(List<TimedEvent> events, Set<IssueId> into) {
        for (TimedEvent event : events) {
            if (event.event() instanceof Event.OfIssue of) {
                into.add(of.issue());
            }
        }
    }

    private Optional<Log> look(Path file) throws IOException {
        try {
            // Not through a link: what it leads to is not ours to remove.
            BasicFileAttributes found =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() && found.size() >= worthIt
                    ? Optional.of(new Log(file, found.size(), found.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /**
     * What the attempts and the journal's archives take, in bytes, compressed or not.
     *
     * @throws orchestrator.model.Fault {@code log-compress} when they cannot be looked at
     */
    public long total() {
        long[] total = {0};
        try {
            for (JournalArchives.Archive archive : JournalArchives.of(state.journal())) {
                total[0] += Content.attributes(archive.path()).size();
            }
            if (Files.isDirectory(state.attempts())) {
                Files.walkFileTree(
                        state.attempts(),
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult visitFile(
                                    Path file, BasicFileAttributes attributes) {
                                total[0] += attributes.size();
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult visitFileFailed(Path file, IOException e)
                                    throws IOException {
                                if (e instanceof NoSuchFileException) {
                                    return FileVisitResult.CONTINUE; // gone meanwhile
                                }
                                throw e;
                            }
                        });
            }
        } catch (IOException e) {
            throw fault(state.attempts(), e);
        }
        return total[0];
    }

    /**
     * Compresses one; for whoever holds {@link StateFolder#packingLock()}. One that has been
     * written to since it was looked at, or is gone, stays as it is.
     *
     * @return how many bytes of the disk are free by it; empty when it stays
     * @throws orchestrator.model.Fault {@code log-compress} when the disk fails; then it stays too
     */
    public Optional<Long> pack(Log log) {
        Path file = log.file();
        Path beside = Disk.beside(BlockGzip.packed(file));
        try {
            if (!look(file).filter(log::equals).isPresent()) {
                return Optional.empty();
            }
            try {
                sweepHalves(file);
                write(file, beside);
                // The last look, at what nobody had written to while it was read.
                boolean same = isSame(file, beside) && look(file).filter(log::equals).isPresent();
                if (!same) {
                    state.disk().delete(beside);
                    return Optional.empty();
                }
                long bytes = Files.size(beside);
                state.disk().move(beside, BlockGzip.packed(file));
                state.disk().sync(Objects.requireNonNull(file.getParent()));
                state.disk().delete(file);
                return Optional.of(log.bytes() - bytes);
            } catch (IOException e) {
                try {
                    state.disk().delete(beside);
                } catch (IOException again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
        } catch (IOException e) {
            throw fault(file, e);
        }
    }

    /** Removes what was left half-written by one that died. */
    private void sweepHalves(Path file) throws IOException {
        String begin = "." + BlockGzip.packed(file).getFileName() + ".";
        try (DirectoryStream<Path> halves =
                Files.newDirectoryStream(
                        Objects.requireNonNull(file.getParent()),
                        other -> other.getFileName().toString().startsWith(begin))) {
            for (Path half : halves) {
                state.disk().delete(half);
            }
        }
    }

    private void write(Path file, Path to) throws IOException {
        state.disk().newFile(to);
        try (Content content = Content.openUninterrupted(file);
                Disk.Open open = state.disk().open(to)) {
            BlockGzip.write(content, new Appending(open));
            open.sync();
        }
    }

    private static boolean isSame(Path file, Path packed) throws IOException {
        try (Content one = Content.openUninterrupted(file);
                Content other = BlockGzip.open(packed)) {
            if (one.size() != other.size()) {
                return false;
            }
            byte[] left = new byte[COMPARED_AT_ONCE];
            byte[] right = new byte[COMPARED_AT_ONCE];
            int count;
            for (long at = 0; (count = one.read(at, left, 0, left.length)) > 0; at += count) {
                int there = other.read(at, right, 0, count);
                if (there != count || !Arrays.equals(left, 0, count, right, 0, count)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static RuntimeException fault(Path file, IOException e) {
        return DiskFault.of(
                "log-compress",
                "compress",
                file,
                e,
                "It stays as it is; see that the disk has room and is ours to write to.");
    }

    /** Puts what it is given one after another. */
    private static final class Appending extends OutputStream {
        private final Disk.Open open;
        private long at;

        Appending(Disk.Open open) {
            this.open = open;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // a courtesy: nothing depends on it
        public void write(byte[] bytes, int from, int count) throws IOException {
            open.write(at, Arrays.copyOfRange(bytes, from, from + count));
            at += count;
            Thread.yield(); // virtual threads share few cores, and others have more to hurry for
        }
    }
}
