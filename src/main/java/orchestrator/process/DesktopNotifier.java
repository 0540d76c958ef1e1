package orchestrator.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desktop's own notifications, by the program the system has for them: {@code notify-send}, or
 * {@code osascript} on macOS. Where there is none, nothing is shown. Any thread; blocks for a few
 * seconds at most.
 */
public final class DesktopNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(DesktopNotifier.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Title and text arrive as arguments, so nothing in them is read as a script. */
    private static final String SCRIPT =
            "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run";

    private final CommandRunner runner;
    private final String path;

    /** Looks for the programs on that PATH. */
    public DesktopNotifier(CommandRunner runner, String path) {
        this.runner = runner;
        this.path = path;
    }

    /**
     * Shows a notification.
     *
     * @param title one line of plain text
     * @param text plain text, a sentence or two
     * @return false when there is no program for it, or it said no
     */
    public boolean show(String title, String text) {
        Optional<Command> command =
                find("notify-send")
                        .map(program ->
                                Command.of(
                                        program,
                                        "--app-name=Orchestrator",
                                        "--icon=utilities-terminal",
                                        "--",
                                        title,
                                        withoutMarkup(text)))
                        .or(() ->
                                find("osascript")
                                        .map(program ->
                                                Command.of(program, "-e", SCRIPT, title, text)));
        return command.map(this::run).orElse(false);
    }

    private boolean run(Command command) {
        return switch (runner.run(command.within(PATIENCE))) {
            case Outcome.Exited(int code, _, String stderr) -> {
                if (code != 0) {
                    LOG.info("no notification: {} ({})", stderr.strip(), code);
                }
                yield code == 0;
            }
            case Outcome.TimedOut(Duration after, _, _) -> {
                LOG.info("no notification: no answer within {} s", after.toSeconds());
                yield false;
            }
            case Outcome.CouldNotStart(String reason) -> {
                LOG.info("no notification: {}", reason);
                yield false;
            }
        };
    }

    /** The text of {@code notify-send} is read as markup. */
    private static String withoutMarkup(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private Optional<String> find(String name) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
