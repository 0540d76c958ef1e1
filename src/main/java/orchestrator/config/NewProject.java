package orchestrator.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
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
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** An issue: a number, 1 or more, and what is to be done. */
    public record Titled(int number, String title) {}

    public NewProject {
        issues = List.copyOf(issues);
    }

    /**
     * Writes the project's file, once all of it is found valid.
     *
     * @return the file
     * @throws Fault {@code project-refused} with all that is wrong, a line each; {@code
     *     project-exists}; {@code config-not-writable}; nothing is written then
     */
    public Path write() {
        Path file = file();
        if (Files.exists(file)) {
            throw new Fault(
                    "project-exists",
                    "%s is there already; open the workspace, or choose another name."
                            .formatted(Problems.printable(file)));
        }
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        List<String> problems = problems(file, text);
        if (!problems.isEmpty()) {
            throw new Fault("project-refused", String.join("\n", problems));
        }
        try {
            Files.createDirectories(folder());
            Path beside = folder().resolve(".new-" + UUID.randomUUID());
            try {
                Files.write(beside, text);
                // Fails where the name is taken: nobody's file is replaced.
                Files.move(beside, file);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (FileAlreadyExistsException e) {
            throw new Fault(
                    "project-exists",
                    Problems.printable(file) + " was made by somebody else just now.",
                    e);
        } catch (IOException e) {
            throw new Fault(
                    "config-not-writable",
                    "%s could not be written (%s); choose a folder that is yours."
                            .formatted(Problems.printable(file), e.getMessage()),
                    e);
        }
        return file;
    }

    private Path folder() {
        return workspace.resolve("config");
    }

    private Path file() {
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
        repo.put("path", repository.toString());
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

    private static void putUnlessEmpty(ObjectNode object, String key, String value) {
        if (!value.isBlank()) {
            object.put(key, value.strip());
        }
    }
}
