package orchestrator.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import orchestrator.model.AgentSettings;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.Settings;
import orchestrator.model.WorkspaceConfig;

/**
 * What the projects of a workspace come to in a rehearsal: the same files, but for the agent, the
 * places, the platform and the session. Blocks on the disk only, and writes nothing.
 */
public final class RehearsalConfig {
    /** What is put behind the session's name, so that a rehearsal runs beside the real run. */
    public static final String SUFFIX = "-rehearsal";

    /** Where the scenario lies in the rehearsal's workspace. */
    public static final String SCENARIO = "scenario.txt";

    private static final String CONFIG = "config";
    private static final int LONGEST_SESSION = 100;
    private static final int LONGEST_NAME = 60;

    private final Workspace workspace;
    private final WorkspaceConfig real;
    private final Path root;
    private final Options options;
    private final Map<Path, Place> places = new LinkedHashMap<>();
    private final Map<Path, Path> worktrees = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * What is asked for.
     *
     * @param scenario how the agents go, absolute; empty: as the project says, or well
     * @param commands whether the user's setups and gates are run
     * @param texts the texts of issues that were fetched from the platform before
     */
    public record Options(
            Optional<Path> scenario, boolean commands, Function<IssueId, Optional<String>> texts) {}

    /**
     * A repository that is to be copied.
     *
     * @param real the user's; its default branch is one of {@code branches}
     * @param madeOnLaunch it is one of our own making, and not made yet
     * @param at where the copy lies
     * @param branches what is worked from
     * @param files what is copied from the checkout into worktrees
     */
    public record Copy(
            Repo real, boolean madeOnLaunch, Path at, Set<String> branches, Set<String> files) {
        public Copy {
            branches = Set.copyOf(branches);
            files = Set.copyOf(files);
        }
    }

    private record Place(
            Repo real, boolean ours, Path at, Set<String> branches, Set<String> files) {}

    /**
     * A rehearsal.
     *
     * @param workspace the user's
     * @param real what is defined in it
     * @param root the rehearsal's own workspace, absolute
     */
    public RehearsalConfig(Workspace workspace, WorkspaceConfig real, Path root, Options options) {
        this.workspace = workspace;
        this.real = real;
        this.root = root;
        this.options = options;
        for (Project project : real.projects()) {
            project.repos().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(repo -> place(project, repo.getValue()));
        }
    }

    private void place(Project project, Repo repo) {
        Place place = places.computeIfAbsent(realPath(repo.path()), _ -> newPlace(project, repo));
        place.branches().add(repo.defaultBranch());
        place.files().addAll(repo.setup().copyFiles());
        project.issues().stream()
                .filter(issue -> project.repoOf(issue).equals(repo))
                .map(Issue::branch)
                .flatMap(Optional::stream)
                .forEach(place.branches()::add);
        worktrees.computeIfAbsent(
                realPath(repo.worktreeBase()),
                _ -> scratch().resolve(free(place.at().getFileName() + "-worktrees")));
    }

    private Place newPlace(Project project, Repo repo) {
        boolean ours =
                project.agent().type().equals(AgentReader.REHEARSAL)
                        && repo.path().startsWith(real.settings().stateDir())
                        && !Files.exists(repo.path());
        String name = free(safe(String.valueOf(repo.path().getFileName())));
        taken.add(name + "-origin.git");
        return new Place(repo, ours, scratch().resolve(name), new TreeSet<>(), new TreeSet<>());
    }

    private static String safe(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.-]+", "");
        return safe.isEmpty()
                ? "repository"
                : safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Where a workspace's repositories are that we make ourselves; see {@link PlaceCheck}. */
    private Path scratch() {
        return root.resolve("state").resolve("rehearsal");
    }

