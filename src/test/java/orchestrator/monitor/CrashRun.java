package orchestrator.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import orchestrator.model.Event;
import orchestrator.model.IssueState;
import orchestrator.model.RunState;
import orchestrator.monitor.scripted.Act;
import orchestrator.monitor.scripted.OneThread;
import orchestrator.monitor.scripted.Rig;
import orchestrator.store.FaultyDisk;
import orchestrator.store.Inbox;
import orchestrator.store.Journal;
import orchestrator.store.JournalSizes;
import orchestrator.store.RunLock;
import orchestrator.store.StateFolder;
import orchestrator.store.WorkspaceMark;

/**
 * A small run on real files, from the making of the state folder to the monitor's release, all on
 * one thread and in a time of its own: 3 issues of 2 stages, the third needs the first; the first's
 * first attempt fails; the second's first agent works on for some seconds, whoever watches; while
 * they run a person edits the configuration and sends two commands. Each life of the monitor gets a
 * disk of its own, which may kill it; the next one goes on over the same files.
 */
final class CrashRun implements AutoCloseable {
    private static final Duration STAYS = Duration.ofSeconds(5);

    /** After the first write that a disk refuses. */
    private static final Duration MENDED_AFTER = Duration.ofSeconds(5);

    private static final Duration TOO_LONG = Duration.ofMinutes(10);

    final Rig rig;
    private final Path folder;
    private final Map<String, Instant> staying = new TreeMap<>();
    private final Set<String> worked = new HashSet<>();
    private final List<String> commands = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Optional<Monitor> monitor = Optional.empty();
    private ToldWatch watch = new ToldWatch();
    private boolean edited;
    private int lives;
    private Optional<FaultyDisk> current = Optional.empty();
    private Optional<Instant> mended = Optional.empty();

