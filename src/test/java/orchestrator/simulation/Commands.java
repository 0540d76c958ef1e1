package orchestrator.simulation;

import java.time.Duration;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import orchestrator.simulation.Machine.Proc;
import orchestrator.store.AttemptFolder;

/** Gates and setups: each takes its time, passes or does not, and outlives a monitor that dies. */
final class Commands implements CommandRunner {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final World world;
    private final Trouble trouble;
    private final Mood mood;

    Commands(World world, Trouble trouble, Mood mood) {
        this.world = world;
        this.trouble = trouble;
        this.mood = mood;
    }

    @Override
    public Outcome run(Command command) {
        Dice dice = world.scheduler.dice;
        trouble.mayDie("before a command");
        String mark = command.environment().getOrDefault(AttemptFolder.MARKER, "");
        Duration takes =
                mood.isKind()
                        ? dice.millis(20, 2_000)
                        : dice.millis(20, dice.of(java.util.List.of(2_000, 20_000)));
        boolean passes = mood.isKind() || dice.chance(0.6);
        Proc proc = world.machine.command(mark);
        world.note(mark + " runs for " + takes.toMillis() + " ms");
        world.scheduler.after(
                takes,
                () -> {
                    if (proc.isAlive()) {
                        world.machine.gone(proc);
                    }
                });
        Duration begun = world.scheduler.elapsed();
        while (proc.isAlive()) {
            world.scheduler.sleep(LOOK);
        }
        boolean whole = world.scheduler.elapsed().minus(begun).compareTo(takes) >= 0;
        trouble.mayDie("after the command");
        if (!whole) {
            return new Outcome.Exited(143, "", "");
        }
        return takes.compareTo(command.timeout()) > 0
                ? new Outcome.TimedOut(command.timeout(), "", "")
                : new Outcome.Exited(passes ? 0 : 1, "it was looked at", "");
    }
}
