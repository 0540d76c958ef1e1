package orchestrator.ui;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.BranchWork.Patch;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.monitor.Changes;
import org.jspecify.annotations.Nullable;

/** What branches hold, as the test says. */
final class FakeChanges implements Changes {
    volatile Supplier<Look> look = Look.NotBegun::new;
    volatile String patch = "";
    volatile boolean cut;
    volatile @Nullable Fault patchFault;
    volatile Forecast forecast = new Forecast(List.of(), 0, List.of());
    volatile @Nullable CountDownLatch forecastGate;
    volatile boolean sawCancel;
    private final Consumer<String> asked;

    FakeChanges(Consumer<String> asked) {
        this.asked = asked;
    }

    @Override
    public Look look(IssueId issue) {
        asked.accept("look " + issue);
        return look.get();
    }

    @Override
    public List<FileChange> files(IssueId issue, BranchWork work, Part part) {
        asked.accept("files " + part);
        return switch (part) {
            case Part.Everything e -> work.files();
            case Part.Uncommitted u -> work.uncommitted();
            case Part.OfCommit of -> work.files().subList(0, 1);
        };
    }

    @Override
    public Patch patch(
            IssueId issue,
            BranchWork work,
            Part part,
            Optional<FileChange> file,
            boolean ignoreSpace) {
        asked.accept(
                "patch %s %s%s"
                        .formatted(
                                part.getClass().getSimpleName(),
                                file.map(FileChange::path).orElse("all"),
                                ignoreSpace ? " -w" : ""));
        Fault fault = patchFault;
        if (fault != null) {
            throw fault;
        }
        return new Patch(patch, cut);
    }

    @Override
    public Forecast forecast(Optional<IssueId> of, Watch watch) {
        asked.accept("forecast " + of.map(IssueId::toString).orElse("all"));
        watch.progress(3, 10);
        CountDownLatch gate = forecastGate;
        try {
            while (gate != null && !gate.await(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                if (watch.cancelled()) {
                    sawCancel = true;
                    break;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return forecast;
    }
}
