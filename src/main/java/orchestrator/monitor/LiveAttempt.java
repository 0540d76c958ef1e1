package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import orchestrator.agent.Agent;
import orchestrator.agent.AgentStream;
import orchestrator.agent.StreamFacts;
import orchestrator.log.TranscriptWriter;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptSight;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.Repo;
import orchestrator.process.Processes;
import orchestrator.store.AttemptFolder;

/**
 * What is known of an attempt beyond the journal while it lives: its stream as read so far, its
 * signs of life. Safe on any thread; one at a time reads the stream.
 */
final class LiveAttempt {
    /** Less CPU than this between two looks is the noise of an idle runtime, not work. */
    private static final Duration CPU_NOISE = Duration.ofMillis(40);

    /** Who spoke within this time is alive: its CPU need not be looked for. */
    private static final Duration SPEAKS = Duration.ofSeconds(10);

    /** Looks come every 2 s; what was used in a longer time says nothing of now. */
    private static final Duration CPU_GAP = Duration.ofSeconds(6);

    private final Attempt attempt;
    private final AttemptFolder folder;
    private final Path worktree;
    private final Optional<Repo> repo;
    private final Agent agent;
    private final Duration quiet;
    private volatile Instant startedAt;
    private volatile Instant watchedSince;
    private final AgentStream stream;
    private final TranscriptWriter transcript;
    private volatile StreamFacts facts = StreamFacts.NONE;
    private volatile Optional<Instant> lastOutput = Optional.empty();
    private volatile Optional<Instant> lastWorktreeChange = Optional.empty();
    private volatile Optional<Instant> lastCpu = Optional.empty();
    private volatile Optional<Instant> resultSeen = Optional.empty();
    private volatile Optional<Instant> watchedAgain = Optional.empty();
    private volatile Duration cpu = Duration.ZERO;
    private volatile Optional<Instant> cpuSeen = Optional.empty();
    private volatile Optional<ProcessIdentity> process = Optional.empty();
    private volatile boolean seenRunning;

    /** What it wrote before we came has still to be read. */
    private boolean spokeBefore;

    LiveAttempt(
            Attempt attempt,
            AttemptFolder folder,
            Path worktree,
            Optional<Repo> repo,
            Agent agent,
            Duration quiet,
            InstantSource clock) {
        this.quiet = quiet;
        this.repo = repo;
        this.attempt = attempt;
        this.folder = folder;
        this.worktree = worktree;
        this.agent = agent;
        startedAt = attempt.startedAt();
        watchedSince = clock.instant();
        stream = agent.stream();
        spokeBefore = Files.exists(folder.stream());
        transcript =
                new TranscriptWriter(folder.stream(), folder.transcript(), stream::accept, clock);
    }

    Attempt attempt() {
        return attempt;
    }

    AttemptFolder folder() {
        return folder;
    }

    Path worktree() {
        return worktree;
    }

    /** The repository of its worktree; empty when it is no longer defined. */
    Optional<Repo> repo() {
        return repo;
    }

    /** The agent it was started with, whatever the configuration says by now. */
    Agent agent() {
        return agent;
    }

    /** After how long without a sign of life its worktree is looked through. */
    Duration quiet() {
        return quiet;
    }

    StreamFacts facts() {
        return facts;
    }

    /**
     * Whether it was seen running since it is watched: its process by a look, or its output by its
     * growth. What an attempt wrote before we came says nothing of now.
     */
    boolean wasSeenRunning() {
        return seenRunning;
    }

    /** When it was decided, by the clock as it goes now. */
    Instant startedAt() {
        return startedAt;
    }

    /** The newest sign of life. */
    Instant lastActivity() {
        return newest(List.of(lastOutput, lastWorktreeChange, lastCpu));
    }

    /** Whether only its use of CPU can still tell that it lives. */
    boolean isSilent(Instant now) {
        Duration third = quiet.dividedBy(3);
        Duration speaks = third.compareTo(SPEAKS) < 0 ? third : SPEAKS;
        return !newest(List.of(lastOutput, lastWorktreeChange)).plus(speaks).isAfter(now);
    }

