package orchestrator.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;

/**
 * OpenAI's command line, {@code codex exec --json}, with the prompt on standard input. It chooses
 * its sessions' ids itself, so an attempt that was lost with the machine is begun anew with a
 * summary; and it tells tokens and no cost, so a budget in dollars does not bound it.
 */
public final class Codex implements Agent {
    private static final String NAME = "codex";
    private static final String ABSENT =
            "codex is not on the PATH; install it with \"npm install -g @openai/codex\""
                    + " and log in with \"codex login\", or name its \"path\" in the"
                    + " config's \"agent\".";
    private static final List<String> BYPASS =
            List.of("--dangerously-bypass-approvals-and-sandbox");

    /** What we pass ourselves, or what would make the stream or the folder another one. */
    private static final Set<String> OURS =
            Set.of("exec", "--json", "-", "-C", "--cd", "--worktree", "resume", "fork", "review");

    /** With it in the environment it works without a login, and says that there is none. */
    private static final String KEY = "CODEX_API_KEY";

    private final Executables executables;
    private final Map<String, String> launcher;

    /**
     * Codex as it is found from a launcher's environment.
     *
     * @param path where to look for it: folders separated by colons
     * @param launcher the environment the agents inherit
     */
    public Codex(String path, Map<String, String> launcher) {
        executables = new Executables(path);
        this.launcher = Map.copyOf(launcher);
    }

    @Override
    public List<String> check(AgentSettings settings) {
        List<String> problems = new ArrayList<>();
        if (executables.find(name(settings)).isEmpty()) {
            problems.add(Executables.notFound(settings, ABSENT));
        }
        problems.addAll(SettingsCheck.problems(settings));
        problems.addAll(SettingsCheck.ours(settings.arguments().orElse(BYPASS), OURS));
        return List.copyOf(problems);
    }

    @Override
    public Call call(AgentSettings settings, Attempt attempt, Path folder) {
        Path executable = executables.require(settings, NAME, ABSENT);
        List<String> argv = new ArrayList<>();
        argv.add(executable.toString());
        argv.addAll(List.of("exec", "--json"));
        argv.addAll(settings.arguments().orElse(BYPASS));
        settings.model().ifPresent(model -> argv.addAll(List.of("--model", model)));
        argv.add("-");
        return new Call(argv, settings.environment());
    }

    @Override
    public List<String> versionCommand(AgentSettings settings) {
        return executables.command(name(settings), "--version");
    }

    @Override
    public List<String> loginCommand(AgentSettings settings, String version) {
        boolean key = settings.environment().containsKey(KEY) || launcher.containsKey(KEY);
        // Another provider is named there, or in its own configuration, and has a key of its own.
        boolean elsewhere =
                settings.arguments().orElse(List.of()).stream()
                        .anyMatch(argument ->
                                argument.contains("model_provider") || argument.equals("--oss"));
        return key || elsewhere
                ? List.of()
                : executables.command(name(settings), "login", "status");
    }

    @Override
    public List<String> logInByHand(AgentSettings settings) {
        return executables.command(name(settings), "login");
    }

    @Override
    public AgentStream stream() {
        return new CodexStream();
    }

    @Override
    public AgentOutcome judge(StreamFacts facts, Exit exit) {
        return CodexVerdict.judge(facts, exit);
    }

    private static String name(AgentSettings settings) {
        return Executables.name(settings, NAME);
    }
}
