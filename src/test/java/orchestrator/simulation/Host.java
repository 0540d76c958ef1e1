package orchestrator.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.model.Fault;
import orchestrator.model.Resources;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Monitor;
import orchestrator.monitor.Ports;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.scripted.Rig;
import orchestrator.simulation.Scheduler.Life;
import orchestrator.store.Journal;
import orchestrator.store.StateFolder;

/** A process with a monitor in it: begins, may be killed, ends. */
final class Host implements World.Witness {
    private final World world;
    private final Rig rig;
    private final Mood mood;
    private final Life life;
    private final Trouble trouble;
    private final SimThreads threads;
    private final StateFolder state;
    private final SimDisk disk;
    private final boolean window;
    private final Runnable onEnd;
    private final UnaryOperator<RunContext> defect;
    private Optional<Watches> watches = Optional.empty();
    private Optional<Monitor> monitor = Optional.empty();
    private boolean over;

    /**
     * A process that is about to begin.
     *
     * @param window it is a window's: it lives on when its monitor has ended
     * @param onEnd told when its monitor is over, killed or not
     * @param defect what a test changes of the engine's surroundings, to see that it is found
     */
    Host(
            World world,
            Rig rig,
            Mood mood,
            boolean window,
            Runnable onEnd,
            UnaryOperator<RunContext> defect) {
        this.world = world;
        this.rig = rig;
        this.mood = mood;
        this.window = window;
        this.onEnd = onEnd;
        this.defect = defect;
        life = world.scheduler.life();
        trouble =
                new Trouble(
                        world.scheduler,
                        life,
                        mood,
                        () -> {
                            mood.crashed();
                            killed();
                        });
        disk = new SimDisk(world, trouble);
        state = new StateFolder(rig.state.root(), disk);
        threads = new SimThreads(world.scheduler, life, trouble);
    }

    /** Its monitor's last state can be asked for while this is so. */
    Optional<Monitor> monitor() {
        return over ? Optional.empty() : monitor;
    }

    boolean isOver() {
        return over;
    }

    void start() {
        world.witness(this);
        world.note("life " + life.number + " begins in the " + (window ? "window" : "terminal"));
        world.scheduler.begin(life, "monitor", this::run);
    }

    private void run() {
        try {
            RunContext context = defect.apply(context());
            Journal journal = Journal.open(context.state());
            Monitor made =
                    new Monitor(
                            context,
                            config(),
                            journal,
                            window ? "window" : "terminal",
                            line -> world.note("    | " + line.substring(line.indexOf("  ") + 2)));
            monitor = Optional.of(made);
            made.run();
            journal.close();
        } catch (Fault fault) {
            world.note("life " + life.number + " fails: " + fault.line());
        }
        world.note("life " + life.number + " ends");
        end();
        if (!window) {
            world.scheduler.kill(life);
        }
    }

    /** The system closes its files. */
    void bury() {
        disk.closeAll();
    }

    private WorkspaceConfig config() {
        return switch (ConfigReader.read(rig.workspace())) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid ->
                    throw new Fault("config-invalid", String.join("; ", invalid.problems()));
        };
    }

    /** Kill -9, from outside. */
    void kill() {
        if (!life.isDead()) {
            world.note("life " + life.number + " is killed");
            killed();
            world.scheduler.kill(life);
        }
    }

    private void killed() {
        boolean first = !over;
        world.forget(this);
        over = true;
        if (first) {
            onEnd.run();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            world.forget(this);
            onEnd.run();
        }
    }

    private RunContext context() {
        Ports ports =
                new Ports(
                        world.tmux.seenBy(trouble),
                        world.git.seenBy(trouble),
                        Map.of("claude", new SimAgent(trouble)),
                        new SimForge(trouble),
                        world.machine.seenBy(life, trouble),
                        new Commands(world, trouble, mood),
                        places -> new Resources(OptionalLong.empty(), OptionalLong.empty()),
                        world.scheduler,
                        threads,
                        () -> {
                            Watches made =
                                    new Watches(world.scheduler, life, trouble, threads::stir);
                            watches = Optional.of(made);
                            return made;
                        });
        return new RunContext(
                rig.workspace(),
                state,
                "simulated",
                ports,
                List.of("/bin/true"),
                List.of(),
                rig.root.resolve("links"),
                Map.of("PATH", "/usr/bin"),
                "simulated");
    }

    @Override
    public void appeared(Path folder, String name) {
        watches.ifPresent(one -> one.appeared(folder, name));
    }

    @Override
    public void stir() {
        threads.stir();
    }
}