    private Instant newest(List<Optional<Instant>> signs) {
        return signs.stream()
                .flatMap(Optional::stream)
                .reduce(startedAt, (one, other) -> other.isAfter(one) ? other : one);
    }

    /**
     * Reads what the stream has grown by and writes its transcript; true when there was something.
     */
    synchronized boolean read(Instant now) {
        StreamFacts before = facts;
        boolean more = true;
        while (more) {
            more = transcript.catchUp();
        }
        facts = stream.facts();
        boolean ofBefore = spokeBefore;
        spokeBefore = false;
        if (facts.lines() == before.lines()) {
            return false;
        }
        // Told by the growth itself: the file's time may be of a clock that was set since.
        seenRunning |= !ofBefore;
        // After a restart of the monitor the file's own time is the truth, not the time of reading
        // it.
        lastOutput =
                Optional.of(
                        lastModified(folder.stream()).filter(at -> at.isBefore(now)).orElse(now));
        if (facts.result().isPresent()) {
            resultSeen = lastOutput;
        } else {
            resultSeen = Optional.empty();
        }
        return true;
    }

    /** Writes a line of ours into the transcript. */
    synchronized void note(String line) {
        transcript.line(line);
    }

    /** Its script's process; empty while it has not begun. */
    Optional<ProcessIdentity> process() {
        if (process.isEmpty()) {
            process = folder.process();
        }
        return process;
    }

    /**
     * Looks at its process. One look at a time.
     *
     * @param used the CPU time its tree has used so far; empty: that could not be told, or nobody
     *     looked
     * @param unwatched nobody looked for a while (the machine slept): what was not seen then is not
     *     held against it
     */
    AttemptSight look(
            Processes processes, Optional<Duration> used, Instant now, boolean unwatched) {
        if (unwatched) {
            lastCpu = Optional.of(now);
            watchedAgain = Optional.of(now);
        }
        Liveness alive = process().map(processes::check).orElse(Liveness.UNKNOWN);
        seenRunning |= alive == Liveness.ALIVE;
        used.ifPresent(time -> {
            // A child that ended takes its time with it: any change of size is use.
            boolean unknown = cpuSeen.filter(at -> at.plus(CPU_GAP).isBefore(now)).isPresent();
            if (unknown || time.minus(cpu).abs().compareTo(CPU_NOISE) > 0) {
                lastCpu = Optional.of(now);
            }
            cpu = time;
            cpuSeen = Optional.of(now);
        });
        return new AttemptSight(
                alive,
                // That it said nothing since its start was not seen either.
                lastOutput.or(() -> watchedAgain),
                lastWorktreeChange,
                lastCpu,
                cpu,
                facts.worked(),
                resultSeen);
    }

    /** The clock was set back: ages stay what they were. */
    synchronized void clockSetBack(Duration by) {
        startedAt = startedAt.minus(by);
        watchedSince = watchedSince.minus(by);
        lastOutput = lastOutput.map(at -> at.minus(by));
        lastWorktreeChange = lastWorktreeChange.map(at -> at.minus(by));
        lastCpu = lastCpu.map(at -> at.minus(by));
        cpuSeen = cpuSeen.map(at -> at.minus(by));
        resultSeen = resultSeen.map(at -> at.minus(by));
        watchedAgain = watchedAgain.map(at -> at.minus(by));
    }

    /** Notes the newest change of a file in the worktree. */
    void worktreeChanged(Instant at) {
        if (lastWorktreeChange.isEmpty() || lastWorktreeChange.get().isBefore(at)) {
            lastWorktreeChange = Optional.of(at);
        }
    }

    /**
     * True when its script began and is certainly gone, or never showed up within {@code patience}.
     */
    boolean isGone(AttemptSight sight, Instant now, Duration patience) {
        return sight.process() == Liveness.GONE
                || (process.isEmpty() && watchedSince.plus(patience).isBefore(now));
    }

    private static Optional<Instant> lastModified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            // Gone in between: the caller's own time serves.
            return Optional.empty();
        }
    }
}
