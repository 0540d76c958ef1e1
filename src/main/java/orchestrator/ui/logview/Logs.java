package orchestrator.ui.logview;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import orchestrator.log.LogKind;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Memory;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Tabs;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/**
 * The logs of the window: the first tab shows the chosen worker's, and others are opened for an
 * issue's attempts. Registers what can be done with a log; it is done in the pane that was used
 * last. FX thread only.
 */
public final class Logs {
    /** What stands in the menu of each pane. */
    static final List<List<String>> IN_MENU =
            List.of(
                    List.of("log-find", "log-copy", "log-begin", "log-end"),
                    List.of("log-error", "log-error-back", "log-tool", "log-tool-back"),
                    List.of("log-wrap", "log-times"),
                    List.of("log-right", "log-below", "log-whole"));

    private static final String WRAP = "log-tabs.wrap";
    private static final String TIMES = "log-tabs.times";
    private static final String ZOOM = "log-tabs.zoom";
    private final Parts parts;
    private final Texts texts;
    private final Actions actions;
    private final Memory memory;
    private final LogRun run = new LogRun();
    private final LogMemory shown;
    private final LogTab chosen;
    private final Map<IssueId, LogTab> opened = new LinkedHashMap<>();
    private LogPane used;
    private Optional<IssueId> subject = Optional.empty();
    private final Set<String> closed = new HashSet<>();

    /** The first tab, and the actions. */
    public Logs(Parts parts) {
        this.parts = parts;
        texts = parts.texts();
        actions = parts.actions();
        memory = parts.memory();
        registerWays();
        registerLooks();
        shown = new LogMemory(memory);
        chosen = tab("log", new LogTarget.Chosen());
        used = chosen.first();
        shown.get(chosen.name()).ifPresent(chosen::recall);
        enable();
    }

    private void registerWays() {
        parts.register("log", Feather.FILE_TEXT, "Shortcut+Shift+O", this::openSubject);
        parts.register("log-find", Feather.SEARCH, "", () -> used.openFind());
        parts.register("log-copy", Feather.COPY, "", () -> used.copy());
        parts.register("log-begin", Feather.ARROW_UP, "", () -> used.area().toBegin());
        parts.register("log-end", Feather.ARROW_DOWN, "", () -> used.area().toEnd());
        parts.register(
                "log-error", Feather.X_CIRCLE, "F8", () -> used.mark(LogKind.Mark.ERROR, true));
        parts.register(
                "log-error-back",
                Feather.X_CIRCLE,
                "Shift+F8",
                () -> used.mark(LogKind.Mark.ERROR, false));
        parts.register("log-tool", Feather.TOOL, "F9", () -> used.mark(LogKind.Mark.TOOL, true));
        parts.register(
                "log-tool-back",
                Feather.TOOL,
                "Shift+F9",
                () -> used.mark(LogKind.Mark.TOOL, false));
    }

    private void registerLooks() {
        parts.register("log-wrap", Feather.CORNER_DOWN_LEFT, "Alt+Z", () -> toggle(WRAP, "true"));
        parts.register("log-times", Feather.CLOCK, "Alt+T", () -> toggle(TIMES, "false"));
        parts.register(
                "log-right",
                Feather.COLUMNS,
                "Alt+Shift+Right",
                () -> split(Orientation.HORIZONTAL));
        parts.register(
                "log-below", Feather.MENU, "Alt+Shift+Down", () -> split(Orientation.VERTICAL));
        parts.register("log-whole", Feather.MAXIMIZE_2, "Alt+Shift+Up", this::unsplit);
    }

    private LogTab tab(String name, LogTarget target) {
        LogTab tab =
                new LogTab(
                        name,
                        pane(name, target),
                        other -> pane(name + "-second", other),
                        pane -> use(pane));
        tab.panes().forEach(this::look);
        return tab;
    }

    private LogPane pane(String name, LogTarget target) {
        LogPane pane = new LogPane(name, parts, run, target);
        look(pane);
        pane.area().zoomProperty().subscribe((_, now) -> zoomed(now.doubleValue()));
        return pane;
    }

    private double zoom() {
        String kept = memory.get(ZOOM).orElse("");
        return kept.matches("[0-3]\\.\\d{1,2}") ? Double.parseDouble(kept) : 1;
    }

    /** All logs have text of one size. */
    private void zoomed(double now) {
        memory.put(ZOOM, now == 1 ? "" : Double.toString(now));
        panes().forEach(this::look);
    }

