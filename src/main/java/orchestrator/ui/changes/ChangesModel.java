package orchestrator.ui.changes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Changes;
import orchestrator.monitor.Changes.Forecast;
import orchestrator.monitor.Changes.Look;
import orchestrator.ui.fx.Background;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of one issue's branch. Asks in the background; an answer that something newer was
 * asked after is dropped. FX thread only.
 */
final class ChangesModel {
    /** What is seen of the branch. */
    sealed interface Seen {
        record Loading() implements Seen {}

        record NotBegun() implements Seen {}

        record Gone(String branch) implements Seen {}

        record Failed(Fault fault) implements Seen {}

        record Found(BranchWork work, String pullRequest) implements Seen {}
    }

    /** What is seen of the difference that is chosen. */
    sealed interface Difference {
        record Loading() implements Difference {}

        record Failed(Fault fault) implements Difference {}

        record There(Diff diff, boolean cut) implements Difference {}
    }

    /** What is seen of the branches that it will collide with. */
    sealed interface Outlook {
        record None() implements Outlook {}

        record Trying(int done, int of) implements Outlook {}

        record Cancelled() implements Outlook {}

        record Failed(Fault fault) implements Outlook {}

        record Told(Forecast forecast) implements Outlook {}
    }

    private final IssueId issue;
    private final Changes changes;
    private final Background looking;
    private final Background trying;
    private final ReadOnlyObjectWrapper<Seen> seen =
            new ReadOnlyObjectWrapper<>(this, "seen", new Seen.Loading());
    private final ObjectProperty<Part> part =
            new SimpleObjectProperty<>(this, "part", new Part.Everything());
    private final ReadOnlyObjectWrapper<List<FileChange>> files =
            new ReadOnlyObjectWrapper<>(this, "files", List.of());
    private final ObjectProperty<Optional<FileChange>> file =
            new SimpleObjectProperty<>(this, "file", Optional.empty());
    private final BooleanProperty ignoreSpace = new SimpleBooleanProperty(this, "ignoreSpace");
    private final ReadOnlyObjectWrapper<Difference> difference =
            new ReadOnlyObjectWrapper<>(this, "difference", new Difference.Loading());
    private final BooleanProperty wholeRun = new SimpleBooleanProperty(this, "wholeRun");
    private final ReadOnlyObjectWrapper<Outlook> outlook =
            new ReadOnlyObjectWrapper<>(this, "outlook", new Outlook.None());
    private int asked;
    private int differencesAsked;
    private @Nullable Trial trial;
    private @Nullable IssueView lastSeen;

    ChangesModel(IssueId issue, Changes changes, Background looking, Background trying) {
        this.issue = issue;
        this.changes = changes;
        this.looking = looking;
        this.trying = trying;
        ignoreSpace.subscribe((_, _) -> askForDifference());
        wholeRun.subscribe((_, _) -> foretell());
    }

    IssueId issue() {
        return issue;
    }

    ReadOnlyObjectProperty<Seen> seenProperty() {
        return seen.getReadOnlyProperty();
    }

    /** The part of the work that is chosen. */
    Part part() {
        return part.get();
    }

    /** The files of the chosen part. */
    ReadOnlyObjectProperty<List<FileChange>> filesProperty() {
        return files.getReadOnlyProperty();
    }

    /** The file that is chosen; empty: all of them. */
    Optional<FileChange> file() {
        return file.get();
    }

    BooleanProperty ignoreSpaceProperty() {
        return ignoreSpace;
    }

    ReadOnlyObjectProperty<Difference> differenceProperty() {
        return difference.getReadOnlyProperty();
    }

    /** Whether the pairs of the whole run are tried, or only those with this issue. */
    BooleanProperty wholeRunProperty() {
        return wholeRun;
    }

    ReadOnlyObjectProperty<Outlook> outlookProperty() {
        return outlook.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return looking.busyProperty();
    }

    /** Looks at the branch anew; what is chosen stays chosen if it is still there. */
    void refresh() {
        int mine = ++asked;
        looking.run(
                "look at " + issue,
                () -> changes.look(issue),
                look -> {
                    if (mine == asked) {
                        take(look);
                    }
                },
                fault -> {
                    if (mine == asked) {
                        seen.set(new Seen.Failed(fault));
                    }
                });
    }

    private void take(Look look) {
        switch (look) {
            case Look.NotBegun n -> seen.set(new Seen.NotBegun());
            case Look.Gone gone -> seen.set(new Seen.Gone(gone.branch()));
            case Look.Found found -> {
                if (!isStillThere(found.work(), part.get())) {
                    part.set(new Part.Everything());
                }
                seen.set(new Seen.Found(found.work(), found.pullRequest()));
                askForFiles(true);
                foretell();
            }
        }
    }

