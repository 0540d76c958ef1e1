package orchestrator.ui.logview;

import atlantafx.base.theme.Styles;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import orchestrator.log.LogKind;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Archive.AttemptLog;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;

/** The menus in which a pane's log, attempt and file are chosen; their titles say what is shown. */
final class LogMenus {
    private final Texts texts;
    private final ZoneId zone;
    private final LogRun run;
    private final LogChoice choice;
    private final Runnable changed;
    private final MenuButton target = menu("panel-subtitle");
    private final MenuButton attempts = menu("log-attempts");
    private final MenuButton kinds = menu("log-kinds");

    /** Menus over a choice; {@code changed} is called once they have changed it. */
    LogMenus(
            String name, Texts texts, ZoneId zone, LogRun run, LogChoice choice, Runnable changed) {
        this.texts = texts;
        this.zone = zone;
        this.run = run;
        this.choice = choice;
        this.changed = changed;
        target.setId(name + "-target");
        attempts.setId(name + "-attempts");
        kinds.setId(name + "-kinds");
        target.setMinWidth(88);
        attempts.setMinWidth(MenuButton.USE_PREF_SIZE);
        kinds.setMinWidth(MenuButton.USE_PREF_SIZE);
        hint(target, texts.get("log.which"));
        hint(attempts, texts.get("log.which-attempt"));
        hint(kinds, texts.get("log.which-file"));
        target.setOnShowing(_ -> target.getItems().setAll(targets()));
        attempts.setOnShowing(_ -> attempts.getItems().setAll(numbers()));
        kinds.setOnShowing(_ -> kinds.getItems().setAll(files()));
        // A menu without items does not open.
        for (MenuButton each : List.of(target, attempts, kinds)) {
            each.getItems().add(new MenuItem());
        }
    }

    private static MenuButton menu(String style) {
        MenuButton menu = new MenuButton();
        menu.setMnemonicParsing(false);
        menu.getStyleClass().addAll(Styles.SMALL, Styles.FLAT, "log-menu", style);
        return menu;
    }

    private static void hint(MenuButton menu, String text) {
        menu.setTooltip(new Tooltip(text));
        menu.setAccessibleHelp(text);
    }

    MenuButton target() {
        return target;
    }

    MenuButton attempts() {
        return attempts;
    }

    MenuButton kinds() {
        return kinds;
    }

    /** Their titles say what is shown now. */
    void show() {
        target.setText(title());
        Optional<AttemptLog> attempt = choice.attempt();
        attempts.setText(attempt.map(this::titleOf).orElse(texts.get("log.no-attempt")));
        attempts.setDisable(choice.attempts().isEmpty());
        kinds.setText(nameOf(choice.kind()));
    }

    private String titleOf(AttemptLog attempt) {
        return choice.pinned() > 0
                ? texts.get(
                        "log.attempt-earlier",
                        attempt.number(),
                        choice.attempts().getLast().number())
                : texts.get("log.attempt", attempt.number());
    }

    /** Whose log it is. */
    String title() {
        Optional<WorkerView> worker = run.worker(choice.target());
        return switch (choice.target()) {
            case LogTarget.OfIssue of -> of.id().toString();
            case LogTarget.Chosen _, LogTarget.OfWorker _ ->
                    worker.map(this::titleOf)
                            .or(() ->
                                    run.number(choice.target())
                                            .map(number -> texts.get("log.of-worker", number)))
                            .orElse(texts.get("log.chosen"));
        };
    }

    private String titleOf(WorkerView worker) {
        boolean ended = run.hasEnded(worker.worker());
        return worker.issue()
                .map(id ->
                        texts.get(
                                ended ? "log.of-ended" : "log.of-issue",
                                worker.worker(),
                                id,
                                Format.line(worker.stage())))
                .orElseGet(() -> texts.get("log.of-worker", worker.worker()));
    }

    private List<MenuItem> targets() {
        ToggleGroup group = new ToggleGroup();
        List<MenuItem> items = new ArrayList<>();
        items.add(item(group, texts.get("log.chosen"), new LogTarget.Chosen()));
        if (choice.target() instanceof LogTarget.OfIssue of) {
            items.add(item(group, of.id().toString(), of));
        }
        List<WorkerView> workers = run.logged();
        if (!workers.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        for (WorkerView worker : workers) {
            items.add(item(group, titleOf(worker), new LogTarget.OfWorker(worker.worker())));
        }
        return items;
    }

    private MenuItem item(ToggleGroup group, String title, LogTarget to) {
        return radio(
                group,
                title,
                to.equals(choice.target()),
                () -> {
                    choice.show(to);
                    choice.update();
                });
    }

    private MenuItem radio(ToggleGroup group, String title, boolean selected, Runnable choose) {
        RadioMenuItem item = new RadioMenuItem(title);
        item.setMnemonicParsing(false);
        item.setToggleGroup(group);
        item.setSelected(selected);
        item.setOnAction(_ -> {
            choose.run();
            changed.run();
        });
        return item;
    }

    private List<MenuItem> numbers() {
        ToggleGroup group = new ToggleGroup();
        List<MenuItem> items = new ArrayList<>();
        items.add(radio(group, texts.get("log.newest"), choice.pinned() == 0, () -> choice.pin(0)));
        items.add(new SeparatorMenuItem());
        for (AttemptLog attempt : choice.attempts().reversed()) {
            items.add(
                    radio(
                            group,
                            words(attempt),
                            choice.pinned() == attempt.number(),
                            () -> choice.pin(attempt.number())));
        }
        if (!choice.problem().isEmpty()) {
            MenuItem problem = new MenuItem(choice.problem());
            problem.setDisable(true);
            items.add(problem);
        }
        return items;
    }

    private String words(AttemptLog attempt) {
        String began = attempt.startedAt().map(at -> Format.clock(at, zone)).orElse("");
        String outcome = attempt.outcome().isEmpty() ? texts.get("log.goes-on") : attempt.outcome();
        return texts.get(
                "log.attempt-of",
                attempt.number(),
                Format.line(attempt.stage()),
                began,
                Format.line(outcome));
    }

    private List<MenuItem> files() {
        ToggleGroup group = new ToggleGroup();
        List<MenuItem> items = new ArrayList<>();
        for (LogKind kind : LogKind.values()) {
            items.add(radio(group, nameOf(kind), kind == choice.kind(), () -> choice.show(kind)));
        }
        return items;
    }

    private String nameOf(LogKind kind) {
        return switch (kind) {
            case TRANSCRIPT -> texts.get("log.transcript");
            case STREAM -> texts.get("log.stream");
            case PROMPT -> texts.get("log.prompt");
            case ERRORS -> texts.get("log.errors");
        };
    }
}
