package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.agent.Agent;
import orchestrator.git.Leftovers;
import orchestrator.model.AgentSettings;
import orchestrator.model.Fault;
import orchestrator.model.Floors;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.Resources;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Command;
import orchestrator.process.Outcome;

/**
 * Examines all that a run rests on: tools and logins, the machine, the repositories, what earlier
 * runs have left. Only looks. Blocks.
 */
public final class Doctor {
    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, or will; somebody should know. */
        WARN,
        /** Nothing can be launched like that. */
        FAIL
    }

    /**
     * What was found.
     *
     * @param text one sentence or phrase; of what is not well: what, where and what to do
     */
    public record Finding(Level level, String text) {}

    /** For a program that only tells of itself; an agent may start a whole runtime for that. */
    private static final Duration TELLS = Duration.ofSeconds(30);

    /** {@code worktree add --no-track}, {@code init -b} and what else we use. */
    private static final int[] LEAST_GIT = {2, 30};

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    private final RunContext context;
    private final WorkspaceConfig config;
    private final Leftovers leftovers;
    private final List<Finding> findings = new ArrayList<>();

    /** A doctor for one workspace. */
    public Doctor(RunContext context, WorkspaceConfig config, Leftovers leftovers) {
        this.context = context;
        this.config = config;
        this.leftovers = leftovers;
    }

    /** Examines everything; one part that cannot be examined hides no other. */
    public List<Finding> examine() {
        examine(this::prerequisites);
        examine(this::gitVersion);
        examine(this::agents);
        examine(this::forges);
        examine(this::user);
        examine(this::machine);
        examine(this::watches);
        examine(this::repositories);
        StateExam state = new StateExam(context, config);
        state.parts().forEach(part -> examine(() -> findings.addAll(part.get())));
        return List.copyOf(findings);
    }

    private void examine(Runnable part) {
        try {
            part.run();
        } catch (Fault fault) {
            fail(fault.line());
        }
    }

    private void ok(String text) {
        findings.add(new Finding(Level.OK, text));
    }

    private void warn(String text) {
        findings.add(new Finding(Level.WARN, text));
    }

    private void fail(String text) {
        findings.add(new Finding(Level.FAIL, text));
    }

    private void prerequisites() {
        Prerequisites.Report report = Prerequisites.check(context, config);
        report.present().forEach(this::ok);
        report.problems().forEach(this::fail);
        report.warnings().forEach(this::warn);
    }

    private void gitVersion() {
        Optional<String> version = context.ports().worktrees().version();
        Matcher numbers = VERSION.matcher(version.orElse(""));
        if (numbers.find()) {
            int major = Integer.parseInt(numbers.group(1));
            int minor = Integer.parseInt(numbers.group(2));
            if (major < LEAST_GIT[0] || (major == LEAST_GIT[0] && minor < LEAST_GIT[1])) {
                fail(
                        "%s is older than %d.%d, which worktrees need; update git."
                                .formatted(version.orElse("git"), LEAST_GIT[0], LEAST_GIT[1]));
            }
        }
    }

    private void agents() {
        Set<AgentSettings> all = new LinkedHashSet<>();
        config.projects().forEach(project -> all.addAll(project.agents()));
        for (AgentSettings settings : all) {
            Agent agent = context.ports().agent(settings);
            if (!agent.check(settings).isEmpty()) {
                continue;
            }
            List<String> version = agent.versionCommand(settings);
            if (version.isEmpty()) {
                continue;
            }
            switch (run(version, settings.environment())) {
                case Outcome.Exited exited when exited.ok() -> {
                    String said = Text.oneLine(exited.stdout().strip(), 100);
                    ok(version.getFirst() + ": " + said);
                    login(agent, settings, said);
                }
                case Outcome.Exited exited ->
                        fail(
                                "%s --version ended with exit code %d (%s); mend or reinstall it."
                                        .formatted(
                                                version.getFirst(),
                                                exited.code(),
                                                Text.oneLine(exited.stderr().strip(), 200)));
                case Outcome.TimedOut late ->
                        fail(
                                "%s --version said nothing within %d s; mend or reinstall it."
                                        .formatted(version.getFirst(), late.after().toSeconds()));
                case Outcome.CouldNotStart none ->
                        fail(
                                "%s cannot be started (%s); mend or reinstall it."
                                        .formatted(version.getFirst(), none.reason()));
            }
        }
    }

    private void login(Agent agent, AgentSettings settings, String version) {
        List<String> command = agent.loginCommand(settings, version);
        if (command.isEmpty()) {
            if (!agent.versionCommand(settings).isEmpty()) {
                warn(
                        "Whether %s is logged in cannot be asked of this version; run it once by hand."
                                .formatted(settings.type()));
            }
            return;
        }
        switch (run(command, settings.environment())) {
            case Outcome.Exited exited when exited.ok() -> ok(settings.type() + " is logged in");
            case Outcome.Exited exited ->
                    fail(
                            "%s is not logged in; run `%s`, or give it a key in its environment."
                                    .formatted(
                                            settings.type(),
                                            String.join(" ", agent.logInByHand(settings))));
            case Outcome.TimedOut late ->
                    warn(
                            "%s did not tell within %d s whether it is logged in; see whether the network is there."
                                    .formatted(settings.type(), late.after().toSeconds()));
            case Outcome.CouldNotStart none ->
                    fail("%s cannot be started (%s).".formatted(command, none.reason()));
        }
    }

    private Outcome run(List<String> words, Map<String, String> environment) {
        Command command = Command.of(words).within(TELLS);
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            command = command.with(entry.getKey(), entry.getValue());
        }
        return context.ports().commands().run(command);
    }

    private void forges() {
        Set<Platform> used = new LinkedHashSet<>();
        config.projects()
                .forEach(project ->
                        project.repos().values().forEach(repo -> used.add(repo.platform())));
        for (Platform platform : used) {
            String program =
                    switch (platform) {
                        case GITHUB -> "gh";
                        case GITLAB -> "glab";
                        case NONE -> "";
                    };
            // One that is missing is told with the prerequisites.
            if (!program.isEmpty()
                    && run(List.of(program, "--version"), Map.of()) instanceof Outcome.Exited exited
                    && exited.ok()) {
                ok(Text.oneLine(exited.stdout().lines().findFirst().orElse(program), 100));
            }
        }
    }

    private void user() {
        if ("root".equals(System.getProperty("user.name"))) {
            warn(
                    "This is root: agents may change everything on this machine. Claude works as root only with IS_SANDBOX=1 in its environment; a user of its own is safer.");
        }
    }

    private void machine() {
        Floors floors = config.settings().floors();
        Map<Path, String> places = new LinkedHashMap<>();
        places.put(existing(config.settings().stateDir()), "the state folder");
        for (Project project : config.projects()) {
            for (Repo repo : project.repos().values()) {
                places.putIfAbsent(existing(repo.worktreeBase()), "worktrees");
            }
        }
        for (Map.Entry<Path, String> place : places.entrySet()) {
            Resources free = context.ports().machine().look(List.of(place.getKey()));
            free.diskMb()
                    .ifPresent(mb ->
                            amount(
                                    mb,
                                    floors.diskMb(),
                                    "disk for " + place.getValue() + " in " + place.getKey(),
                                    "min_free_disk_mb"));
        }
        context.ports()
                .machine()
                .look(List.of())
                .memoryMb()
                .ifPresent(mb -> amount(mb, floors.memoryMb(), "memory", "min_free_memory_mb"));
    }

    private void amount(long free, long floor, String of, String key) {
        if (free < floor) {
            fail(
                    "%d MB of %s are free, less than %d MB, so nothing is launched; make room, or lower \"%s\"."
                            .formatted(free, of, floor, key));
        } else {
            ok("%d MB of %s are free".formatted(free, of));
        }
    }

    /** The folder, or the nearest above it that is there. */
    private static Path existing(Path folder) {
        Path at = folder;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    private void watches() {
        try (FolderWatch watch = context.ports().watches().get();
                AutoCloseable _ = watch.watch(config.configDir(), false, name -> {})) {
            ok("files are watched");
        } catch (Fault | IOException e) {
            warn(
                    "The system gives no file watch (%s); what happens is then noticed up to a cycle later. Raise fs.inotify.max_user_instances and max_user_watches (sysctl)."
                            .formatted(Text.oneLine(String.valueOf(e.getMessage()), 200)));
        } catch (Exception e) {
            warn("A file watch could not be ended (%s).".formatted(e));
        }
    }

    private void repositories() {
        Set<Path> seen = new LinkedHashSet<>();
        for (Project project : config.projects()) {
            for (Repo repo : project.repos().values()) {
                if (seen.add(repo.path())) {
                    leftovers.of(repo, context.ports().clock().instant()).forEach(this::warn);
                }
            }
        }
    }
}