    private static boolean isStillThere(BranchWork work, Part part) {
        return switch (part) {
            case Part.Everything e -> true;
            case Part.Uncommitted u -> !work.uncommitted().isEmpty();
            case Part.OfCommit of ->
                    work.commits().stream().anyMatch(commit -> commit.oid().equals(of.oid()));
        };
    }

    /** Chooses a part of the work, with all its files. */
    void choose(Part chosen) {
        if (!chosen.equals(part.get())) {
            part.set(chosen);
            askForFiles(false);
        }
    }

    /** Chooses a file of the part; empty: all. */
    void choose(Optional<FileChange> chosen) {
        if (!chosen.equals(file.get())) {
            file.set(chosen);
            askForDifference();
        }
    }

    private Optional<BranchWork> work() {
        return seen.get() instanceof Seen.Found found
                ? Optional.of(found.work())
                : Optional.empty();
    }

    private void askForFiles(boolean keepFile) {
        BranchWork work = work().orElseThrow();
        Part wanted = part.get();
        int mine = ++differencesAsked;
        difference.set(new Difference.Loading());
        looking.run(
                "files of " + issue,
                () -> changes.files(issue, work, wanted),
                found -> {
                    if (mine == differencesAsked) {
                        Optional<String> path = file.get().map(FileChange::path);
                        file.set(
                                keepFile
                                        ? found.stream()
                                                .filter(it ->
                                                        path.stream().anyMatch(it.path()::equals))
                                                .findFirst()
                                        : Optional.empty());
                        files.set(found);
                        askForDifference();
                    }
                },
                fault -> {
                    if (mine == differencesAsked) {
                        files.set(List.of());
                        difference.set(new Difference.Failed(fault));
                    }
                });
    }

    private void askForDifference() {
        Optional<BranchWork> work = work();
        if (work.isEmpty()) {
            return;
        }
        Part wanted = part.get();
        Optional<FileChange> of = file.get();
        boolean space = ignoreSpace.get();
        int mine = ++differencesAsked;
        difference.set(new Difference.Loading());
        looking.run(
                "difference of " + issue,
                () -> {
                    BranchWork.Patch patch = changes.patch(issue, work.get(), wanted, of, space);
                    return new Difference.There(Diff.read(patch), patch.cut());
                },
                found -> {
                    if (mine == differencesAsked) {
                        difference.set(found);
                    }
                },
                fault -> {
                    if (mine == differencesAsked) {
                        difference.set(new Difference.Failed(fault));
                    }
                });
    }

    /** Tries the merges, again if they were tried; what is being tried ends. */
    void foretell() {
        cancel();
        if (work().isEmpty()) {
            outlook.set(new Outlook.None());
            return;
        }
        Trial mine = new Trial();
        trial = mine;
        Optional<IssueId> of = wholeRun.get() ? Optional.empty() : Optional.of(issue);
        outlook.set(new Outlook.Trying(0, 0));
        trying.run(
                "forecast for " + issue,
                () -> changes.forecast(of, mine),
                forecast -> {
                    if (mine.isCurrent()) {
                        outlook.set(new Outlook.Told(forecast));
                    }
                },
                fault -> {
                    if (mine.isCurrent()) {
                        outlook.set(new Outlook.Failed(fault));
                    }
                });
    }

    /** Ends the trying of merges. */
    void cancel() {
        Trial running = trial;
        if (running != null) {
            running.ended.set(true);
            trial = null;
            if (outlook.get() instanceof Outlook.Trying) {
                outlook.set(new Outlook.Cancelled());
            }
        }
    }

    /** The newest snapshot's word on the issue: looks anew when its branch has moved. */
    void update(IssueView now) {
        IssueView before = lastSeen;
        lastSeen = now;
        boolean moved =
                before != null
                        && (before.commits() != now.commits()
                                || before.pushed() != now.pushed()
                                || before.attempts() != now.attempts()
                                || !before.pullRequest().equals(now.pullRequest()));
        if (moved) {
            refresh();
        }
    }

    /** Hears how far the trying is: at most one word of it waits for the FX thread. */
    private final class Trial implements Changes.Watch {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicBoolean waiting = new AtomicBoolean();
        private final AtomicInteger done = new AtomicInteger();

        @Override
        public void progress(int now, int of) {
            done.set(now);
            if (waiting.compareAndSet(false, true)) {
                Platform.runLater(() -> {
                    waiting.set(false);
                    if (isCurrent() && outlook.get() instanceof Outlook.Trying) {
                        outlook.set(new Outlook.Trying(done.get(), of));
                    }
                });
            }
        }

        @Override
        public boolean cancelled() {
            return ended.get();
        }

        @SuppressWarnings("ReferenceEquality") // Each trial is its own.
        boolean isCurrent() {
            return trial == this;
        }
    }
}
