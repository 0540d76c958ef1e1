package orchestrator.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A child process to run, as a value; no shell is involved.
 *
 * @param argv the executable and its arguments, as they are
 * @param environment added to or replacing our own environment
 * @param unset names taken out of it
 * @param input given on standard input, UTF-8; empty: the null device
 * @param timeout after which it is killed with its descendants
 */
public record Command(
        List<String> argv,
        Optional<Path> directory,
        Map<String, String> environment,
        Set<String> unset,
        Optional<String> input,
        Duration timeout) {
    /** How long a command may take unless it says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        unset = Set.copyOf(unset);
    }

    /** A command with default environment, no input, and {@link #DEFAULT_TIMEOUT}. */
    public static Command of(List<String> argv) {
        return new Command(
                argv, Optional.empty(), Map.of(), Set.of(), Optional.empty(), DEFAULT_TIMEOUT);
    }

    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    /** The same with one more argument. */
    public Command and(String argument) {
        List<String> more = new ArrayList<>(argv);
        more.add(argument);
        return new Command(more, directory, environment, unset, input, timeout);
    }

    public Command in(Path folder) {
        return new Command(argv, Optional.of(folder), environment, unset, input, timeout);
    }

    public Command with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Command(argv, directory, more, unset, input, timeout);
    }

    public Command without(String name) {
        Set<String> more = new HashSet<>(unset);
        more.add(name);
        return new Command(argv, directory, environment, more, input, timeout);
    }

    public Command input(String text) {
        return new Command(argv, directory, environment, unset, Optional.of(text), timeout);
    }

    public Command within(Duration limit) {
        return new Command(argv, directory, environment, unset, input, limit);
    }
}
