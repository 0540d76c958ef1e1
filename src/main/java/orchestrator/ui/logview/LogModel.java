package orchestrator.ui.logview;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.log.LogTail;
import orchestrator.model.Fault;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;

/** The newest lines of one log, read in the background while the timer asks for it. FX thread. */
public final class LogModel {
    static final int MOST_LINES = 5_000;
    private static final int FIRST_LINES = 2_000;

    /** What there is to show. */
    public enum Content {
        /** No worker is chosen. */
        NO_WORKER,
        /** The chosen worker has no log. */
        NO_LOG,
        /** The log has said nothing yet. */
        SILENT,
        /** The log could not be read. */
        UNREADABLE,
        /** Its lines. */
        LINES
    }

    private final Background background;
    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Content> content =
            new ReadOnlyObjectWrapper<>(Content.NO_WORKER);
    private String path = "";
    private @Nullable LogTail tail;
    private boolean reading;
    private int generation;

    /** A model without a log. */
    public LogModel(Texts texts) {
        background = new Background(texts);
    }

    /** Shows the log of a worker that is chosen: the file's path, or empty. */
    public void show(String transcript) {
        if (transcript.equals(path) && content.get() != Content.NO_WORKER) {
            return;
        }
        path = transcript;
        tail = transcript.isEmpty() ? null : new LogTail(Path.of(transcript), FIRST_LINES);
        reading = false;
        generation++;
        lines.clear();
        content.set(transcript.isEmpty() ? Content.NO_LOG : Content.SILENT);
    }

    /** Shows that no worker is chosen. */
    public void showNone() {
        path = "";
        tail = null;
        reading = false;
        generation++;
        lines.clear();
        content.set(Content.NO_WORKER);
    }

    /** Reads what was appended, unless a read is still under way. */
    public void tick() {
        LogTail from = tail;
        if (from == null || reading) {
            return;
        }
        reading = true;
        int shown = generation;
        background.run(
                "log-read", from::poll, found -> take(shown, found), fault -> failed(shown, fault));
    }

    private void take(int shownThen, LogTail.Update found) {
        if (shownThen != generation) {
            return;
        }
        reading = false;
        if (found.restart()) {
            lines.clear();
            content.set(Content.SILENT);
        }
        if (!found.lines().isEmpty()) {
            append(found.lines());
        }
        if (found.more()) {
            tick();
        }
    }

    private void append(List<String> more) {
        int first = Math.max(0, more.size() - MOST_LINES);
        int excess = lines.size() + (more.size() - first) - MOST_LINES;
        if (excess > 0) {
            lines.remove(0, excess);
        }
        lines.addAll(more.subList(first, more.size()));
        content.set(Content.LINES);
    }

    /**
     * An unreadable log is not read again until another is chosen: it would fail ten times a
     * second.
     */
    private void failed(int shownThen, Fault fault) {
        if (shownThen == generation) {
            tail = null;
            lines.setAll(fault.sentence());
            content.set(Content.UNREADABLE);
        }
    }

    /** The newest lines, at most {@value #MOST_LINES}. */
    public ObservableList<String> lines() {
        return lines;
    }

    /** What there is to show. */
    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }
}
