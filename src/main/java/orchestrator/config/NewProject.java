package orchestrator.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project that is described for the first time, in a workspace of its own. Blocks; any thread.
 *
 * @param workspace absolute; made if it is not there
 * @param name of the project, which names the file, the tmux session and the commits
 * @param repository absolute
 * @param language empty: nothing is said of it; likewise the commands
 * @param agent the agent's type
 * @param workers 1 or more
 * @param issues in the order they are to be handed out; may be empty
 */
public record NewProject(
        Path workspace,
        String name,
        Path repository,
        String defaultBranch,
        String branchPrefix,
        Platform platform,
        String language,
        String build,
        String test,
        String agent,
        int workers,
        List<Titled> issues) {
    private static final Logger LOG = LoggerFactory.getLogger(NewProject.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** An issue: a number, 1 or more, and what is to be done. */
    public record Titled(int number, String title) {}

    public NewProject {
        issues = List.copyOf(issues);
    }

    /** All that is wrong with it, a sentence each; empty: {@link #write} would write it. */
    public List<String> problems() {
        return problems(file(), bytes());
    }

    /**
     * Writes the project's file, once all of it is found valid. A folder that was made for it is
     * gone again when it cannot be written.
     *
     * @return the file
     * @throws Fault {@code project-refused} with all that is wrong, a line each; {@code
     *     project-exists}; {@code config-not-writable}; nothing is written then
     */
    public Path write() {
        return write(() -> {});
    }

    /**
     * The same, with something else that has to be done for it: when that throws, nothing of the
     * project stays.
     */
    public Path write(Runnable rest) {
        Path file = file();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Fault(
                    "project-exists",
                    "%s is there already; open the workspace, or choose another name."
                            .formatted(Problems.printable(file)));
        }
        byte[] text = bytes();
        List<String> problems = problems(file, text);
        if (!problems.isEmpty()) {
            throw new Fault("project-refused", String.join("\n", problems));
        }
        List<Path> made = missing(folder());
        boolean written = false;
        try {
            Files.createDirectories(folder());
            NewFile.write(file, text);
            try {
                rest.run();
                written = true;
            } finally {
                if (!written) {
                    Files.delete(file);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new Fault(
                    "project-exists",
                    Problems.printable(file)
                            + " or a folder it needs was made by somebody else just now; look at it.",
                    e);
        } catch (IOException e) {
            throw new Fault(
                    "config-not-writable",
                    "%s could not be written (%s); choose a folder that is yours."
                            .formatted(
                                    Problems.printable(file),
                                    Quoted.shortened(String.valueOf(e.getMessage()))),
                    e);
        } finally {
            if (!written) {
                removeEmpty(made);
            }
        }
        return file;
    }

    /** A folder and those above it that are not there, the innermost first. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
            missing.add(at);
        }
        return missing;
    }

    private static void removeEmpty(List<Path> folders) {
        for (Path folder : folders) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                LOG.info("{} stays: {}", folder, e.toString());
                return;
            }
        }
    }

    private byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    private Path folder() {
        return workspace.resolve("config");
    }

    /** The file that is written. */
    public Path file() {
        // A name that is none makes no path; the reader then says what a name is.
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "-");
        return folder().resolve((safe.isEmpty() ? "project" : safe) + "-issues.json");
    }

    /** Read with the other files that are in the workspace, by the reader that will read it. */
    private List<String> problems(Path file, byte[] text) {
        List<Path> files = new ArrayList<>(others());
        files.add(file);
        Workspace all = new Workspace(workspace, folder(), files, true);
        ConfigResult result =
                ConfigReader.read(
                        all, path -> path.equals(file) ? text : ConfigReader.fromDisk(path));
        return switch (result) {
            case ConfigResult.Valid _ -> List.of();
            case ConfigResult.Invalid(List<String> found) ->
                    found.stream().map(problem -> withoutPlace(file, problem)).toList();
        };
    }

    private List<Path> others() {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return Workspace.locate(
                            java.util.Optional.empty(),
                            java.util.Optional.empty(),
                            java.util.Optional.of(folder),
                            folder)
                    .files();
        } catch (Fault none) {
            return List.of(); // a folder without project files yet
        }
    }

    /** The file is not there yet, so a place in it helps nobody. */
    private static String withoutPlace(Path file, String problem) {
        String place = Problems.printable(file) + ":";
        return problem.startsWith(place)
                ? problem.substring(place.length()).replaceFirst("^[0-9]+:[0-9]+: ", "")
                : problem;
    }

    private String text() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("project", name);
        ObjectNode repo = root.putObject("repos").putObject(name.isEmpty() ? "main" : name);
        repo.put("path", path());
        repo.put("default_branch", defaultBranch);
        repo.put("branch_prefix", branchPrefix);
        repo.put("platform", platform.word());
        root.put("tmux_session", name.replaceAll("[^A-Za-z0-9_-]", "-") + "-orchestrator");
        root.put("num_workers", workers);
        root.put("agent", agent);
        root.putArray("pipeline").add("implement").add("run_tests_fix");
        ObjectNode context = root.putObject("project_context");
        putUnlessEmpty(context, "language", language);
        putUnlessEmpty(context, "build_command", build);
        putUnlessEmpty(context, "test_command", test);
        context.put("commit_prefix", name + ":");
        ArrayNode list = root.putArray("issues");
        for (int i = 0; i < issues.size(); i++) {
            ObjectNode issue = list.addObject();
            issue.put("number", issues.get(i).number());
            issue.put("title", issues.get(i).title());
            issue.put("wave", 1);
            issue.put("priority", i + 1);
        }
        DefaultPrettyPrinter lines =
                new DefaultPrettyPrinter()
                        .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return MAPPER.writer().with(lines).writeValueAsString(root) + "\n";
    }

    /** A workspace that lies in its repository goes where that goes. */
    private String path() {
        return workspace.startsWith(repository)
                ? folder().relativize(repository).toString()
                : repository.toString();
    }

    private static void putUnlessEmpty(ObjectNode object, String key, String value) {
        if (!value.isBlank()) {
            object.put(key, value.strip());
        }
    }
}
