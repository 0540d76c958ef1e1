package orchestrator.simulation;

import java.time.Duration;

/** What ails the machine for a while. */
final class Ills {
    private final Scheduler scheduler;
    private boolean ailed;
    private Duration fullUntil = Duration.ZERO;
    private Duration noSyncUntil = Duration.ZERO;

    Ills(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void fillDisk(Duration time) {
        ailed = true;
        fullUntil = scheduler.elapsed().plus(time);
    }

    void breakSync(Duration time) {
        ailed = true;
        noSyncUntil = scheduler.elapsed().plus(time);
    }

    /** Whether anything has ailed it in this run. */
    boolean everAiled() {
        return ailed;
    }

    void heal() {
        fullUntil = Duration.ZERO;
        noSyncUntil = Duration.ZERO;
    }

    boolean isFull() {
        return scheduler.elapsed().compareTo(fullUntil) < 0;
    }

    boolean doesNotSync() {
        return scheduler.elapsed().compareTo(noSyncUntil) < 0;
    }
}