    CrashRun() throws IOException {
        Path memory = Path.of("/dev/shm");
        folder =
                Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "crash-run")
                        : Files.createTempDirectory("crash-run");
        rig = new Rig(folder);
        remove(rig.state.root());
        rig.config(definitions(2, 3));
        rig.world.acts(this::act);
    }

    private static String definitions(int workers, int lastPriority) {
        return """
        "issues": [
          {"number": 1, "title": "One"},
          {"number": 2, "title": "Two"},
          {"number": 3, "title": "Three", "dependencies": [1], "priority": %d}],
        "num_workers": %d, "pipeline": ["implement", "review"],
        """
                .formatted(lastPriority, workers);
    }

    /** Called when an attempt's script runs. */
    private Act act(String attempt) {
        boolean first = worked.add(attempt.replaceFirst("/\\d+-", "/"));
        if (attempt.startsWith("1/") && attempt.endsWith("-implement") && first) {
            return Act.fails(3);
        }
        if (attempt.startsWith("2/") && attempt.endsWith("-implement")) {
            staying.put(attempt, rig.world.clock.instant().plus(STAYS));
            return Act.stays();
        }
        if (attempt.startsWith("1/") && attempt.endsWith("-review")) {
            people();
        }
        return Act.good();
    }

    private void people() {
        if (edited) {
            return;
        }
        edited = true;
        try {
            rig.config(definitions(3, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands.add(new Inbox(rig.state).submit("pause", List.of("a look")));
        commands.add(new Inbox(rig.state).submit("resume", List.of()));
        watch.tell();
    }

    private void timePassed() {
        Instant now = rig.world.clock.instant();
        if (current.filter(disk -> disk.refused() > 0).isPresent() && mended.isEmpty()) {
            mended = Optional.of(now.plus(MENDED_AFTER));
        }
        if (mended.filter(at -> !at.isAfter(now)).isPresent()) {
            current.ifPresent(FaultyDisk::mend);
        }
        List<String> due = new ArrayList<>();
        staying.forEach((attempt, until) -> {
            if (!until.isAfter(now)) {
                due.add(attempt);
            }
        });
        due.forEach(attempt -> {
            staying.remove(attempt);
            rig.world.end(attempt, Act.good());
        });
        boolean over =
                monitor.flatMap(Monitor::latest)
                        .filter(snapshot -> snapshot.isAllWell() && snapshot.issues().size() == 3)
                        .isPresent();
        if (over && new Inbox(rig.state).pending().commands().isEmpty()) {
            monitor.ifPresent(running -> running.release("the test is over"));
        } else if (now.isAfter(START.plus(TOO_LONG))) {
            problems.add(
                    "no end after %s: %s, %d commands wait"
                            .formatted(
                                    TOO_LONG,
                                    result().issues(),
                                    new Inbox(rig.state).pending().commands().size()));
            monitor.ifPresent(running -> running.release("it does not end"));
        }
    }

    /** With almost every sweep. */
    private static final JournalSizes COMPACTED = new JournalSizes(3, 1500);

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    /**
     * One life of a monitor: to the end of the run, or until its disk kills it. A disk that refuses
     * is mended some seconds after its first refusal.
     *
     * @throws orchestrator.model.Fault when it cannot begin or go on
     */
    void live(FaultyDisk disk) {
        lives++;
        current = Optional.of(disk);
        mended = Optional.empty();
        try {
            StateFolder state = StateFolder.create(rig.state.root(), disk);
            WorkspaceMark.of(state);
            RunContext context = context(state);
            try (RunLock lock =
                            RunLock.tryAcquire(
                                            disk,
                                            state.monitorLock(),
                                            "terminal",
                                            context.ports().processes().self())
                                    .orElseThrow();
                    Journal journal = Journal.open(disk, state.journal(), COMPACTED)) {
                state.sweep(Instant.now());
                Consumer<String> nobody = line -> {};
                Monitor running = new Monitor(context, rig.config(), journal, "terminal", nobody);
                monitor = Optional.of(running);
                running.run();
                if (!lock.stands()) {
                    problems.add("the lock does not stand");
                }
            }
        } catch (FaultyDisk.Killed killed) {
            if (!disk.isDead()) {
                throw killed;
            }
        } finally {
            monitor = Optional.empty();
        }
    }

    private RunContext context(StateFolder state) {
        RunContext usual = rig.context();
        Threads threads = new OneThread(rig.world.clock, this::timePassed);
        watch = new ToldWatch();
        return new RunContext(
                usual.workspace(),
                state,
                usual.workspaceId(),
                rig.world.ports(threads, () -> watch),
                usual.selfCommand(),
                usual.workspaceArguments(),
                usual.linkFolder(),
                usual.environment(),
                usual.version());
    }

    /** A watch that tells of everything when it is told to: nothing here comes by itself. */
    private static final class ToldWatch implements FolderWatch {
        private final List<Consumer<String>> listeners = new ArrayList<>();

        @Override
        public AutoCloseable watch(Path watched, boolean changesToo, Consumer<String> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void tell() {
            List.copyOf(listeners).forEach(listener -> listener.accept(""));
        }

        @Override
        public void close() {
            listeners.clear();
        }
    }

    /**
     * What must be the same however often it was killed.
     *
     * @param ran how often scripts ran, by {@code <issue>-<stage>}
     * @param completed how often a stage or an issue was completed
     * @param answers by the command's place
     */
    record Result(
            Map<String, Integer> ran,
            Map<String, Integer> completed,
            Map<String, String> issues,
            Map<String, String> pushed,
            Map<String, String> answers,
            int restarts,
            List<String> running) {
        static final Result NONE =
                new Result(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), 0, List.of());

        /** What differs, a line each. */
        List<String> differences(Result other) {
            List<String> found = new ArrayList<>();
            for (var part : Result.class.getRecordComponents()) {
                try {
                    Object here = part.getAccessor().invoke(this);
                    Object there = part.getAccessor().invoke(other);
                    if (!here.equals(there)) {
                        found.add(part.getName() + " " + here + " instead of " + there);
                    }
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("a record part cannot be read", e);
                }
            }
            return found;
        }
    }

    Result result() {
        Map<String, Integer> ran = new TreeMap<>();
        for (String attempt : rig.world.played()) {
            ran.merge(attempt.replaceFirst("/\\d+-", "-"), 1, Integer::sum);
        }
        Map<String, Integer> completed = new TreeMap<>();
        int restarts = 0;
        for (var timed : rig.journal()) {
            switch (timed.event()) {
                case Event.StageCompleted e ->
                        completed.merge(e.issue() + " " + e.stage(), 1, Integer::sum);
                case Event.IssueCompleted e -> completed.merge(e.issue() + "", 1, Integer::sum);
                case Event.RestartPlanned e -> restarts++;
                default -> {}
            }
        }
        Map<String, String> issues = new TreeMap<>();
        RunState folded = rig.folded();
        for (IssueState issue : folded.issues().values()) {
            issues.put(
                    issue.id().toString(),
                    "%s, stage %d, %d commits, pushed %s, retries %d %s"
                            .formatted(
                                    issue.status(),
                                    issue.stageIndex(),
                                    issue.commits(),
                                    issue.push().pushed(),
                                    issue.retries().counted(),
                                    issue.retries().byCause()));
        }
        Map<String, String> pushed = new TreeMap<>();
        for (String push : rig.world.worktrees.pushed()) {
            pushed.put(push.substring(0, push.indexOf('@')), push.substring(push.indexOf('@')));
        }
        return new Result(
                ran, completed, issues, pushed, answers(), restarts, rig.world.processes.running());
    }

    private Map<String, String> answers() {
        Map<String, String> answers = new TreeMap<>();
        for (int i = 0; i < commands.size(); i++) {
            String id = commands.get(i);
            answers.put(
                    "command " + i,
                    new Inbox(rig.state)
                            .awaitAnswer(id, Duration.ZERO)
                            .map(answer -> answer.accepted() + " " + answer.text())
                            .orElse("no answer"));
        }
        return answers;
    }

    /** What is wrong with the files after the run's end, as sentences. */
    List<String> wrongFiles() throws IOException {
        List<String> wrong = new ArrayList<>(problems);
        Map<String, Integer> taken = new HashMap<>();
        for (var timed : rig.journal()) {
            if (timed.event() instanceof Event.CommandReceived command) {
                taken.merge(command.id(), 1, Integer::sum);
            }
        }
        for (String id : commands) {
            int times = taken.getOrDefault(id, 0);
            if (times != 1) {
                wrong.add("command " + commands.indexOf(id) + " was taken " + times + " times");
            }
        }
        if (!rig.world.played().stream().allMatch(new HashSet<>()::add)) {
            wrong.add("a script ran twice: " + rig.world.played());
        }
        List<Path> halves = new ArrayList<>();
        try (Stream<Path> files = Files.walk(rig.state.root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(".") && !name.equals(".gitignore")) {
                    halves.add(file);
                } else if (name.endsWith(".json") && !isJson(file)) {
                    wrong.add(file + " is half-written: " + Files.readString(file));
                }
            }
        }
        if (halves.size() > lives - 1) {
            wrong.add(lives + " lives left " + halves);
        }
        if (RunLock.holder(rig.state.monitorLock()).isPresent()) {
            wrong.add("the lock is held");
        }
        return wrong;
    }

    private static boolean isJson(Path file) throws IOException {
        try {
            tools.jackson.databind.json.JsonMapper.shared().readTree(Files.readAllBytes(file));
            return Files.size(file) > 0;
        } catch (tools.jackson.core.JacksonException e) {
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }
}
