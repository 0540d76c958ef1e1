package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.model.Attempt;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.LogKeeping;
import orchestrator.model.RunState;
import orchestrator.store.AttemptFolder;
import orchestrator.store.JournalReader;
import orchestrator.store.LogPacking;
import orchestrator.store.RunLock;

/**
 * Compresses the logs of completed issues, and the archives of the journal that speak of no others;
 * never those of unfinished ones, and nothing is ever removed. What a worker ran last stays as it
 * is: the playbook's {@code tail -f} leads there. Any thread; blocks for the disk.
 */
public final class LogRetention {
    /** What was written to so lately may still be. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private static final long MEBI = 1L << 20;

    private final RunContext context;
    private final LogPacking packing;

    /** Of that workspace. */
    public LogRetention(RunContext context) {
        this.context = context;
        packing = new LogPacking(context.state());
    }

    /**
     * What can be compressed.
     *
     * @param files of the attempts and the journal, those that were written first at first
     * @param attempts of how many attempts
     * @param issues of how many issues
     * @param archives how many of the files are archives of the journal
     */
    public record Plan(List<LogPacking.Log> files, int attempts, int issues, int archives) {
        public Plan {
            files = List.copyOf(files);
        }

        /** How many bytes they take. */
        public long bytes() {
            return files.stream().mapToLong(LogPacking.Log::bytes).sum();
        }

        /**
         * How many bytes would be free afterwards, judged by a part of each file.
         *
         * @throws Fault {@code log-compress}
         */
        public long wouldFree() {
            return files.stream().mapToLong(LogPacking.Log::wouldFree).sum();
        }
    }

    /**
     * What was done.
     *
     * @param files that are compressed now
     * @param bytes what they took before
     * @param freed how much of that is free now
     * @param faults of those that stay as they are
     */
    public record Done(int files, long bytes, long freed, List<Fault> faults) {
        public Done {
            faults = List.copyOf(faults);
        }
    }

    /**
     * All that can be compressed, however young, as the journal stands.
     *
     * @throws Fault {@code log-compress}, {@code journal-damaged}, {@code journal-open}
     */
    public Plan all() {
        JournalReader journal = JournalReader.fromSnapshot(context.state().journal());
        journal.poll(events -> {});
        return plan(candidates(journal.history().state(), context.ports().clock().instant()));
    }

    /**
     * What is to be compressed by the configuration: what is old enough, and as much more of the
     * oldest as brings all logs under the size that they may take.
     *
     * @throws Fault {@code log-compress}, {@code journal-damaged}
     */
    public Plan due(RunState state, LogKeeping keeping, Instant now) {
        long over = packing.total() - keeping.compressAboveMb() * MEBI;
        List<LogPacking.Log> due = new ArrayList<>();
        for (LogPacking.Log log : candidates(state, now)) {
            boolean old = !log.written().plus(keeping.compressAfter()).isAfter(now);
            if (!old && over <= 0) {
                break; // and what follows is younger
            }
            due.add(log);
            if (over > 0) {
                over -= log.wouldFree();
            }
        }
        return plan(due);
    }

    private List<LogPacking.Log> candidates(RunState state, Instant now) {
        Set<AttemptFolder> last =
                lastOfWorkers(state).stream()
                        .map(attempt -> AttemptFolder.of(context.state(), attempt))
                        .collect(Collectors.toSet());
        List<LogPacking.Log> logs = new ArrayList<>(packing.ofJournal(id -> isOver(state, id)));
        for (IssueState issue : state.issues().values()) {
            if (isOver(state, issue.id())) {
                logs.addAll(packing.ofAttempts(issue.id()));
            }
        }
        return logs.stream()
                .filter(log -> !log.written().plus(QUIET).isAfter(now))
                .filter(log -> last.stream().noneMatch(it -> log.file().startsWith(it.path())))
                .sorted(Comparator.comparing(LogPacking.Log::written))
                .toList();
    }

    private static boolean isOver(RunState state, IssueId id) {
        return Optional.ofNullable(state.issues().get(id))
                .filter(issue -> issue.status() == IssueStatus.COMPLETED && !issue.isActive())
                .isPresent();
    }

    private static Collection<Attempt> lastOfWorkers(RunState state) {
        Map<Integer, Attempt> last = new HashMap<>();
        for (IssueState issue : state.issues().values()) {
            issue.attempt()
                    .map(CurrentAttempt::attempt)
                    .ifPresent(
                            attempt -> last.merge(attempt.worker(), attempt, LogRetention::newer));
        }
        return last.values();
    }

    private static Attempt newer(Attempt one, Attempt other) {
        return one.startedAt().isAfter(other.startedAt()) ? one : other;
    }

    private Plan plan(List<LogPacking.Log> files) {
        // attempts/<project>/<number>/<attempt>/<file>
        List<Path> logs =
                files.stream()
                        .map(LogPacking.Log::file)
                        .filter(file -> file.startsWith(context.state().attempts()))
                        .toList();
        List<Path> folders = logs.stream().map(Path::getParent).distinct().toList();
        long issues = folders.stream().map(Path::getParent).distinct().count();
        return new Plan(files, folders.size(), (int) issues, files.size() - logs.size());
    }

    /**
     * Compresses them, one after another; what cannot be stays as it is and is told of.
     *
     * @param progress is told how many bytes of {@link Plan#bytes()} were seen
     * @throws Fault {@code logs-held} when another process is at it
     */
    public Done compress(Plan plan, Progress progress) {
        Optional<RunLock> lock =
                RunLock.tryAcquire(
                        context.state().disk(),
                        context.state().packingLock(),
                        "logs",
                        context.ports().processes().self());
        if (lock.isEmpty()) {
            throw new Fault(
                    "logs-held",
                    "The logs in %s are being compressed by another process; see again when it is done."
                            .formatted(context.state().root()));
        }
        int files = 0;
        long bytes = 0;
        long freed = 0;
        List<Fault> faults = new ArrayList<>();
        try (RunLock _ = lock.get()) {
            long seen = 0;
            for (LogPacking.Log log : plan.files()) {
                progress.at(seen, plan.bytes());
                seen += log.bytes();
                try {
                    Optional<Long> free = packing.pack(log);
                    if (free.isPresent()) {
                        files++;
                        bytes += log.bytes();
                        freed += free.get();
                    }
                } catch (Fault fault) {
                    faults.add(fault);
                }
            }
        }
        return new Done(files, bytes, freed, faults);
    }
}
