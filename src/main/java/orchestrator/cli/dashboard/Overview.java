package orchestrator.cli.dashboard;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.RunWords;

/**
 * What there is to show of a run, in plain words; foreign text in it is fit for a terminal. What
 * changes by the clock alone (elapsed times, a countdown) is not in it. Pure.
 *
 * @param place the workspace's folder, by its name
 * @param standing how the run stands
 * @param monitor where it runs; empty: none does
 * @param gate whether attempts are launched; its reason is plain
 * @param projects all of them, by name
 * @param waves those in which something is in progress, or the next one
 * @param next what is to be begun, the first first
 * @param events newest last
 */
record Overview(
        String place,
        String session,
        Standing standing,
        String monitor,
        GateView gate,
        Share all,
        double costUsd,
        List<Share> projects,
        List<Share> waves,
        List<Row> workers,
        List<Next> next,
        List<EventView> events) {
    private static final int NEXT = 8;
    private static final int EVENTS = 60;

    Overview {
        projects = List.copyOf(projects);
        waves = List.copyOf(waves);
        workers = List.copyOf(workers);
        next = List.copyOf(next);
        events = List.copyOf(events);
    }

    /**
     * How the run stands.
     *
     * @param words such as {@code running}
     * @param detail a sentence where something is to be said or done; or empty
     */
    record Standing(String words, Tone tone, String detail) {}

    /** How many issues of some stand where; the rest of them is pending. */
    record Share(String name, int of, int completed, int inProgress, int failed, int parked) {
        int bad() {
            return failed + parked;
        }

        int pending() {
            return of - completed - inProgress - bad();
        }

        private static Share of(String name, List<IssueView> issues) {
            return new Share(
                    name,
                    issues.size(),
                    count(issues, IssueStatus.COMPLETED),
                    count(issues, IssueStatus.IN_PROGRESS),
                    count(issues, IssueStatus.FAILED),
                    count(issues, IssueStatus.PARKED));
        }

        private static int count(List<IssueView> issues, IssueStatus status) {
            return (int) issues.stream().filter(issue -> issue.status() == status).count();
        }
    }

    /**
     * A worker. All but its number and state is empty while it holds nothing.
     *
     * @param stage such as {@code 2/4 write_tests}
     * @param saying what is said last of it
     * @param note whether that is ours, not its agent's
     * @param held a person has it rest, or rest after its stage
     * @param branch of its issue; only looked for
     */
    record Row(
            int number,
            String state,
            Tone tone,
            String issue,
            String title,
            String stage,
            int attempt,
            Optional<Instant> startedAt,
            int retries,
            double costUsd,
            String saying,
            boolean note,
            boolean held,
            String branch) {
        /** Whether every word of a filter stands somewhere in it, in any case. */
        boolean matches(String filter) {
            if (filter.isBlank()) {
                return true;
            }
            String all =
                    String.join("\n", "" + number, issue, title, stage, state, branch, saying)
                            .toLowerCase(Locale.ROOT);
            return Stream.of(filter.strip().toLowerCase(Locale.ROOT).split("\\s+", -1))
                    .allMatch(all::contains);
        }
    }

    /** An issue that is to be begun, and what it waits for; empty: it is ready. */
    record Next(String issue, String title, String waitsFor) {}

    /** What a snapshot has to show. */
    static Overview of(RunSnapshot run) {
        Map<String, List<IssueView>> projects = new LinkedHashMap<>();
        SortedMap<Integer, List<IssueView>> waves = new TreeMap<>();
        for (IssueView issue : run.issues()) {
            projects.computeIfAbsent(issue.id().project(), _ -> new ArrayList<>()).add(issue);
            waves.computeIfAbsent(issue.wave(), _ -> new ArrayList<>()).add(issue);
        }
        Path folder = Path.of(run.workspace()).getFileName();
        GateView gate = run.gate();
        return new Overview(
                Cells.plain(folder == null ? run.workspace() : folder.toString()),
                run.session(),
                standing(run),
                run.monitor()
                        .pid()
                        .map(pid ->
                                "monitor in the %s, pid %d".formatted(run.monitor().host(), pid))
                        .orElse(""),
                new GateView(gate.open(), gate.cause(), gate.until(), Cells.plain(gate.reason())),
                Share.of("", run.issues()),
                run.costUsd(),
                projects.entrySet().stream()
                        .map(it -> Share.of(Cells.plain(it.getKey()), it.getValue()))
                        .sorted(Comparator.comparing(Share::name))
                        .toList(),
                active(waves),
                run.workers().stream().map(Overview::row).toList(),
                next(run.issues()),
                run.recent().stream()
                        .skip(Math.max(0, run.recent().size() - EVENTS))
                        .map(Overview::plain)
                        .toList());
    }

    private static Standing standing(RunSnapshot run) {
        boolean stopped = run.monitor().state() == MonitorState.STOPPED;
        Optional<String> ended = RunWords.ended(run);
        if (ended.isPresent()) {
            return new Standing(
                    ended.get(),
                    run.isAllWell() ? Tone.SUCCESS : Tone.DANGER,
                    stopped ? "Nothing more happens by itself; no monitor runs." : "");
        }
        return switch (run.monitor().state()) {
            case STOPPED ->
                    new Standing(
                            "no monitor runs",
                            Tone.WARNING,
                            "No monitor runs: this is what the journal says. `launch` goes on.");
            case STOPPING -> new Standing("stopping", Tone.WARNING, "");
            case RUNNING ->
                    run.gate().open()
                            ? new Standing("running", Tone.SUCCESS, "")
                            : new Standing("paused", Tone.WARNING, "");
        };
    }

    private static List<Share> active(SortedMap<Integer, List<IssueView>> waves) {
        List<Share> shares =
                waves.entrySet().stream()
                        .map(it -> Share.of(it.getKey().toString(), it.getValue()))
                        .toList();
        List<Share> active = shares.stream().filter(it -> it.inProgress() > 0).toList();
        return active.isEmpty()
                ? shares.stream().filter(it -> it.pending() > 0).limit(1).toList()
                : active;
    }

    private static Row row(WorkerView worker) {
        boolean busy = worker.issue().isPresent();
        return new Row(
                worker.worker(),
                RunWords.state(worker),
                tone(worker),
                worker.issue().map(id -> Cells.plain(id.toString())).orElse(""),
                Cells.plain(worker.title()),
                busy && !worker.stages().isEmpty() ? stage(worker) : "",
                worker.attempt(),
                worker.startedAt(),
                worker.retries(),
                worker.usage().costUsd(),
                Cells.plain(RunWords.saying(worker)),
                RunWords.isNote(worker),
                worker.isPausing() || worker.status() == WorkerStatus.STOPPED,
                worker.branch());
    }

    private static String stage(WorkerView worker) {
        int stages = worker.stages().size();
        return "%d/%d %s"
                .formatted(
                        Math.min(worker.stageIndex() + 1, stages),
                        stages,
                        Cells.plain(worker.stage()));
    }

    private static Tone tone(WorkerView worker) {
        return switch (worker.status()) {
            case IDLE, STOPPED -> Tone.MUTED;
            case STARTING, CHECKING -> Tone.ACCENT;
            case RUNNING -> worker.isPausing() ? Tone.WARNING : Tone.SUCCESS;
            case ENDING, WAITING -> Tone.WARNING;
        };
    }

    /** Those that are ready before those that wait; as a worker that is free chooses. */
    private static List<Next> next(List<IssueView> issues) {
        return issues.stream()
                .filter(issue -> issue.status() == IssueStatus.PENDING && !issue.blockedForever())
                .sorted(
                        Comparator.comparing((IssueView issue) -> !issue.waitsFor().isEmpty())
                                .thenComparingInt(IssueView::wave)
                                .thenComparingInt(IssueView::priority)
                                .thenComparingInt(issue -> issue.id().number()))
                .limit(NEXT)
                .map(issue ->
                        new Next(
                                Cells.plain(issue.id().toString()),
                                Cells.plain(issue.title()),
                                issue.waitsFor().stream()
                                        .map(IssueId::toString)
                                        .map(Cells::plain)
                                        .collect(Collectors.joining(", "))))
                .toList();
    }

    private static EventView plain(EventView event) {
        return new EventView(
                event.seq(),
                event.at(),
                event.issue(),
                Cells.plain(event.sentence()),
                event.warning(),
                event.worker());
    }

    /** Whether something in it changes by the clock. */
    boolean hasClocks() {
        return gate.until().isPresent()
                || workers.stream().anyMatch(row -> row.startedAt().isPresent());
    }

    /** The workers that a filter leaves. */
    List<Row> shown(String filter) {
        return workers.stream().filter(row -> row.matches(filter)).toList();
    }

    /** The worker with a number. */
    Optional<Row> worker(int number) {
        return workers.stream().filter(row -> row.number() == number).findFirst();
    }
}