    private static Path realPath(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            // It may not be entered: then the written path is all that can be compared.
            return path;
        }
    }

    /** The repositories that are to be copied, each once however many projects work in it. */
    public List<Copy> copies() {
        return places.values().stream()
                .map(place ->
                        new Copy(
                                place.real(),
                                place.ours(),
                                place.at(),
                                place.branches(),
                                place.files()))
                .toList();
    }

    /** The tmux session the rehearsal has. */
    public String session() {
        String session = real.settings().tmuxSession();
        int most = LONGEST_SESSION - SUFFIX.length();
        return session.substring(0, Math.min(most, session.length())) + SUFFIX;
    }

    /**
     * The files of the rehearsal's workspace, by their paths in it.
     *
     * @throws Fault {@code config-changed} when the user's are not any more what was read, {@code
     *     config-unreadable}
     */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            if (options.scenario().isPresent()) {
                files.put(SCENARIO, Files.readAllBytes(options.scenario().get()));
            }
            for (Project project : real.projects()) {
                String text = text(project, options.scenario().map(_ -> root.resolve(SCENARIO)));
                String name = CONFIG + "/" + name(project);
                files.put(name, text.getBytes(StandardCharsets.UTF_8));
            }
            for (Path prompt : prompts()) {
                files.put(CONFIG + "/prompts/" + prompt.getFileName(), Files.readAllBytes(prompt));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return files;
    }

    private List<Path> prompts() throws IOException {
        Path folder = workspace.configDir().resolve("prompts");
        List<Path> prompts = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.md")) {
                for (Path file : found) {
                    if (Files.isRegularFile(file)) {
                        prompts.add(file);
                    }
                }
            }
        }
        return prompts;
    }

    /** A file that was named by {@code --config} may be called anything. */
    private static String name(Project project) {
        String name = String.valueOf(project.configFile().getFileName());
        return name.endsWith("-issues.json") && !name.startsWith(".")
                ? name
                : project.name() + "-issues.json";
    }

    private static Fault unreadable(IOException e) {
        return new Fault(
                "config-unreadable",
                "What the rehearsal is made from cannot be read (%s); see that it is there and yours to read."
                        .formatted(e),
                e);
    }

    private String text(Project project, Optional<Path> scenario) {
        try {
            String text = FileText.decode(ConfigReader.fromDisk(project.configFile()));
            return new RehearsalText(project, this).of(text, scenario);
        } catch (BadJson e) {
            throw changed(project);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static Fault changed(Project project) {
        return new Fault(
                "config-changed",
                "%s was changed while it was read; launch the rehearsal again."
                        .formatted(Problems.printable(project.configFile())));
    }

    /** Where the copy of a repository lies. */
    Path copyOf(Repo repo) {
        Place place = places.get(realPath(repo.path()));
        if (place == null) {
            throw new IllegalArgumentException(repo + " is none of the workspace's");
        }
        return place.at();
    }

    /** Where a repository's worktrees go. */
    Path worktreesOf(Repo repo) {
        Path base = worktrees.get(realPath(repo.worktreeBase()));
        if (base == null) {
            throw new IllegalArgumentException(repo + " is none of the workspace's");
        }
        return base;
    }

    Settings settings() {
        return real.settings();
    }

    Options options() {
        return options;
    }

    /**
     * The workspace as it would be, read by the reader that will read it. Nothing of it need be
     * there.
     *
     * @throws Fault as {@link #files()}
     */
    public ConfigResult preview() {
        Map<Path, byte[]> texts = new TreeMap<>();
        for (Project project : real.projects()) {
            // Where the prompts are found; all paths in the text are absolute.
            Path file = workspace.configDir().resolve(name(project));
            String text = text(project, options.scenario());
            texts.put(file, text.getBytes(StandardCharsets.UTF_8));
        }
        Workspace there =
                new Workspace(root, workspace.configDir(), List.copyOf(texts.keySet()), true);
        return ConfigReader.read(
                there, file -> texts.getOrDefault(file, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Makes sure, before anything is run, that nothing in it leads out of the rehearsal.
     *
     * @throws Fault {@code rehearsal-not-apart}
     */
    public static void requireApart(WorkspaceConfig config, Path root) {
        Map<Project, List<String>> leads = leadsOut(config, root);
        if (!leads.isEmpty()) {
            throw new Fault(
                    "rehearsal-not-apart",
                    leads.entrySet().stream()
                            .flatMap(entry ->
                                    entry.getValue().stream()
                                            .map(what ->
                                                    Problems.printable(entry.getKey().configFile())
                                                            + ": "
                                                            + what))
                            .collect(Collectors.joining("\n")));
        }
    }

    /** What leads out of a rehearsal in {@code root}, a sentence each, by project. */
    static Map<Project, List<String>> leadsOut(WorkspaceConfig config, Path root) {
        Map<Project, List<String>> found = new LinkedHashMap<>();
        boolean stateIsOwn = config.settings().stateDir().startsWith(root);
        for (Project project : config.projects()) {
            List<String> leads = new ArrayList<>();
            for (Repo repo : project.repos().values()) {
                if (!repo.path().startsWith(root)
                        || !repo.worktreeBase().startsWith(root)
                        || repo.platform() != Platform.NONE) {
                    leads.add(leads("the repository " + Quoted.of(repo.name())));
                }
            }
            for (AgentSettings agent : project.agents()) {
                if (!agent.type().equals(AgentReader.REHEARSAL)) {
                    leads.add(leads("the agent " + agent.type()));
                }
            }
            if (!stateIsOwn) {
                leads.add(leads("\"state_dir\""));
            }
            if (!leads.isEmpty()) {
                found.put(project, leads);
            }
        }
        return found;
    }

    private static String leads(String what) {
        return what
                + " leads out of the rehearsal, in which nothing real is touched; take that back, or make it anew with launch --rehearse";
    }
}
