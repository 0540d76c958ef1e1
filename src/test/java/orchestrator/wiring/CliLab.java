package orchestrator.wiring;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import orchestrator.cli.Cli;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.store.StateFolder;

/** The command line over real workspaces in a temporary folder, with a tmux server of its own. */
public final class CliLab {
    private static final List<String> FORGES = List.of("gh", "glab");

    private final ExecRunner programs = new ExecRunner();
    private final Path root;
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final List<List<String>> foreground = new ArrayList<>();

    /** What a command left. */
    public record Said(int exit, String out, String err) {}

    public CliLab(Path root) throws IOException {
        this.root = root;
        environment.remove("TMUX");
        Files.createDirectories(root.resolve("config"));
    }

    public Path root() {
        return root;
    }

    public StateFolder state() {
        return new StateFolder(root.resolve("state"));
    }

    public Path file(String project) {
        return root.resolve("config").resolve(project + "-issues.json");
    }

    /** Words that a command had run in its terminal. */
    public List<List<String>> foreground() {
        return foreground;
    }

    public CliLab with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Path write(String project, String text) throws IOException {
        return Files.writeString(file(project), text);
    }

    /** A rehearsal project with its repository made on launch, and these issues. */
    public Path project(String name, String issues) throws IOException {
        return write(
                name,
                """
                {"project": "%s", "repo": "r", "repo_path": "../state/rehearsal/%s",
                 "worktree_base": "../state/rehearsal/%s-trees", "branch_prefix": "%s/issue-",
                 "default_branch": "main", "platform": "none", "tmux_session": "lab",
                 "tmux_socket": "%s", "num_workers": 2, "agent": {"type": "rehearsal"},
                 "pipeline": ["implement", "document"], "issues": [%s]}
                """
                        .formatted(name, name, name, name, socket(), issues));
    }

    public Path socket() {
        return root.resolve("tmux.sock");
    }

    public static String issue(int number, String more) {
        return "{\"number\": %d, \"title\": \"Issue %d\", \"description\": \"Do it.\"%s}"
                .formatted(number, number, more);
    }

    /** Runs it on this workspace. */
    public Said run(String... arguments) {
        return anywhere(
                Stream.concat(Stream.of(arguments), Stream.of("--workspace", root.toString()))
                        .toArray(String[]::new));
    }

    /** Runs it as it stands. */
    public Said anywhere(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = into(out, err, arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    /** The same, said while it goes on; the exit code. */
    public int into(StringWriter out, StringWriter err, String... arguments) {
        Cli cli =
                new Cli(
                        assembly(),
                        words -> {
                            foreground.add(words);
                            return 7;
                        },
                        (context, config) -> {
                            throw new IllegalStateException("the window was opened");
                        },
                        environment,
                        "1.2.3");
        return cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    public Assembly assembly() {
        return new Assembly(List.of("false"), environment, "1.2.3", this::run);
    }

    /** The forges' programs are those of this lab, as if its folder stood first on the PATH. */
    private Outcome run(Command command) {
        String name = command.argv().getFirst();
        if (!FORGES.contains(name)) {
            return programs.run(command);
        }
        List<String> argv = new ArrayList<>(command.argv());
        argv.set(0, root.resolve("bin").resolve(name).toString());
        return programs.run(
                new Command(
                        argv,
                        command.directory(),
                        command.environment(),
                        command.unset(),
                        command.input(),
                        command.timeout()));
    }

    /** A stand-in for {@code gh} or {@code glab}: a script of POSIX sh. */
    public void forge(String name, String script) throws IOException {
        Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** All that is there, with each file's content. */
    public Map<String, String> listing() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String content =
                        Files.isRegularFile(path)
                                ? Files.readString(path, StandardCharsets.ISO_8859_1)
                                : "";
                all.put(root.relativize(path) + " " + Files.getLastModifiedTime(path), content);
            }
        }
        return all;
    }
}
