package orchestrator.ui.logview;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.log.LogKind;
import orchestrator.log.LogQuery;
import orchestrator.log.LogRows;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Clipboards;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.logview.LogDocument.Content;
import orchestrator.ui.logview.LogDocument.Match;
import org.kordamp.ikonli.feather.Feather;

/**
 * One log with what is done with it: which log, which attempt, which file; search, follow, copy.
 */
final class LogPane extends VBox {
    private final String name;
    private final Parts parts;
    private final Texts texts;
    private final LogRun run;
    private final LogDocument document;
    private final LogChoice choice;
    private final Background background;
    private final LogArea area;
    private final FindBar find;
    private final LogMenus menus;
    private final Button unseen = new Button("", Nodes.icon(Feather.ARROW_DOWN));
    private final Label unreadable = Nodes.label("", "log-unreadable");
    private final Node noWorker;
    private final Node noLog;
    private final Node silent;
    private long match = -1;
    private boolean jump;
    private long generation;

    /**
     * A pane.
     *
     * @param name begins the ids of its nodes
     */
    LogPane(String name, Parts parts, LogRun run, LogTarget target) {
        this.name = name;
        this.parts = parts;
        this.run = run;
        texts = parts.texts();
        background = new Background(texts);
        document = new LogDocument(texts);
        choice = new LogChoice(parts.control().archive(), background, run, target, this::chosen);
        area = new LogArea(document, texts, parts.zone(), name + "-lines", this::go);
        find = new FindBar(name, texts, this::look, this::step, this::filter, this::closeFind);
        menus = new LogMenus(name, texts, parts.zone(), run, choice, this::chosen);
        noWorker = empty(texts.get("empty.no-worker"), texts.get("empty.no-worker-do"));
        noLog = empty(texts.get("empty.no-log"), texts.get("empty.no-log-do"));
        silent = empty(texts.get("empty.silent"), texts.get("empty.silent-do"));
        build();
    }

    private Node empty(String heading, String sentence) {
        return new EmptyState(Feather.FILE_TEXT, heading, sentence);
    }

