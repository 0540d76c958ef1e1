package orchestrator.monitor;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.config.ConfigEditor;
import orchestrator.config.IssueEditor;
import orchestrator.config.IssueEntry;
import orchestrator.config.IssueFields;
import orchestrator.config.NewIssue;
import orchestrator.config.Workspace;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.Move;
import orchestrator.rules.Outlook;
import orchestrator.rules.Preview;
import orchestrator.rules.StageTimes;
import orchestrator.rules.WaveBounds;
import orchestrator.store.JournalReader;

/** Planning over a workspace's files and its journal, which it reads on its own, as it grows. */
final class WorkspacePlanning implements Planning {
    private final RunContext context;
    private final NewestConfig newest;
    private final JournalReader journal;
    private final StageTimes times = new StageTimes();

    WorkspacePlanning(RunContext context) {
        this.context = context;
        newest = new NewestConfig(context.workspace());
        journal = new JournalReader(context.state().journal());
    }

    @Override
    public synchronized WorkspaceConfig config() {
        return newest.config();
    }

    private RunState state() {
        journal.poll(events -> events.forEach(this::measure));
        return journal.history().state();
    }

    private void measure(TimedEvent event) {
        if (event.seq() == 1) {
            times.clear(); // the journal was replaced and is read anew
        }
        times.take(event);
    }

    private Instant now() {
        return context.ports().clock().instant();
    }

    @Override
    public synchronized Outlook outlook() {
        RunState state = state();
        return Outlook.of(newest.config(), state, times.measured(), now());
    }

    @Override
    public synchronized Preview preview(Move move) {
        RunState state = state();
        return Preview.of(newest.config(), state, times.measured(), now(), move);
    }

    @Override
    public synchronized Change move(Move move) {
        WorkspaceConfig config = newest.config();
        WaveBounds.of(config, state(), move.issues())
                .refusal(move)
                .ifPresent(refusal -> {
                    throw refused(refusal, move);
                });
        for (IssueId id : move.issues()) {
            if (config.issue(id).isEmpty()) {
                throw gone(id);
            }
        }
        Map<IssueId, IssueFields> wanted = new LinkedHashMap<>();
        move.placed(config)
                .forEach((id, at) -> wanted.put(id, IssueFields.placed(at.wave(), at.priority())));
        return new Change(move.issues(), values().set(wanted));
    }

    private static Fault refused(WaveBounds.Refusal refusal, Move move) {
        String sentence =
                switch (refusal) {
                    case WaveBounds.Refusal.BeforeDependency(WaveBounds.Bound bound) ->
                            "%s depends on %s: it cannot go into wave %d, before wave %d; move both, or take a later wave."
                                    .formatted(
                                            bound.moved(),
                                            bound.other(),
                                            move.wave(),
                                            bound.wave());
                    case WaveBounds.Refusal.AfterDependent(WaveBounds.Bound bound) ->
                            "%s depends on %s: that cannot go into wave %d, after wave %d; move both, or take an earlier wave."
                                    .formatted(
                                            bound.other(),
                                            bound.moved(),
                                            move.wave(),
                                            bound.wave());
                    case WaveBounds.Refusal.NoSuchWave(int wave) ->
                            "%d is no wave; waves are %d to %d."
                                    .formatted(wave, WaveBounds.FIRST_WAVE, WaveBounds.LAST_WAVE);
                };
        return new Fault("move-refused", sentence);
    }

    private static Fault gone(IssueId id) {
        return new Fault(
                "issue-unknown",
                "No file of the workspace defines %s any more; nothing was written.".formatted(id));
    }

    @Override
    public synchronized Change edit(Issue before, Issue after) {
        Issue now = newest.config().issue(after.id()).orElseThrow(() -> gone(after.id()));
        IssueFields wanted = IssueFields.between(before, after);
        for (String key : IssueFields.between(before, now).wanted().keySet()) {
            if (wanted.wanted().containsKey(key)) {
                throw new Fault(
                        "edit-overtaken",
                        "Somebody else has edited \"%s\" of %s meanwhile; nothing was written, open it again."
                                .formatted(key, after.id()));
            }
        }
        return new Change(List.of(after.id()), values().set(Map.of(after.id(), wanted)));
    }

    @Override
    public synchronized Change add(String project, NewIssue issue) {
        Optional<Project> target = newest.config().project(project);
        if (target.isEmpty()) {
            throw new Fault(
                    "project-unknown",
                    "No file of the workspace defines the project %s any more; choose another."
                            .formatted(project));
        }
        return Change.of(editor().addIssue(target.get().configFile(), issue));
    }

    @Override
    public synchronized Change revert(Change change) {
        if (change.entry().isPresent()) {
            IssueEntry entry = change.entry().get();
            return Change.of(entry.present() ? takeOut(entry) : editor().putBack(entry));
        }
        return new Change(change.issues(), values().revert(change.values()));
    }

    /** What was begun has a branch and attempts, which nobody would know what they are for. */
    private IssueEntry takeOut(IssueEntry entry) {
        if (state().issues().containsKey(entry.issue())) {
            throw new Fault(
                    "issue-begun",
                    "%s has been begun since it was added, so it stays; park it when it is not to go on."
                            .formatted(entry.issue()));
        }
        return editor().takeOut(entry);
    }

    private ConfigEditor editor() {
        return new ConfigEditor(workspace());
    }

    private IssueEditor values() {
        return new IssueEditor(workspace());
    }

    private Workspace workspace() {
        return context.workspace().refreshed();
    }
}
