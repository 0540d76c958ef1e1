package orchestrator.ui.shell;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Orientation;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.monitor.RunControl;
import orchestrator.ui.board.Board;
import orchestrator.ui.changes.ChangesTabs;
import orchestrator.ui.command.CheatSheet;
import orchestrator.ui.command.Palette;
import orchestrator.ui.events.EventsModel;
import orchestrator.ui.events.EventsView;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Navigator;
import orchestrator.ui.fx.Notices;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.launch.LaunchDialog;
import orchestrator.ui.logview.Logs;
import orchestrator.ui.news.NewsBell;
import orchestrator.ui.orders.Stepping;
import orchestrator.ui.plan.PlanFeature;
import orchestrator.ui.settings.SettingsDialog;
import orchestrator.ui.terminal.Attaching;
import orchestrator.ui.theme.Theme;
import orchestrator.ui.timeline.TimelineFeature;
import orchestrator.ui.workers.RowActions;
import orchestrator.ui.workers.WorkerRow;
import orchestrator.ui.workers.WorkersModel;
import orchestrator.ui.workers.WorkersView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/**
 * The window of one workspace, on a stage. All of it belongs to the FX thread. Closing it does not
 * close the run control: whoever opened the window does that.
 */
public final class MainWindow {
    private static final javafx.util.Duration PERIOD = javafx.util.Duration.millis(100);
    private final Stage stage;
    private final RunControl control;
    private final WindowSettings settings;
    private final Texts texts = new Texts();
    private final Actions actions = new Actions();
    private final Overlay overlay = new Overlay();
    private final Notices notices = new Notices();
    private final Theme theme;
    private final WorkersModel workers = new WorkersModel();
    private final EventsModel events;
    private final Logs logs;
    private final Attaching attaching;
    private final RowActions rowActions;
    private final Questions questions;
    private final Closing closing;
    private final Stepping stepping;
    private final Board board;
    private final PlanFeature plan;
    private final ChangesTabs changes;
    private final TimelineFeature timeline;
    private final Parts parts;
    private final Deck deck = new Deck();
    private final Views views;
    private final NewsBell bell;
    private final WindowPlace place;
    private final Tray tray;
    private final TopBar topBar;
    private final WorkersView workersView;
    private final Timeline timer;
    private @Nullable RunSnapshot shown;
    private @Nullable LaunchDialog launching;
    private long shownSecond = -1;

    /** Builds the window; {@link #show()} opens it. */
    public MainWindow(Stage stage, RunControl control, WindowSettings settings) {
        this.stage = stage;
        this.control = control;
        this.settings = settings;
        theme = new Theme(settings.user().preferences());
        parts =
                new Parts(
                        control,
                        texts,
                        actions,
                        overlay,
                        notices,
                        deck,
                        new Ways(),
                        settings.user().memory(),
                        settings.user().preferences(),
                        settings.clock(),
                        settings.zone());
        views = new Views(parts.memory());
        place = new WindowPlace(stage, parts.memory());
        events = new EventsModel(control.archive(), new Background(texts));
        attaching = new Attaching(parts, this::toTable);
        rowActions = new RowActions(parts, workers, attaching);
        questions = new Questions(control, texts, overlay);
        closing = new Closing(stage, control, questions, overlay);
        registerActions();
        stepping = new Stepping(parts);
        logs = new Logs(parts);
        board = new Board(parts, this::choose);
        plan = new PlanFeature(parts, board.outlook());
        changes = new ChangesTabs(parts, stepping.issueProperty());
        timeline = new TimelineFeature(parts);
        bell = new NewsBell(parts, settings.desktop());
        new Palette(parts, () -> Optional.ofNullable(shown));
        new SettingsDialog(parts, () -> control.terminals().programs());
        new CheatSheet(parts);
        workersView = new WorkersView(workers, parts);
        topBar = new TopBar(texts, settings.zone(), actions, theme, bell.node());
        tray = new Tray(actions, texts.get("tray.show"), this::toFront);
        timer = new Timeline(new KeyFrame(PERIOD, _ -> tick()));
        timer.setCycleCount(Animation.INDEFINITE);
        buildScene();
        workers.selectedProperty().subscribe(_ -> chooseWorker());
        questions.background().busyProperty().subscribe((_, _) -> enableActions());
        tick();
    }

