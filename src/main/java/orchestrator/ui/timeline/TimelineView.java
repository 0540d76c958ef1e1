package orchestrator.ui.timeline;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.Fault;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.rules.TimeAxis;
import orchestrator.rules.TimeRange;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The timeline with its tools, its scroll bars, and the facts of the bar in focus. */
final class TimelineView extends VBox {
    private static final double CLOSER = 0.6;
    private final TimelineModel model;
    private final Texts texts;
    private final Facts facts;
    private final TimelineCanvas canvas;
    private final ScrollBar time = new ScrollBar();
    private final ScrollBar lanes = new ScrollBar();
    private final Label line = Nodes.label("", "timeline-line");
    private final Label at = Nodes.label("", "timeline-at");
    private final StackPane body = new StackPane();
    private final Node drawing;
    private boolean scrolling;

    TimelineView(TimelineModel model, Parts parts) {
        this.model = model;
        texts = parts.texts();
        facts = new Facts(model, texts, parts.zone());
        canvas = new TimelineCanvas(model, facts, parts, this::showBeneath);
        setId("timeline");
        getStyleClass().add("timeline");
        lanes.setOrientation(Orientation.VERTICAL);
        lanes.setFocusTraversable(false);
        lanes.valueProperty().bindBidirectional(canvas.scrollProperty());
        time.setId("timeline-scroll");
        time.setFocusTraversable(false);
        time.valueProperty().subscribe((_, _) -> scrolled());
        BorderPane pane = new BorderPane(canvas);
        pane.setRight(lanes);
        pane.setBottom(time);
        pane.setMinSize(0, 0);
        drawing = pane;
        body.setMinSize(0, 0);
        VBox.setVgrow(body, javafx.scene.layout.Priority.ALWAYS);
        getChildren().addAll(tools(), body, foot());
        showReading(0);
        model.changesProperty().subscribe(_ -> show());
        canvas.framed().subscribe(_ -> showBars());
    }

    private HBox tools() {
        TextField filter = new TextField();
        filter.setId("timeline-filter");
        filter.setPromptText(texts.get("timeline.filter"));
        filter.setAccessibleText(texts.get("timeline.filter"));
        filter.getStyleClass().addAll(Styles.SMALL, "timeline-filter");
        filter.textProperty().subscribe(model::setFilter);
        HBox legend = new HBox();
        legend.getStyleClass().add("timeline-legend");
        legend.setAlignment(Pos.CENTER_LEFT);
        for (Outcome outcome : Outcome.values()) {
            legend.getChildren().add(key(outcome));
        }
        HBox tools =
                new HBox(
                        filter,
                        legend,
                        Nodes.spacer(),
                        tool(
                                "timeline-out",
                                Feather.ZOOM_OUT,
                                texts.get("timeline.out"),
                                () -> zoom(1 / CLOSER)),
                        tool(
                                "timeline-in",
                                Feather.ZOOM_IN,
                                texts.get("timeline.in"),
                                () -> zoom(CLOSER)),
                        word(
                                "timeline-fit",
                                texts.get("timeline.fit"),
                                texts.get("timeline.fit-hint"),
                                model::fit),
                        word(
                                "timeline-hour",
                                texts.get("timeline.hour"),
                                texts.get("timeline.hour-hint"),
                                model::lastHour),
                        word(
                                "timeline-now",
                                texts.get("timeline.now"),
                                texts.get("timeline.now-hint"),
                                model::followNow));
        tools.getStyleClass().add("timeline-tools");
        tools.setAlignment(Pos.CENTER_LEFT);
        return tools;
    }

    private Label key(Outcome outcome) {
        Region swatch = new Region();
        swatch.getStyleClass()
                .addAll(
                        "timeline-swatch",
                        "swatch-" + outcome.name().toLowerCase(java.util.Locale.ROOT));
        Label key = new Label(outcome.sign() + " " + texts.get(Words.of(outcome)), swatch);
        key.getStyleClass().add("timeline-key");
        key.setMinWidth(0);
        return key;
    }

