package orchestrator.ui.launch;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import orchestrator.monitor.RunControl;
import orchestrator.monitor.RunControl.DryRun;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.launch.LaunchModel.Step;

/**
 * Shows what a launch would do, and launches. It may be put away while the launch is under way; if
 * that then fails, it comes back and says why.
 */
public final class LaunchDialog {
    private static final double WIDTH = 920;
    private static final double PLAN_HEIGHT = 380;
    private static final double REMARKS_HEIGHT = 220;
    private final Texts texts;
    private final Overlay overlay;
    private final LaunchModel model;
    private final Dialog dialog;
    private final VBox remarks = new VBox();
    private final ScrollPane remarksScroll = new ScrollPane(remarks);
    private final TextArea plan = new TextArea();
    private final Label progressText = Nodes.label("", "progress-text");
    private final HBox progress;
    private final VBox choices = new VBox();
    private final Button callOff;
    private final Button cancel;
    private final Button launch;

    /** A dialog for one launch; {@link #open()} shows it. */
    public LaunchDialog(RunControl control, Texts texts, Overlay overlay) {
        this.texts = texts;
        this.overlay = overlay;
        model = new LaunchModel(control, texts);
        dialog =
                new Dialog(
                        "launch-dialog",
                        texts.get("launch.title"),
                        texts.get("launch.sentence"),
                        WIDTH);
        ProgressIndicator spinner = new ProgressIndicator();
        spinner.setPrefSize(16, 16);
        spinner.setMinSize(16, 16);
        progress = new HBox(spinner, progressText);
        callOff = Dialog.button("launch-call-off", texts.get("launch.call-off"), model::callOff);
        cancel = Dialog.button("launch-cancel", texts.get("dialog.cancel"), this::close);
        launch = Dialog.button("launch-go", texts.get("launch.go"), this::go, "accent");
        build();
    }

    private void build() {
        plan.setId("launch-plan");
        plan.getStyleClass().addAll("code", "plan");
        plan.setEditable(false);
        plan.setPrefHeight(PLAN_HEIGHT);
        plan.setAccessibleText(texts.get("launch.plan"));
        VBox.setVgrow(plan, Priority.ALWAYS);
        remarks.getStyleClass().add("remarks");
        remarksScroll.getStyleClass().add("remarks-scroll");
        remarksScroll.setFitToWidth(true);
        remarksScroll.setMaxHeight(REMARKS_HEIGHT);
        remarksScroll.setMinHeight(Region.USE_PREF_SIZE);
        progress.setId("launch-progress");
        progress.getStyleClass().add("progress");
        progress.setAlignment(Pos.CENTER_LEFT);
        launch.setDefaultButton(true);
        dialog.body().getChildren().addAll(choices, remarksScroll, plan);
        dialog.footer(progress, Nodes.spacer(), callOff, cancel, launch);
    }

    /** Shows it and has the plan made. */
    public void open() {
        overlay.show(dialog, cancel);
        model.offerProperty()
                .subscribe(offer -> {
                    if (offer != null) {
                        choices.getChildren().setAll(new LaunchForm(texts, offer, model::choose));
                    }
                });
        model.stepProperty().subscribe(this::show);
        model.ask();
    }

    private void close() {
        overlay.hide(dialog);
    }

    private void go() {
        switch (model.stepProperty().get()) {
            case Step.Planned _ -> model.launch();
            case Step.NoPlan _, Step.Failed _ -> model.ask();
            case Step.Asking _, Step.Checking _, Step.Launching _, Step.Launched _ -> {}
        }
    }

    private void show(Step step) {
        boolean launching = step instanceof Step.Launching;
        Nodes.shown(callOff, launching);
        choices.setDisable(launching);
        switch (step) {
            case Step.Asking _, Step.Checking _ ->
                    showWorking(texts.get("launch.checking"), "dialog.cancel");
            case Step.NoPlan no ->
                    showEnd(fault(no.fault(), "launch.no-plan"), "launch.again", true);
            case Step.Planned planned -> showPlan(planned);
            case Step.Launching on -> showLaunching(on.done());
            case Step.Failed failed -> showFailed(failed);
            case Step.Launched _ -> close();
        }
    }

    private void showWorking(String text, String cancelText) {
        progressText.setText(text);
        progress.setVisible(true);
        cancel.setText(texts.get(cancelText));
        launch.setDisable(true);
    }

    private void showLaunching(List<String> done) {
        showWorking(texts.get("launch.launching"), "launch.hide");
        plan.setText(String.join("\n", done));
        plan.positionCaret(plan.getLength());
    }

    private void showPlan(Step.Planned planned) {
        DryRun dryRun = planned.plan();
        plan.setText(dryRun.text());
        showEnd(remarksOf(dryRun), "launch.go", planned.canLaunch());
        if (planned.canLaunch() && overlay.isShowing(dialog)) {
            launch.requestFocus();
        }
    }

    private void showFailed(Step.Failed failed) {
        showEnd(fault(failed.fault(), "launch.failed"), "launch.again", true);
        if (!overlay.isShowing(dialog)) {
            overlay.show(dialog, cancel);
        }
    }

    private void showEnd(List<Node> shown, String launchText, boolean canGo) {
        progress.setVisible(false);
        cancel.setText(texts.get("dialog.cancel"));
        launch.setText(texts.get(launchText));
        launch.setDisable(!canGo);
        remarks.getChildren().setAll(shown);
        Nodes.shown(remarksScroll, !shown.isEmpty());
    }

    private List<Node> fault(orchestrator.model.Fault fault, String title) {
        return List.of(Callout.fault(texts, texts.get(title), fault));
    }

    private List<Node> remarksOf(DryRun dryRun) {
        List<Node> nodes = new ArrayList<>();
        if (!dryRun.problems().isEmpty()) {
            String title = texts.get("launch.problems", dryRun.problems().size());
            nodes.add(named(Callout.problems(title, dryRun.problems()), "launch-problems"));
        }
        if (!dryRun.warnings().isEmpty()) {
            String title = texts.get("launch.warnings", dryRun.warnings().size());
            nodes.add(named(Callout.warnings(title, dryRun.warnings()), "launch-warnings"));
        }
        return nodes;
    }

    private static Node named(Node node, String id) {
        node.setId(id);
        return node;
    }
}
