package orchestrator.ui.changes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Tabs;
import org.kordamp.ikonli.feather.Feather;

/** What issues produced, a tab each, and the action that opens one. FX thread only. */
public final class ChangesTabs {
    private final Parts parts;
    private final Map<IssueId, ChangesModel> open = new HashMap<>();

    /**
     * Registers its action.
     *
     * @param chosen the issue that the action is about
     */
    public ChangesTabs(Parts parts, ObservableValue<Optional<IssueView>> chosen) {
        this.parts = parts;
        register(
                "changes",
                Feather.GIT_PULL_REQUEST,
                "Shortcut+D",
                () -> chosen.getValue().map(IssueView::id).ifPresent(this::show));
        Action action = parts.actions().get("changes");
        chosen.subscribe(issue -> action.enabled().set(issue.isPresent()));
    }

    private void register(String id, Feather icon, String keys, Runnable handler) {
        String key = "action." + id;
        parts.actions()
                .add(
                        Action.of(
                                id,
                                parts.texts().get(key),
                                parts.texts().get(key + "-hint"),
                                icon,
                                keys,
                                handler));
    }

    /** Opens what an issue produced, or goes there. */
    public void show(IssueId issue) {
        String id = "changes-" + issue.project() + "-" + issue.number();
        parts.tabs().open(id, () -> make(issue));
    }

    private Tabs.Part make(IssueId issue) {
        ChangesModel model =
                new ChangesModel(
                        issue,
                        parts.control().changes(),
                        new Background(parts.texts()),
                        new Background(parts.texts()));
        ChangesView view = new ChangesView(model, parts);
        open.put(issue, model);
        parts.control().latest().ifPresent(this::update);
        model.refresh();
        return new Tabs.Part(
                parts.texts().get("changes.title", issue),
                Feather.GIT_PULL_REQUEST,
                view,
                view.first(),
                () -> {
                    model.cancel();
                    open.remove(issue);
                });
    }

    /** What is seen of the run now: branches that have moved are looked at anew. */
    public void update(RunSnapshot run) {
        if (open.isEmpty()) {
            return;
        }
        for (IssueView issue : run.issues()) {
            ChangesModel model = open.get(issue.id());
            if (model != null) {
                model.update(issue);
            }
        }
    }
}
