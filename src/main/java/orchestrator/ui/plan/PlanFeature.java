package orchestrator.ui.plan;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import orchestrator.model.RunSnapshot;
import orchestrator.ui.board.FinishLabel;
import orchestrator.ui.board.OutlookModel;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The plan as a feature of the window. */
public final class PlanFeature {
    private final PlanModel model;
    private final PlanView view;

    /** Its critical path and its finish are those of the outlook. */
    public PlanFeature(Parts parts, OutlookModel outlook) {
        Texts texts = parts.texts();
        model = new PlanModel(new Background(texts));
        FinishLabel finish = new FinishLabel(texts, parts.zone());
        view = new PlanView(model, texts, finish, parts.navigator()::showIssue);
        view.buttons(
                button(
                        "plan-zoom-out",
                        Feather.ZOOM_OUT,
                        texts.get("plan.zoom-out"),
                        view::zoomOut),
                button("plan-zoom-in", Feather.ZOOM_IN, texts.get("plan.zoom-in"), view::zoomIn),
                button("plan-fit", Feather.MAXIMIZE, texts.get("plan.fit"), view::fit));
        outlook.outlookProperty()
                .subscribe(now -> {
                    model.show(now);
                    finish.show(now, parts.clock().instant());
                });
    }

    private static Button button(String id, Feather icon, String hint, Runnable handler) {
        Button button = new Button("", Nodes.icon(icon));
        button.setId(id);
        button.getStyleClass().addAll("button-icon", "flat");
        button.setAccessibleText(hint);
        button.setTooltip(new Tooltip(hint));
        button.setOnAction(_ -> handler.run());
        return button;
    }

    /** Its view. */
    public Node view() {
        return view;
    }

    /** Takes a snapshot. */
    public void update(RunSnapshot snapshot) {
        model.update(snapshot);
    }
}
