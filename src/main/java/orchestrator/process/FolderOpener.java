package orchestrator.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.model.Fault;

/**
 * Opens a folder for a person, in the file manager or in an editor, and pages in the browser. Any
 * thread; blocks.
 */
public final class FolderOpener {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern PAGE = Pattern.compile("https?://[^\\s\\p{Cntrl}]+");
    private final String path;

    /** Looks for programs on that PATH. */
    public FolderOpener(String path) {
        this.path = path;
    }

    /**
     * Shows it in the system's file manager.
     *
     * @throws Fault {@code folder-absent}, {@code program-absent}, {@code not-started}
     */
    public void files(Path folder) {
        require(folder);
        open("the folder " + folder, folder.toString());
    }

    /**
     * Shows a page in the system's browser.
     *
     * @param address begins with {@code http://} or {@code https://}: what else a system would open
     *     or run is refused, since others may have written it
     * @throws Fault {@code not-a-page}, {@code program-absent}, {@code not-started}
     */
    public void page(String address) {
        if (!PAGE.matcher(address).matches()) {
            throw new Fault(
                    "not-a-page",
                    "Only addresses that begin with http:// or https:// are opened; this one is another: %s"
                            .formatted(address));
        }
        open("the page " + address, address);
    }

    private void open(String what, String word) {
        Path program =
                Stream.of("xdg-open", "open")
                        .flatMap(name -> TerminalProgram.OnPath.find(path, name).stream())
                        .findFirst()
                        .orElseThrow(() ->
                                new Fault(
                                        "program-absent",
                                        "There is no xdg-open to show %s with; install xdg-utils."
                                                .formatted(what)));
        Detached.start(List.of(program.toString(), word), program + " for " + what);
    }

    /**
     * Opens it in an editor with a window of its own.
     *
     * @param command the editor's words in one line, such as {@code code -n}; quotes keep spaces
     *     together, and no shell reads it
     * @throws Fault {@code editor-unset}, {@code folder-absent}, {@code program-absent}, {@code
     *     not-started}
     */
    public void editor(String command, Path folder) {
        List<String> words = new ArrayList<>(words(command));
        if (words.isEmpty()) {
            throw new Fault(
                    "editor-unset",
                    "No editor is chosen; name one in the settings, such as `code -n` or `idea`.");
        }
        require(folder);
        String name = words.getFirst();
        Optional<Path> program =
                name.startsWith("/")
                        ? Optional.of(Path.of(name)).filter(Files::isExecutable)
                        : TerminalProgram.OnPath.find(path, name);
        words.set(
                0,
                program.orElseThrow(() ->
                                new Fault(
                                        "program-absent",
                                        "The editor '%s' is not on the PATH; install it, or name another in the settings."
                                                .formatted(name)))
                        .toString());
        words.add(folder.toString());
        Detached.start(words, "The editor " + name);
    }

    /**
     * Nothing, if the folder is there.
     *
     * @throws Fault {@code folder-absent}
     */
    public static void require(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new Fault(
                    "folder-absent",
                    "The folder %s is not there; its worktree may have been removed."
                            .formatted(folder));
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher it = WORD.matcher(line); it.find(); ) {
            words.add(
                    Stream.of(it.group(1), it.group(2), it.group(3))
                            .filter(java.util.Objects::nonNull)
                            .findFirst()
                            .orElseThrow());
        }
        return words;
    }
}
