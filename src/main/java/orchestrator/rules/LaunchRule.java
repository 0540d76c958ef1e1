package orchestrator.rules;

import java.time.Instant;
import java.util.Optional;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.Floors;
import orchestrator.model.LaunchGate;
import orchestrator.model.Observations;
import orchestrator.model.PauseCause;
import orchestrator.model.Resources;
import orchestrator.model.RunState;
import orchestrator.model.Why;
import orchestrator.model.WorkspaceConfig;

/** Whether anything may be launched at all: pauses that are over, the budget, the machine. */
final class LaunchRule {
    /** A shortage is over with this much more than its floor: it must not come and go. */
    private static final double MARGIN = 1.1;

    private LaunchRule() {}

    static Optional<Decision> decide(
            WorkspaceConfig config, RunState state, Observations seen, Instant now) {
        Optional<Decision> pause = pauseOver(config, state, now);
        return pause.isPresent() ? pause : admission(config.settings().floors(), state, seen);
    }

    private static Optional<Decision> pauseOver(
            WorkspaceConfig config, RunState state, Instant now) {
        LaunchGate gate = state.gate();
        boolean spent = Budget.isSpent(config, state);
        if (gate.cause().equals(Optional.of(PauseCause.BUDGET)) && !spent) {
            return one(new Event.LaunchesResumed("max_budget_usd was raised"), Why.of("budget"));
        }
        if (gate.until().isPresent() && !now.isBefore(gate.until().get())) {
            return one(
                    new Event.LaunchesResumed("the pause is over; one worker probes first"),
                    Why.of("pause over", gate.reason()));
        }
        if (gate.cause().isEmpty() && spent) {
            String words =
                    Budget.words(state.spentUsd(), config.settings().maxBudgetUsd().orElseThrow());
            return one(
                    new Event.LaunchesPaused(
                            PauseCause.BUDGET,
                            Optional.empty(),
                            words + " spent; raise max_budget_usd to go on"),
                    Why.of("budget spent", words));
        }
        return Optional.empty();
    }

    private static Optional<Decision> admission(Floors floors, RunState state, Observations seen) {
        if (seen.resources().isEmpty()) {
            return Optional.empty();
        }
        Resources free = seen.resources().get();
        if (state.shortage().isEmpty()) {
            Optional<String> shortage = shortage(floors, free, 1);
            return shortage.flatMap(
                    words -> one(new Event.AdmissionClosed(words), Why.of("short of room", words)));
        }
        return shortage(floors, free, MARGIN).isPresent()
                ? Optional.empty()
                : one(new Event.AdmissionOpened(free.words()), Why.of("room again", free.words()));
    }

    private static Optional<String> shortage(Floors floors, Resources free, double margin) {
        if (free.diskMb().isPresent() && free.diskMb().getAsLong() < floors.diskMb() * margin) {
            return Optional.of(
                    "%d MB of disk are free and min_free_disk_mb is %d"
                            .formatted(free.diskMb().getAsLong(), floors.diskMb()));
        }
        if (free.memoryMb().isPresent()
                && free.memoryMb().getAsLong() < floors.memoryMb() * margin) {
            return Optional.of(
                    "%d MB of memory are free and min_free_memory_mb is %d"
                            .formatted(free.memoryMb().getAsLong(), floors.memoryMb()));
        }
        return Optional.empty();
    }

    private static Optional<Decision> one(Event event, Why why) {
        return Optional.of(new Decision(event, why));
    }
}
