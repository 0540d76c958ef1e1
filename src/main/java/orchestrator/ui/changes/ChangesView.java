package orchestrator.ui.changes;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.ui.changes.ChangesModel.Seen;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.Clipboards;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.kordamp.ikonli.feather.Feather;

/** What an issue produced: what there is at the left, the difference at the right. */
final class ChangesView extends VBox {
    private static final double LONGEST_BRANCH = 320;
    private final ChangesModel model;
    private final Texts texts;
    private final Label branch = Nodes.label("", "changes-branch");
    private final Label sum = Nodes.label("", "changes-sum");
    private final Label pushed = Nodes.label("", "changes-fact");
    private final Label place = Nodes.label("", "changes-fact");
    private final Button pullRequest;
    private final Button copyLink;
    private final Parts parts;
    private final Background background;
    private final ProgressIndicator busy = new ProgressIndicator();
    private final StackPane body = new StackPane();
    private final SplitPane split;
    private final DiffPane diff;
    private final Sidebar side;

    ChangesView(ChangesModel model, Parts parts) {
        this.model = model;
        this.parts = parts;
        texts = parts.texts();
        background = new Background(texts);
        setId("changes");
        getStyleClass().add("changes");
        diff = new DiffPane(model, parts);
        side = new Sidebar(model, parts);
        split = new SplitPane(side, diff);
        split.getStyleClass().add("changes-split");
        split.setDividerPositions(0.32);
        SplitPane.setResizableWithParent(side, false);
        pullRequest =
                tool("changes-open-link", Feather.EXTERNAL_LINK, texts.get("changes.open-link"));
        copyLink = tool("changes-copy-link", Feather.LINK, texts.get("changes.copy-link"));
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head(), body);
        model.seenProperty().subscribe(this::show);
    }

    /** What gets the focus when the tab is opened. */
    Node first() {
        return side.first();
    }

    private HBox head() {
        branch.setGraphic(Nodes.icon(Feather.GIT_BRANCH));
        branch.setMaxWidth(LONGEST_BRANCH);
        sum.setMinWidth(0);
        pushed.setId("changes-pushed");
        pushed.setMinWidth(USE_PREF_SIZE);
        place.setId("changes-place");
        Button refresh = tool("changes-refresh", Feather.REFRESH_CW, texts.get("changes.refresh"));
        refresh.setOnAction(_ -> model.refresh());
        busy.setPrefSize(14, 14);
        busy.setMaxSize(14, 14);
        busy.visibleProperty().bind(model.busyProperty());
        HBox head =
                new HBox(
                        branch,
                        sum,
                        pushed,
                        place,
                        pullRequest,
                        copyLink,
                        Nodes.spacer(),
                        busy,
                        refresh);
        head.setId("changes-head");
        head.getStyleClass().add("changes-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    static Button tool(String id, Feather icon, String title) {
        Button button = new Button("", Nodes.icon(icon));
        button.setId(id);
        button.getStyleClass()
                .addAll(
                        atlantafx.base.theme.Styles.BUTTON_ICON,
                        atlantafx.base.theme.Styles.FLAT,
                        atlantafx.base.theme.Styles.SMALL);
        button.setAccessibleText(title);
        button.setTooltip(new Tooltip(title));
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private void show(Seen seen) {
        if (!(seen instanceof Seen.Found)) {
            List.of(branch, sum, pushed, place, pullRequest, copyLink)
                    .forEach(node -> Nodes.shown(node, false));
        }
        switch (seen) {
            case Seen.Loading l -> body.getChildren().setAll(loading());
            case Seen.NotBegun n ->
                    body.getChildren()
                            .setAll(
                                    new EmptyState(
                                            Feather.GIT_BRANCH,
                                            texts.get("changes.not-begun"),
                                            texts.get("changes.not-begun-do")));
            case Seen.Gone gone ->
                    body.getChildren()
                            .setAll(
                                    new EmptyState(
                                            Feather.GIT_BRANCH,
                                            texts.get("changes.gone"),
                                            texts.get(
                                                    "changes.gone-do",
                                                    Format.line(gone.branch()))));
            case Seen.Failed failed -> body.getChildren().setAll(fault(texts, failed.fault()));
            case Seen.Found found -> show(found);
        }
    }

    private Node loading() {
        return new EmptyState(
                Feather.GIT_BRANCH, texts.get("changes.loading"), texts.get("changes.loading-do"));
    }

    private void showPullRequest(String address) {
        Nodes.shown(pullRequest, !address.isEmpty());
        Nodes.shown(copyLink, !address.isEmpty());
        pullRequest.setTooltip(
                new Tooltip(texts.get("changes.open-link") + "\n" + Format.line(address)));
        pullRequest.setOnAction(_ ->
                background.run(
                        "open the pull request",
                        () -> parts.control().terminals().page(address),
                        () -> {},
                        fault -> parts.notices().refused(fault.sentence())));
        copyLink.setOnAction(_ -> Clipboards.copy(address));
    }

    static Node fault(Texts texts, orchestrator.model.Fault fault) {
        VBox box = new VBox(Callout.fault(texts, texts.get("changes.failed"), fault));
        box.setStyle("-fx-padding: 16px;");
        return box;
    }

    private void show(Seen.Found found) {
        BranchWork work = found.work();
        branch.setText(Format.line(work.branch()));
        branch.setTooltip(new Tooltip(Format.line(work.branch())));
        sum.setText(sum(work));
        Nodes.shown(branch, true);
        Nodes.shown(sum, true);
        showPushed(work);
        showPlace(work);
        showPullRequest(found.pullRequest());
        if (work.isEmpty()) {
            body.getChildren()
                    .setAll(
                            new EmptyState(
                                    Feather.GIT_COMMIT,
                                    texts.get("changes.nothing"),
                                    texts.get("changes.nothing-do")));
        } else if (!body.getChildren().contains(split)) {
            body.getChildren().setAll(split);
        }
    }

    private String sum(BranchWork work) {
        int added = work.files().stream().mapToInt(FileChange::added).sum();
        int removed = work.files().stream().mapToInt(FileChange::removed).sum();
        return texts.get("changes.sum", work.commits().size(), work.files().size(), added, removed);
    }

    private void showPushed(BranchWork work) {
        Nodes.shown(pushed, !work.commits().isEmpty());
        if (!work.remote()) {
            fact(pushed, Feather.CLOUD_OFF, Tone.MUTED, texts.get("changes.no-remote"));
        } else if (work.unpushed() == 0) {
            fact(pushed, Feather.CHECK, Tone.SUCCESS, texts.get("changes.pushed"));
        } else {
            fact(
                    pushed,
                    Feather.UPLOAD,
                    Tone.WARNING,
                    texts.get("changes.unpushed", work.unpushed(), work.commits().size()));
        }
    }

    private void showPlace(BranchWork work) {
        Nodes.shown(place, !work.folder() || work.detached());
        fact(
                place,
                Feather.ALERT_TRIANGLE,
                Tone.WARNING,
                texts.get(work.folder() ? "changes.detached" : "changes.no-folder"));
        place.setTooltip(
                new Tooltip(
                        texts.get(
                                work.folder()
                                        ? "changes.detached-what"
                                        : "changes.no-folder-what")));
    }

    private static void fact(Label label, Feather icon, Tone tone, String text) {
        label.setGraphic(Nodes.icon(icon));
        label.setText(text);
        tone.apply(label);
    }
}
