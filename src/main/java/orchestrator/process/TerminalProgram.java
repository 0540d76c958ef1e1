package orchestrator.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import orchestrator.model.Fault;

/**
 * A person's own terminal program, with a command in it. Which one: the first that is on the PATH
 * of those known here. It outlives us. Any thread.
 */
public final class TerminalProgram {
    /**
     * A terminal program.
     *
     * @param words title and command → the words behind the program's name; the command's words
     *     stay words
     */
    private record Known(String name, BiFunction<String, List<String>, List<String>> words) {}

    private static final List<Known> KNOWN =
            List.of(
                    new Known(
                            "x-terminal-emulator",
                            (title, command) -> join(List.of("-T", title, "-e"), command)),
                    new Known(
                            "gnome-terminal",
                            (title, command) -> join(List.of("--title", title, "--"), command)),
                    new Known(
                            "konsole",
                            (title, command) ->
                                    join(List.of("-p", "tabtitle=" + title, "-e"), command)),
                    new Known(
                            "kitty", (title, command) -> join(List.of("--title", title), command)),
                    new Known(
                            "alacritty",
                            (title, command) -> join(List.of("--title", title, "-e"), command)),
                    new Known("wezterm", (title, command) -> join(List.of("start", "--"), command)),
                    new Known(
                            "xterm",
                            (title, command) -> join(List.of("-T", title, "-e"), command)));

    private final String path;

    /** Looks on that PATH. */
    public TerminalProgram(String path) {
        this.path = path;
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /**
     * Opens one. Returns when it was started.
     *
     * @return false when none is known here
     * @throws Fault {@code terminal-not-started}
     */
    public boolean open(String title, List<String> command) {
        for (Known known : KNOWN) {
            Optional<Path> program = find(known.name());
            if (program.isPresent()) {
                start(program.get(), known.words().apply(title, command));
                return true;
            }
        }
        return false;
    }

    private Optional<Path> find(String name) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void start(Path program, List<String> words) {
        List<String> argv = new ArrayList<>();
        argv.add(program.toString());
        argv.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().remove("TMUX");
        builder.environment().remove("TMUX_PANE");
        File none = new File("/dev/null");
        builder.redirectInput(none).redirectOutput(none).redirectError(none);
        try {
            var _ = builder.start();
        } catch (IOException e) {
            throw new Fault(
                    "terminal-not-started",
                    "The terminal %s could not be started (%s); attach by hand with `attach`."
                            .formatted(program, e.getMessage()),
                    e);
        }
    }
}
