package orchestrator.ui.plan;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.ui.board.IssueLook;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.StateBadge;
import orchestrator.ui.fx.Texts;

/** An issue in the graph: its name, state and title, on a card of one size. */
final class NodeCard extends VBox {
    private static final PseudoClass CRITICAL = PseudoClass.getPseudoClass("critical");
    private static final PseudoClass CURSOR = PseudoClass.getPseudoClass("cursor");
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private final Texts texts;
    private final Label id = Nodes.label("", "issue-id");
    private final StateBadge state;
    private final Label title = Nodes.label("", "node-title");
    private final Tooltip whole = new Tooltip();
    private Subscription following = Subscription.EMPTY;
    private boolean critical;

    NodeCard(Texts texts) {
        this.texts = texts;
        state = new StateBadge(texts);
        getStyleClass().add("plan-node");
        setAccessibleRole(AccessibleRole.BUTTON);
        setMinSize(GraphLayout.NODE_WIDTH, GraphLayout.NODE_HEIGHT);
        setPrefSize(GraphLayout.NODE_WIDTH, GraphLayout.NODE_HEIGHT);
        setMaxSize(GraphLayout.NODE_WIDTH, GraphLayout.NODE_HEIGHT);
        id.setMinWidth(0);
        state.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(id, Nodes.spacer(), state);
        head.setAlignment(Pos.CENTER_LEFT);
        whole.setWrapText(true);
        whole.setMaxWidth(420);
        Tooltip.install(this, whole);
        getChildren().addAll(head, title);
    }

    /** Follows that issue from now on. */
    void follow(javafx.beans.property.ReadOnlyObjectProperty<IssueView> issue) {
        following.unsubscribe();
        following = issue.subscribe(this::show);
    }

    /** Follows none any more. */
    void release() {
        following.unsubscribe();
        following = Subscription.EMPTY;
    }

    private void show(IssueView issue) {
        setId("plan-" + issue.id().project() + "-" + issue.id().number());
        id.setText(issue.id().toString());
        state.show(IssueLook.of(issue));
        String line = Format.line(issue.title());
        title.setText(line);
        pseudoClassStateChanged(ENDED, issue.status() == IssueStatus.COMPLETED);
        whole.setText(issue.id() + " · " + texts.get(IssueLook.of(issue).word()) + "\n" + line);
        tell();
    }

    /** Whether it is on the critical path, and whether keys are at it. */
    void mark(boolean isCritical, boolean cursor) {
        critical = isCritical;
        pseudoClassStateChanged(CRITICAL, isCritical);
        pseudoClassStateChanged(CURSOR, cursor);
        tell();
    }

    private void tell() {
        setAccessibleText(
                critical ? texts.get("plan.on-critical", whole.getText()) : whole.getText());
    }
}
