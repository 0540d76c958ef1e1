package orchestrator.forge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import orchestrator.model.Platform;
import orchestrator.process.Command;
import orchestrator.process.Outcome.Exited;

/**
 * One of the two programs.
 *
 * @param executable name on the PATH, or path
 * @param install where it is had from
 * @param quiet settings of its environment, {@code NAME=value}, that keep it from asking
 */
record Tool(String executable, String name, String install, List<String> quiet) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern CREDENTIALS = Pattern.compile("([a-zA-Z+]+://)[^/@\\s]+@");
    private static final List<String> NETWORK =
            List.of(
                    "error connecting",
                    "no such host",
                    "could not resolve host",
                    "connection refused",
                    "connection reset",
                    "i/o timeout",
                    "timeout trying",
                    "network is unreachable",
                    "temporary failure",
                    "check your internet connection");
    private static final List<String> LIMIT =
            List.of("rate limit", "too many requests", "http 429", "submitted too quickly");
    private static final List<String> LOGIN =
            List.of(
                    "auth login",
                    "not logged",
                    "authentication",
                    "http 401",
                    "401 unauthorized",
                    "bad credentials",
                    "gh_token");
    private static final List<String> ABSENT =
            List.of("could not resolve to an issue", "http 404", "404 not found", "not found");

    /** GitHub's program. */
    static Tool github(String executable) {
        return new Tool(
                executable,
                "gh",
                "https://cli.github.com (Debian: apt install gh)",
                List.of("GH_PROMPT_DISABLED=1", "GH_NO_UPDATE_NOTIFIER=1"));
    }

    /** GitLab's program. */
    static Tool gitlab(String executable) {
        return new Tool(
                executable,
                "glab",
                "https://gitlab.com/gitlab-org/cli (Debian: apt install glab)",
                List.of("NO_PROMPT=1", "GLAB_CHECK_UPDATE=false"));
    }

    static String notInstalled(Tool tool, Platform platform) {
        return "%s is not installed, which reads issues from %s; install it from %s and run %s auth"
                        .formatted(tool.name(), platform.word(), tool.install(), tool.name())
                + " login, or set \"platform\": \"none\".";
    }

    /** The program with these words, in an environment in which it asks nothing. */
    Command command(String... arguments) {
        return command(List.of(arguments));
    }

    /** The same with a list of words. */
    Command command(List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of(executable));
        argv.addAll(arguments);
        Command command =
                Command.of(argv)
                        .with("NO_COLOR", "1")
                        .with("GIT_TERMINAL_PROMPT", "0")
                        .without("GIT_DIR")
                        .without("GIT_WORK_TREE")
                        .without("GIT_INDEX_FILE")
                        .within(TIMEOUT);
        for (String setting : quiet) {
            int equals = setting.indexOf('=');
            command = command.with(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return command;
    }

    static String kind(Exited exited) {
        String said = (exited.stderr() + exited.stdout()).toLowerCase(Locale.ROOT);
        if (NETWORK.stream().anyMatch(said::contains)) {
            return "network";
        }
        if (LIMIT.stream().anyMatch(said::contains)) {
            return "rate-limit";
        }
        if (LOGIN.stream().anyMatch(said::contains)) {
            return "auth";
        }
        return ABSENT.stream().anyMatch(said::contains) ? "not-found" : "failed";
    }

    /** What a person does about a failure of that kind, or else that. */
    String advice(String kind, String otherwise) {
        return switch (kind) {
            case "auth" -> "run " + name + " auth login";
            case "network" -> "see whether the network is there";
            case "rate-limit" -> "wait until the limit is lifted, an hour at most, and try again";
            default -> otherwise;
        };
    }

    static String usefulLine(Exited exited) {
        String line =
                exited.stderr()
                        .lines()
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .findFirst()
                        .orElse("exit code " + exited.code());
        String masked = CREDENTIALS.matcher(line).replaceAll("$1***@");
        String bounded = masked.length() > 300 ? masked.substring(0, 300) + "…" : masked;
        return bounded.endsWith(".") ? bounded.substring(0, bounded.length() - 1) : bounded;
    }
}
