package orchestrator.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import orchestrator.model.Fault;

/**
 * A person's own terminal programs, each opened with a command in it. They outlive us. Which are
 * there is looked up on each call. Any thread; blocks for files and a start.
 */
public final class TerminalProgram {
    private static final List<Path> APPLICATIONS =
            List.of(
                    Path.of("/System/Applications"),
                    Path.of("/System/Applications/Utilities"),
                    Path.of("/Applications"),
                    Path.of("/Applications/Utilities"));

    /** Scripts that macOS's terminals understand; the command's words come as arguments. */
    private static final List<String> QUOTED_LINE =
            List.of(
                    "on run argv",
                    "set typed to \"\"",
                    "repeat with word in argv",
                    "set typed to typed & quoted form of word & \" \"",
                    "end repeat");

    /**
     * A terminal program.
     *
     * @param name as people know it
     * @param program what is started
     * @param bundle the application's folder on macOS; empty: the program is enough
     * @param words title and command → the words behind the program's name; the command's words
     *     stay words
     */
    private record Known(
            String name,
            String program,
            Optional<String> bundle,
            BiFunction<String, List<String>, List<String>> words) {
        static Known of(String name, BiFunction<String, List<String>, List<String>> words) {
            return new Known(name, name, Optional.empty(), words);
        }

        static Known macOs(String name, String... script) {
            List<String> lines =
                    join(join(QUOTED_LINE, List.of(script)), List.of("end run")).stream()
                            .flatMap(line -> Stream.of("-e", line))
                            .toList();
            return new Known(
                    name,
                    "osascript",
                    Optional.of(name + ".app"),
                    (title, command) -> join(lines, command));
        }
    }

    private static final List<Known> KNOWN =
            List.of(
                    Known.of(
                            "x-terminal-emulator",
                            (title, command) -> join(List.of("-T", title, "-e"), command)),
                    Known.of(
                            "gnome-terminal",
                            (title, command) -> join(List.of("--title", title, "--"), command)),
                    Known.of(
                            "konsole",
                            (title, command) ->
                                    join(List.of("-p", "tabtitle=" + title, "-e"), command)),
                    Known.of("kitty", (title, command) -> join(List.of("--title", title), command)),
                    Known.of(
                            "alacritty",
                            (title, command) -> join(List.of("--title", title, "-e"), command)),
                    Known.of("wezterm", (title, command) -> join(List.of("start", "--"), command)),
                    Known.of(
                            "xterm", (title, command) -> join(List.of("-T", title, "-e"), command)),
                    Known.macOs(
                            "Terminal",
                            "tell application \"Terminal\"",
                            "do script typed",
                            "activate",
                            "end tell"),
                    Known.macOs(
                            "iTerm",
                            "tell application \"iTerm\"",
                            "set shown to (create window with default profile)",
                            "tell current session of shown to write text typed",
                            "activate",
                            "end tell"));

    private final String path;
    private final List<Path> applications;

    /** Looks on that PATH, and where macOS has its applications. */
    public TerminalProgram(String path) {
        this(path, APPLICATIONS);
    }

    TerminalProgram(String path, List<Path> applications) {
        this.path = path;
        this.applications = applications;
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The names of those that are there, the one that the system prefers first. */
    public List<String> names() {
        return KNOWN.stream().filter(known -> program(known).isPresent()).map(Known::name).toList();
    }

    /**
     * Opens one. Returns when it was started.
     *
     * @param name one of {@link #names}
     * @throws Fault {@code terminal-absent}, or {@code not-started} when it ends at once
     */
    public void open(String name, String title, List<String> command) {
        Known known =
                KNOWN.stream()
                        .filter(it -> it.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> absent(name));
        Path program = program(known).orElseThrow(() -> absent(name));
        Detached.start(
                join(List.of(program.toString()), known.words().apply(title, command)),
                "The terminal " + program);
    }

    private Fault absent(String name) {
        List<String> there = names();
        return new Fault(
                "terminal-absent",
                "The terminal '%s' is not here; choose %s in the settings."
                        .formatted(
                                name,
                                there.isEmpty()
                                        ? "the embedded one"
                                        : "the embedded one or one of " + there));
    }

    private Optional<Path> program(Known known) {
        return Optional.of(known)
                .filter(it -> it.bundle().stream().allMatch(this::isInstalled))
                .flatMap(it -> OnPath.find(path, it.program()));
    }

    private boolean isInstalled(String bundle) {
        return applications.stream().anyMatch(folder -> Files.isDirectory(folder.resolve(bundle)));
    }

    /** Programs by their names on a PATH. */
    static final class OnPath {
        private OnPath() {}

        static Optional<Path> find(String path, String name) {
            return Stream.of(path.split(File.pathSeparator, -1))
                    .filter(folder -> folder.startsWith("/"))
                    .map(folder -> Path.of(folder, name))
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .findFirst();
        }
    }
}
