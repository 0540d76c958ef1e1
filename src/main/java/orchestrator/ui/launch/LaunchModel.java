package orchestrator.ui.launch;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import orchestrator.model.Fault;
import orchestrator.monitor.RunControl;
import orchestrator.monitor.RunControl.DryRun;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Texts;

/** A launch on its way: the plan is made, read, carried out. FX thread only. */
public final class LaunchModel {
    /** How far it is. */
    public sealed interface Step {
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

        /** The launch is under way. */
        record Launching(DryRun plan) implements Step {}

        /** It did not succeed. */
        record Failed(DryRun plan, Fault fault) implements Step {}

        /** The run has begun. */
        record Launched() implements Step {}
    }

    private final RunControl control;
    private final Background background;
    private final ReadOnlyObjectWrapper<Step> step =
            new ReadOnlyObjectWrapper<>(new Step.Checking());

    /** A launch that has not begun; {@link #check()} is the first step. */
    public LaunchModel(RunControl control, Texts texts) {
        this.control = control;
        background = new Background(texts);
    }

    /** Makes the plan (anew). */
    public void check() {
        step.set(new Step.Checking());
        background.run(
                "dry-run",
                control::dryRun,
                plan -> step.set(new Step.Planned(plan)),
                fault -> step.set(new Step.NoPlan(fault)));
    }

    /** Carries out the plan, if nothing keeps it from being carried out. */
    public void launch() {
        if (step.get() instanceof Step.Planned planned && planned.canLaunch()) {
            start(planned.plan());
        }
    }

    private void start(DryRun plan) {
        step.set(new Step.Launching(plan));
        background.run(
                "launch",
                control::launch,
                () -> step.set(new Step.Launched()),
                fault -> step.set(new Step.Failed(plan, fault)));
    }

    /** How far it is. */
    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }
}
