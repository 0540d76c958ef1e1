package orchestrator.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;

/** Claude's command line, {@code claude -p}, with the prompt on standard input. */
public final class Claude implements Agent {
    private static final String NAME = "claude";
    private static final String ABSENT =
            "claude is not on the PATH; install it with \"npm install -g"
                    + " @anthropic-ai/claude-code\" and log in by running \"claude\" once,"
                    + " or name its \"path\" in the config's \"agent\".";
    private static final List<String> BYPASS = List.of("--dangerously-skip-permissions");
    // What we pass ourselves, or what would make the stream or the session another one.
    private static final Set<String> OURS =
            Set.of(
                    "-p",
                    "--print",
                    "--output-format",
                    "--input-format",
                    "--session-id",
                    "--resume",
                    "-r",
                    "--continue",
                    "-c");

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");

    /** Measured: {@code claude auth status} exits with 1 without and 0 with a login or a key. */
    private static final int[] TELLS_LOGIN = {2, 1, 197};

    private final Executables executables;
    private final Map<String, String> launcher;
    private final boolean root;

    /**
     * Claude as it is found from a launcher's environment.
     *
     * @param path where to look for it: folders separated by colons
     * @param launcher the environment the agents inherit
     * @param root whether the agents run as root
     */
    public Claude(String path, Map<String, String> launcher, boolean root) {
        this.executables = new Executables(path);
        this.launcher = Map.copyOf(launcher);
        this.root = root;
    }

    /** Claude as this process would find and run it. */
    public static Claude ofThisProcess() {
        Map<String, String> environment = System.getenv();
        return new Claude(environment.getOrDefault("PATH", ""), environment, runsAsRoot());
    }

    @Override
    public List<String> check(AgentSettings settings) {
        List<String> problems = new ArrayList<>();
        if (executables.find(name(settings)).isEmpty()) {
            problems.add(Executables.notFound(settings, ABSENT));
        }
        problems.addAll(SettingsCheck.problems(settings));
        List<String> arguments = settings.arguments().orElse(BYPASS);
        problems.addAll(SettingsCheck.ours(arguments, OURS));
        if (root && bypasses(arguments) && !sandboxed(settings)) {
            problems.add(
                    "Claude refuses to skip permissions as root; run as another user, or, where the"
                            + " machine itself is the sandbox, set \"environment\": {\"IS_SANDBOX\":"
                            + " \"1\"} in the config's \"agent\".");
        }
        return List.copyOf(problems);
    }

    @Override
    public Call call(AgentSettings settings, Attempt attempt, Path folder) {
        Path executable = executables.require(settings, NAME, ABSENT);
        List<String> argv = new ArrayList<>();
        argv.add(executable.toString());
        argv.addAll(List.of("-p", "--output-format", "stream-json", "--verbose"));
        argv.addAll(settings.arguments().orElse(BYPASS));
        // Never both: 2.1.197 refuses a chosen id beside --resume unless the session is forked.
        argv.addAll(
                List.of(
                        attempt.kind() == AttemptKind.RESUME ? "--resume" : "--session-id",
                        attempt.sessionId()));
        settings.model().ifPresent(model -> argv.addAll(List.of("--model", model)));
        Map<String, String> environment = new HashMap<>();
        environment.put("DISABLE_AUTOUPDATER", "1");
        // Also where the launcher has it on: with it a usage limit does not end the run, the agent
        // itself waits for hours (seen: 6 h), and the run learns neither of the limit nor its
        // reset.
        environment.put("CLAUDE_CODE_RETRY_WATCHDOG", "0");
        environment.putAll(settings.environment());
        // Not for settings to undo: with attachments, "@/a/file" in an issue's text inlines the
        // file.
        environment.put("CLAUDE_CODE_DISABLE_ATTACHMENTS", "1");
        return new Call(argv, environment);
    }

    @Override
    public Call call(
            AgentSettings settings, Attempt attempt, Path folder, OptionalDouble budgetUsd) {
        Call call = call(settings, attempt, folder);
        if (budgetUsd.isEmpty()) {
            return call;
        }
        List<String> argv = new ArrayList<>(call.argv());
        argv.add("--max-budget-usd");
        argv.add(String.format(Locale.ROOT, "%.4f", budgetUsd.getAsDouble()));
        return new Call(argv, call.environment());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Seen with 2.1.197: also after SIGKILL in the midst of an answer, under the same id, with
     * the cost counted from nought again. It is no lock: a session that still runs can be taken up
     * a second time, so whoever does so has ended the first.
     */
    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public List<String> versionCommand(AgentSettings settings) {
        return executables.command(name(settings), "--version");
    }

    /** An older one would take the words for a prompt, and spend money on it. */
    @Override
    public List<String> loginCommand(AgentSettings settings, String version) {
        Matcher numbers = VERSION.matcher(version);
        boolean canTell =
                numbers.find()
                        && Arrays.compare(
                                        new int[] {
                                            Integer.parseInt(numbers.group(1)),
                                            Integer.parseInt(numbers.group(2)),
                                            Integer.parseInt(numbers.group(3))
                                        },
                                        TELLS_LOGIN)
                                >= 0;
        return canTell ? executables.command(name(settings), "auth", "status") : List.of();
    }

    @Override
    public List<String> logInByHand(AgentSettings settings) {
        return executables.command(name(settings), "auth", "login");
    }

    @Override
    public AgentStream stream() {
        return new StreamJson();
    }

    @Override
    public AgentOutcome judge(StreamFacts facts, Exit exit) {
        return ClaudeVerdict.judge(facts, exit);
    }

    private static String name(AgentSettings settings) {
        return Executables.name(settings, NAME);
    }

    private boolean sandboxed(AgentSettings settings) {
        String ours = launcher.getOrDefault("IS_SANDBOX", "");
        return settings.environment().getOrDefault("IS_SANDBOX", ours).equals("1");
    }

    private static boolean bypasses(List<String> arguments) {
        return arguments.contains("--dangerously-skip-permissions")
                || arguments.contains("bypassPermissions")
                || arguments.contains("--permission-mode=bypassPermissions");
    }

    private static boolean runsAsRoot() {
        try {
            // The owner of a process's folder is its effective user.
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
                    && uid == 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noProc) {
            return System.getProperty("user.name", "").equals("root");
        }
    }
}