    private void build() {
        setId(name + "-pane");
        getStyleClass().addAll("panel", "log-pane");
        unreadable.setId(name + "-unreadable");
        unreadable.setWrapText(true);
        unseen.setId(name + "-unseen");
        unseen.getStyleClass().addAll("log-unseen", Styles.SMALL, Styles.ACCENT, Styles.ROUNDED);
        unseen.setOnAction(_ -> area.toEnd());
        unseen.setFocusTraversable(false);
        StackPane.setAlignment(unseen, Pos.BOTTOM_CENTER);
        StackPane stack = new StackPane(area, noWorker, noLog, silent, unreadable, unseen);
        stack.getStyleClass().add("log-stack");
        VBox.setVgrow(stack, Priority.ALWAYS);
        Nodes.shown(find, false);
        getChildren()
                .addAll(
                        new LogHead(name, parts, menus, area, this::openFind, this::copy),
                        find,
                        stack);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        document.changesProperty().subscribe(() -> changed());
        // It changes inside of a layout, which must not be asked for another one.
        area.unseenProperty().subscribe(() -> Platform.runLater(this::showUnseen));
        area.followProperty().subscribe(() -> showUnseen());
        showUnseen();
        changed();
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.F) {
            openFind();
        } else if (event.getCode() == KeyCode.F3) {
            step(!event.isShiftDown());
        } else if (event.getCode() == KeyCode.ESCAPE && find.isVisible()) {
            closeFind();
        } else if (event.isShortcutDown() && event.getCode() == KeyCode.C && area.isFocused()) {
            copy();
        } else {
            return;
        }
        event.consume();
    }

    // ── What is shown ───────────────────────────────────────────────────────────────────────

    /** The run has gone on, or another worker is chosen. */
    void update() {
        choice.update();
        chosen();
    }

    private void chosen() {
        menus.show();
        document.open(choice.path(), choice.kind());
        changed();
    }

    /** Shows another log. */
    void show(LogTarget target) {
        choice.show(target);
        update();
    }

    LogTarget target() {
        return choice.target();
    }

    /** What is shown, to be remembered. */
    LogState state() {
        return choice.state();
    }

    /** Shows what was shown then. */
    void recall(LogState state) {
        choice.recall(state);
        update();
    }

    /** Shows that attempt; 0: the newest. */
    void pin(int attempt) {
        choice.pin(attempt);
        chosen();
    }

    /** Ten times a second. */
    void tick() {
        document.tick();
    }

    void release() {
        document.release();
    }

    private void changed() {
        Content content = document.contentProperty().get();
        boolean nobody =
                content == Content.NONE && run.worker(choice.target()).isEmpty() && isOfWorker();
        Nodes.shown(noWorker, nobody);
        Nodes.shown(noLog, content == Content.NONE && !nobody);
        Nodes.shown(silent, content == Content.SILENT);
        Nodes.shown(unreadable, content == Content.UNREADABLE);
        document.fault().ifPresent(fault -> unreadable.setText(fault.sentence()));
        Nodes.shown(area, content == Content.LINES);
        if (generation != document.generation()) {
            generation = document.generation();
            match = -1;
        }
        document.patternFaultProperty().get().ifPresent(fault -> find.refuse(fault.sentence()));
        document.finding()
                .ifPresent(finding -> {
                    if (jump && finding.hits() > 0) {
                        jump = false;
                        firstMatch();
                    }
                });
        if (document.patternFaultProperty().get().isEmpty()) {
            find.show(document.finding(), match);
        }
    }

    private boolean isOfWorker() {
        return !(choice.target() instanceof LogTarget.OfIssue);
    }

    private void showUnseen() {
        long count = area.unseenProperty().get();
        Nodes.shown(unseen, count > 0 && !area.followProperty().get() && area.isVisible());
        unseen.setText(texts.get("log.unseen", count));
    }

    // ── Search ──────────────────────────────────────────────────────────────────────────────

    void openFind() {
        if (!find.isVisible()) {
            Nodes.shown(find, true);
            find.again();
        }
        find.enter();
    }

    private void closeFind() {
        find.filterOff();
        Nodes.shown(find, false);
        match = -1;
        jump = false;
        document.find(Optional.empty());
        area.requestFocus();
    }

    private void look(Optional<LogQuery> query) {
        match = -1;
        jump = query.isPresent();
        if (query.isEmpty() && document.isFiltered()) {
            find.filterOff();
        }
        document.find(query);
        find.show(document.finding(), match);
    }

    /** The first match that is seen or comes after; searching on may still find a nearer one. */
    private void firstMatch() {
        long from = area.followProperty().get() ? -1 : Math.max(-1, area.firstSeen().orElse(0) - 1);
        if (area.followProperty().get() && document.isFiltered()) {
            return;
        }
        document.match(from, true, this::arrive);
    }

    /** To the next match, or the previous. */
    void step(boolean forward) {
        if (document.finding().isEmpty()) {
            openFind();
            return;
        }
        document.match(area.from(), forward, this::arrive);
    }

    private void arrive(Optional<Match> found) {
        found.ifPresent(it -> {
            match = it.number();
            area.goTo(it.row());
            find.show(document.finding(), match);
        });
    }

    private void filter(boolean only) {
        Optional<Long> place =
                area.firstSeen().stream()
                        .boxed()
                        .findFirst()
                        .flatMap(row -> document.page().row(row))
                        .map(row -> row.line().offset());
        boolean following = area.followProperty().get();
        area.selection().clear();
        area.current(-1);
        document.filter(only);
        if (!following) {
            place.ifPresent(offset -> document.rowOf(offset, area::goTo));
        }
    }

    /** To the next line with a mark, or the previous. */
    void mark(LogKind.Mark mark, boolean forward) {
        long row = area.from();
        long from = document.page().row(row).map(it -> it.line().number()).orElse(row);
        if (document.isFiltered()) {
            find.filterOff(); // a mark may stand in any line
        }
        document.mark(
                mark,
                from,
                forward,
                found -> {
                    if (found.isPresent()) {
                        area.goTo(found.getAsLong());
                    } else {
                        parts.notices()
                                .done(
                                        texts.get(
                                                mark == LogKind.Mark.ERROR
                                                        ? forward
                                                                ? "log.no-error"
                                                                : "log.no-error-before"
                                                        : forward
                                                                ? "log.no-tool"
                                                                : "log.no-tool-before"));
                    }
                });
    }

    /** To a place of the overview. */
    private void go(LogOverview.Sort sort, long row) {
        switch (sort) {
            case ERROR ->
                    document.mark(
                            LogKind.Mark.ERROR,
                            row - 1,
                            true,
                            found -> found.ifPresent(area::goTo));
            case MATCH -> document.match(row - 1, true, this::arrive);
            case ROW -> area.reveal(row);
        }
    }

    // ── The clipboard ───────────────────────────────────────────────────────────────────────

    /** Copies what is selected, or all when nothing is. */
    void copy() {
        LogSelection selection = area.selection().copy();
        if (selection.isEmpty()) {
            selection.set(
                    new LogSelection.Place(0, 0),
                    new LogSelection.Place(Math.max(0, area.count() - 1), LogSelection.END));
        }
        Optional<LogRows> rows = document.rows();
        if (rows.isEmpty() || area.count() == 0) {
            return;
        }
        background.run(
                "log-copy",
                () -> selection.read(rows.get()),
                text ->
                        text.ifPresentOrElse(
                                Clipboards::copy,
                                () ->
                                        parts.notices()
                                                .refused(
                                                        texts.get(
                                                                "log.too-much",
                                                                LogSelection.MOST >> 20))),
                fault -> parts.notices().refused(fault.sentence()));
    }

    LogArea area() {
        return area;
    }
}
