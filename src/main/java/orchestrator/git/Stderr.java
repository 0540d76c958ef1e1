package orchestrator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.Fault;
import orchestrator.process.Outcome.Exited;

/** Reads what git says when it fails. Its messages are English, because every call sets LC_ALL. */
final class Stderr {
    private static final Pattern LOCK_FILE =
            Pattern.compile("Unable to create '([^']+\\.lock)': File exists");
    private static final Pattern CONFIG_LOCK =
            Pattern.compile("could not lock config file ([^\\n]+): File exists");
    private static final Pattern HALF_MADE =
            Pattern.compile("failed to read [^\\n]*worktrees/[^\\n]*/(commondir|gitdir|HEAD)");
    private static final Pattern CREDENTIALS = Pattern.compile("([a-zA-Z+]+://)[^/@\\s']+@");
    private static final int LONGEST_LINE = 300;

    private static final List<String> AUTH =
            List.of(
                    "authentication failed",
                    "permission denied (",
                    "could not read username",
                    "could not read password",
                    "terminal prompts disabled",
                    "returned error: 401",
                    "returned error: 403",
                    "host key verification failed",
                    "access denied",
                    "repository not found",
                    "invalid credentials");
    private static final List<String> NETWORK =
            List.of(
                    "could not resolve",
                    "connection refused",
                    "connection timed out",
                    "connection reset",
                    "operation timed out",
                    "network is unreachable",
                    "no route to host",
                    "temporary failure in name resolution",
                    "failed to connect",
                    "unable to access",
                    "early eof",
                    "hung up unexpectedly",
                    "rpc failed",
                    "connect to host");
    private static final List<String> REJECTED =
            List.of("[rejected]", "non-fast-forward", "fetch first", "stale info");

    private Stderr() {}

    /** Whether it failed because another git holds a lock. */
    static boolean isLock(Exited exited) {
        return lockFile(exited).isPresent();
    }

    /**
     * Whether it stumbled over a worktree that another git is just making: its notes are there and
     * not yet written, which passes within milliseconds.
     */
    static boolean isHalfMade(Exited exited) {
        return !exited.ok() && HALF_MADE.matcher(exited.stderr()).find();
    }

    private static Optional<String> lockFile(Exited exited) {
        Matcher file = LOCK_FILE.matcher(exited.stderr());
        if (file.find()) {
            return Optional.of(file.group(1));
        }
        Matcher config = CONFIG_LOCK.matcher(exited.stderr());
        return config.find() ? Optional.of(config.group(1) + ".lock") : Optional.empty();
    }

    /** The sentence for a lock that stayed, with the lock's age; empty when no lock was it. */
    static Optional<Fault> lockFault(Path directory, String verb, Exited exited) {
        return lockFile(exited)
                .map(lock ->
                        new Fault(
                                "git-locked",
                                "git "
                                        + verb
                                        + " in "
                                        + directory
                                        + " found the lock "
                                        + lock
                                        + age(directory, lock)
                                        + "; if no git is at work there, remove that file"
                                        + " and try again."));
    }

    private static String age(Path directory, String lock) {
        try {
            Instant made = Files.getLastModifiedTime(directory.resolve(lock)).toInstant();
            long seconds = Math.max(0, Duration.between(made, Instant.now()).toSeconds());
            return seconds < 120
                    ? " (" + seconds + " s old)"
                    : " (" + seconds / 60 + " minutes old)";
        } catch (IOException | InvalidPathException e) {
            // It was released while we looked, or cannot be seen: then its age is not known.
            return "";
        }
    }

    /** The kind of failure of a network call: {@code rejected}, {@code auth}, … */
    static String kind(Exited exited) {
        String text = exited.stderr().toLowerCase(Locale.ROOT);
        if (REJECTED.stream().anyMatch(text::contains)) {
            return "rejected";
        }
        if (AUTH.stream().anyMatch(text::contains)) {
            return "auth";
        }
        return NETWORK.stream().anyMatch(text::contains) ? "network" : "failed";
    }

    /** The line that says most of why it failed, credentials masked, without its final stop. */
    static String usefulLine(Exited exited) {
        List<String> lines =
                exited.stderr().lines().map(String::strip).filter(line -> !isNoise(line)).toList();
        String best =
                lines.stream()
                        .filter(Stderr::isVerdict)
                        .findFirst()
                        .or(() -> lines.stream().findFirst())
                        .orElse("exit code " + exited.code() + " without a message");
        String line = mask(best);
        line = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static boolean isVerdict(String line) {
        return line.startsWith("fatal:")
                || line.startsWith("error:")
                || line.startsWith("!")
                || line.startsWith("remote: error")
                || line.startsWith("remote: fatal");
    }

    private static boolean isNoise(String line) {
        return line.isEmpty()
                || line.startsWith("hint:")
                || line.startsWith("warning:")
                || line.startsWith("To ")
                || line.startsWith("Preparing worktree")
                || line.equals("remote:");
    }

    /** Takes names and passwords out of URLs. */
    static String mask(String text) {
        return CREDENTIALS.matcher(text).replaceAll("$1***@");
    }
}
