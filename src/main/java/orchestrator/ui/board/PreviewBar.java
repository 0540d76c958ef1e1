package orchestrator.ui.board;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.rules.Move;
import orchestrator.rules.Preview;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * What the move in the making would change: what starts next, what waits, the critical path, the
 * finish. Stands in the place of the board's bar while cards are moved, so that it covers no card
 * and nothing jumps under the mouse.
 */
final class PreviewBar extends VBox {
    private static final int MOST_NAMED = 5;
    private final Texts texts;
    private final ZoneId zone;
    private final FontIcon icon = Nodes.icon(Feather.MOVE, "preview-icon");
    private final Label title = Nodes.label("", "preview-title");
    private final Label hint = Nodes.label("", "preview-hint");
    private final Label note = Nodes.label("", "preview-note");
    private final Label next = value();
    private final Label waits = value();
    private final Label path = value();
    private final Label finish = value();
    private final HBox facts = new HBox();

    PreviewBar(Texts texts, ZoneId zone) {
        this.texts = texts;
        this.zone = zone;
        getStyleClass().add("preview-bar");
        setId("move-preview");
        setMouseTransparent(true);
        setMaxHeight(USE_PREF_SIZE);
        setAlignment(Pos.CENTER_LEFT);
        title.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(icon, title, note, Nodes.spacer(), hint);
        head.getStyleClass().add("preview-head");
        head.setAlignment(Pos.CENTER_LEFT);
        hint.setMinWidth(USE_PREF_SIZE);
        finish.setMinWidth(USE_PREF_SIZE); // short, and the most wanted of them
        facts.getStyleClass().add("preview-facts");
        facts.getChildren()
                .addAll(
                        fact("preview.next", next),
                        fact("preview.waits", waits),
                        fact("preview.path", path),
                        fact("preview.finish", finish));
        getChildren().addAll(head, facts);
        setVisible(false);
    }

    private static Label value() {
        return Nodes.label("", "preview-value");
    }

    private Node fact(String name, Label value) {
        Label label = Nodes.label(texts.get(name), "preview-name");
        label.setMinWidth(USE_PREF_SIZE);
        HBox fact = new HBox(label, value);
        fact.getStyleClass().add("preview-fact");
        fact.setAlignment(Pos.BASELINE_LEFT);
        return fact;
    }

    /**
     * Shows what is known of a move.
     *
     * @param byKeys whether it is made by keys
     */
    void show(Moving.State state, Optional<Fault> fault, boolean byKeys) {
        setVisible(state.isOn());
        if (!state.isOn()) {
            return;
        }
        hint.setText(texts.get(byKeys ? "preview.keys" : "preview.mouse"));
        String what = names(state.issues());
        title.setText(
                state.wish()
                        .map(wish ->
                                texts.get(
                                        Moving.isBetween(wish) ? "preview.behind" : "preview.to",
                                        what,
                                        Integer.toString(wish.wave())))
                        .orElseGet(() -> texts.get("preview.moving", what)));
        String refused = state.refusal().map(why -> Refusals.text(texts, why)).orElse("");
        String broken = fault.map(Fault::sentence).orElse("");
        boolean bad = !refused.isEmpty() || !broken.isEmpty();
        (bad ? Tone.DANGER : Tone.ACCENT).apply(this);
        icon.setIconCode(bad ? Feather.SLASH : Feather.MOVE);
        Optional<Preview> preview = state.preview().filter(it -> isAbout(it, state.wish()));
        note.setText(
                bad
                        ? Format.line(refused.isEmpty() ? broken : refused)
                        : preview.map(this::remark).orElse(""));
        // What is over no place changes nothing: what is known then is how it stands now.
        preview.ifPresent(this::showFacts);
        setAccessibleText(title.getText() + " " + note.getText());
    }

    private static boolean isAbout(Preview preview, Optional<Move> wish) {
        return wish.isEmpty() || preview.move().equals(wish.get());
    }

    private void showFacts(Preview preview) {
        next.setText(nextOf(preview));
        waits.setText(
                preview.waiting().isEmpty()
                        ? texts.get("preview.nothing")
                        : listed(
                                preview.waiting().stream()
                                        .map(it ->
                                                texts.get(
                                                        "preview.waits-for",
                                                        it.issue(),
                                                        names(it.on())))
                                        .toList(),
                                2));
        List<IssueId> after = preview.after().criticalPath();
        boolean same = after.equals(preview.before().criticalPath());
        path.setText(
                after.isEmpty()
                        ? texts.get("preview.nothing")
                        : texts.get(same ? "preview.path-same" : "preview.path-new", chain(after)));
        finish.setText(finishOf(preview));
    }

    private String nextOf(Preview preview) {
        List<IssueId> now = preview.after().startsNow();
        if (!now.isEmpty()) {
            return texts.get("preview.now", names(now));
        }
        List<IssueId> later = preview.after().forecast().starts();
        return later.isEmpty()
                ? texts.get("preview.nothing")
                : texts.get(
                        "preview.once-free", names(later.subList(0, Math.min(3, later.size()))));
    }

    private String finishOf(Preview preview) {
        Optional<Instant> after = preview.after().forecast().finish();
        Optional<Instant> before = preview.before().forecast().finish();
        if (after.isEmpty()) {
            return texts.get("preview.unmeasured");
        }
        String then = Format.clock(after.get(), zone);
        String was = before.map(at -> Format.clock(at, zone)).orElse(then);
        return then.equals(was)
                ? texts.get("preview.finish-same", then)
                : texts.get("preview.finish-new", then, was);
    }

    private String others(Preview preview) {
        if (preview.alsoMoved() == 0) {
            return "";
        }
        return Moving.isBetween(preview.move())
                ? texts.get("preview.renumbered", preview.alsoMoved())
                : texts.get("preview.others", preview.alsoMoved());
    }

    private String remark(Preview preview) {
        String renumbered = Moving.isBetween(preview.move()) ? others(preview) : "";
        if (!renumbered.isEmpty()) {
            return renumbered;
        }
        if (!preview.running().isEmpty()) {
            return texts.get("preview.running", names(preview.running()));
        }
        if (!preview.ended().isEmpty()) {
            return texts.get("preview.ended", names(preview.ended()));
        }
        return others(preview);
    }

    private String chain(List<IssueId> ids) {
        if (ids.size() <= MOST_NAMED) {
            return ids.stream().map(IssueId::toString).collect(Collectors.joining(" → "));
        }
        return texts.get(
                "preview.chain", ids.getFirst(), ids.get(1), ids.size() - 3, ids.getLast());
    }

    /** Names of issues, a few of them in full. */
    private String names(List<IssueId> ids) {
        return listed(ids.stream().map(IssueId::toString).toList(), MOST_NAMED);
    }

    private String listed(List<String> words, int most) {
        String named = words.stream().limit(most).collect(Collectors.joining(", "));
        return words.size() > most ? texts.get("card.and-more", named, words.size() - most) : named;
    }
}
