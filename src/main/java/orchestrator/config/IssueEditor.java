package orchestrator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;

/**
 * Changes values of several issues at once, and takes such a change back. All issues of a file are
 * one change of that file. Where several files are concerned, there is no way to replace them all
 * in one moment: they are changed one after the other, and when one cannot be, those before it are
 * put back. Blocks; safe on any thread.
 */
public final class IssueEditor {
    private final Workspace workspace;
    private final FileEdit fileEdit;

    /** An editor of a workspace's files. */
    public IssueEditor(Workspace workspace) {
        this.workspace = workspace;
        fileEdit = new FileEdit(workspace);
    }

    /** What is to become of one file's issues. */
    private interface Step {
        /** The new text; what was changed is put into {@code done}. */
        String of(ChangedText text, List<IssueChange> done) throws BadJson;
    }

    /**
     * Sets values of issues.
     *
     * @return what was changed, for {@link #revert}; issues that had these values already are not
     *     among it
     * @throws Fault {@code issue-unknown}, {@code edit-half-done} when not all files could be
     *     changed nor those before put back, and as {@link ConfigEditor#addIssue}
     */
    public List<IssueChange> set(Map<IssueId, IssueFields> wanted) {
        Map<String, Map<IssueId, IssueFields>> byProject = new LinkedHashMap<>();
        wanted.forEach((id, fields) ->
                byProject
                        .computeIfAbsent(id.project(), _ -> new LinkedHashMap<>())
                        .put(id, fields));
        Map<String, Step> steps = new LinkedHashMap<>();
        byProject.forEach(
                (project, issues) -> steps.put(project, (text, done) -> text.set(issues, done)));
        return run(steps);
    }

    /**
     * Takes changes back, or takes that back again: puts the values there that each change says
     * stood there before, unless somebody has set others since.
     *
     * @return what takes it back in turn
     * @throws Fault {@code edit-overtaken} when a value is another one by now; nothing is written
     *     then. Otherwise as {@link #set}
     */
    public List<IssueChange> revert(List<IssueChange> changes) {
        Map<String, List<IssueChange>> byProject =
                changes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        change -> change.issue().project(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<String, Step> steps = new LinkedHashMap<>();
        byProject.forEach(
                (project, some) -> steps.put(project, (text, done) -> text.revert(some, done)));
        return run(steps);
    }

    private List<IssueChange> run(Map<String, Step> steps) {
        Map<String, Path> files = files();
        List<IssueChange> all = new ArrayList<>();
        for (Map.Entry<String, Step> step : steps.entrySet()) {
            try {
                Path file =
                        Optional.ofNullable(files.get(step.getKey()))
                                .orElseThrow(() -> unknown(step.getKey()));
                all.addAll(run(file, step.getValue()));
            } catch (Fault fault) {
                putBack(all, fault);
                throw fault;
            }
        }
        return List.copyOf(all);
    }

    private List<IssueChange> run(Path file, Step step) {
        List<IssueChange> done = new ArrayList<>();
        fileEdit.edit(
                file,
                (text, root) -> {
                    done.clear(); // somebody was quicker: the change is made anew
                    return step.of(new ChangedText(file, text, root), done);
                });
        return done;
    }

    private void putBack(List<IssueChange> done, Fault why) {
        if (done.isEmpty()) {
            return;
        }
        try {
            var _ = revert(done);
        } catch (Fault fault) {
            throw new Fault(
                    "edit-half-done",
                    "Only a part was changed (%s): %s And that could not be put back: %s Look into the files."
                            .formatted(
                                    done.stream()
                                            .map(change -> change.issue().toString())
                                            .collect(Collectors.joining(", ")),
                                    why.sentence(),
                                    fault.sentence()),
                    fault);
        }
    }

    private Map<String, Path> files() {
        return switch (ConfigReader.readSettled(workspace)) {
            case ConfigResult.Invalid(List<String> problems) -> throw FileEdit.invalid(problems);
            case ConfigResult.Valid(WorkspaceConfig config) ->
                    config.projects().stream()
                            .collect(Collectors.toMap(Project::name, Project::configFile));
        };
    }

    private static Fault unknown(String project) {
        return new Fault(
                "issue-unknown",
                "No file of the workspace defines the project %s any more; nothing was written."
                        .formatted(Quoted.of(project)));
    }
}
