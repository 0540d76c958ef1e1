package orchestrator.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Fault;

/**
 * The scripted agent: a shell script of ours that speaks Claude's stream, edits files and makes
 * real commits, and ends as a {@link Scenario} says. So a run can be tried out, and tested, with
 * everything real but the agent's mind.
 */
public final class Rehearsal implements Agent {
    private static final String SCRIPT = "/orchestrator/rehearsal/agent.sh";
    private static final Pattern FOLDER = Pattern.compile("(\\d{1,9})-(.+)");

    private final Path script;

    /**
     * The rehearsal agent.
     *
     * @param script absolute path of its script, as {@link #install} gave it
     */
    public Rehearsal(Path script) {
        this.script = script.toAbsolutePath();
    }

    /**
     * Puts the script into a folder, made if need be, unless that very script is there. Whoever
     * runs an older one keeps it to its end. Safe when several do it at once.
     *
     * @return where it lies
     * @throws Fault when it cannot be written
     */
    public static Path install(Path folder) {
        Path target = folder.toAbsolutePath().resolve("rehearsal-agent.sh");
        try (InputStream in = Rehearsal.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException("the program lacks its resource " + SCRIPT);
            }
            byte[] wanted = in.readAllBytes();
            if (!isThere(target, wanted)) {
                Files.createDirectories(folder);
                Path next = Files.createTempFile(folder, "rehearsal-agent", ".new");
                Files.write(next, wanted);
                Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
                Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } catch (IOException failure) {
            throw new Fault(
                    "rehearsal-not-installed",
                    "The rehearsal agent cannot be written to %s (%s); see that the folder is ours and the disk has room."
                            .formatted(target, failure),
                    failure);
        }
    }

    @Override
    public List<String> check(AgentSettings settings) {
        List<String> problems = new ArrayList<>(SettingsCheck.problems(settings));
        // One that is not there yet is no fault: whoever opens the workspace to work writes it.
        if (Files.exists(script) && !Files.isReadable(script)) {
            problems.add(
                    "The rehearsal agent's script %s cannot be read; give it back to this user, or remove it and launch again."
                            .formatted(script));
        }
        settings.scenario()
                .ifPresent(scenario -> problems.addAll(Scenario.read(scenario).problems()));
        return List.copyOf(problems);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Which attempt at its stage this is, it counts from the folders beside {@code folder}.
     */
    @Override
    public Call call(AgentSettings settings, Attempt attempt, Path folder) {
        Scenario.Run run =
                new Scenario.Run(
                        attempt.issue().project(),
                        attempt.issue().number(),
                        attempt.stage(),
                        1 + earlier(attempt, folder),
                        attempt.number());
        Scenario.Course course = scenario(settings).of(run);
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("ORCHESTRATOR_PROJECT", run.project());
        environment.put("ORCHESTRATOR_ISSUE", Integer.toString(run.issue()));
        environment.put("ORCHESTRATOR_STAGE", run.stage());
        environment.put("ORCHESTRATOR_ATTEMPT_NUMBER", Integer.toString(run.number()));
        environment.put("REHEARSAL_SESSION", attempt.sessionId());
        environment.put("REHEARSAL_RESUMED", attempt.kind() == AttemptKind.RESUME ? "yes" : "");
        environment.put("REHEARSAL_OUTCOME", course.outcome());
        environment.put("REHEARSAL_SECONDS", decimal("%.3f", course.seconds()));
        environment.put("REHEARSAL_LINES", Integer.toString(course.lines()));
        environment.put("REHEARSAL_PAUSE", decimal("%.3f", pause(course)));
        environment.put("REHEARSAL_RESET", Integer.toString(course.reset()));
        environment.put("REHEARSAL_COST", decimal("%.6f", course.cost()));
        environment.put("REHEARSAL_SIZE", Integer.toString(course.size()));
        // Through sh, because a state folder may lie on a disk that forbids execution.
        return new Call(List.of("/bin/sh", script.toString()), environment);
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public AgentStream stream() {
        return new StreamJson();
    }

    @Override
    public AgentOutcome judge(StreamFacts facts, Exit exit) {
        return ClaudeVerdict.judge(facts, exit);
    }

    private static Scenario scenario(AgentSettings settings) {
        if (settings.scenario().isEmpty()) {
            return Scenario.GOOD;
        }
        Scenario.Reading reading = Scenario.read(settings.scenario().get());
        if (!reading.problems().isEmpty()) {
            throw new Fault("scenario-invalid", reading.problems().getFirst());
        }
        return reading.scenario();
    }

    /** How many earlier attempts at the same stage have a folder beside this one's. */
    private static int earlier(Attempt attempt, Path folder) {
        Path parent = folder.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return 0;
        }
        try (Stream<Path> beside = Files.list(parent)) {
            return (int)
                    beside.map(path -> FOLDER.matcher(String.valueOf(path.getFileName())))
                            .filter(name -> name.matches())
                            .filter(name -> name.group(2).equals(attempt.stage()))
                            .filter(name -> Integer.parseInt(name.group(1)) < attempt.number())
                            .count();
        } catch (IOException failure) {
            throw new Fault(
                    "attempts-unreadable",
                    "The folder %s cannot be read (%s); see that it is ours."
                            .formatted(parent, failure),
                    failure);
        }
    }

    /** Seconds between two steps; runs that show no steps take all their time in one pause. */
    private static double pause(Scenario.Course course) {
        boolean steps =
                switch (course.outcome()) {
                    case "empty",
                            "zero-turns",
                            "crash",
                            "usage-limit",
                            "overloaded",
                            "network",
                            "not-logged-in",
                            "no-credit",
                            "prompt-too-long" ->
                            false;
                    default -> true;
                };
        return steps ? course.seconds() / course.lines() : course.seconds();
    }

    private static String decimal(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }

    private static boolean isThere(Path file, byte[] wanted) throws IOException {
        return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), wanted);
    }
}
