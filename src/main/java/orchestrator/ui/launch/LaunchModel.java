package orchestrator.ui.launch;

import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import orchestrator.model.Fault;
import orchestrator.monitor.LaunchChoices;
import orchestrator.monitor.RunControl;
import orchestrator.monitor.RunControl.DryRun;
import orchestrator.monitor.RunControl.Offer;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;

/**
 * A launch on its way: something is chosen, the plan is made, read, carried out. FX thread only.
 */
public final class LaunchModel {
    /** How far it is. */
    public sealed interface Step {
        /** What can be chosen is being read. */
        record Asking() implements Step {}

        /** The plan is being made. */
        record Checking() implements Step {}

        /** The plan could not be made. */
        record NoPlan(Fault fault) implements Step {}

        /** The plan is there to be read. */
        record Planned(DryRun plan) implements Step {
            boolean canLaunch() {
                return plan.problems().isEmpty();
            }
        }

        /**
         * The launch is under way.
         *
         * @param done what was told of it, a line a step
         */
        record Launching(List<String> done) implements Step {
            public Launching {
                done = List.copyOf(done);
            }
        }

        /** It did not succeed. */
        record Failed(Fault fault) implements Step {}

        /** The run has begun. */
        record Launched() implements Step {}
    }

    private final RunControl control;
    private final Background background;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(new Step.Asking());
    private final ReadOnlyObjectWrapper<@Nullable Offer> offer = new ReadOnlyObjectWrapper<>();
    private @Nullable LaunchChoices chosen;
    private Background.@Nullable Task launching;
    private int asked;

    /** A launch that has not begun; {@link #ask()} is the first step. */
    public LaunchModel(RunControl control, Texts texts) {
        this.control = control;
        background = new Background(texts);
    }

    /** Reads what can be chosen (anew), then makes the plan for it. */
    public void ask() {
        step.set(new Step.Asking());
        background.run(
                "launch-offer",
                control::offer,
                found -> {
                    offer.set(found);
                    choose(found.stated());
                },
                fault -> step.set(new Step.NoPlan(fault)));
    }

    /** Makes the plan for other choices; a plan that was being made for others does not count. */
    public void choose(LaunchChoices choices) {
        chosen = choices;
        int mine = ++asked;
        step.set(new Step.Checking());
        background.run(
                "dry-run",
                () -> control.dryRun(choices),
                plan -> ifNewest(mine, new Step.Planned(plan)),
                fault -> ifNewest(mine, new Step.NoPlan(fault)));
    }

    private void ifNewest(int mine, Step next) {
        if (mine == asked) {
            step.set(next);
        }
    }

    /** Carries out the plan, if nothing keeps it from being carried out. */
    public void launch() {
        LaunchChoices choices = chosen;
        if (choices != null && step.get() instanceof Step.Planned planned && planned.canLaunch()) {
            List<String> told = new ArrayList<>();
            step.set(new Step.Launching(told));
            launching =
                    background.run(
                            "launch",
                            () ->
                                    control.launch(
                                            choices,
                                            line -> Platform.runLater(() -> tell(told, line))),
                            () -> step.set(new Step.Launched()),
                            fault -> step.set(new Step.Failed(fault)));
        }
    }

    private void tell(List<String> told, String line) {
        told.add(line);
        if (step.get() instanceof Step.Launching) {
            step.set(new Step.Launching(told));
        }
    }

    /** Calls a launch off that has not begun the run yet. */
    public void callOff() {
        Background.Task task = launching;
        if (task != null && step.get() instanceof Step.Launching) {
            task.cancel();
        }
    }

    /** How far it is. */
    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /** What can be chosen, once that is known. */
    ReadOnlyObjectProperty<@Nullable Offer> offerProperty() {
        return offer.getReadOnlyProperty();
    }
}
