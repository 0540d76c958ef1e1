package orchestrator.ui.board;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SeparatorMenuItem;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Planning;
import orchestrator.rules.Move;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Memory;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The board as a feature of the window: its actions, its view, and what its cards are for. */
public final class Board {
    private static final String REMEMBERED_GROUPING = "board-grouping";

    /** Told which issues the user means by choosing cards. */
    @FunctionalInterface
    public interface Chooser {
        /** These are meant, the last chosen one first; none: nothing is chosen. */
        void choose(List<IssueView> issues);
    }

    private final Parts parts;
    private final Texts texts;
    private final Actions actions;
    private final Planning planning;
    private final Chooser chooser;
    private final BoardModel model = new BoardModel();
    private final Background forms;
    private final Edits edits;
    private final Moving moving;
    private final OutlookModel outlook;
    private @Nullable BoardView view;
    private boolean behind;
    private long caughtUp;
    private @Nullable RunSnapshot run;
    private boolean following;

    /** Registers its actions with those of the window; the view is made with {@link #view}. */
    public Board(Parts parts, Chooser chooser) {
        this.parts = parts;
        this.chooser = chooser;
        texts = parts.texts();
        actions = parts.actions();
        planning = parts.control().planning();
        forms = new Background(texts);
        edits = new Edits(parts, new Background(texts), model::forgetMade);
        moving = new Moving(planning, new Background(texts), this::make);
        outlook = new OutlookModel(planning, new Background(texts));
        register("add-issue", Feather.PLUS, "Shortcut+N", this::add);
        register("edit-issue", Feather.EDIT_2, "F2", this::edit);
        Memory memory = parts.memory();
        model.groupingProperty().set(Grouping.ofWord(memory.get(REMEMBERED_GROUPING).orElse("")));
        model.groupingProperty().subscribe((_, now) -> memory.put(REMEMBERED_GROUPING, now.word()));
        model.selection().chosenProperty().subscribe((_, now) -> chosen(now));
        enable();
    }

    private void register(String id, Feather icon, String keys, Runnable handler) {
        String key = "action." + id;
        actions.add(Action.of(id, texts.get(key), texts.get(key + "-hint"), icon, keys, handler));
    }

    /**
     * The view, made once; the actions of its menus must be registered by then.
     *
     * @param chosenWorker the number of the worker that is chosen elsewhere, or null
     */
    public Node view(ObservableValue<@Nullable Integer> chosenWorker) {
        FinishLabel finish = new FinishLabel(texts, parts.zone());
        outlook.outlookProperty().subscribe(now -> finish.show(now, parts.clock().instant()));
        BoardBar bar =
                new BoardBar(
                        model,
                        texts,
                        finish,
                        actions.iconButton("undo"),
                        actions.iconButton("redo"),
                        actions.button("add-issue"));
        BoardView made =
                new BoardView(
                        model,
                        moving,
                        texts,
                        parts.notices(),
                        menu(),
                        this::open,
                        actions.get("edit-issue")::run,
                        bar,
                        new PreviewBar(texts, parts.zone()));
        view = made;
        made.visibleProperty().subscribe(_ -> catchUp());
        chosenWorker.subscribe((_, worker) -> workerChosen(worker));
        return made;
    }

    private ContextMenu menu() {
        return new ContextMenu(
                actions.menuItem("attach"),
                actions.menuItem("edit-issue"),
                actions.menuItem("changes"),
                new SeparatorMenuItem(),
                actions.menuItem("restart"),
                actions.menuItem("stop-worker"),
                actions.menuItem("push"),
                actions.menuItem("retry"),
                new SeparatorMenuItem(),
                actions.menuItem("complete"),
                actions.menuItem("park"),
                actions.menuItem("fail"));
    }

    /** When all would be done, and the critical path; shared with the plan. */
    public OutlookModel outlook() {
        return outlook;
    }

    /** Takes a snapshot. Where the board is not seen, its cards wait for the next second. */
    public void update(RunSnapshot snapshot) {
        boolean first = run == null;
        run = snapshot;
        behind = true;
        if (first || isSeen()) {
            catchUp();
        }
        enable();
    }

    private boolean isSeen() {
        BoardView made = view;
        return made != null && made.isVisible();
    }

    private void catchUp() {
        RunSnapshot newest = run;
        if (newest == null || !behind) {
            return;
        }
        behind = false;
        model.update(newest);
        showFocus();
    }

    /** Once a second, and with each snapshot. */
    public void tick(Instant now) {
        RunSnapshot newest = run;
        if (newest != null) {
            outlook.update(newest, now);
            model.tick(now);
        }
        if (now.getEpochSecond() != caughtUp) {
            caughtUp = now.getEpochSecond();
            catchUp();
        }
    }

