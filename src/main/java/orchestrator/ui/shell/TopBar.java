package orchestrator.ui.shell;

import atlantafx.base.theme.Styles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import orchestrator.model.RehearsalMark;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.Totals;
import orchestrator.ui.command.MainMenu;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.ProgressStrip;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.theme.Theme;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The bar at the top: which workspace, what it is doing, how far it is, what can be done. */
final class TopBar extends HBox {
    private final Texts texts;
    private final ZoneId zone;
    private final Label workspace = Nodes.label("", "workspace-name");
    private final Tooltip workspacePath = new Tooltip();
    private final Label chip = Nodes.label("", "chip");
    private final FontIcon chipIcon = Nodes.icon(Feather.LOADER, "chip-icon");
    private final Tooltip chipDetail = new Tooltip();
    private final Label done = Nodes.label("", "progress-done");
    private final Label rest = Nodes.label("", "progress-rest");
    private final ProgressStrip strip = new ProgressStrip();
    private final VBox progress;
    private final Label cost = Nodes.label("", "cost");
    private final Label costWord;
    private final VBox costBox;

    TopBar(Texts texts, ZoneId zone, Actions actions, Theme theme, Node bell) {
        this.texts = texts;
        this.zone = zone;
        setId("top-bar");
        getStyleClass().add("top-bar");
        setAlignment(Pos.CENTER_LEFT);
        costWord = Nodes.label(texts.get("top.cost"), "cost-word");
        costBox = new VBox(cost, costWord);
        costBox.setAlignment(Pos.CENTER_RIGHT);
        costBox.setMinWidth(Region.USE_PREF_SIZE);
        progress = buildProgress();
        buildNames();
        Button launch = actions.button("launch");
        launch.getStyleClass().add(Styles.ACCENT);
        Button takeOver = actions.button("take-over");
        // Only of use while another process holds the run: it would only be in the way.
        actions.get("take-over").enabled().subscribe(can -> Nodes.shown(takeOver, can));
        HBox buttons =
                new HBox(
                        takeOver,
                        held(actions, "resume"),
                        held(actions, "pause"),
                        actions.button("stop"),
                        launch,
                        bell,
                        themeButton(actions, theme),
                        MainMenu.button(actions, texts));
        buttons.getStyleClass().add("top-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(workspace, chip, Nodes.spacer(), progress, costBox, buttons);
    }

    private void buildNames() {
        workspace.setGraphic(Nodes.icon(Feather.LAYERS, "workspace-icon"));
        workspace.setTooltip(workspacePath);
        workspace.setMinWidth(80);
        chip.setId("monitor-chip");
        chip.setGraphic(chipIcon);
        chip.setTooltip(chipDetail);
        chipDetail.setWrapText(true);
        chipDetail.setMaxWidth(420);
        cost.setId("total-cost");
    }

    private VBox buildProgress() {
        HBox words = new HBox(done, Nodes.spacer(), rest);
        words.setAlignment(Pos.BASELINE_LEFT);
        words.getStyleClass().add("progress-words");
        done.setId("progress-done");
        done.setMinWidth(Region.USE_PREF_SIZE);
        VBox box = new VBox(words, strip);
        box.getStyleClass().add("progress-box");
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /** One of two of which only one is possible at a time, and neither while nothing runs. */
    private static Button held(Actions actions, String id) {
        Button button = actions.button(id);
        actions.get(id).enabled().subscribe(can -> Nodes.shown(button, can));
        return button;
    }

    private Button themeButton(Actions actions, Theme theme) {
        Button button = actions.iconButton("theme");
        theme.darkProperty()
                .subscribe(
                        dark -> button.setGraphic(Nodes.icon(dark ? Feather.SUN : Feather.MOON)));
        return button;
    }

    /** Shows the newest snapshot as of now. */
    void show(Optional<RunSnapshot> snapshot, Instant now) {
        MonitorStatus status = MonitorStatus.of(snapshot, now, texts, zone);
        if (chipIcon.getIconCode() != status.icon()) {
            chipIcon.setIconCode(status.icon());
        }
        chip.setText(status.text());
        chipDetail.setText(status.detail());
        status.tone().apply(chip);
        Nodes.shown(progress, snapshot.filter(run -> run.totals().issues() > 0).isPresent());
        Nodes.shown(costBox, snapshot.isPresent());
        snapshot.ifPresent(this::showRun);
    }

    private void showRun(RunSnapshot run) {
        workspacePath.setText(run.workspace());
        Path place = Path.of(run.workspace());
        workspace.setText(nameOf(place));
        costWord.setText(
                texts.get(RehearsalMark.isCalledSo(place) ? "top.cost-made-up" : "top.cost"));
        cost.setText(Format.cost(run.costUsd()));
        Totals totals = run.totals();
        done.setText(texts.get("top.completed", totals.completed(), totals.issues()));
        rest.setText(restText(totals));
        strip.show(
                totals.completed(),
                totals.inProgress(),
                totals.failed(),
                totals.parked(),
                totals.issues());
        strip.setAccessibleText(done.getText() + ", " + rest.getText());
    }

    private String restText(Totals totals) {
        StringBuilder words = new StringBuilder();
        append(words, totals.inProgress(), "top.in-progress");
        append(words, totals.failed(), "top.failed");
        append(words, totals.parked(), "top.parked");
        return words.toString();
    }

    private void append(StringBuilder words, int count, String key) {
        if (count > 0) {
            words.append(words.isEmpty() ? "" : " · ").append(texts.get(key, count));
        }
    }

    /** The folder's name; of a rehearsal that of the workspace whose state it lies in. */
    private String nameOf(Path workspace) {
        Path state = workspace.getParent();
        if (RehearsalMark.isCalledSo(workspace) && state != null && state.getParent() != null) {
            return texts.get("top.rehearsal", nameOf(state.getParent()));
        }
        Path name = workspace.getFileName();
        return name == null ? workspace.toString() : name.toString();
    }
}
