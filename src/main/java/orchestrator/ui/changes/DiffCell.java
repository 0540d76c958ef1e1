package orchestrator.ui.changes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.control.ListCell;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import orchestrator.ui.changes.Diff.Kind;
import orchestrator.ui.changes.Diff.Line;
import orchestrator.ui.changes.Diff.Row;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;

/** A row of a difference: numbers, a sign, and the line with the changed words marked. */
final class DiffCell extends ListCell<Row> {
    private static final double NUMBER = 48;
    private static final double SIGN = 20;
    private static final double GAP = 8;
    private final DiffView view;
    private final Texts texts;
    private final Half left = new Half();
    private final Half right = new Half();
    private final Region row =
            new Region() {
                {
                    getStyleClass().add("diff-row");
                    getChildren().addAll(left, right);
                }

                @Override
                protected void layoutChildren() {
                    double half = right.isVisible() ? Math.floor(getWidth() / 2) : getWidth();
                    left.resizeRelocate(0, 0, half, getHeight());
                    right.resizeRelocate(half, 0, getWidth() - half, getHeight());
                }
            };

    DiffCell(DiffView view, Texts texts) {
        this.view = view;
        this.texts = texts;
        row.setMinWidth(0);
        row.setPrefSize(0, DiffView.ROW);
        row.prefWidthProperty().bind(widthProperty());
        setGraphic(row);
        setText(null);
        left.code.translate(view);
        right.code.translate(view);
    }

    /** How much of a half's width is not for the line itself. */
    static double gutter(boolean sideBySide) {
        return (sideBySide ? 1 : 2) * NUMBER + SIGN;
    }

    /** What a patch has before a line. */
    static String plainSign(Kind kind) {
        return switch (kind) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case CONTEXT -> " ";
            case FILE, NOTE, HUNK -> "";
        };
    }

    /** No wider than the list: what is wider is moved, not scrolled by the list. */
    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    @Override
    protected void updateItem(@Nullable Row item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            row.setVisible(false);
            setAccessibleText("");
            return;
        }
        row.setVisible(true);
        Line line = view.line(item.left());
        boolean both = view.sideBySideProperty().get() && (line == null || line.kind().isCode());
        right.setVisible(both);
        left.show(line, view.mateOf(item.left()), both ? Numbers.BEFORE : Numbers.BOTH);
        if (both) {
            right.show(view.line(item.right()), view.mateOf(item.right()), Numbers.AFTER);
        }
        setAccessibleText(said(line) + (both ? " " + said(view.line(item.right())) : ""));
        row.requestLayout();
    }

    private String said(@Nullable Line line) {
        if (line == null) {
            return "";
        }
        return switch (line.kind()) {
            case ADDED -> texts.get("changes.said-added", line.after(), Shown.of(line.text()));
            case REMOVED -> texts.get("changes.said-removed", line.before(), Shown.of(line.text()));
            case CONTEXT, FILE, HUNK, NOTE -> Shown.of(line.text());
        };
    }

    /** Which numbers stand before a line. */
    private enum Numbers {
        BEFORE,
        AFTER,
        BOTH
    }

    /** A line with what stands before it. */
    private static final class Half extends Region {
        private static final Map<Kind, PseudoClass> KINDS =
                Stream.of(Kind.values())
                        .collect(
                                Collectors.toMap(
                                        kind -> kind,
                                        kind ->
                                                PseudoClass.getPseudoClass(
                                                        kind.name().toLowerCase(Locale.ROOT))));
        private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");
        private final Text before = text("diff-number");
        private final Text after = text("diff-number");
        private final Text sign = text("diff-sign");
        final Code code = new Code();
        private Numbers numbers = Numbers.BOTH;
        private boolean isCode;

        Half() {
            getStyleClass().add("diff-half");
            getChildren().addAll(before, after, sign, code);
        }

        private static Text text(String style) {
            Text text = new Text();
            text.getStyleClass().add(style);
            text.setTextOrigin(VPos.CENTER);
            return text;
        }

        void show(@Nullable Line line, @Nullable Line mate, Numbers shown) {
            numbers = shown;
            isCode = line != null && line.kind().isCode();
            KINDS.forEach((kind, state) ->
                    pseudoClassStateChanged(state, line != null && line.kind() == kind));
            pseudoClassStateChanged(ABSENT, line == null);
            before.setText(line == null ? "" : number(line.before(), Numbers.AFTER));
            after.setText(line == null ? "" : number(line.after(), Numbers.BEFORE));
            sign.setText(line == null ? "" : sign(line.kind()));
            code.show(line, mate);
            requestLayout();
        }

        private String number(int number, Numbers unless) {
            return number == 0 || numbers == unless || !isCode ? "" : Integer.toString(number);
        }

        /** A true minus: as wide and as high as the plus. */
        private static String sign(Kind kind) {
            return switch (kind) {
                case ADDED -> "+";
                case REMOVED -> "−";
                case CONTEXT, FILE, NOTE, HUNK -> "";
            };
        }

        @Override
        protected void layoutChildren() {
            double middle = getHeight() / 2;
            double edge = 0;
            if (numbers != Numbers.AFTER) {
                edge += NUMBER;
                place(before, edge, middle);
            }
            if (numbers != Numbers.BEFORE) {
                edge += NUMBER;
                place(after, edge, middle);
            }
            sign.setX(snapPositionX(edge + SIGN / 2 - sign.getLayoutBounds().getWidth() / 2));
            sign.setY(middle);
            double from = isCode ? edge + SIGN : 2 * GAP;
            code.resizeRelocate(from, 0, Math.max(0, getWidth() - from), getHeight());
        }

        private void place(Text number, double edge, double middle) {
            number.setX(snapPositionX(edge - GAP - number.getLayoutBounds().getWidth()));
            number.setY(middle);
        }
    }

    /** The line itself, moved sideways, and marks behind the words that changed. */
    private static final class Code extends Pane {
        private final Path marks = new Path();
        private final Text text = new Text();
        private List<Shown.Range> changed = List.of();

        Code() {
            getStyleClass().add("diff-code");
            marks.getStyleClass().add("diff-marks");
            text.getStyleClass().add("diff-text");
            text.setTextOrigin(VPos.CENTER);
            Rectangle clip = new Rectangle();
            clip.widthProperty().bind(widthProperty());
            clip.heightProperty().bind(heightProperty());
            setClip(clip);
            marks.setManaged(false);
            text.setManaged(false);
            text.setY(DiffView.ROW / 2);
            getChildren().addAll(marks, text);
        }

        void translate(DiffView view) {
            text.translateXProperty().bind(view.sideways().valueProperty().negate());
            marks.translateXProperty().bind(text.translateXProperty());
        }

        void show(@Nullable Line line, @Nullable Line mate) {
            String shown = line == null ? "" : Shown.of(line.text());
            text.setText(shown);
            marks.getElements().clear();
            changed =
                    mate == null || shown.isEmpty()
                            ? List.of()
                            : Shown.changed(shown, Shown.of(mate.text()));
            requestLayout();
        }

        /** Where the words are is known only once the style sheet has given the font. */
        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            marks.getElements().clear();
            for (Shown.Range range : changed) {
                marks.getElements().addAll(text.rangeShape(range.from(), range.to()));
            }
        }
    }
}
