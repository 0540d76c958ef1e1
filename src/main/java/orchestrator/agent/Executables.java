package orchestrator.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import orchestrator.model.AgentSettings;
import orchestrator.model.Fault;

/**
 * Finds executables on a fixed PATH, each once: a tmux window may start a login shell with another
 * PATH, and what an attempt runs must not depend on it. Links are not resolved, because an update
 * of the tool moves what they point to. Safe on any thread.
 */
final class Executables {
    private final String path;
    private final Map<String, Path> found = new ConcurrentHashMap<>();

    /**
     * Looks on this PATH.
     *
     * @param path folders separated by colons; those that are not absolute are passed over
     */
    Executables(String path) {
        this.path = path;
    }

    /**
     * The absolute path of an executable; empty: there is none, so far.
     *
     * @param name a name to look for on the PATH, or a path when it holds a slash
     */
    Optional<Path> find(String name) {
        Path known = found.get(name);
        if (known != null && isExecutable(known)) {
            return Optional.of(known);
        }
        Optional<Path> now = look(name).map(file -> pinned(file, name));
        now.ifPresent(file -> found.put(name, file));
        return now;
    }

    /**
     * What a link leads to now: an updater that turns the link to another version changes nothing
     * for a run under way. But a link to a program of another name (a version manager's shim, which
     * reads its own name) is called as it stands.
     */
    private static Path pinned(Path file, String name) {
        String base = String.valueOf(Path.of(name).getFileName());
        try {
            Path real = file.toRealPath();
            for (Path part : real) {
                if (part.toString().contains(base)) {
                    return real;
                }
            }
            return file;
        } catch (IOException e) {
            return file; // It was there a moment ago; whoever runs it says what is wrong.
        }
    }

    private Optional<Path> look(String name) {
        if (name.isBlank()) {
            return Optional.empty();
        }
        if (name.indexOf('/') >= 0) {
            String home = System.getProperty("user.home", "/");
            return file(name.startsWith("~/") ? home + name.substring(1) : name)
                    .map(Path::toAbsolutePath)
                    .filter(Executables::isExecutable);
        }
        for (String folder : path.split(":", -1)) {
            Optional<Path> file =
                    folder.startsWith("/")
                            ? file(folder + "/" + name).filter(Executables::isExecutable)
                            : Optional.empty();
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    /** A command's words, with its executable where it was found; empty: it was not. */
    List<String> command(String name, String... arguments) {
        return find(name)
                .map(executable ->
                        Stream.concat(Stream.of(executable.toString()), Stream.of(arguments))
                                .toList())
                .orElse(List.of());
    }

    /** The name or path of an agent's executable: what is configured, or else its own name. */
    static String name(AgentSettings settings, String own) {
        return settings.path().orElse(own);
    }

    /**
     * A sentence for when there is no such executable.
     *
     * @param absent the sentence where none is configured
     */
    static String notFound(AgentSettings settings, String absent) {
        return settings.path()
                .map(path ->
                        "The agent %s is not an executable file; correct \"path\" in the config's \"agent\"."
                                .formatted(path))
                .orElse(absent);
    }

    /** The executable of an agent, which must be there. */
    Path require(AgentSettings settings, String own, String absent) {
        return find(name(settings, own))
                .orElseThrow(() -> new Fault("agent-not-found", notFound(settings, absent)));
    }

    private static Optional<Path> file(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
