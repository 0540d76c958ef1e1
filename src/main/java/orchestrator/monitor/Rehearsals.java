package orchestrator.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.RehearsalConfig;
import orchestrator.config.Workspace;
import orchestrator.git.ScratchCopies;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.Repo;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.JournalReader;
import orchestrator.store.RehearsalFolder;
import orchestrator.store.RunLock;
import orchestrator.store.StateFolder;
import org.jspecify.annotations.Nullable;

/**
 * Rehearsals of a workspace: its own configuration with the scripted agent, in copies of its
 * repositories, as a workspace of its own below the state folder. There is one at a time. Blocks.
 */
public final class Rehearsals {
    private final Workspaces workspaces;
    private final Workspace workspace;
    private final WorkspaceConfig config;
    private final RehearsalFolder folder;

    /** Rehearsals of that workspace. */
    public Rehearsals(Workspaces workspaces, Workspace workspace, WorkspaceConfig config) {
        this.workspaces = workspaces;
        this.workspace = workspace;
        this.config = config;
        folder = new RehearsalFolder(new StateFolder(config.settings().stateDir()));
    }

    /**
     * What is asked for.
     *
     * @param scenario how the agents go, absolute; empty: as the projects say, or well
     * @param commands whether setups and gates are run
     */
    public record Wishes(Optional<Path> scenario, boolean commands) {}

    /**
     * A rehearsal that is laid out and not launched. No other can be laid out until it is closed.
     *
     * @param workspace its own
     */
    public record Ready(Workspace workspace, WorkspaceConfig config, RunLock lock)
            implements AutoCloseable {
        @Override
        public void close() {
            lock.close();
        }
    }

    /**
     * The rehearsal of a workspace.
     *
     * @throws Fault {@code no-rehearsal}; {@code config-invalid} when it cannot be told where it is
     */
    public static Workspace find(Workspace of) {
        RehearsalFolder folder = new RehearsalFolder(new StateFolder(stateDir(of)));
        if (folder.mark().isEmpty()) {
            throw new Fault(
                    "no-rehearsal",
                    "There is no rehearsal of %s%s; `launch --rehearse` makes one."
                            .formatted(
                                    of.root(),
                                    folder.isThere() ? " that was laid out to its end" : ""));
        }
        return located(folder);
    }

    private static Workspace located(RehearsalFolder folder) {
        return Workspace.locate(
                Optional.of(folder.root()), Optional.empty(), Optional.empty(), folder.root());
    }

    /** A workspace that is just being edited still has its rehearsal, at the usual place. */
    private static Path stateDir(Workspace of) {
        return switch (ConfigReader.readSettled(of)) {
            case ConfigResult.Valid valid -> valid.config().settings().stateDir();
            case ConfigResult.Invalid invalid -> {
                Path usual = of.root().resolve("state");
                if (!new RehearsalFolder(new StateFolder(usual)).isThere()) {
                    throw invalid(invalid.problems());
                }
                yield usual;
            }
        };
    }

    static Fault invalid(List<String> problems) {
        return new Fault("config-invalid", String.join("\n", problems));
    }

    // ────────────────────────────────────────────────────────────────────────── before

    /** What it would be. Changes nothing. */
    public RunControl.DryRun dryRun(Wishes wishes) {
        RehearsalDraft draft = draft(wishes);
        RunControl.DryRun plan = LaunchPlan.make(draft.report(), draft.seen(), RunState.EMPTY);
        StringBuilder text = new StringBuilder();
        text.append("Rehearsal   of %s: nothing is pushed or paid\n".formatted(workspace.root()));
        draft.rehearsal().copies().stream()
                .filter(copy -> !copy.madeOnLaunch())
                .forEach(copy ->
                        text.append(
                                "Copy        of %s (%s) as %s\n"
                                        .formatted(
                                                copy.real().path(),
                                                String.join(", ", copy.branches()),
                                                copy.at())));
        return new RunControl.DryRun(plan.problems(), plan.warnings(), text + plan.text());
    }

    private RehearsalDraft draft(Wishes wishes) {
        return new RehearsalDraft.Making(workspaces, workspace, config, folder).make(wishes);
    }