    /** Opens it. */
    public void show() {
        FirstFrame.tell(stage);
        stage.show();
        timer.play();
        if (settings.tray()) {
            tray.begin();
        }
    }

    /** Does one of its actions, whether it is enabled or not. */
    void run(String action) {
        actions.get(action).run();
    }

    private void toFront() {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private void registerActions() {
        register("launch", Feather.PLAY, "Shortcut+L", this::launch);
        register("rehearse", Feather.REPEAT, "", this::rehearse);
        enable("rehearse", settings.rehearsal().isPresent());
        register("stop", Feather.SQUARE, "Shortcut+Period", questions::stop);
        register("take-over", Feather.LOG_IN, "Shortcut+Shift+L", questions::takeOver);
        register("workers", Feather.CPU, "Shortcut+1", this::showWorkers);
        register("board", Feather.COLUMNS, "Shortcut+2", () -> views.show("board"));
        register("plan", Feather.SHARE_2, "Shortcut+3", () -> views.show("plan"));
        register("workspaces", Feather.LAYERS, "Shortcut+O", settings.welcome());
        register("timeline", Feather.CLOCK, "Shortcut+4", () -> views.show("timeline"));
        register("theme", Feather.MOON, "Shortcut+Shift+T", theme::toggle);
    }

    private void rehearse() {
        settings.rehearsal()
                .ifPresent(rehearsal -> {
                    notices.pending(texts.get("rehearse.begun"));
                    rehearsal.show(
                            () -> notices.done(texts.get("rehearse.shown")),
                            fault -> {
                                notices.refused(texts.get("rehearse.refused"));
                                questions.showFault(fault);
                            });
                });
    }

    private void register(String id, Feather icon, String keys, Runnable handler) {
        actions.add(Action.of(texts, id, icon, keys, handler));
    }

    private void buildScene() {
        views.add(actions.get("workers"), workersView);
        views.add(
                actions.get("board"),
                board.view(workers.selectedProperty().map(WorkerRow::number)));
        views.add(actions.get("plan"), plan.view());
        views.add(actions.get("timeline"), timeline.view());
        deck.keep("log", texts.get("log.title"), Feather.FILE_TEXT, logs.first());
        SplitPane bottom = new SplitPane(deck, new EventsView(events, parts));
        place.divide(bottom, "bottom", 0.62);
        SplitPane middle = new SplitPane(views, bottom);
        middle.setOrientation(Orientation.VERTICAL);
        place.divide(middle, "middle", 0.6);
        BorderPane content = new BorderPane(middle);
        content.setTop(topBar);
        StackPane root = new StackPane(content, notices.node(), overlay.node());
        root.getStyleClass().add("window");
        Scene scene = new Scene(root);
        theme.dress(scene);
        actions.install(scene);
        actions.suspendedProperty().bind(overlay.showing());
        stage.setScene(scene);
        stage.setTitle(texts.get("window.title"));
        AppIcon.putOn(stage);
        place.restore();
        place.remember();
        stage.setOnCloseRequest(closing::requested);
        stage.setOnHidden(_ -> release());
    }

    /** Cards are chosen: the worker of the last one too, if it has one. */
    private void choose(List<IssueView> issues) {
        issues.stream().findFirst().flatMap(IssueView::worker).ifPresent(workers::select);
        stepping.chooseIssues(issues.stream().map(IssueView::id).toList());
        Optional<IssueId> first = issues.stream().findFirst().map(IssueView::id);
        first.ifPresent(logs::chooseIssue);
        events.choose(first);
    }

    private void chooseWorker() {
        Optional<WorkerRow> row = Optional.ofNullable(workers.selectedProperty().get());
        logs.chooseWorker(row.map(WorkerRow::number));
        events.choose(row.flatMap(it -> it.view().issue()));
        row.ifPresentOrElse(it -> stepping.chooseWorker(it.number()), stepping::chooseNothing);
        enableActions();
    }

    private void toTable() {
        showWorkers();
        workersView.focus();
    }

    private void showWorkers() {
        views.show("workers");
        // A card may have been chosen last: here it is the row that is meant.
        chooseWorker();
    }

    /** Ten times a second: the newest snapshot if it is another one, the clock once a second. */
    private void tick() {
        Instant now = settings.clock().instant();
        boolean fresh = control.latest().filter(this::isAnother).map(this::take).isPresent();
        boolean newSecond = now.getEpochSecond() != shownSecond;
        if (newSecond) {
            shownSecond = now.getEpochSecond();
            workers.tick(now);
        }
        if (fresh || newSecond) {
            topBar.show(Optional.ofNullable(shown), now);
            timeline.update(Optional.ofNullable(shown), now);
            enableActions();
            board.tick(now);
        }
        logs.tick();
    }

    /**
     * Snapshots are compared as objects: to compare their contents would cost more than to show
     * them.
     */
    @SuppressWarnings("ReferenceEquality")
    private boolean isAnother(RunSnapshot newest) {
        return newest != shown;
    }

    private RunSnapshot take(RunSnapshot newest) {
        boolean first = shown == null;
        shown = newest;
        workers.update(newest, settings.clock().instant());
        board.update(newest);
        plan.update(newest);
        events.update(newest);
        bell.update(newest);
        changes.update(newest);
        logs.update(newest);
        stage.setTitle(texts.get("window.title-of", nameOf(newest)));
        views.setSummary(summary(newest));
        tray.tell(
                texts.get(
                        "tray.status",
                        nameOf(newest),
                        newest.totals().completed(),
                        newest.totals().issues()));
        closing.update(newest);
        if (first) {
            reopenTabs(newest);
        }
        return newest;
    }

    /** Only now it is known which issues there are. */
    private void reopenTabs(RunSnapshot run) {
        deck.remember(
                parts.memory(),
                run.issues().stream().map(IssueView::id).collect(Collectors.toSet()),
                Map.of("log", issue -> logs.open(issue, 0), "changes", changes::show));
    }

    private static String nameOf(RunSnapshot run) {
        String path = run.workspace();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String summary(RunSnapshot run) {
        long busy = run.workers().stream().filter(w -> isBusy(w.status())).count();
        return texts.get("view.summary", run.workers().size(), busy, run.issues().size());
    }

    private static boolean isBusy(WorkerStatus status) {
        return switch (status) {
            case STARTING, RUNNING, ENDING, CHECKING -> true;
            case IDLE, STOPPED, WAITING -> false;
        };
    }

    private void enableActions() {
        RunSnapshot run = shown;
        stepping.update(run);
        boolean leaving = questions.background().busyProperty().get();
        MonitorState state = run == null ? MonitorState.STOPPED : run.monitor().state();
        enable("launch", run != null && state == MonitorState.STOPPED);
        enable("stop", run != null && state == MonitorState.RUNNING && !leaving);
        boolean elsewhere = state == MonitorState.RUNNING && !shownHere();
        enable("take-over", elsewhere && !leaving);
        rowActions.update();
    }

    private boolean shownHere() {
        return shown != null && shown.monitor().here();
    }

    private void enable(String id, boolean enabled) {
        actions.get(id).enabled().set(enabled);
    }

    private void launch() {
        launching = new LaunchDialog(control, texts, overlay);
        launching.open();
    }

    private void release() {
        timer.stop();
        deck.closeAll();
        tray.close();
        logs.release();
        theme.release();
    }

    /** Ways from anywhere to what something is about. */
    private final class Ways implements Navigator {
        @Override
        public void showWorker(int worker) {
            showWorkers();
            workers.select(worker);
        }

        @Override
        public void showIssue(IssueId issue) {
            views.show("board");
            board.show(issue);
        }

        @Override
        public void showLog(IssueId issue, int attempt) {
            logs.open(issue, attempt);
        }

        @Override
        public void showChanges(IssueId issue) {
            changes.show(issue);
        }

        @Override
        public void attach(int worker) {
            attaching.to(worker);
        }
    }
}
