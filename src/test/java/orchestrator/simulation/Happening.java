package orchestrator.simulation;

import java.time.Duration;
import java.util.List;

/** Something that befalls a run: what people, machines and services do to it. */
final class Happening {
    private static final List<String> STORMS =
            List.of(Lines.OVERLOADED, Lines.NO_NETWORK, Lines.LOGGED_OUT, Lines.NO_CREDIT);

    private final Simulation simulation;
    private final World world;
    private final Dice dice;

    Happening(Simulation simulation) {
        this.simulation = simulation;
        world = simulation.world();
        dice = world.scheduler.dice;
    }

    void happen() {
        switch (dice.below(24)) {
            case 0 -> {
                Duration lasts = dice.millis(1_000, 60_000);
                String storm = dice.of(STORMS);
                world.note("a storm of " + lasts.toSeconds() + " s: " + storm);
                world.weather.storm(storm, lasts);
            }
            case 1, 2 -> {
                world.note("Ctrl-C in a window");
                any().ifPresent(Play::interrupt);
            }
            case 3 -> {
                world.note("an agent and its script are killed");
                any().ifPresent(Play::killAll);
            }
            case 4 -> world.tmux.closeAny();
            case 5 -> {
                world.note("the tmux server is killed");
                world.tmux.killServer();
            }
            case 6 -> {
                world.note("the machine is started anew");
                world.machine.reboot();
                world.tmux.killServer();
                simulation.host().ifPresent(Host::kill);
            }
            case 7 -> simulation.host().ifPresent(Host::kill);
            case 8 -> {
                Duration by =
                        dice.of(
                                List.of(
                                        Duration.ofDays(1),
                                        Duration.ofDays(-1),
                                        Duration.ofMinutes(2),
                                        Duration.ofMinutes(-2)));
                world.note("the clock is moved by " + by);
                world.scheduler.moveClock(by);
            }
            case 9, 10 -> {
                world.note("the configuration is edited: " + simulation.config().edit());
                simulation.configEdited();
            }
            case 11 -> simulation.command("stop");
            case 12 -> simulation.command("release");
            case 13 -> simulation.command("pause");
            case 14 -> simulation.command("resume");
            case 15 -> simulation.command("restart", worker());
            case 16 ->
                    simulation.command(
                            dice.of(List.of("stop-worker", "pause-worker", "continue-worker")),
                            worker());
            case 17 -> simulation.command("retry", simulation.config().any());
            case 18 -> simulation.command("push", simulation.config().any());
            case 19 ->
                    simulation.command(
                            dice.of(List.of("complete", "fail", "park")),
                            simulation.config().any());
            case 20 -> {
                world.note("the tmux socket is deleted");
                world.tmux.deleteSocket();
            }
            case 21 -> {
                world.note("the disk is full");
                world.ills.fillDisk(dice.millis(1_000, 40_000));
            }
            case 22 -> {
                world.note("the disk does not sync");
                world.ills.breakSync(dice.millis(1_000, 40_000));
            }
            default -> world.note("a worktree is removed: " + world.git.removeAny());
        }
    }

    private String worker() {
        return Integer.toString(dice.between(1, ConfigScript.MOST_WORKERS));
    }

    private java.util.Optional<Play> any() {
        List<Play> plays = world.tmux.plays();
        return plays.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(dice.of(plays));
    }
}
