package orchestrator.ui.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import orchestrator.monitor.LaunchChoices;
import orchestrator.monitor.LaunchChoices.OfProject;
import orchestrator.monitor.RunControl.Offer;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;

/** What is chosen at a launch: how many workers, for how much, which projects, which agent. */
final class LaunchForm extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final int MOST_WORKERS = 500;
    private static final String DOLLARS = "[0-9]{1,7}([.,][0-9]{1,2})?";

    /** As long as somebody types, no plan is made. */
    private static final Duration TYPING = Duration.millis(300);

    /** The controls of one project. */
    private record Row(CheckBox takesPart, ChoiceBox<String> agent) {}

    private final Texts texts;
    private final Consumer<LaunchChoices> chosen;
    private final Spinner<Integer> workers = new Spinner<>();
    private final TextField budget = new TextField();
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final PauseTransition typing = new PauseTransition(TYPING);

    /**
     * A form.
     *
     * @param chosen is given the choices a moment after they were changed, if they are possible
     */
    LaunchForm(Texts texts, Offer offer, Consumer<LaunchChoices> chosen) {
        this.texts = texts;
        this.chosen = chosen;
        setId("launch-form");
        getStyleClass().add("launch-form");
        typing.setOnFinished(_ -> tell());
        LaunchChoices stated = offer.stated();
        workers.setId("launch-workers");
        workers.setEditable(true);
        workers.setPrefWidth(96);
        workers.setValueFactory(new IntegerSpinnerValueFactory(1, MOST_WORKERS, stated.workers()));
        workers.setAccessibleText(texts.get("launch.workers"));
        budget.setId("launch-budget");
        budget.setPrefWidth(110);
        budget.setPromptText(texts.get("launch.no-budget"));
        budget.setAccessibleText(texts.get("launch.budget"));
        stated.budgetUsd().ifPresent(dollars -> budget.setText(text(dollars)));
        HBox first =
                new HBox(
                        named("launch.workers", workers),
                        workers,
                        named("launch.budget", budget),
                        budget);
        first.getStyleClass().add("launch-row");
        first.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(first);
        stated.projects()
                .forEach((name, choice) -> getChildren().add(row(name, choice, offer.agents())));
        workers.valueProperty().subscribe((_, _) -> changed());
        workers.getEditor().textProperty().subscribe((_, _) -> changed());
        budget.textProperty().subscribe((_, _) -> changed());
    }

    private Label named(String key, javafx.scene.Node control) {
        Label label = Nodes.label(texts.get(key), "launch-name");
        label.setLabelFor(control);
        return label;
    }

    private HBox row(String name, OfProject choice, List<String> agents) {
        CheckBox takesPart = new CheckBox(Format.line(name));
        takesPart.setId("launch-project-" + name);
        takesPart.setMnemonicParsing(false);
        takesPart.setSelected(choice.takesPart());
        ChoiceBox<String> agent = new ChoiceBox<>();
        agent.setId("launch-agent-" + name);
        agent.getItems().setAll(agents);
        agent.setValue(choice.agent());
        agent.setAccessibleText(texts.get("launch.agent-of", name));
        agent.disableProperty().bind(takesPart.selectedProperty().not());
        takesPart.selectedProperty().subscribe((_, _) -> changed());
        agent.valueProperty().subscribe((_, _) -> changed());
        rows.put(name, new Row(takesPart, agent));
        Label with = named("launch.agent", agent);
        HBox row = new HBox(takesPart, Nodes.spacer(), with, agent);
        row.getStyleClass().add("launch-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static String text(double dollars) {
        return dollars == Math.rint(dollars)
                ? String.valueOf((long) dollars)
                : String.valueOf(dollars);
    }

    private void changed() {
        boolean good = isBudget(budget.getText());
        budget.pseudoClassStateChanged(WRONG, !good);
        budget.setAccessibleHelp(good ? "" : texts.get("launch.budget-wrong"));
        typing.playFromStart();
    }

    private static boolean isBudget(String typed) {
        String text = typed.strip();
        return text.isEmpty() || (text.matches(DOLLARS) && dollars(text) > 0);
    }

    private static double dollars(String text) {
        return Double.parseDouble(text.replace(',', '.'));
    }

    private void tell() {
        String typed = budget.getText().strip();
        String size = workers.getEditor().getText().strip();
        if (!isBudget(typed) || !size.matches("[1-9][0-9]{0,2}")) {
            return;
        }
        Map<String, OfProject> projects = new LinkedHashMap<>();
        rows.forEach((name, row) ->
                projects.put(
                        name, new OfProject(row.takesPart().isSelected(), row.agent().getValue())));
        chosen.accept(
                new LaunchChoices(
                        Math.min(MOST_WORKERS, Integer.parseInt(size)),
                        typed.isEmpty()
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(dollars(typed)),
                        projects));
    }
}
