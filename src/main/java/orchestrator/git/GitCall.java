package orchestrator.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.process.Await;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import orchestrator.process.Outcome.Exited;

/** One call of git being put together: immutable, each method returns a changed copy. */
record GitCall(
        CommandRunner runner,
        Path directory,
        List<String> config,
        Map<String, String> environment,
        Optional<String> input,
        Duration timeout) {
    static final Duration LOCAL = Duration.ofSeconds(60);
    static final Duration NETWORK = Duration.ofSeconds(120);

    /** For what writes or reads a whole working tree, which may be large. */
    static final Duration TREE = Duration.ofMinutes(10);

    private static final int LOCK_TRIES = 5;
    private static final long FIRST_PAUSE_MS = 50;

    /** Variables by which a caller that is itself run by git would point us at its repository. */
    private static final List<String> FOREIGN =
            List.of(
                    "GIT_DIR",
                    "GIT_WORK_TREE",
                    "GIT_INDEX_FILE",
                    "GIT_COMMON_DIR",
                    "GIT_OBJECT_DIRECTORY",
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                    "GIT_NAMESPACE",
                    "GIT_PREFIX",
                    "GIT_LITERAL_PATHSPECS",
                    "GIT_GLOB_PATHSPECS",
                    "GIT_NOGLOB_PATHSPECS",
                    "GIT_ICASE_PATHSPECS",
                    "GIT_QUARANTINE_PATH");

    static GitCall in(CommandRunner runner, Path directory) {
        return new GitCall(
                runner,
                directory,
                // No background repacking and no file watchers of ours in the user's repository.
                List.of("gc.auto=0", "maintenance.auto=false", "core.fsmonitor=false"),
                Map.of("GIT_TERMINAL_PROMPT", "0", "LC_ALL", "C", "GIT_PAGER", "cat"),
                Optional.empty(),
                LOCAL);
    }

    /**
     * A call within a worktree. Should its link to the repository be gone, git must not go on
     * looking further up: it would find, and change, a repository the folder merely lies in.
     */
    static GitCall inWorktree(CommandRunner runner, Path worktree) {
        Path parent = Paths.real(worktree).getParent();
        GitCall call = in(runner, worktree);
        return parent == null ? call : call.with("GIT_CEILING_DIRECTORIES", parent.toString());
    }

    /** A call that takes no lock it could do without. */
    GitCall reading() {
        return with("GIT_OPTIONAL_LOCKS", "0");
    }

    GitCall with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new GitCall(runner, directory, config, Map.copyOf(more), input, timeout);
    }

    GitCall config(String... settings) {
        List<String> more = new ArrayList<>(config);
        more.addAll(List.of(settings));
        return new GitCall(runner, directory, List.copyOf(more), environment, input, timeout);
    }

    GitCall input(String text) {
        return new GitCall(runner, directory, config, environment, Optional.of(text), timeout);
    }

    GitCall within(Duration limit) {
        return new GitCall(runner, directory, config, environment, input, limit);
    }

    /** Runs it, whatever its exit code; Fault when it timed out or could not be started. */
    Exited run(String... arguments) {
        return run(List.of(arguments));
    }

    Exited run(List<String> arguments) {
        Exited exited = once(arguments);
        for (int i = 0; i < LOCK_TRIES - 1 && Stderr.isHalfMade(exited); i++) {
            pause(i);
            exited = once(arguments);
        }
        return exited;
    }

    private static void pause(int tries) {
        Await.pause(Duration.ofMillis(FIRST_PAUSE_MS << tries));
    }

    private Exited once(List<String> arguments) {
        return switch (outcome(arguments)) {
            case Exited exited -> exited;
            case Outcome.TimedOut late ->
                    throw new Fault(
                            "git-timeout",
                            "git "
                                    + arguments.getFirst()
                                    + " in "
                                    + directory
                                    + " did not end within "
                                    + late.after().toSeconds()
                                    + " s and was ended; see whether the disk or the network"
                                    + " answers.");
            case Outcome.CouldNotStart none -> throw notStarted(none.reason());
        };
    }

    /** Runs it and says everything that may come of it. */
    Outcome outcome(List<String> arguments) {
        List<String> argv = new ArrayList<>();
        argv.add("git");
        for (String setting : config) {
            argv.add("-c");
            argv.add(setting);
        }
        argv.addAll(arguments);
        Command command = Command.of(argv).in(directory).within(timeout);
        for (String name : FOREIGN) {
            if (!environment.containsKey(name)) {
                command = command.without(name);
            }
        }
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            command = command.with(entry.getKey(), entry.getValue());
        }
        return runner.run(input.isPresent() ? command.input(input.get()) : command);
    }

    private Fault notStarted(String reason) {
        if (!Files.isDirectory(directory)) {
            return new Fault("folder-missing", "The folder " + directory + " is not there.");
        }
        return new Fault(
                "git-missing",
                "git could not be started (" + reason + "); install it (Debian: apt install git).");
    }

    /** Its output without the last line end; Fault {@code git-failed} when it did not succeed. */
    String must(String... arguments) {
        return must(List.of(arguments));
    }

    String must(List<String> arguments) {
        Exited exited = run(arguments);
        if (!exited.ok()) {
            throw failure(arguments, exited);
        }
        return chomp(exited.stdout());
    }

    /**
     * Like {@link #run} for a call that takes locks: tries again a few times when another git holds
     * one. A lock that stays is named with its age in the Fault, and never deleted.
     */
    Exited patiently(List<String> arguments) {
        Exited exited = run(arguments);
        for (int i = 0; i < LOCK_TRIES - 1 && !exited.ok() && Stderr.isLock(exited); i++) {
            pause(i);
            exited = run(arguments);
        }
        if (!exited.ok() && Stderr.isLock(exited)) {
            throw failure(arguments, exited);
        }
        return exited;
    }

    /** {@link #must} with the patience of {@link #patiently}. */
    String mustPatiently(String... arguments) {
        List<String> list = List.of(arguments);
        Exited exited = patiently(list);
        if (!exited.ok()) {
            throw failure(list, exited);
        }
        return chomp(exited.stdout());
    }

    /** The output when it succeeded; empty otherwise. */
    Optional<String> maybe(String... arguments) {
        Exited exited = run(arguments);
        return exited.ok() ? Optional.of(chomp(exited.stdout())) : Optional.empty();
    }

    /** What a failed call amounts to. */
    Fault failure(List<String> arguments, Exited exited) {
        Optional<Fault> locked = Stderr.lockFault(directory, arguments.getFirst(), exited);
        return locked.orElseGet(() ->
                new Fault(
                        "git-failed",
                        "git "
                                + arguments.getFirst()
                                + " failed in "
                                + directory
                                + ": "
                                + Stderr.usefulLine(exited)
                                + "."));
    }

    private static String chomp(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }
}
