package orchestrator.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import orchestrator.model.Fault;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import orchestrator.process.Processes;
import orchestrator.simulation.Scheduler.Life;

/** The processes of the simulated machine. */
final class Machine {
    /** What a process is in an attempt. */
    enum Role {
        SCRIPT,
        AGENT,
        /** A gate or a setup. */
        COMMAND,
        /** Something the agent left behind, which carries its mark. */
        LEFTOVER
    }

    /** One process. */
    static final class Proc {
        final ProcessIdentity id;
        final Role role;
        final String mark;
        final Optional<Play> play;
        final boolean ignoresTerm;
        private boolean alive = true;

        private Proc(
                ProcessIdentity id,
                Role role,
                String mark,
                Optional<Play> play,
                boolean ignoresTerm) {
            this.id = id;
            this.role = role;
            this.mark = mark;
            this.play = play;
            this.ignoresTerm = ignoresTerm;
        }

        private void term(Machine machine) {
            if (play.isPresent()) {
                play.get().term(this);
            } else if (alive) {
                machine.gone(this);
            }
        }

        private void kill(Machine machine) {
            if (play.isPresent()) {
                play.get().kill(this);
            } else if (alive) {
                machine.gone(this);
            }
        }

        boolean isAlive() {
            return alive;
        }
    }

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration SECOND_LOOK = Duration.ofMillis(5);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final List<Proc> alive = new ArrayList<>();
    private int boot = 1;
    private long pids = 1000;
    private long changes;

    Machine(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Counts up with every begin and end of a process. */
    long changes() {
        return changes;
    }

    String bootId() {
        return "boot-" + boot;
    }

    Proc begin(Role role, Play play, boolean ignoresTerm) {
        return begin(role, play.attemptId(), Optional.of(play), ignoresTerm);
    }

    /** A gate or a setup begins. */
    Proc command(String mark) {
        return begin(Role.COMMAND, mark, Optional.empty(), false);
    }

    private Proc begin(Role role, String mark, Optional<Play> play, boolean ignoresTerm) {
        ProcessIdentity id = new ProcessIdentity(++pids, scheduler.elapsed().toMillis(), bootId());
        Proc proc = new Proc(id, role, mark, play, ignoresTerm);
        alive.add(proc);
        changes++;
        return proc;
    }

    void gone(Proc proc) {
        proc.alive = false;
        alive.remove(proc);
        changes++;
    }

    /** Everything ends at once, and nothing of it is there afterwards. */
    void reboot() {
        alive.forEach(proc -> proc.alive = false);
        alive.clear();
        boot++;
        changes++;
    }

    List<Proc> alive() {
        return List.copyOf(alive);
    }

    private List<Proc> of(String attempt) {
        return alive.stream().filter(proc -> proc.mark.equals(attempt)).toList();
    }

    /** One process's view of them. */
    Processes seenBy(Life life, Trouble trouble) {
        return new Seen(life, trouble, new ProcessIdentity(life.number, life.number, bootId()));
    }

    private final class Seen implements Processes {
        private final Life life;
        private final Trouble trouble;
        private final ProcessIdentity self;

        Seen(Life life, Trouble trouble, ProcessIdentity self) {
            this.life = life;
            this.trouble = trouble;
            this.self = self;
        }

        @Override
        public ProcessIdentity self() {
            return self;
        }

        @Override
        public Optional<ProcessIdentity> identify(long pid) {
            return trouble.look(
                    "processes.identify",
                    () ->
                            alive.stream()
                                    .map(proc -> proc.id)
                                    .filter(id -> id.pid() == pid)
                                    .findFirst());
        }

        @Override
        public Liveness check(ProcessIdentity process) {
            try {
                return trouble.look(
                        "processes.check",
                        () ->
                                alive.stream().anyMatch(proc -> proc.id.equals(process))
                                        ? Liveness.ALIVE
                                        : Liveness.GONE);
            } catch (Fault unreadable) {
                return Liveness.UNKNOWN;
            }
        }

        @Override
        public Optional<Duration> treeCpu(ProcessIdentity root) {
            try {
                return trouble.look(
                        "processes.cpu",
                        () ->
                                alive.stream()
                                        .filter(proc -> proc.id.equals(root))
                                        .findFirst()
                                        .flatMap(proc -> proc.play)
                                        .map(Play::cpu));
            } catch (Fault unreadable) {
                return Optional.empty();
            }
        }

        @Override
        public List<ProcessIdentity> carrying(String variable, String value) {
            return trouble.look(
                    "processes.carrying", () -> of(value).stream().map(proc -> proc.id).toList());
        }

        @Override
        public Set<String> valuesOf(String variable, String mark, String value) {
            return trouble.look(
                    "processes.marks",
                    () ->
                            alive.stream()
                                    .map(proc -> proc.mark)
                                    .collect(Collectors.toCollection(TreeSet::new)));
        }

        @Override
        public List<ProcessIdentity> end(
                String variable,
                String value,
                Duration patience,
                Duration grace,
                Runnable seemGone) {
            trouble.look("processes.end", () -> true);
            boolean none = awaitNone(value, patience, seemGone);
            if (!none) {
                of(value)
                        .forEach(proc -> {
                            trouble.mayDie("TERM");
                            proc.term(Machine.this);
                        });
                none = awaitNone(value, grace, seemGone);
            }
            if (!none) {
                of(value)
                        .forEach(proc -> {
                            trouble.mayDie("KILL");
                            proc.kill(Machine.this);
                        });
                awaitNone(value, AFTER_KILL, seemGone);
            }
            return of(value).stream().map(proc -> proc.id).toList();
        }

        private boolean awaitNone(String attempt, Duration limit, Runnable seemGone) {
            Duration end = scheduler.elapsed().plus(limit);
            while (true) {
                while (!of(attempt).isEmpty()) {
                    if (scheduler.elapsed().compareTo(end) >= 0) {
                        return false;
                    }
                    sleep(LOOK);
                }
                seemGone.run();
                sleep(SECOND_LOOK);
                if (of(attempt).isEmpty()) {
                    return true;
                }
            }
        }

        private void sleep(Duration time) {
            scheduler.sleep(time);
            if (life.isDead()) {
                throw new Strand.Dead();
            }
        }
    }
}