    // ──────────────────────────────────────────────────────────────────────── laying out

    /**
     * Lays out a new one in place of the last, which must be over.
     *
     * @param progress is given a line for each step
     * @throws Fault {@code scenario-invalid}, {@code prerequisites-missing}; {@code workspace-held}
     *     while one runs; {@code launch-under-way}; {@code rehearsal-holds-work} when somebody has
     *     worked in the last one: it is left as it is
     */
    public Ready layOut(Wishes wishes, Consumer<String> progress) {
        RehearsalDraft draft = draft(wishes);
        if (!draft.report().problems().isEmpty()) {
            throw new Fault("prerequisites-missing", String.join("\n", draft.report().problems()));
        }
        StateFolder.create(folder.state().root());
        RunLock lock = lock();
        try {
            removeLast(progress);
            make(draft.rehearsal(), progress);
            Workspace there = located(folder);
            WorkspaceConfig read = read(there);
            RehearsalConfig.requireApart(read, folder.root());
            draft.notes().forEach(note -> progress.accept("note: " + note));
            return new Ready(there, read, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * The one under way, or else a new one that is not launched yet and in which all goes well.
     *
     * @param progress is given a line for each step
     * @throws Fault as {@link #layOut}
     */
    public Workspace current(Consumer<String> progress) {
        Optional<RehearsalFolder.Mark> mark = folder.mark();
        if (mark.isPresent() && standing(last(mark.get(), false)).underWay()) {
            return located(folder);
        }
        try (Ready ready = layOut(new Wishes(Optional.empty(), true), progress)) {
            return ready.workspace();
        }
    }

    private RunLock lock() {
        StateFolder state = folder.state();
        return RunLock.tryAcquire(state.disk(), state.rehearsalLock(), "rehearsal", self())
                .orElseThrow(() ->
                        new Fault(
                                "launch-under-way",
                                "A rehearsal of %s is just being launched or removed%s; wait for it, then look with `status --rehearsal`."
                                        .formatted(
                                                workspace.root(),
                                                RunLock.holder(state.rehearsalLock())
                                                        .map(RunLock.Holder::process)
                                                        .map(it -> " (pid " + it.pid() + ")")
                                                        .orElse(""))));
    }

    private ProcessIdentity self() {
        return workspaces.look(workspace, config).ports().processes().self();
    }

    private static WorkspaceConfig read(Workspace there) {
        return switch (ConfigReader.readSettled(there)) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid -> throw invalid(invalid.problems());
        };
    }

    private void make(RehearsalConfig rehearsal, Consumer<String> progress) {
        progress.accept(
                "Laying out a rehearsal of %s in %s".formatted(workspace.root(), folder.root()));
        Map<String, byte[]> files = rehearsal.files();
        folder.begin();
        folder.write(files);
        StateFolder.create(folder.root().resolve("state"));
        ScratchCopies copies = workspaces.scratchCopies();
        for (RehearsalConfig.Copy copy : rehearsal.copies()) {
            if (copy.madeOnLaunch()) {
                continue;
            }
            Map<String, String> taken =
                    copies.make(copy.real(), copy.at(), copy.branches(), copy.files());
            progress.accept(
                    "Copied %s of %s"
                            .formatted(
                                    taken.entrySet().stream()
                                            .map(it ->
                                                    it.getKey()
                                                            + " at "
                                                            + it.getValue().substring(0, 10))
                                            .collect(Collectors.joining(", ")),
                                    copy.real().path()));
        }
        folder.complete(Instant.now(), files);
    }

    // ────────────────────────────────────────────────────────────────────────── removing

    private void removeLast(Consumer<String> progress) {
        Optional<RehearsalFolder.Mark> mark = folder.mark();
        if (mark.isPresent()) {
            Last last = last(mark.get(), false);
            Standing standing = standing(last);
            if (standing.underWay()) {
                throw new Fault(
                        "workspace-held",
                        "A rehearsal of %s is under way (%s); look with `status --rehearsal`, or end it with `cleanup --rehearsal`."
                                .formatted(workspace.root(), standing.words()));
            }
            Instant ended = end(last, line -> {});
            requireNobodys(mark.get(), last, ended);
            progress.accept(
                    "Removing the last rehearsal, begun %s (%s)"
                            .formatted(Times.local(mark.get().made()), standing.words()));
        } else if (folder.isThere()) {
            progress.accept("Removing a rehearsal that was not laid out to its end");
        }
        folder.remove();
    }

    /**
     * How the last one stands.
     *
     * @param underWay a monitor holds it, and not all is done
     */
    private record Standing(boolean underWay, String words) {}

    private static Standing standing(Last last) {
        try (JournalFeed feed = new JournalFeed(last.context(), last.config())) {
            RunSnapshot run = feed.latest();
            return new Standing(
                    new OtherMonitor(last.context()).isThere() && !run.isOver(),
                    "%d of %d issues completed"
                            .formatted(run.totals().completed(), run.totals().issues()));
        }
    }

    private record Last(WorkspaceConfig config, RunContext context) {}

    private Last last(RehearsalFolder.Mark mark, boolean force) {
        Workspace there = located(folder);
        try {
            WorkspaceConfig read = read(there);
            RehearsalConfig.requireApart(read, folder.root());
            return new Last(read, workspaces.open(there, read));
        } catch (Fault fault) {
            if (force) {
                // Whatever it was made of it: its session and its places are still these.
                WorkspaceConfig made = draft(new Wishes(Optional.empty(), true)).seen();
                return new Last(made, workspaces.open(there, made));
            }
            List<String> changed = folder.changed(mark);
            throw changed.isEmpty() ? fault : holdsWork(changed, fault);
        }
    }

    /** Ends all that runs in it; returns when the last of its workers was done. */
    private static Instant end(Last last, Consumer<String> report) {
        Instant[] done = {Instant.EPOCH};
        JournalReader journal = new JournalReader(last.context().state().journal());
        // Not what else the journal tells: monitors come and go when the work has long been done.
        journal.poll(events ->
                events.stream()
                        .filter(event -> event.event() instanceof Event.OfIssue)
                        .forEach(event -> done[0] = event.at()));
        boolean works = !journal.history().state().active().isEmpty();
        new Cleanup(last.context(), last.config(), report).endOnly();
        return works ? Instant.now() : done[0];
    }

    private void requireNobodys(RehearsalFolder.Mark mark, Last last, Instant ended) {
        List<String> found = new ArrayList<>(folder.changed(mark));
        ScratchCopies copies = workspaces.scratchCopies();
        last.config().projects().stream()
                .flatMap(project -> project.repos().values().stream())
                .map(Repo::path)
                .distinct()
                .forEach(copy -> found.addAll(copies.foreign(copy, mark.made(), ended)));
        if (!found.isEmpty()) {
            throw holdsWork(found, null);
        }
    }

    private Fault holdsWork(List<String> found, @Nullable Fault cause) {
        String sentence =
                "The last rehearsal in %s holds what no rehearsal made: %s. Take out what you need, then remove it with `cleanup --rehearsal --force`."
                        .formatted(folder.root(), String.join("; ", found));
        return cause == null
                ? new Fault("rehearsal-holds-work", sentence)
                : new Fault("rehearsal-holds-work", sentence, cause);
    }

    /**
     * Ends the rehearsal and removes all of it.
     *
     * @param force also what somebody has put there
     * @param report is given a line for each step
     * @throws Fault {@code rehearsal-holds-work}: its session is ended, the rest is left as it is
     */
    public void remove(boolean force, Consumer<String> report) {
        if (!Files.isDirectory(folder.state().root())) {
            report.accept(nothing());
            return;
        }
        try (RunLock _ = lock()) {
            boolean was = folder.isThere();
            Optional<RehearsalFolder.Mark> mark = folder.mark();
            if (mark.isPresent()) {
                Last last = last(mark.get(), force);
                Instant ended = end(last, report);
                if (!force) {
                    requireNobodys(mark.get(), last, ended);
                }
            }
            folder.remove();
            report.accept(was ? "Removed the rehearsal in " + folder.root() : nothing());
        }
    }

    private String nothing() {
        return "There is nothing to clean up: there is no rehearsal of %s."
                .formatted(workspace.root());
    }
}
