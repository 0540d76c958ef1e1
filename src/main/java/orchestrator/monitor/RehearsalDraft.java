package orchestrator.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import orchestrator.agent.Scenario;
import orchestrator.config.ConfigResult;
import orchestrator.config.RehearsalConfig;
import orchestrator.config.Workspace;
import orchestrator.git.ScratchCopies;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.IssueTexts;
import orchestrator.store.RehearsalFolder;

/**
 * What is found of a rehearsal before anything of it is made.
 *
 * @param seen its configuration as it will be read
 * @param report what is needed for it, in the user's repositories too
 * @param notes what its launch would not tell by itself
 */
record RehearsalDraft(
        RehearsalConfig rehearsal,
        WorkspaceConfig seen,
        Prerequisites.Report report,
        List<String> notes) {
    RehearsalDraft {
        notes = List.copyOf(notes);
    }

    /** Makes it for a workspace. Blocks; changes nothing. */
    record Making(
            Workspaces workspaces,
            Workspace workspace,
            WorkspaceConfig config,
            RehearsalFolder folder) {
        /**
         * A draft.
         *
         * @throws Fault {@code scenario-invalid}, {@code config-invalid}
         */
        RehearsalDraft make(Rehearsals.Wishes wishes) {
            List<String> notes = new ArrayList<>(scenario(wishes));
            IssueTexts texts = new IssueTexts(folder.state());
            RehearsalConfig rehearsal =
                    new RehearsalConfig(
                            workspace,
                            config,
                            folder.root(),
                            new RehearsalConfig.Options(
                                    wishes.scenario(), wishes.commands(), texts::get));
            WorkspaceConfig seen =
                    switch (rehearsal.preview()) {
                        case ConfigResult.Valid valid -> valid.config();
                        case ConfigResult.Invalid invalid ->
                                throw Rehearsals.invalid(invalid.problems());
                    };
            RehearsalConfig.requireApart(seen, folder.root());
            Prerequisites.Report own = prerequisites(seen);
            List<String> problems = new ArrayList<>(own.problems());
            problems.addAll(wrongWithTheUsers());
            notes.addAll(remarks(seen));
            List<String> warnings = new ArrayList<>(notes);
            warnings.addAll(own.warnings());
            return new RehearsalDraft(
                    rehearsal,
                    seen,
                    new Prerequisites.Report(own.present(), problems, warnings),
                    notes);
        }

        private Prerequisites.Report prerequisites(WorkspaceConfig seen) {
            Workspace there =
                    new Workspace(folder.root(), seen.configDir(), workspace.files(), true);
            return Prerequisites.check(
                    workspaces.look(there, seen),
                    new WorkspaceConfig(
                            seen.root(),
                            seen.configDir(),
                            seen.settings(),
                            seen.projects(),
                            // Remarks on the user's files name places in those.
                            config.warnings()));
        }

        /** One that is not there is made on launch: the configuration would not be valid else. */
        private List<String> wrongWithTheUsers() {
            ScratchCopies copies = workspaces.scratchCopies();
            return config.projects().stream()
                    .flatMap(project -> project.repos().values().stream())
                    .filter((Repo repo) -> Files.exists(repo.path()))
                    .flatMap(repo -> copies.check(repo).stream())
                    .toList();
        }

        /** What the scenario says of nobody; Fault with all that is wrong with it. */
        private List<String> scenario(Rehearsals.Wishes wishes) {
            if (wishes.scenario().isEmpty()) {
                return List.of();
            }
            Path file = wishes.scenario().get();
            Scenario.Reading reading = Scenario.read(file);
            if (!reading.problems().isEmpty()) {
                throw new Fault("scenario-invalid", String.join("\n", reading.problems()));
            }
            return reading.scenario().idle(file, config);
        }

        /** What will be otherwise than in the real run. */
        private List<String> remarks(WorkspaceConfig seen) {
            List<String> remarks = new ArrayList<>();
            long blank =
                    seen.ordered().stream()
                            .filter(issue -> issue.description().isBlank() && isOnPlatform(issue))
                            .count();
            if (blank > 0) {
                remarks.add(
                        "Texts of issues are not fetched: prompts have the title alone where the configuration has no description (issues: %d)."
                                .formatted(blank));
            }
            config.projects().stream()
                    .filter(Project::openPullRequest)
                    .map(project -> "Of %s no pull request is opened.".formatted(project.name()))
                    .forEach(remarks::add);
            return remarks;
        }

        private boolean isOnPlatform(Issue issue) {
            return config.project(issue.id().project())
                    .filter(project -> project.repoOf(issue).platform() != Platform.NONE)
                    .isPresent();
        }
    }
}
