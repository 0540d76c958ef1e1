package orchestrator.ui.workers;

import java.time.ZoneId;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.StageDots;
import orchestrator.ui.fx.StateBadge;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import orchestrator.ui.workers.ActivityLine.Pulse;
import orchestrator.ui.workers.WorkerRow.Saying;
import orchestrator.ui.workers.WorkerRow.Stages;
import orchestrator.ui.workers.WorkerRow.Work;
import org.jspecify.annotations.Nullable;

/** The cells of the table. Each builds its nodes once and then only changes them. */
final class Cells {
    private Cells() {}

    /** A value as text, to the left or (numbers) to the right. */
    static final class OfText<T> extends TableCell<WorkerRow, T> {
        private final Function<T, String> format;

        OfText(Function<T, String> format, String styleClass) {
            this.format = format;
            getStyleClass().add(styleClass);
        }

        @Override
        protected void updateItem(@Nullable T item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? "" : format.apply(item));
        }
    }

    /** A value as a node. */
    static final class OfNode<T, N extends Node> extends TableCell<WorkerRow, T> {
        private final N node;
        private final BiConsumer<N, T> show;

        OfNode(Supplier<N> make, BiConsumer<N, T> show) {
            this.node = Objects.requireNonNull(make.get());
            this.show = show;
        }

        @Override
        protected void updateItem(@Nullable T item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
            } else {
                show.accept(node, item);
                setGraphic(node);
            }
        }
    }

    static TableCell<WorkerRow, WorkerRow.State> status(Texts texts) {
        return new OfNode<>(
                () -> new StateBadge(texts), (badge, status) -> badge.show(WorkerLook.of(status)));
    }

    static TableCell<WorkerRow, Stages> stages(Texts texts) {
        return new OfNode<>(
                () -> new StageDots(texts), (dots, at) -> dots.show(at.names(), at.index()));
    }

    static TableCell<WorkerRow, Pulse> activity(Texts texts, ZoneId zone) {
        return new OfNode<>(() -> new ActivityLine(texts, zone), ActivityLine::show);
    }

    static TableCell<WorkerRow, Work> work() {
        return new OfNode<>(WorkNode::new, WorkNode::show);
    }

    static TableCell<WorkerRow, Saying> saying() {
        return new OfNode<>(SayingNode::new, SayingNode::show);
    }

    /** The name above its title. */
    private static final class WorkNode extends VBox {
        private final Label id = Nodes.label("", "issue-id");
        private final Label title = Nodes.label("", "issue-title");
        private final Tooltip whole = new Tooltip();

        WorkNode() {
            getStyleClass().add("work");
            setAlignment(Pos.CENTER_LEFT);
            title.setTooltip(whole);
            whole.setWrapText(true);
            whole.setMaxWidth(480);
            getChildren().addAll(id, title);
        }

        void show(Work work) {
            id.setText(work.id());
            title.setText(work.title());
            whole.setText(work.title());
            setVisible(!work.id().isEmpty());
        }
    }

    /** What was said last; a note of ours is set apart from the agent's words. */
    private static final class SayingNode extends HBox {
        private final Label text = Nodes.label("");

        SayingNode() {
            setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(text, Priority.ALWAYS);
            text.setMinWidth(0);
            getChildren().add(text);
        }

        void show(Saying saying) {
            text.setText(saying.text());
            text.getStyleClass().setAll("label", saying.note() ? "saying-note" : "saying");
            (saying.note() ? Tone.MUTED : Tone.NEUTRAL).apply(text);
        }
    }
}
