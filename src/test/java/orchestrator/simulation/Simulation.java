package orchestrator.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.Monitor;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.scripted.Rig;

/**
 * One run, from its seed alone: a time of trouble, in which anything may happen, then a time in
 * which the world is kind and everything must come to its end.
 */
final class Simulation {
    /**
     * What came of a run.
     *
     * @param broken what did not hold; empty: all did
     * @param digest the same for two runs that did the same
     * @param trace its last lines
     * @param simulated how long it was for those in it
     * @param deaths how many monitors died
     */
    record Result(
            long seed,
            List<String> broken,
            String digest,
            List<String> trace,
            Duration simulated,
            long steps,
            int deaths) {
        boolean isSound() {
            return broken.isEmpty();
        }

        /** The same with one thing more that did not hold. */
        Result and(String more) {
            List<String> all = new ArrayList<>(broken);
            all.add(more);
            return new Result(seed, all, digest, trace, simulated, steps, deaths);
        }
    }

    /** In kind weather nothing takes this long: then something hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private static final long MOST_STEPS = 2_000_000;

    /** Of the journal, under an unsound run's trace. */
    private static final int JOURNAL_SHOWN = 40;

    /** Between two looks whether all is over. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Scheduler scheduler;
    private final World world;
    private final Mood mood;
    private final Rig rig;
    private final ConfigScript config;
    private final Invariants invariants;
    private final UnaryOperator<RunContext> defect;
    private final Duration trouble;
    private final double badness;
    private Optional<Host> host = Optional.empty();
    private final List<Host> hosts = new ArrayList<>();
    private boolean over;
    private boolean launchDue;
    private int deaths;
    private int commands;

    private Simulation(long seed, Path folder, UnaryOperator<RunContext> defect)
            throws IOException {
        this.defect = defect;
        scheduler = new Scheduler(seed, folder.toString());
        world = new World(scheduler);
        Dice dice = scheduler.dice;
        mood = Mood.of(dice);
        rig = new Rig(folder);
        config = new ConfigScript(dice, rig.configFile());
        config.write();
        invariants = new Invariants(world, mood, config, rig.state);
        trouble = dice.millis(20_000, 200_000);
        badness = dice.of(List.of(0.0, 0.2, 0.5, 0.9));
        world.behaviours(play ->
                !mood.isKind() && dice.chance(badness) ? Behaviour.any(dice) : Behaviour.GOOD);
    }

    /** Runs a seed in a folder that is made for it and removed after it. */
    static Result run(long seed, Path folder) {
        return run(seed, folder, UnaryOperator.identity());
    }

    /**
     * The same.
     *
     * @param defect changes the engine's surroundings, to see that the checks bite
     */
    static Result run(long seed, Path folder, UnaryOperator<RunContext> defect) {
        try {
            Files.createDirectories(folder);
            Simulation simulation = new Simulation(seed, folder, defect);
            try {
                simulation.play();
                return simulation.result(seed);
            } finally {
                simulation.scheduler.unwind();
                simulation.hosts.forEach(Host::bury);
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result result(long seed) throws IOException {
        List<String> trace = new ArrayList<>(scheduler.trace.last());
        if (!invariants.broken().isEmpty()) {
            trace.addAll(journalsEnd());
        }
        return new Result(
                seed,
                List.copyOf(invariants.broken()),
                scheduler.trace.digest(),
                trace,
                scheduler.elapsed(),
                scheduler.steps(),
                deaths);
    }

    /** What a monitor that has just died wrote down and never told. */
    private List<String> journalsEnd() throws IOException {
        if (!Files.exists(rig.state.journal())) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(rig.state.journal(), StandardCharsets.ISO_8859_1);
        return lines.subList(Math.max(0, lines.size() - JOURNAL_SHOWN), lines.size());
    }

    private void play() {
        int happenings = scheduler.dice.below(9);
        for (int i = 0; i < happenings; i++) {
            scheduler.after(
                    scheduler.dice.millis(0, trouble.toMillis()),
                    () -> new Happening(this).happen());
        }
        scheduler.after(trouble, this::heal);
        launch();
        while (!over && invariants.broken().isEmpty()) {
            if (!scheduler.step()) {
                invariants.broken().add("nothing is left to happen");
            }
            invariants.check(monitor());
            if (scheduler.steps() > MOST_STEPS) {
                invariants.broken().add("no end after " + MOST_STEPS + " steps");
            }
        }
    }

    World world() {
        return world;
    }

    ConfigScript config() {
        return config;
    }

    Optional<Host> host() {
        return host;
    }

    boolean isKind() {
        return mood.isKind();
    }

    private Optional<Monitor> monitor() {
        return host.flatMap(Host::monitor);
    }

    /** A person begins a monitor, unless there is one. */
    private void launch() {
        if (host.isPresent() && !host.get().isOver()) {
            return;
        }
        boolean window = scheduler.dice.chance(0.5);
        Host next = new Host(world, rig, mood, window, this::ended, defect);
        host = Optional.of(next);
        hosts.add(next);
        next.start();
    }

    /** Somebody begins another one, sooner or later. */
    private void ended() {
        deaths++;
        if (!launchDue) {
            launchDue = true;
            scheduler.after(
                    scheduler.dice.millis(1, scheduler.dice.chance(0.5) ? 500 : 60_000),
                    () -> {
                        launchDue = false;
                        launch();
                    });
        }
    }

    private void heal() {
        world.note("from now on the world is kind");
        mood.becomeKind();
        world.weather.clear();
        world.ills.heal();
        config.write();
        world.appeared(rig.root.resolve("config"), rig.configFile().getFileName().toString());
        Duration end = scheduler.elapsed().plus(PATIENCE);
        command("resume");
        for (int worker = 1; worker <= ConfigScript.MOST_WORKERS; worker++) {
            command("restart", Integer.toString(worker));
        }
        scheduler.after(LOOK, () -> lookForTheEnd(end));
    }

    private void lookForTheEnd(Duration latest) {
        Optional<RunSnapshot> last = monitor().flatMap(Monitor::latest);
        boolean ended =
                last.filter(RunSnapshot::isOver)
                                .filter(shown ->
                                        shown.issues().stream()
                                                .allMatch(RunSnapshot.IssueView::pushed))
                                .isPresent()
                        && world.machine.alive().isEmpty();
        if (ended || scheduler.elapsed().compareTo(latest) > 0) {
            over = true;
            invariants.checkEnd(last, "demo/issue-");
        } else {
            scheduler.after(LOOK, () -> lookForTheEnd(latest));
        }
    }

    /** A command comes through the inbox. */
    void command(String name, String... arguments) {
        world.note("command " + name + " " + String.join(" ", arguments));
        Path inbox = rig.state.inbox();
        String file = "%013d-simulated.json".formatted(++commands);
        try {
            Path half = rig.root.resolve("command");
            Files.writeString(
                    half,
                    "{\"name\":\"%s\",\"arguments\":[%s]}\n"
                            .formatted(
                                    name,
                                    Stream.of(arguments)
                                            .map(word -> "\"" + word + "\"")
                                            .collect(Collectors.joining(","))));
            Files.move(half, inbox.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world.appeared(inbox, file);
    }

    void configEdited() {
        world.appeared(rig.root.resolve("config"), rig.configFile().getFileName().toString());
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @org.jspecify.annotations.Nullable IOException failure)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
