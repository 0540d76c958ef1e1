package orchestrator.ui.board;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.monitor.Planning;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Notices;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/**
 * The edits made from this window, one at a time, newest first, and the way back and forth. What
 * somebody else has edited since is not taken back: the monitor says so, and that edit is forgotten
 * here. FX thread only.
 */
final class Edits {
    private static final int REMEMBERED = 100;

    /** What cannot be taken back, and never can be. */
    private static final Set<String> FORGOTTEN = Set.of("edit-overtaken", "issue-begun");

    private final Planning planning;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final Actions actions;
    private final Action undo;
    private final Action redo;
    private final Runnable beforeBack;
    private final Deque<Edit> done = new ArrayDeque<>();
    private final Deque<Edit> undone = new ArrayDeque<>();

    /** An edit and how it is spoken of. */
    private record Edit(Planning.Change change, String what) {}

    /**
     * Registers undo and redo.
     *
     * @param beforeBack told that an edit is about to be taken back, or made again
     */
    Edits(Parts parts, Background background, Runnable beforeBack) {
        this.beforeBack = beforeBack;
        planning = parts.control().planning();
        notices = parts.notices();
        texts = parts.texts();
        actions = parts.actions();
        this.background = background;
        undo = register("undo", Feather.CORNER_UP_LEFT, "Shortcut+Z", this::undo);
        redo = register("redo", Feather.CORNER_UP_RIGHT, "Shortcut+Shift+Z", this::redo);
        background.busyProperty().subscribe((_, _) -> enable());
        enable();
    }

    private Action register(String id, Feather icon, String keys, Runnable handler) {
        String key = "action." + id;
        return actions.add(
                Action.of(id, texts.get(key), texts.get(key + "-hint"), icon, keys, handler));
    }

    /**
     * Makes an edit that somebody waits for.
     *
     * @param what it in a few words, such as {@code proof#34 to wave 2}
     */
    void make(
            String what, Callable<Planning.Change> edit, Runnable onDone, Consumer<Fault> onFault) {
        background.run(
                "edit",
                edit,
                change -> {
                    made(what, change);
                    onDone.run();
                },
                onFault);
    }

    private void made(String what, Planning.Change change) {
        if (change.isEmpty()) {
            notices.done(texts.get("edit.nothing", what));
            return;
        }
        push(done, new Edit(change, what));
        undone.clear();
        enable();
        notices.done(texts.get("edit.done", what, keys(undo)));
    }

    private static String keys(Action action) {
        return action.keys().map(keys -> keys.getDisplayText()).orElse(action.title());
    }

    private static void push(Deque<Edit> edits, Edit edit) {
        edits.push(edit);
        if (edits.size() > REMEMBERED) {
            edits.removeLast();
        }
    }

    private void undo() {
        revert(done, undone, "edit.undone", redo);
    }

    private void redo() {
        revert(undone, done, "edit.redone", undo);
    }

    private void revert(Deque<Edit> from, Deque<Edit> to, String told, Action back) {
        Edit edit = from.poll();
        if (edit == null) {
            return;
        }
        enable();
        beforeBack.run();
        background.run(
                "revert",
                () -> planning.revert(edit.change()),
                change -> {
                    push(to, new Edit(change, edit.what()));
                    enable();
                    notices.done(texts.get(told, edit.what(), keys(back)));
                },
                fault -> {
                    if (!FORGOTTEN.contains(fault.code())) {
                        push(from, edit); // what stands in the way may be mended
                    }
                    refused(fault);
                });
    }

    /** Says why an edit was not made. */
    void refused(Fault fault) {
        enable();
        notices.refused(fault.sentence());
    }

    /** One at a time: the order of two edits is the order they were asked for. */
    private void enable() {
        boolean idle = !background.busyProperty().get();
        undo.enabled().set(idle && !done.isEmpty());
        redo.enabled().set(idle && !undone.isEmpty());
    }
}
