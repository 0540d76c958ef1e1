package orchestrator.wiring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.agent.Agent;
import orchestrator.agent.Claude;
import orchestrator.agent.Codex;
import orchestrator.agent.Rehearsal;
import orchestrator.config.Workspace;
import orchestrator.forge.CommandLineForge;
import orchestrator.git.GitLeftovers;
import orchestrator.git.GitRescues;
import orchestrator.git.GitScratchCopies;
import orchestrator.git.GitWorktrees;
import orchestrator.git.Leftovers;
import orchestrator.git.Rescues;
import orchestrator.git.ScratchCopies;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.Ports;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.SystemFolderWatch;
import orchestrator.monitor.SystemThreads;
import orchestrator.monitor.Workspaces;
import orchestrator.process.CommandRunner;
import orchestrator.process.ExecRunner;
import orchestrator.process.Processes;
import orchestrator.process.SystemMachine;
import orchestrator.process.SystemProcesses;
import orchestrator.store.RehearsalFolder;
import orchestrator.store.SavedEnvironment;
import orchestrator.store.StateFolder;
import orchestrator.store.WorkspaceMark;
import orchestrator.tmux.Tmux;

/** Builds a workspace's objects with the real adapters. Any thread. */
public final class Assembly implements Workspaces {
    /**
     * For tests and unusual systems: where the playbook's links are made instead of {@code /tmp}.
     */
    static final String LINK_FOLDER = "orchestrator.links";

    /**
     * For tests of what a clock that is set does: a file that holds by how many seconds ours is
     * ahead, read at each look.
     */
    static final String CLOCK_AHEAD = "orchestrator.clock-ahead";

    /** From which level up the diagnostics are kept: {@code debug}, or {@code info} if unset. */
    static final String LOG_LEVEL = "orchestrator.log";

    /** The file with what java has loaded of the command line, if it was made; see Training. */
    static final String CACHE = "orchestrator.cache";

    /**
     * A monitor for a day beside the workers it must leave the machine to: one thread collects
     * garbage, in small steps, and gives memory back; little compiling.
     */
    private static final List<String> SMALL =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xms16m",
                    "-Xmx256m",
                    "-XX:MaxNewSize=8m",
                    "-XX:MinHeapFreeRatio=15",
                    "-XX:MaxHeapFreeRatio=30",
                    "-XX:-UsePerfData");

    private final CommandRunner runner;
    private final Processes processes;
    private final List<String> selfCommand;
    private final Map<String, String> environment;
    private final String version;

    /**
     * An assembly.
     *
     * @param selfCommand words that start this program again, without its arguments
     * @param environment our own
     */
    public Assembly(List<String> selfCommand, Map<String, String> environment, String version) {
        this(selfCommand, environment, version, new ExecRunner());
    }

    /** For tests: with another way to run programs. */
    Assembly(
            List<String> selfCommand,
            Map<String, String> environment,
            String version,
            CommandRunner runner) {
        this.runner = runner;
        processes = SystemProcesses.create(runner);
        this.selfCommand = List.copyOf(selfCommand);
        this.environment = Map.copyOf(environment);
        this.version = version;
    }

    @Override
    public RunContext look(Workspace workspace, WorkspaceConfig config) {
        StateFolder state = new StateFolder(config.settings().stateDir());
        return context(workspace, config, state, WorkspaceMark.peek(state).orElse(""), environment);
    }

    @Override
    public RunContext open(Workspace workspace, WorkspaceConfig config) {
        StateFolder state = stateToWriteTo(config);
        return context(workspace, config, state, WorkspaceMark.of(state), environment);
    }

    @Override
    public RunContext openInWindow(Workspace workspace, WorkspaceConfig config) {
        StateFolder state = stateToWriteTo(config);
        Map<String, String> launcher = new HashMap<>(environment);
        launcher.putAll(SavedEnvironment.load(state));
        return context(workspace, config, state, WorkspaceMark.of(state), launcher);
    }

    @Override
    public NewWorkspaces making() {
        return new NewWorkspaces(runner);
    }

    @Override
    public Rescues rescues() {
        return new GitRescues(runner);
    }

    @Override
    public Leftovers leftovers() {
        return new GitLeftovers(runner);
    }

    @Override
    public ScratchCopies scratchCopies() {
        return new GitScratchCopies(runner);
    }

    private static StateFolder stateToWriteTo(WorkspaceConfig config) {
        StateFolder state = StateFolder.create(config.settings().stateDir());
        DiagnosticLog.to(state, System.getProperty(LOG_LEVEL, "info"));
        Rehearsal.install(state.bin());
        return state;
    }

    private RunContext context(
            Workspace workspace,
            WorkspaceConfig config,
            StateFolder state,
            String workspaceId,
            Map<String, String> launcher) {
        Map<String, Agent> agents =
                Map.of(
                        "claude",
                        new Claude(launcher.getOrDefault("PATH", ""), launcher, isRoot()),
                        "codex",
                        new Codex(launcher.getOrDefault("PATH", ""), launcher),
                        "rehearsal",
                        new Rehearsal(state.bin().resolve("rehearsal-agent.sh")));
        Ports ports =
                new Ports(
                        new Tmux(runner, config.settings().tmuxSocket()),
                        new GitWorktrees(runner, Clock.systemUTC()),
                        agents,
                        new CommandLineForge(runner),
                        processes,
                        runner,
                        new SystemMachine(),
                        clock(),
                        new SystemThreads(),
                        SystemFolderWatch::new);
        return new RunContext(
                workspace,
                state,
                workspaceId,
                ports,
                selfCommand,
                workspaceArguments(workspace),
                links(workspace),
                launcher,
                version);
    }

    private static Path links(Workspace workspace) {
        return RehearsalFolder.isOne(workspace.root())
                ? RehearsalFolder.links(workspace.root())
                : Path.of(System.getProperty(LINK_FOLDER, "/tmp"));
    }

    private static InstantSource clock() {
        InstantSource system = Clock.tickMillis(ZoneOffset.UTC);
        return Optional.ofNullable(System.getProperty(CLOCK_AHEAD))
                .<InstantSource>map(file -> new ClockAhead(system, Path.of(file)))
                .orElse(system);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Words that name the same workspace from any folder. */
    private static List<String> workspaceArguments(Workspace workspace) {
        Path named = workspace.configDir();
        if (workspace.wholeFolder() && named.equals(workspace.root().resolve("config"))) {
            return List.of("--workspace", workspace.root().toString());
        }
        return workspace.wholeFolder()
                ? List.of("--config-dir", named.toString())
                : List.of("--config", workspace.files().getFirst().toString());
    }

    /** A cache that does not fit is none: java is not to speak of it. */
    private static List<String> cached(String file) {
        return List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    /** Words that start this very program again: the same Java, the same class path, made small. */
    public static List<String> selfCommand() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(SMALL);
        Optional.ofNullable(System.getProperty(CACHE))
                .filter(file -> Files.isReadable(Path.of(file)))
                .ifPresent(file -> words.addAll(cached(file)));
        for (String name : List.of(LINK_FOLDER, CLOCK_AHEAD, LOG_LEVEL, CACHE)) {
            Optional.ofNullable(System.getProperty(name))
                    .ifPresent(value -> words.add("-D" + name + "=" + value));
        }
        words.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "orchestrator.Launcher"));
        return words;
    }
}
