package orchestrator.ui.board;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.util.Subscription;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.StageDots;
import orchestrator.ui.fx.StateBadge;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/**
 * A card of the board. Its nodes are made once; it shows one issue after another as its column is
 * scrolled, and follows the one it shows.
 */
final class CardView extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass CURSOR = PseudoClass.getPseudoClass("cursor");
    private static final PseudoClass MOVING = PseudoClass.getPseudoClass("moving");
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private static final int NAMED_DEPENDENCIES = 4;
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
    private final Label count = Nodes.label("", "card-count");
    private final Tooltip whole = new Tooltip();
    private Optional<CardModel> model = Optional.empty();
    private Subscription following = Subscription.EMPTY;
    private final Consumer<CardView> marker;
    private boolean named = true;

    /**
     * A card that shows nothing yet.
     *
     * @param marker told whenever it shows another issue: its marks are another's by then
     */
    CardView(Texts texts, Consumer<CardView> marker) {
        this.texts = texts;
        this.marker = marker;
        state = new StateBadge(texts);
        stages = new StageDots(texts);
        getStyleClass().add("board-card");
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        setMinHeight(USE_PREF_SIZE);
        id.setMinWidth(0);
        state.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(id, Nodes.spacer(), state);
        head.setAlignment(Pos.CENTER_LEFT);
        title.setWrapText(true);
        waits.setWrapText(true);
        waits.setMinWidth(0);
        reason.setWrapText(true);
        facts.getStyleClass().add("card-facts");
        facts.setAlignment(Pos.CENTER_LEFT);
        facts.getChildren().addAll(worker, retries, commits, Nodes.spacer(), cost);
        whole.setWrapText(true);
        whole.setMaxWidth(480);
        Tooltip.install(this, whole);
        count.setManaged(false);
        count.setVisible(false);
        getChildren().addAll(head, title, stages, waits, reason, facts, count);
    }

    /** Its picture while it is dragged; with their number where several are. */
    WritableImage picture(int cards) {
        SnapshotParameters see = new SnapshotParameters();
        see.setFill(Color.TRANSPARENT);
        count.setText(texts.get("card.dragged", cards));
        count.setVisible(cards > 1);
        count.applyCss();
        double wide = count.prefWidth(-1);
        count.resizeRelocate((getWidth() - wide) / 2, 6, wide, count.prefHeight(-1));
        WritableImage picture = snapshot(see, null);
        count.setVisible(false);
        return picture;
    }

    private static Label meta(Feather icon) {
        Label label = Nodes.label("", "card-meta");
        label.setGraphic(Nodes.icon(icon, "meta-icon"));
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    /** Shows another card, or none. */
    void show(Optional<CardModel> next) {
        if (!model.equals(next)) {
            following.unsubscribe();
            following = Subscription.EMPTY;
            model = next;
            next.ifPresent(card -> following = card.issueProperty().subscribe(this::show));
        }
        setNamed(named);
        marker.accept(this);
    }

    /** What it shows. */
    Optional<CardModel> model() {
        return model;
    }

    /** Whether it can be found by its issue's name: only what can be seen is to be. */
    void setNamed(boolean wanted) {
        named = wanted;
        setId(
                model.filter(_ -> named)
                        .map(card -> "card-" + card.id().project() + "-" + card.id().number())
                        .orElse(null));
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
        Nodes.shown(facts, facts.getChildren().stream().anyMatch(CardView::isFact));
        String dependencies = dependencies(issue);
        fact(waits, !dependencies.isEmpty(), dependencies);
        fact(reason, !issue.reason().isBlank(), Format.line(issue.reason()));
        IssueLook.of(issue).tone().apply(reason);
        pseudoClassStateChanged(ENDED, issue.status() == IssueStatus.COMPLETED);
        whole.setText(wholeText(issue));
        setAccessibleText(wholeText(issue));
    }

    private static boolean isFact(Node node) {
        return node instanceof Label label && label.isManaged();
    }

    private static void fact(Label label, boolean known, String text) {
        label.setText(text);
        Nodes.shown(label, known);
    }

    /** What it waits for; where it waits for nothing any more, what it came after. */
    private String dependencies(IssueView issue) {
        String project = issue.id().project();
        if (issue.status() == IssueStatus.PENDING && !issue.waitsFor().isEmpty()) {
            String names = names(issue.waitsFor(), project);
            return issue.blockedForever()
                    ? texts.get("card.blocked-by", names)
                    : texts.get("card.waits-for", names);
        }
        boolean worthIt = issue.status() != IssueStatus.COMPLETED && !issue.dependsOn().isEmpty();
        return worthIt ? texts.get("card.after", names(issue.dependsOn(), project)) : "";
    }

    private String names(List<IssueId> ids, String project) {
        String names =
                ids.stream()
                        .limit(NAMED_DEPENDENCIES)
                        .map(it -> it.project().equals(project) ? "#" + it.number() : it.toString())
                        .collect(Collectors.joining(", "));
        int more = ids.size() - NAMED_DEPENDENCIES;
        return more > 0 ? texts.get("card.and-more", names, more) : names;
    }

    private String wholeText(IssueView issue) {
        String text =
                issue.id()
                        + " · "
                        + texts.get(IssueLook.of(issue).word())
                        + "\n"
                        + Format.line(issue.title());
        String dependencies = dependencies(issue);
        String more = dependencies.isEmpty() ? text : text + "\n" + dependencies;
        return issue.reason().isBlank() ? more : more + "\n" + Format.line(issue.reason());
    }

    /** How it stands among what is chosen and moved. */
    void mark(boolean chosen, boolean cursor, boolean moving) {
        pseudoClassStateChanged(CHOSEN, chosen);
        pseudoClassStateChanged(CURSOR, cursor);
        pseudoClassStateChanged(MOVING, moving);
    }
}
