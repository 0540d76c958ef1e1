package orchestrator.ui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import orchestrator.model.AttemptKind;
import orchestrator.model.IssueId;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunHistory.Sum;
import orchestrator.model.Usage;

/** Two runs with a night between them: eight workers, restarts, a limit, a pause. */
final class SampleHistory {
    private static final long MORNING = 5 * 3600;

    private SampleHistory() {}

    private static Instant before(long seconds) {
        return SampleRun.NOW.minusSeconds(seconds);
    }

    static RunHistory rich() {
        return of(8, 0);
    }

    /** With so many workers, and so many attempts a worker besides. */
    static RunHistory of(int workers, int more) {
        Random dice = new Random(7);
        List<Lane> lanes = new ArrayList<>();
        List<Bar> all = new ArrayList<>();
        for (int worker = 1; worker <= workers; worker++) {
            List<Bar> bars = new ArrayList<>();
            // Yesterday's run, three hours of it, and today's.
            work(bars, worker, 20 * 3600 + 1800, 17 * 3600, dice);
            if (more > 0) {
                crowd(bars, worker, more);
            } else {
                work(bars, worker, MORNING, worker > 6 ? 2400 : 0, dice);
            }
            lanes.add(new Lane(worker, bars));
            all.addAll(bars);
        }
        return new RunHistory(
                lanes,
                List.of(
                        new Span(
                                Hold.LIMIT,
                                before(3 * 3600),
                                Optional.of(before(2 * 3600 + 600)),
                                "5-hour limit"),
                        new Span(Hold.PAUSE, before(4000), Optional.of(before(2500)), "lunch")),
                List.of(
                        new Mark(before(20 * 3600 + 1900), true, "Monitor started"),
                        new Mark(before(17 * 3600 - 60), false, "Monitor stopped"),
                        new Mark(before(MORNING + 60), true, "Monitor started"),
                        new Mark(before(9000), false, "handed over"),
                        new Mark(before(8990), true, "Monitor started")),
                sums(all),
                Optional.of(before(4)),
                9_000);
    }

    private static void work(List<Bar> bars, int worker, long from, long to, Random dice) {
        long at = from - worker * 40L;
        int number = 1;
        int issue = 12 + worker;
        while (at > to + 60) {
            long length = 200L + dice.nextInt(2600);
            long end = Math.max(to, at - length);
            boolean last = end == to && to == 0;
            int fate = dice.nextInt(10);
            Outcome outcome =
                    last
                            ? Outcome.RUNNING
                            : fate < 6
                                    ? Outcome.COMPLETED
                                    : fate < 8
                                            ? Outcome.RESTARTED
                                            : fate < 9 ? Outcome.FAILED : Outcome.INTERRUPTED;
            bars.add(
                    new Bar(
                            new IssueId("proof", issue),
                            number,
                            SampleRun.STAGES.get(dice.nextInt(4)),
                            worker,
                            number % 3 == 0 ? AttemptKind.CONTINUE : AttemptKind.FIRST,
                            before(at),
                            last ? Optional.empty() : Optional.of(before(end)),
                            outcome,
                            outcome == Outcome.RESTARTED
                                    ? "failed: exit 1; 3 tests still fail in StakingLedgerTest"
                                    : outcome == Outcome.COMPLETED ? "finished in 14 turns" : "",
                            dice.nextInt(4),
                            new Usage(4_000, 9_000, 310_000, 0, 0.2 + dice.nextDouble())));
            at = end - 15 - dice.nextInt(60);
            number++;
            if (dice.nextInt(4) == 0) {
                issue = 12 + dice.nextInt(24);
                number = 1;
            }
        }
    }

    private static void crowd(List<Bar> bars, int worker, int more) {
        double each = (double) MORNING / more;
        for (int i = 0; i < more; i++) {
            long from = (long) (MORNING - i * each);
            bars.add(
                    new Bar(
                            new IssueId("proof", 1 + i % 900),
                            1 + i / 900,
                            "implement",
                            worker,
                            AttemptKind.FIRST,
                            before(from),
                            Optional.of(before((long) (from - each))),
                            i % 7 == 0 ? Outcome.FAILED : Outcome.COMPLETED,
                            "",
                            1,
                            new Usage(1, 1, 1, 1, 0.01)));
        }
    }

    private static List<Sum> sums(List<Bar> bars) {
        List<Sum> sums = new ArrayList<>();
        double cost = 0;
        int done = 0;
        List<Bar> ended =
                bars.stream()
                        .filter(bar -> bar.to().isPresent())
                        .sorted(java.util.Comparator.comparing(bar -> bar.to().orElseThrow()))
                        .toList();
        for (int i = 0; i < ended.size(); i++) {
            cost += ended.get(i).usage().costUsd();
            done += i % 5 == 4 && i % 40 > 14 ? 1 : 0;
            sums.add(new Sum(ended.get(i).to().orElseThrow(), cost, done));
        }
        return sums;
    }
}
