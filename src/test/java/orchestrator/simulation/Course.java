package orchestrator.simulation;

import java.time.Duration;
import java.util.Optional;

/** The course of one agent's work, act by act. */
final class Course {
    private final World world;
    private final Play play;
    private final Dice dice;
    private Duration at = Duration.ZERO;
    private int said;

    Course(World world, Play play) {
        this.world = world;
        this.play = play;
        dice = world.scheduler.dice;
    }

    private Course then(int leastMillis, int mostMillis, Runnable act) {
        at = at.plus(dice.millis(leastMillis, mostMillis));
        play.then(at, act);
        return this;
    }

    private Course say(String line) {
        return then(5, 300, () -> play.say(line));
    }

    private Course exit(int code) {
        return then(5, 400, () -> play.exit(code));
    }

    /** Steps of work with something to see, some of them with a commit or a file. */
    private Course work(boolean commits, boolean leaves) {
        say(Lines.INIT);
        int steps = dice.between(1, 4);
        for (int step = 0; step < steps; step++) {
            boolean last = step == steps - 1;
            then(
                    200,
                    4_000,
                    () -> {
                        play.say(Lines.said(said++));
                        if (commits && (last || dice.chance(0.4))) {
                            world.git.commit(play.worktree());
                        }
                        if (leaves && (last || dice.chance(0.3))) {
                            world.git.change(play.worktree());
                        }
                    });
        }
        return this;
    }

    private Course refused(String line) {
        return say(Lines.INIT).say(line).exit(1);
    }

    void play(Behaviour behaviour) {
        Optional<String> weather = world.weather.refusal();
        if (weather.isPresent()) {
            refused(weather.get());
            return;
        }
        switch (behaviour) {
            case GOOD -> work(true, false).say(Lines.DONE).exit(0);
            case LEAVES_FILES -> work(true, true).say(Lines.DONE).exit(0);
            case NO_COMMIT -> work(false, false).say(Lines.DONE).exit(0);
            case ALL_UNCOMMITTED -> work(false, true).say(Lines.DONE).exit(0);
            case ZERO_TURNS -> say(Lines.INIT).say(Lines.ZERO_TURNS).exit(0);
            case NO_RESULT -> work(dice.chance(0.5), dice.chance(0.5)).exit(0);
            case LIMIT_WITH_RESET -> {
                long reset = world.scheduler.instant().getEpochSecond() + dice.between(-60, 400);
                work(dice.chance(0.5), true)
                        .say(Lines.rejected(Optional.of(reset)))
                        .say(Lines.LIMIT)
                        .exit(1);
            }
            case LIMIT_WITHOUT_RESET ->
                    work(false, true)
                            .say(Lines.rejected(Optional.empty()))
                            .say(Lines.LIMIT)
                            .exit(1);
            case TOO_LONG -> refused(Lines.TOO_LONG);
            case OWN_LIMIT -> work(dice.chance(0.5), true).say(Lines.OWN_LIMIT).exit(1);
            case CRASHES_EMPTY ->
                    then(5, 900, () -> play.complain("Error: No messages returned")).exit(1);
            case FAILS -> work(dice.chance(0.5), dice.chance(0.5)).exit(1);
            case RESULT_THEN_ERROR -> work(true, false).say(Lines.DONE).exit(1);
            case SILENT -> {}
            case HANGS, DEAF ->
                    work(dice.chance(0.5), dice.chance(0.5)).then(0, 10, () -> play.busy(false));
            case LINGERS -> work(true, false).say(Lines.DONE).then(0, 10, () -> play.busy(false));
            case QUIET_BUT_BUSY ->
                    work(true, false)
                            .then(40_000, 120_000, () -> play.say(Lines.said(said++)))
                            .say(Lines.DONE)
                            .exit(0);
            case LONG -> {
                for (int i = 0; i < 12; i++) {
                    work(true, false).then(5_000, 15_000, () -> play.say(Lines.said(said++)));
                }
                say(Lines.DONE).exit(0);
            }
            case LEAVES_A_PROCESS ->
                    work(true, false).then(0, 100, play::leaveBehind).say(Lines.DONE).exit(0);
            case TWO_RESULTS ->
                    work(true, false).say(Lines.DONE).work(true, false).say(Lines.DONE).exit(0);
            case LINES_AFTER_RESULT ->
                    work(true, false)
                            .say(Lines.DONE)
                            .say("{\"type\":\"telemetry\",\"x\":1}")
                            .say("not JSON at all")
                            .exit(0);
            case VANISHES -> work(dice.chance(0.5), dice.chance(0.5)).then(0, 100, play::killAll);
        }
    }
}