    private static Button tool(String id, Feather icon, String title, Runnable handler) {
        Button button = new Button("", Nodes.icon(icon));
        button.getStyleClass().addAll(Styles.BUTTON_ICON);
        return prepared(button, id, title, title, handler);
    }

    private static Button word(String id, String title, String hint, Runnable handler) {
        return prepared(new Button(title), id, title, hint, handler);
    }

    private static Button prepared(
            Button button, String id, String title, String hint, Runnable handler) {
        button.setId(id);
        button.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        button.setMnemonicParsing(false);
        button.setAccessibleText(title);
        button.setTooltip(new Tooltip(hint));
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> handler.run());
        return button;
    }

    private void zoom(double factor) {
        model.zoom((model.range().from() + model.range().to()) / 2, factor);
    }

    private HBox foot() {
        line.setId("timeline-line");
        line.setMinWidth(0);
        at.setId("timeline-at");
        at.setMinWidth(USE_PREF_SIZE);
        HBox foot = new HBox(line, Nodes.spacer(), at);
        foot.getStyleClass().add("timeline-foot");
        foot.setAlignment(Pos.CENTER_LEFT);
        return foot;
    }

    private void showBeneath(String mouse) {
        at.setText(mouse);
    }

    /** The journal is being read for the first time. */
    void showReading(long events) {
        if (body.getChildren().contains(drawing)) {
            return;
        }
        String sentence =
                events == 0
                        ? texts.get("timeline.reading-do")
                        : texts.get("timeline.reading-count", events);
        body.getChildren()
                .setAll(new EmptyState(Feather.CLOCK, texts.get("timeline.reading"), sentence));
    }

    /** The journal could not be read. */
    void showFault(Fault fault) {
        VBox box = new VBox(Callout.fault(texts, texts.get("timeline.failed"), fault));
        box.getStyleClass().add("timeline-fault");
        body.getChildren().setAll(box);
    }

    /** Shows what there is, once it was read. */
    void showHistory() {
        if (model.isEmpty()) {
            body.getChildren()
                    .setAll(
                            new EmptyState(
                                    Feather.CLOCK,
                                    texts.get("timeline.empty"),
                                    texts.get("timeline.empty-do")));
        } else if (!body.getChildren().contains(drawing)) {
            body.getChildren().setAll(drawing);
        }
    }

    private void show() {
        canvas.repaint();
        showBars();
        Optional<Bar> focus = model.focus();
        line.setText(focus.map(facts::line).orElse(texts.get("timeline.hint")));
        canvas.setAccessibleText(
                focus.map(facts::line).orElse(texts.get("timeline.said", model.rows().size())));
    }

    private void showBars() {
        scrolling = true;
        TimeAxis axis = model.axis();
        TimeRange whole = axis.whole();
        TimeRange range = model.range();
        double over = Math.max(0, whole.length() - range.length());
        time.setMin(0);
        time.setMax(over);
        time.setVisibleAmount(over * Math.min(1, range.length() / whole.length()));
        time.setUnitIncrement(range.length() / 20);
        time.setBlockIncrement(range.length() * 0.8);
        time.setValue(Math.clamp(range.from() - whole.from(), 0, over));
        time.setVisible(over > 0);
        Frame frame = canvas.frame();
        double down = frame.scrollable();
        lanes.setMax(down);
        lanes.setVisibleAmount(
                down * frame.lanesHeight() / Math.max(1, frame.lanesHeight() + down));
        lanes.setUnitIncrement(frame.row());
        lanes.setBlockIncrement(Math.max(frame.row(), frame.lanesHeight() * 0.8));
        Nodes.shown(lanes, down > 0);
        scrolling = false;
    }

    private void scrolled() {
        if (!scrolling) {
            model.pan(model.axis().whole().from() + time.getValue() - model.range().from());
        }
    }
}
