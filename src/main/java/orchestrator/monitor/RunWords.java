package orchestrator.monitor;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.MonitorView;
import orchestrator.model.RunSnapshot.Totals;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;

/**
 * How a run stands, in the words that every face of it uses: {@code status} and the dashboard take
 * them from here, the window's texts are the same words with a capital letter. Pure.
 */
public final class RunWords {
    private static final int LONGEST_REASON = 160;

    private RunWords() {}

    /** A worker's state, such as {@code running} or {@code pausing}. */
    public static String state(WorkerView worker) {
        return worker.isPausing() ? "pausing" : worker.status().word();
    }

    /** An issue's state; a pending one is {@code ready}, {@code waiting} or {@code blocked}. */
    public static String state(IssueView issue) {
        return switch (issue.status()) {
            case PENDING ->
                    issue.blockedForever()
                            ? "blocked"
                            : issue.waitsFor().isEmpty() ? "ready" : "waiting";
            case IN_PROGRESS -> "in progress";
            case COMPLETED, FAILED, PARKED -> issue.status().word();
        };
    }

    /** Whether what is said last of a worker is our note, and not its agent's last line. */
    public static boolean isNote(WorkerView worker) {
        boolean silent =
                worker.status() != WorkerStatus.RUNNING
                        || worker.isPausing()
                        || worker.lastLine().isBlank();
        return silent && !worker.note().isBlank();
    }

    /** What is said last of a worker: what its agent said, or a note of ours while it waits. */
    public static String saying(WorkerView worker) {
        return isNote(worker) ? worker.note() : worker.lastLine();
    }

    /** Whether a monitor runs, and where. */
    private static String monitor(MonitorView monitor) {
        return monitor.state() == MonitorState.STOPPED
                ? "monitor stopped"
                : "monitor %s in the %s (pid %s)"
                        .formatted(
                                monitor.state().name().toLowerCase(Locale.ROOT),
                                monitor.host(),
                                monitor.pid().map(Object::toString).orElse("?"));
    }

    /** Which run this is, and whether somebody holds it. */
    public static String head(RunSnapshot run) {
        return "%s  session %s  %s"
                .formatted(run.workspace(), run.session(), monitor(run.monitor()));
    }

    /** How many issues stand where. */
    public static String totals(Totals totals) {
        return "%d of %d completed, %d in progress, %d pending, %d failed, %d parked"
                .formatted(
                        totals.completed(),
                        totals.issues(),
                        totals.inProgress(),
                        totals.pending(),
                        totals.failed(),
                        totals.parked());
    }

    /**
     * Why nothing is launched, and for how long still.
     *
     * @param left how long until it opens by itself, as it is to be read; not asked for otherwise
     */
    public static String paused(GateView gate, String left) {
        String why = Text.oneLine(gate.reason(), LONGEST_REASON);
        if (gate.until().isEmpty()) {
            return "Launches paused: " + why;
        }
        String what =
                gate.cause().equals(Optional.of(PauseCause.USAGE_LIMIT))
                        ? "waiting for the usage limit until "
                        : "until ";
        return "Launches paused: %s%s, %s: %s"
                .formatted(what, Times.local(gate.until().get()), left, why);
    }

    /**
     * How a run that has come to its end stands: {@code all done}, or {@code ended: 1 failed, 2
     * parked}; empty while something may still happen by itself.
     */
    public static Optional<String> ended(RunSnapshot run) {
        if (run.issues().isEmpty()
                || !run.isOver()
                || run.monitor().state() == MonitorState.STOPPING) {
            return Optional.empty();
        }
        if (run.isAllWell()) {
            return Optional.of("all done");
        }
        long blocked = run.issues().stream().filter(i -> !i.status().isTerminal()).count();
        long unpushed =
                run.issues().stream()
                        .filter(i -> i.status() == IssueStatus.COMPLETED && !i.pushed())
                        .count();
        return Optional.of(
                Stream.of(
                                count(run.totals().failed(), "failed"),
                                count(run.totals().parked(), "parked"),
                                count(blocked, "blocked"),
                                count(unpushed, "not pushed"))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", ", "ended: ", "")));
    }

    private static Optional<String> count(long number, String word) {
        return number == 0 ? Optional.empty() : Optional.of(number + " " + word);
    }
}
