package orchestrator.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who did what when, over all runs of a workspace, as its journal tells it.
 *
 * @param lanes one a worker that ever had an attempt, in the order of their numbers
 * @param spans when nothing was launched, in the order they began
 * @param marks when monitors came and went, in order
 * @param sums after each change of the cost or of what is completed, in order
 * @param last when the newest event happened; empty: nothing ever did
 * @param events how many the journal holds
 */
public record RunHistory(
        List<Lane> lanes,
        List<Span> spans,
        List<Mark> marks,
        List<Sum> sums,
        Optional<Instant> last,
        long events) {
    /** Of a journal that holds nothing. */
    public static final RunHistory EMPTY =
            new RunHistory(List.of(), List.of(), List.of(), List.of(), Optional.empty(), 0);

    public RunHistory {
        lanes = List.copyOf(lanes);
        spans = List.copyOf(spans);
        marks = List.copyOf(marks);
        sums = List.copyOf(sums);
    }

    /** How an attempt ended. */
    public enum Outcome {
        RUNNING,
        /** Its stage is done. */
        COMPLETED,
        /** It ended badly and its stage was run again. */
        RESTARTED,
        /** It ended badly, and the issue with it. */
        FAILED,
        /**
         * A person, the end of the run, or the service ended it; nothing is wrong with the work.
         */
        INTERRUPTED;

        /** A sign for people, beside the colour. */
        public String sign() {
            return switch (this) {
                case RUNNING -> "▸";
                case COMPLETED -> "✓";
                case RESTARTED -> "↻";
                case FAILED -> "✕";
                case INTERRUPTED -> "–";
            };
        }
    }

    /**
     * The attempts of a worker.
     *
     * @param bars in the order they began; each ends before the next begins
     */
    public record Lane(int worker, List<Bar> bars) {
        public Lane {
            bars = List.copyOf(bars);
        }
    }

    /**
     * An attempt.
     *
     * @param number counts the attempts of the issue from 1
     * @param to when it ended, never before {@code from}; empty: it has not
     * @param reason how it ended or what followed, one phrase; empty while it runs
     * @param commits how many the branch gained by it
     */
    public record Bar(
            IssueId issue,
            int number,
            String stage,
            int worker,
            AttemptKind kind,
            Instant from,
            Optional<Instant> to,
            Outcome outcome,
            String reason,
            int commits,
            Usage usage) {
        /** Whether it does a stage again that was begun before. */
        public boolean isAgain() {
            return kind != AttemptKind.FIRST;
        }

        /** The same, having used that so far. */
        public Bar using(Usage now) {
            return new Bar(
                    issue, number, stage, worker, kind, from, to, outcome, reason, commits, now);
        }
    }

    /** Why nothing was launched. */
    public enum Hold {
        /** The account's limit. */
        LIMIT,
        /** Overload or no network. */
        SERVICE,
        /** No login, no credit, or a broken configuration of the agent. */
        ACCOUNT,
        /** What the run may cost was spent. */
        BUDGET,
        /** A person paused. */
        PAUSE,
        /** Disk or memory was short. */
        SHORTAGE
    }

    /**
     * A time in which nothing was launched.
     *
     * @param to empty: it lasts
     */
    public record Span(Hold hold, Instant from, Optional<Instant> to, String reason) {}

    /**
     * A monitor came or went.
     *
     * @param started whether it came
     * @param text one sentence
     */
    public record Mark(Instant at, boolean started, String text) {}

    /** What all ended attempts had cost by then, and how many issues stood completed. */
    public record Sum(Instant at, double costUsd, int completed) {}
}
