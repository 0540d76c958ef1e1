package orchestrator.monitor.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import orchestrator.forge.Forge;
import orchestrator.model.Platform;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.Repo;
import orchestrator.model.Resources;
import orchestrator.monitor.FolderWatch;
import orchestrator.monitor.Ports;
import orchestrator.monitor.SystemFolderWatch;
import orchestrator.monitor.SystemThreads;
import orchestrator.monitor.Threads;
import orchestrator.process.Command;
import orchestrator.process.Outcome;

/**
 * All that is outside of the monitor. When a window is given an attempt's script, the world plays
 * it as the script would (the mark, the process, the stream, the exit), with an agent that does the
 * {@link Act} the test gives for it. Any thread.
 */
public final class World {
    public final Faults faults = new Faults();
    public final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-22T12:00:00Z"));
    public final ScriptedProcesses processes = new ScriptedProcesses(faults);
    public final ScriptedWorktrees worktrees = new ScriptedWorktrees(faults);
    public final ScriptedTerminal terminal = new ScriptedTerminal(faults, this::play);
    private final List<Path> played = new CopyOnWriteArrayList<>();
    private volatile Function<String, Act> acts = attempt -> Act.good();

    private volatile Function<Command, Outcome> commands = command -> new Outcome.Exited(0, "", "");
    private volatile Resources free = new Resources(OptionalLong.empty(), OptionalLong.empty());

    /** What each attempt does, by {@code <issue>/<NNN>-<stage>}, such as {@code 1/002-review}. */
    public void acts(Function<String, Act> chosen) {
        acts = chosen;
    }

    /** The attempts whose script was run, as {@code <issue>/<NNN>-<stage>}, in order. */
    public List<String> played() {
        return played.stream().map(World::name).toList();
    }

    /** How the project's own commands (gates, setups) end. */
    public void commands(Function<Command, Outcome> how) {
        commands = how;
    }

    /** What is free on the machine from now on. */
    public void free(Resources now) {
        free = now;
    }

    /** The ports with real threads and file watches. */
    public Ports ports() {
        return ports(new SystemThreads(), SystemFolderWatch::new);
    }

    public Ports ports(Threads threads, Supplier<FolderWatch> watches) {
        ScriptedAgent agent = new ScriptedAgent(faults);
        return new Ports(
                terminal,
                worktrees,
                Map.of("claude", agent),
                new NoForge(),
                processes,
                command -> commands.apply(command),
                places -> free,
                clock,
                threads,
                watches);
    }

    private static String name(Path folder) {
        return folder.getName(folder.getNameCount() - 2) + "/" + folder.getFileName();
    }

    private void play(List<String> argv) {
        Path folder = Path.of(argv.getLast());
        try {
            Files.createDirectory(folder.resolve("started"));
        } catch (FileAlreadyExistsException forbidden) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        played.add(folder);
        Act act = acts.apply(name(folder));
        ProcessIdentity process = processes.begin(marker(folder));
        write(
                folder.resolve("process"),
                "%d %d %s\n".formatted(process.pid(), process.startTicks(), process.bootId()));
        say(folder, act.lines());
        if (act.exit().isPresent()) {
            end(folder, act, act.exit().get());
        } else {
            worktrees.work(worktree(folder), act.commits(), act.uncommitted());
        }
    }

    /** Has an attempt that stays print more. */
    public void say(String attempt, String... lines) {
        say(folder(attempt), List.of(lines));
    }

    /** Has an attempt that stays come to its end. */
    public void end(String attempt, Act how) {
        Path folder = folder(attempt);
        say(folder, how.lines());
        end(folder, how, how.exit().orElseThrow());
    }

    /** Its processes are killed, and no exit is written. */
    public void kill(String attempt) {
        processes.gone(marker(folder(attempt)));
    }

    private void end(Path folder, Act how, int code) {
        worktrees.work(worktree(folder), how.commits(), how.uncommitted());
        Path half = folder.resolve("exit.tmp");
        write(half, code + "\n");
        processes.gone(marker(folder));
        try {
            Files.move(half, folder.resolve("exit"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(String attempt) {
        return played.stream()
                .filter(folder -> name(folder).equals(attempt))
                .findFirst()
                .orElseThrow(() -> new AssertionError(attempt + " is not among " + played()));
    }

    private static Path worktree(Path folder) {
        return Path.of(read(folder.resolve("worktree")).strip());
    }

    private static String marker(Path folder) {
        return read(folder.resolve("environment"))
                .lines()
                .filter(line -> line.startsWith("ORCHESTRATOR_ATTEMPT="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static void say(Path folder, List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        write(folder.resolve("stream.jsonl"), text.toString());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class NoForge implements Forge {
        @Override
        public List<String> check(Set<Platform> platforms) {
            return List.of();
        }

        @Override
        public String propose(Repo repo, Proposal proposal) {
            return "https://forge.example/" + proposal.branch();
        }

        @Override
        public String issueBody(Repo repo, int number) {
            return "";
        }
    }
}
