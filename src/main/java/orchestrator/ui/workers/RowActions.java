package orchestrator.ui.workers;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Terminals;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Clipboards;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.terminal.Attaching;
import org.kordamp.ikonli.feather.Feather;

/**
 * What can be done with the chosen worker beside telling the monitor: look into its window, its
 * log, its branch and its worktree. FX thread only.
 */
public final class RowActions {
    private final Parts parts;
    private final WorkersModel model;
    private final Attaching attaching;
    private final Background background;

    /** Registers its actions with those of the window. */
    public RowActions(Parts parts, WorkersModel model, Attaching attaching) {
        this.parts = parts;
        this.model = model;
        this.attaching = attaching;
        background = new Background(parts.texts());
        register("attach", Feather.TERMINAL, "Shortcut+T", row -> attaching.to(row.worker()));
        register("open-files", Feather.FOLDER, "", row -> inWorktree(row, Terminals::files));
        register("open-terminal", Feather.CHEVRON_RIGHT, "", this::openTerminal);
        register("open-editor", Feather.EDIT, "", this::openEditor);
        register("copy-branch", Feather.GIT_BRANCH, "", row -> Clipboards.copy(row.branch()));
        register("copy-worktree", Feather.COPY, "", row -> Clipboards.copy(row.worktree()));
        model.selectedProperty().subscribe(_ -> update());
    }

    private void register(String id, Feather icon, String keys, Consumer<WorkerView> handler) {
        parts.register(id, icon, keys, () -> chosen().ifPresent(handler));
    }

    private Optional<WorkerView> chosen() {
        return Optional.ofNullable(model.selectedProperty().get()).map(WorkerRow::view);
    }

    /** What is possible now; to be called when something was seen of the run. */
    public void update() {
        Optional<WorkerView> row = chosen();
        boolean worktree = row.filter(it -> !it.worktree().isEmpty()).isPresent();
        enable("attach", row.isPresent());
        enable("open-files", worktree);
        enable("open-terminal", worktree);
        enable("open-editor", worktree);
        enable("copy-branch", row.filter(it -> !it.branch().isEmpty()).isPresent());
        enable("copy-worktree", worktree);
    }

    private void enable(String id, boolean possible) {
        parts.actions().get(id).enabled().set(possible);
    }

    private void openTerminal(WorkerView row) {
        String name = row.issue().map(IssueId::toString).orElse(row.branch());
        attaching.shell(
                "shell-" + name, parts.texts().get("shell.title", name), Path.of(row.worktree()));
    }

    private void openEditor(WorkerView row) {
        String editor = parts.preferences().editor.get();
        inWorktree(row, (terminals, folder) -> terminals.editor(editor, folder));
    }

    private void inWorktree(WorkerView row, BiConsumer<Terminals, Path> open) {
        Terminals terminals = parts.control().terminals();
        Path folder = Path.of(row.worktree());
        background.run(
                "open " + folder,
                () -> open.accept(terminals, folder),
                () -> {},
                fault -> parts.notices().refused(fault.sentence()));
    }
}
