package orchestrator.ui.board;

import java.util.List;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.StageDots;
import orchestrator.ui.fx.StateBadge;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** A card of the board. Its nodes are made once; a change of the issue changes their texts. */
final class CardView extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private static final int NAMED_DEPENDENCIES = 4;
    private final CardModel model;
    private final Texts texts;
    private final Label id = Nodes.label("", "issue-id");
    private final StateBadge state;
    private final Label title = Nodes.label("", "card-title");
    private final StageDots stages;
    private final Label worker = meta(Feather.CPU);
    private final Label retries = meta(Feather.ROTATE_CW);
    private final Label commits = meta(Feather.GIT_COMMIT);
    private final Label cost = Nodes.label("", "card-meta", "card-cost");
    private final HBox facts = new HBox();
    private final Label waits = meta(Feather.CORNER_DOWN_RIGHT);
    private final Label reason = Nodes.label("", "card-reason");
    private final Tooltip whole = new Tooltip();

    CardView(CardModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        state = new StateBadge(texts);
        stages = new StageDots(texts);
        getStyleClass().add("board-card");
        setId("card-" + model.id().project() + "-" + model.id().number());
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        setMinHeight(USE_PREF_SIZE);
        id.setMinWidth(0);
        state.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(id, Nodes.spacer(), state);
        head.setAlignment(Pos.CENTER_LEFT);
        title.setWrapText(true);
        waits.setWrapText(true);
        reason.setWrapText(true);
        facts.getStyleClass().add("card-facts");
        facts.setAlignment(Pos.CENTER_LEFT);
        facts.getChildren().addAll(worker, retries, commits, Nodes.spacer(), cost);
        whole.setWrapText(true);
        whole.setMaxWidth(480);
        Tooltip.install(this, whole);
        getChildren().addAll(head, title, stages, waits, reason, facts);
        model.issueProperty().subscribe(this::show);
    }

    private static Label meta(Feather icon) {
        Label label = Nodes.label("", "card-meta");
        label.setGraphic(Nodes.icon(icon, "meta-icon"));
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private void show(IssueView issue) {
        id.setText(issue.id().toString());
        state.show(IssueLook.of(issue));
        title.setText(Format.line(issue.title()));
        stages.show(issue.stages(), issue.stageIndex());
        stages.setResting(issue.status() != IssueStatus.IN_PROGRESS);
        Nodes.shown(stages, issue.status() != IssueStatus.COMPLETED && !issue.stages().isEmpty());
        fact(
                worker,
                issue.worker().isPresent(),
                issue.worker().map(number -> texts.get("card.worker", number)).orElse(""));
        fact(retries, issue.retries() > 0, texts.get("card.retries", issue.retries()));
        fact(commits, issue.commits() > 0, texts.get("card.commits", issue.commits()));
        fact(cost, issue.usage().costUsd() > 0, Format.cost(issue.usage().costUsd()));
        Nodes.shown(facts, facts.getChildren().stream().anyMatch(this::isFact));
        fact(waits, isHeldBack(issue), waitsText(issue));
        fact(reason, !issue.reason().isBlank(), Format.line(issue.reason()));
        IssueLook.of(issue).tone().apply(reason);
        pseudoClassStateChanged(ENDED, issue.status() == IssueStatus.COMPLETED);
        whole.setText(wholeText(issue));
        setAccessibleText(wholeText(issue));
    }

    private boolean isFact(javafx.scene.Node node) {
        return node instanceof Label label && label.isManaged();
    }

    private static void fact(Label label, boolean known, String text) {
        label.setText(text);
        Nodes.shown(label, known);
    }

    private static boolean isHeldBack(IssueView issue) {
        return issue.status() == IssueStatus.PENDING && !issue.waitsFor().isEmpty();
    }

    private String waitsText(IssueView issue) {
        String names = names(issue.waitsFor(), issue.id().project());
        return issue.blockedForever()
                ? texts.get("card.blocked-by", names)
                : texts.get("card.waits-for", names);
    }

    private String names(List<IssueId> ids, String project) {
        String named =
                ids.stream()
                        .limit(NAMED_DEPENDENCIES)
                        .map(i -> i.project().equals(project) ? "#" + i.number() : i.toString())
                        .collect(Collectors.joining(", "));
        int more = ids.size() - NAMED_DEPENDENCIES;
        return more > 0 ? texts.get("card.and-more", named, more) : named;
    }

    private String wholeText(IssueView issue) {
        String text =
                issue.id()
                        + " · "
                        + texts.get(IssueLook.of(issue).word())
                        + "\n"
                        + Format.line(issue.title());
        return issue.reason().isBlank() ? text : text + "\n" + Format.line(issue.reason());
    }

    CardModel model() {
        return model;
    }

    void setChosen(boolean chosen) {
        pseudoClassStateChanged(CHOSEN, chosen);
    }
}
