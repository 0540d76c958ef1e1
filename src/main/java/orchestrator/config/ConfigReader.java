package orchestrator.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Project;
import orchestrator.model.RehearsalMark;
import orchestrator.model.Settings;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Await;

/** Reads the project files of a workspace and says all that is wrong with them at once. */
public final class ConfigReader {
    /** A file larger than this is a mistake, and its text would fill the memory. */
    private static final long LARGEST_FILE = 256L << 20;

    /** An editor cuts a file short and writes it in milliseconds; over a network in tenths. */
    static final Duration SETTLES = Duration.ofMillis(300);

    static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** Gives the bytes of a file; the editor puts a text that is not yet written in between. */
    interface Bytes {
        byte[] of(Path file) throws IOException;
    }

    private final Workspace workspace;
    private final Bytes bytes;
    private final Problems problems = new Problems();

    private ConfigReader(Workspace workspace, Bytes bytes) {
        this.workspace = workspace;
        this.bytes = bytes;
    }

    /** Reads the files; changes nothing. Blocks on the disk only, a second or less. */
    public static ConfigResult read(Workspace workspace) {
        return read(workspace, ConfigReader::fromDisk);
    }

    /**
     * Reads the files; when they read badly and one was written just now, again until they read
     * well or have been left alone for a moment. So a file that an editor is saving in place is not
     * called broken. Blocks, for {@link #SETTLES} beyond the reading at most.
     */
    public static ConfigResult readSettled(Workspace workspace) {
        long deadline = System.nanoTime() + SETTLES.toNanos();
        while (true) {
            ConfigResult result = read(workspace.refreshed());
            boolean mayStillBeSaved =
                    result instanceof ConfigResult.Invalid
                            && workspace.changedWithin(SETTLES)
                            && System.nanoTime() - deadline < 0
                            && !Thread.currentThread().isInterrupted();
            if (!mayStillBeSaved) {
                return result;
            }
            Await.pause(LOOK_AGAIN);
        }
    }

    static ConfigResult read(Workspace workspace, Bytes bytes) {
        return new ConfigReader(workspace, bytes).read();
    }

    static byte[] fromDisk(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("larger than " + (LARGEST_FILE >> 20) + " MiB");
        }
        return Files.readAllBytes(file);
    }

    private ConfigResult read() {
        StageReader stages = new StageReader(workspace.configDir(), problems);
        List<ProjectDraft> drafts = new ArrayList<>();
        for (Path file : workspace.files()) {
            root(file)
                    .map(root -> new ProjectReader(new Source(file, problems), root, stages))
                    .map(ProjectReader::read)
                    .ifPresent(drafts::add);
        }
        stages.checkReserved();
        checkNames(drafts);
        Settings settings = new SettingsReader(workspace, drafts).read();
        new DependencyCheck(drafts, drafts.size() == workspace.files().size()).run();
        new PlaceCheck(settings.stateDir()).run(drafts);
        AssignmentCheck assignments = new AssignmentCheck(settings.workers());
        List<Project> projects = new ArrayList<>();
        for (ProjectDraft draft : drafts) {
            projects.add(draft.project(assignments.read(draft)));
        }
        WorkspaceConfig config =
                new WorkspaceConfig(
                        workspace.root(),
                        workspace.configDir(),
                        settings,
                        projects,
                        problems.warnings());
        checkRehearsal(config);
        List<String> found = problems.problems();
        return found.isEmpty() ? new ConfigResult.Valid(config) : new ConfigResult.Invalid(found);
    }

    /** Whatever is edited in a rehearsal, also while it runs, it stays one. */
    private void checkRehearsal(WorkspaceConfig config) {
        Path root = workspace.root();
        if (RehearsalMark.isCalledSo(root) && Files.exists(RehearsalMark.in(root))) {
            RehearsalConfig.leadsOut(config, root)
                    .forEach((project, leads) ->
                            leads.forEach(
                                    what -> problems.problem(project.configFile(), 1, 1, what)));
        }
    }

    private Optional<Node.Obj> root(Path file) {
        try {
            Node root = JsonTree.parse(FileText.decode(bytes.of(file)));
            if (root instanceof Node.Obj object) {
                return Optional.of(object);
            }
            Section.wrongType(
                    new Source(file, problems), "the file", root, "an object { … } of a project");
        } catch (BadJson e) {
            problems.problem(file, e.line(), e.column(), e.sentence());
        } catch (NoSuchFileException e) {
            problems.problem(file, 1, 1, "the file does not exist; create it, or correct the path");
        } catch (AccessDeniedException e) {
            problems.problem(file, 1, 1, "the file may not be read; check its permissions");
        } catch (IOException e) {
            problems.problem(file, 1, 1, "the file cannot be read: " + Quoted.of(reason(e)));
        }
        return Optional.empty();
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private static void checkNames(List<ProjectDraft> drafts) {
        Map<String, ProjectDraft> seen = new HashMap<>();
        for (ProjectDraft draft : drafts) {
            ProjectDraft first =
                    draft.named() ? seen.putIfAbsent(draft.name().value(), draft) : null;
            if (first != null) {
                draft.source()
                        .problem(
                                draft.name().span(),
                                "another file already has the project %s (%s); give one of them another name"
                                        .formatted(
                                                Quoted.of(draft.name().value()),
                                                first.source().place(first.name().span())));
            }
        }
    }
}