    /** Chooses that issue's card and gives it the keys. */
    public void show(IssueId issue) {
        if (model.columnOf(issue).isEmpty()) {
            model.filterProperty().set(""); // it may be what hides the card
        }
        model.selection().only(issue);
        BoardView made = view;
        if (made != null) {
            made.showCursor();
        }
    }

    // ── Choosing ────────────────────────────────────────────────────────────────────

    private void chosen(Selection.Chosen now) {
        if (following) {
            return;
        }
        List<IssueId> ids = new ArrayList<>(now.issues());
        now.cursor().filter(ids::remove).ifPresent(ids::addFirst);
        chooser.choose(
                ids.stream()
                        .flatMap(id -> model.card(id).stream())
                        .map(card -> card.issueProperty().get())
                        .toList());
        enable();
    }

    /** A row of the table was chosen: its issue's card is, without that being a choice of ours. */
    private void workerChosen(@Nullable Integer worker) {
        RunSnapshot newest = run;
        if (worker == null || newest == null) {
            return;
        }
        newest.issues().stream()
                .filter(issue -> issue.worker().filter(worker::equals).isPresent())
                .map(IssueView::id)
                .filter(id -> !model.selection().contains(id))
                .findFirst()
                .ifPresent(id -> {
                    following = true;
                    model.selection().only(id);
                    following = false;
                    enable();
                });
    }

    private void open(IssueView issue) {
        if (issue.worker().isPresent()) {
            actions.get("attach").run();
        } else {
            edit();
        }
    }

    // ── Edits ───────────────────────────────────────────────────────────────────────

    private void make(Move move) {
        Wishes.Wish wish = model.wish(move); // where it is dropped it stays
        showFocus();
        edits.make(
                named(move),
                () -> planning.move(move),
                () -> model.made(wish, parts.clock().instant()),
                fault -> {
                    model.giveUp(wish);
                    showFocus();
                    edits.refused(fault);
                });
        outlook.refresh();
    }

    private String named(Move move) {
        String wave = Integer.toString(move.wave());
        boolean between = Moving.isBetween(move);
        return move.issues().size() == 1
                ? texts.get(
                        between ? "move.one-behind" : "move.one", move.issues().getFirst(), wave)
                : texts.get(between ? "move.many-behind" : "move.many", move.issues().size(), wave);
    }

    private void showFocus() {
        BoardView made = view;
        if (made != null) {
            made.keepFocus();
        }
    }

    private Optional<IssueId> only() {
        return model.selection().issues().size() == 1
                ? model.selection().issues().stream().findFirst()
                : Optional.empty();
    }

    private void enable() {
        actions.get("add-issue").enabled().set(run != null);
        actions.get("edit-issue").enabled().set(only().isPresent());
    }

    private void add() {
        Optional<IssueView> near =
                model.selection().cursor().flatMap(model::card).map(it -> it.issueProperty().get());
        withConfig(config -> {
            IssueFormModel form =
                    IssueFormModel.adding(
                            config,
                            near.map(issue -> issue.id().project()),
                            near.map(IssueView::wave).orElse(Math.max(1, model.lastWave())));
            open(
                    form,
                    () ->
                            texts.get(
                                    "form.added",
                                    form.value(IssueFormModel.Field.PROJECT)
                                            + "#"
                                            + form.value(IssueFormModel.Field.NUMBER)),
                    () -> planning.add(form.value(IssueFormModel.Field.PROJECT), form.added()));
        });
    }

    private void edit() {
        only().ifPresent(id ->
                withConfig(config -> {
                    Optional<Issue> issue = config.issue(id);
                    if (issue.isEmpty()) {
                        parts.notices().refused(texts.get("form.gone", id));
                        return;
                    }
                    IssueFormModel form = IssueFormModel.editing(config, issue.get());
                    open(
                            form,
                            () -> texts.get("form.edited", id),
                            () -> planning.edit(form.before(), form.after()));
                }));
    }

    /** A form shows what the files say now, which may be newer than what the run was told. */
    private void withConfig(java.util.function.Consumer<WorkspaceConfig> then) {
        forms.run(
                "read the config",
                planning::config,
                then,
                fault -> parts.notices().refused(fault.sentence()));
    }

    /** A form whose edit can be taken back as any other. */
    private void open(IssueFormModel form, Supplier<String> what, Callable<Planning.Change> save) {
        new IssueDialog(
                        form,
                        texts,
                        parts.overlay(),
                        (done, failed) ->
                                edits.make(
                                        what.get(),
                                        save,
                                        () -> {
                                            done.run();
                                            outlook.refresh();
                                        },
                                        failed))
                .open();
    }
}