    private void use(LogPane pane) {
        used = pane;
        enable();
    }

    private void look(LogPane pane) {
        pane.area().wrapProperty().set(Boolean.parseBoolean(memory.get(WRAP).orElse("true")));
        pane.area().timesProperty().set(Boolean.parseBoolean(memory.get(TIMES).orElse("false")));
        pane.area().zoomProperty().set(zoom());
    }

    private void toggle(String name, String unlessSet) {
        boolean now = Boolean.parseBoolean(memory.get(name).orElse(unlessSet));
        memory.put(name, Boolean.toString(!now));
        panes().forEach(this::look);
    }

    private Stream<LogPane> panes() {
        return tabs().flatMap(LogTab::panes);
    }

    private Stream<LogTab> tabs() {
        return Stream.concat(Stream.of(chosen), opened.values().stream());
    }

    private LogTab tabOfUsed() {
        return tabs().filter(tab -> tab.panes().anyMatch(used::equals)).findFirst().orElse(chosen);
    }

    private void split(Orientation orientation) {
        LogTab tab = tabOfUsed();
        LogState now = used.state();
        LogTarget other =
                switch (now.target()) {
                    case LogTarget.Chosen chosenOne ->
                            run.worker(chosenOne)
                                    .<LogTarget>map(it -> new LogTarget.OfWorker(it.worker()))
                                    .orElse(chosenOne);
                    case LogTarget.OfWorker _, LogTarget.OfIssue _ -> now.target();
                };
        tab.split(orientation, new LogState(other, now.attempt(), now.of(), now.kind()));
        enable();
    }

    private void unsplit() {
        tabOfUsed().unsplit();
        enable();
    }

    /** The content of the first tab. */
    public Node first() {
        return chosen;
    }

    /** What is seen of the run now. */
    public void update(RunSnapshot newest) {
        run.update(newest);
        panes().forEach(LogPane::update);
        enable();
    }

    /** A worker is chosen: its log is shown, and that of what it holds can be opened. */
    public void chooseWorker(Optional<Integer> worker) {
        run.choose(worker);
        subject = Optional.empty();
        chosen.panes().forEach(LogPane::update);
        enable();
    }

    /** An issue is chosen: its log can be opened. */
    public void chooseIssue(IssueId issue) {
        subject = Optional.of(issue);
        enable();
    }

    /** The chosen issue, or what the chosen worker holds or held. */
    private Optional<IssueId> subject() {
        return subject.or(() -> run.issue(new LogTarget.Chosen()));
    }

    private void enable() {
        actions.get("log").enabled().set(subject().isPresent());
        actions.get("log-whole").enabled().set(tabOfUsed().isSplit());
    }

    private void openSubject() {
        subject().ifPresent(issue -> open(issue, 0));
    }

    /** Opens the log of an issue in a tab of its own; attempt 0: the newest. */
    public void open(IssueId issue, int attempt) {
        String id = "log-" + issue.project() + "-" + issue.number();
        Optional<String> before =
                opened.containsKey(issue) || attempt > 0 ? Optional.empty() : shown.get(id);
        parts.tabs()
                .open(
                        id,
                        () -> {
                            LogTab tab = tab(id, new LogTarget.OfIssue(issue));
                            opened.put(issue, tab);
                            tab.first().update();
                            return new Tabs.Part(
                                    texts.get("log.tab", issue),
                                    Feather.FILE_TEXT,
                                    tab,
                                    tab.first().area(),
                                    () -> closed(issue));
                        });
        LogTab tab = opened.get(issue);
        if (tab != null) {
            closed.remove(id);
            before.ifPresentOrElse(tab::recall, () -> tab.first().pin(attempt));
            use(tab.first());
        }
    }

    private void closed(IssueId issue) {
        LogTab tab = opened.remove(issue);
        if (tab != null) {
            if (tab.panes().anyMatch(used::equals)) {
                use(chosen.first());
            }
            closed.add(tab.name());
            tab.release();
        }
    }

    /** Ten times a second: what was appended to the logs that are seen. */
    public void tick() {
        tabs().filter(Logs::isSeen).flatMap(LogTab::panes).forEach(LogPane::tick);
        // Here and not when they are closed: the window closes them all when it goes.
        closed.forEach(shown::forget);
        closed.clear();
        tabs().forEach(tab -> shown.put(tab.name(), tab.remembered()));
    }

    private static boolean isSeen(Node node) {
        for (@Nullable Node up = node; up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Lets go of all files; the window goes. */
    public void release() {
        chosen.release();
    }
}
