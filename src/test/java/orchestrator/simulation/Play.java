package orchestrator.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import orchestrator.simulation.Machine.Proc;
import orchestrator.simulation.Machine.Role;

/**
 * An attempt's {@code run.sh} at work in a window, with its agent, each of its acts at a time of
 * its own: the mark, the process, the stream, the exit. Signals do to it what they do to the real
 * one.
 */
final class Play {
    private final World world;
    private final Path folder;
    private final String attemptId;
    private final String issue;
    private final int worker;
    private final Runnable over;
    private Path worktree = Path.of("");
    private Optional<Proc> script = Optional.empty();
    private Optional<Proc> agent = Optional.empty();
    private boolean interrupted;
    private boolean closing;
    private Duration cpu = Duration.ZERO;
    private Duration busySince = Duration.ZERO;
    private boolean busy;
    private boolean termIgnored;
    private boolean outlivesItsTerminal;

    /**
     * A script that is about to begin.
     *
     * @param over told when it has left its window
     */
    Play(World world, Path folder, String attemptId, String issue, int worker, Runnable over) {
        this.world = world;
        this.folder = folder;
        this.attemptId = attemptId;
        this.issue = issue;
        this.worker = worker;
        this.over = over;
    }

    String attemptId() {
        return attemptId;
    }

    String issue() {
        return issue;
    }

    int worker() {
        return worker;
    }

    Path worktree() {
        return worktree;
    }

    String name() {
        return issue + "/" + folder.getFileName();
    }

    /** CPU its tree has used. */
    Duration cpu() {
        return busy ? cpu.plus(world.scheduler.elapsed().minus(busySince)) : cpu;
    }

    void busy(boolean now) {
        cpu = cpu();
        busySince = world.scheduler.elapsed();
        busy = now;
    }

    void begin() {
        world.scheduler.after(world.scheduler.dice.millis(1, 40), this::mark);
    }

    private void mark() {
        try {
            Files.createDirectory(folder.resolve("started"));
        } catch (FileAlreadyExistsException | NoSuchFileException forbidden) {
            world.note(name() + " may not begin");
            over.run();
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        script = Optional.of(world.machine.begin(Role.SCRIPT, this, true));
        world.begun(this);
        soon(() -> {
            Proc self = script.orElseThrow();
            write(
                    "process",
                    "%d %d %s\n".formatted(self.id.pid(), self.id.startTicks(), self.id.bootId()));
            soon(this::startAgent);
        });
    }

    /** The script's next act, if it is still there. */
    private void soon(Runnable act) {
        world.scheduler.after(
                world.scheduler.dice.millis(0, 15),
                () -> {
                    if (script.filter(Proc::isAlive).isPresent()) {
                        act.run();
                    }
                });
    }

    private void startAgent() {
        worktree = Path.of(read("worktree").strip());
        if (!world.git.exists(worktree)) {
            write("stderr.log", "The worktree is not there: " + worktree + "\n");
            finish(125);
            return;
        }
        if (interrupted) {
            finish(130);
            return;
        }
        Behaviour behaviour = world.behaviourOf(this);
        world.note(name() + " runs on worker " + worker + ": " + behaviour);
        termIgnored = behaviour == Behaviour.DEAF;
        outlivesItsTerminal = world.scheduler.dice.chance(0.3);
        agent = Optional.of(world.machine.begin(Role.AGENT, this, termIgnored));
        write("stream.jsonl", "");
        busy(behaviour != Behaviour.SILENT && behaviour != Behaviour.HANGS);
        new Course(world, this).play(behaviour);
    }

    /** The agent's next act, after a while, if it is still there. */
    void then(Duration after, Runnable act) {
        world.scheduler.after(
                after,
                () -> {
                    if (agent.filter(Proc::isAlive).isPresent()) {
                        act.run();
                    }
                });
    }

    /** The agent prints a line. */
    void say(String line) {
        write("stream.jsonl", line + "\n");
        world.stir();
    }

    void complain(String line) {
        write("stderr.log", line + "\n");
    }

    /** The agent starts something that outlives it. */
    void leaveBehind() {
        world.machine.begin(Role.LEFTOVER, this, world.scheduler.dice.chance(0.5));
    }

    /** The agent ends. */
    void exit(int code) {
        if (agent.filter(Proc::isAlive).isEmpty()) {
            return;
        }
        world.machine.gone(agent.orElseThrow());
        busy(false);
        if (script.filter(Proc::isAlive).isPresent()) {
            soon(() -> finish(code));
        }
    }

    private void finish(int code) {
        if (closing) {
            return;
        }
        closing = true;
        write("exit.tmp", code + (interrupted ? " interrupted" : "") + "\n");
        try {
            Files.move(
                    folder.resolve("exit.tmp"),
                    folder.resolve("exit"),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world.note(name() + " exits with " + code);
        world.appeared(folder, "exit");
        soon(this::leave);
    }

    private void leave() {
        script.filter(Proc::isAlive).ifPresent(world.machine::gone);
        over.run();
    }

    void term(Proc proc) {
        if (!proc.isAlive() || proc.ignoresTerm) {
            return;
        }
        if (proc.role == Role.AGENT) {
            then(world.scheduler.dice.millis(1, 400), () -> exit(143));
        } else {
            world.machine.gone(proc);
        }
    }

    void kill(Proc proc) {
        if (!proc.isAlive()) {
            return;
        }
        switch (proc.role) {
            case AGENT -> exit(137);
            case SCRIPT -> leave();
            case LEFTOVER, COMMAND -> world.machine.gone(proc);
        }
    }

    /** Somebody ends all of it at once, as when memory runs out. */
    void killAll() {
        leave();
        world.machine.alive().stream()
                .filter(proc -> proc.mark.equals(attemptId))
                .forEach(this::kill);
    }

    /** Ctrl-C in its window. */
    void interrupt() {
        if (script.filter(Proc::isAlive).isEmpty() || closing) {
            return;
        }
        interrupted = true;
        then(world.scheduler.dice.millis(1, 300), () -> exit(0));
    }

    /** Its terminal is gone. */
    void hangUp() {
        if (!outlivesItsTerminal) {
            then(world.scheduler.dice.millis(1, 50), () -> exit(129));
        }
    }

    private void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.setLastModifiedTime(file, FileTime.from(world.scheduler.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
