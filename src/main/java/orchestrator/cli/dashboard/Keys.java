package orchestrator.cli.dashboard;

import java.util.List;
import java.util.Optional;
import orchestrator.cli.dashboard.Key.Named;
import orchestrator.cli.dashboard.Overview.Row;
import orchestrator.cli.dashboard.View.Mode;
import orchestrator.model.PauseCause;
import orchestrator.monitor.Order;

/** What keys do: to what is seen, and beyond it. Pure. */
final class Keys {
    private static final int PAGE = 10;

    private Keys() {}

    /** What is to be done beyond the view. */
    sealed interface Act {
        /** Leave. */
        record Leave() implements Act {}

        /** Draw everything anew, whatever the terminal shows. */
        record Redraw() implements Act {}

        /** Show a worker's window. */
        record Attach(int worker) implements Act {}

        /** Bring that to the monitor. */
        record Send(Order order) implements Act {}

        /** Show a worker's log. */
        record OpenLog(int worker) implements Act {}

        /** Show it no longer. */
        record CloseLog() implements Act {}

        /** Move in the log. */
        record Scroll(Motion motion) implements Act {}
    }

    /** Moves in a log: by a row, nearly a page, or to an end of it. */
    enum Motion {
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        BEGIN,
        END
    }

    /** What a key comes to. */
    record Step(View view, Optional<Act> act) {
        private static Step to(View view) {
            return new Step(view, Optional.empty());
        }

        private static Step doing(View view, Act act) {
            return new Step(view, Optional.of(act));
        }
    }

    /** What a key does. */
    static Step press(View view, Key key, Overview seen) {
        if (key == Named.LEAVE) {
            return Step.doing(view, new Act.Leave());
        }
        if (key == Named.REDRAW) {
            return Step.doing(view, new Act.Redraw());
        }
        if (view.question().isPresent()) {
            return answer(view, key, view.question().get());
        }
        View quiet = view.quiet();
        return switch (view.mode()) {
            case OVERVIEW -> overview(quiet, key, seen);
            case FILTERING -> filtering(quiet, key, seen);
            case HELP -> Step.to(quiet.in(Mode.OVERVIEW));
            case LOG -> log(quiet, key, seen);
        };
    }

    /** Only a plain yes is one. */
    private static Step answer(View view, Key key, View.Question question) {
        return is(key, 'y') || is(key, 'Y')
                ? Step.doing(view.quiet(), new Act.Send(question.order()))
                : Step.to(view.quiet().saying("Nothing was done.", Tone.MUTED));
    }

    private static boolean is(Key key, char letter) {
        return key instanceof Key.Typed(int typed) && typed == letter;
    }

    private static Step overview(View view, Key key, Overview seen) {
        return switch (key) {
            case Named named ->
                    switch (named) {
                        case UP -> Step.to(moved(view, seen, -1));
                        case DOWN -> Step.to(moved(view, seen, 1));
                        case PAGE_UP -> Step.to(moved(view, seen, -PAGE));
                        case PAGE_DOWN -> Step.to(moved(view, seen, PAGE));
                        case HOME -> Step.to(moved(view, seen, -seen.workers().size()));
                        case END -> Step.to(moved(view, seen, seen.workers().size()));
                        case ENTER -> opened(view, seen);
                        case ESCAPE -> Step.to(view.filtering(""));
                        default -> Step.to(view);
                    };
            case Key.Typed(int typed) ->
                    switch (typed) {
                        case 'j' -> Step.to(moved(view, seen, 1));
                        case 'k' -> Step.to(moved(view, seen, -1));
                        case 'g' -> Step.to(moved(view, seen, -seen.workers().size()));
                        case 'G' -> Step.to(moved(view, seen, seen.workers().size()));
                        case '/' -> Step.to(view.in(Mode.FILTERING));
                        case '?' -> Step.to(view.in(Mode.HELP));
                        case 'q' -> Step.doing(view, new Act.Leave());
                        default -> orders(view, typed, seen);
                    };
            case Key.Pasted _ -> Step.to(view);
        };
    }

    private static Step filtering(View view, Key key, Overview seen) {
        String filter = view.filter();
        return switch (key) {
            case Named.ENTER -> Step.to(onShown(view.in(Mode.OVERVIEW), seen));
            case Named.ESCAPE -> Step.to(view.filtering("").in(Mode.OVERVIEW));
            case Named.CLEAR -> Step.to(view.filtering(""));
            case Named.BACKSPACE ->
                    filter.isEmpty()
                            ? Step.to(view.in(Mode.OVERVIEW))
                            : Step.to(
                                    onShown(
                                            view.filtering(
                                                    filter.substring(
                                                            0,
                                                            filter.offsetByCodePoints(
                                                                    filter.length(), -1))),
                                            seen));
            case Named.UP -> Step.to(moved(view, seen, -1));
            case Named.DOWN -> Step.to(moved(view, seen, 1));
            case Named _ -> Step.to(view);
            case Key.Typed(int typed) -> typed(view, filter + Character.toString(typed), seen);
            case Key.Pasted(String text) -> typed(view, filter + text, seen);
        };
    }

    private static Step typed(View view, String filter, Overview seen) {
        return Step.to(onShown(view.filtering(Cells.plainLine(filter)), seen));
    }

    private static Step log(View view, Key key, Overview seen) {
        return switch (key) {
            case Named named ->
                    switch (named) {
                        case UP -> scrolled(view, Motion.UP);
                        case DOWN, ENTER -> scrolled(view, Motion.DOWN);
                        case PAGE_UP -> scrolled(view, Motion.PAGE_UP);
                        case PAGE_DOWN -> scrolled(view, Motion.PAGE_DOWN);
                        case HOME -> scrolled(view, Motion.BEGIN);
                        case END -> scrolled(view, Motion.END);
                        case ESCAPE, BACKSPACE -> closed(view);
                        default -> Step.to(view);
                    };
            case Key.Typed(int typed) ->
                    switch (typed) {
                        case 'j' -> scrolled(view, Motion.DOWN);
                        case 'k' -> scrolled(view, Motion.UP);
                        case ' ' -> scrolled(view, Motion.PAGE_DOWN);
                        case 'b' -> scrolled(view, Motion.PAGE_UP);
                        case 'g' -> scrolled(view, Motion.BEGIN);
                        case 'G', 'f' -> scrolled(view, Motion.END);
                        case 'q' -> closed(view);
                        default -> orders(view, typed, seen);
                    };
            case Key.Pasted _ -> Step.to(view);
        };
    }

    private static Step scrolled(View view, Motion motion) {
        return Step.doing(view, new Act.Scroll(motion));
    }

    private static Step closed(View view) {
        return Step.doing(view.in(Mode.OVERVIEW), new Act.CloseLog());
    }

    private static Step opened(View view, Overview seen) {
        return chosen(view, seen)
                .map(row -> Step.doing(view.in(Mode.LOG), new Act.OpenLog(row.number())))
                .orElseGet(() -> nobody(view));
    }

    private static Step nobody(View view) {
        return Step.to(view.saying("No worker is shown; Escape shows all.", Tone.WARNING));
    }

    /** What is about the chosen worker, in the overview and beside its log; and the run's pause. */
    private static Step orders(View view, int typed, Overview seen) {
        if (typed == 'P') {
            return Step.doing(
                    view,
                    new Act.Send(
                            isPausedByPerson(seen)
                                    ? Order.resume()
                                    : Order.pause(Optional.empty())));
        }
        if ("arsp".indexOf(typed) < 0) {
            return Step.to(view);
        }
        Optional<Row> row =
                view.mode() == Mode.LOG ? seen.worker(view.chosen()) : chosen(view, seen);
        if (row.isEmpty()) {
            return nobody(view);
        }
        int worker = row.get().number();
        return switch (typed) {
            case 'a' -> Step.doing(view, new Act.Attach(worker));
            case 'r' ->
                    Step.to(
                            view.asking(
                                    new View.Question(
                                            "Restart worker %d? %s; its stage begins anew."
                                                    .formatted(worker, ended(row.get())),
                                            Order.restart(worker))));
            case 's' ->
                    Step.to(
                            view.asking(
                                    new View.Question(
                                            "Stop worker %d? %s; it starts nothing until restarted."
                                                    .formatted(worker, ended(row.get())),
                                            Order.stopWorker(worker))));
            default ->
                    Step.doing(
                            view,
                            new Act.Send(
                                    row.get().held()
                                            ? Order.continueWorker(worker)
                                            : Order.pauseWorker(worker)));
        };
    }

    private static String ended(Row row) {
        return row.issue().isEmpty()
                ? "It holds nothing"
                : "Its attempt at %s is ended".formatted(row.issue());
    }

    private static boolean isPausedByPerson(Overview seen) {
        return seen.gate().cause().filter(cause -> cause == PauseCause.USER).isPresent();
    }

    /** The chosen worker, if the filter shows it; or the first that it shows. */
    static Optional<Row> chosen(View view, Overview seen) {
        List<Row> rows = seen.shown(view.filter());
        return rows.stream()
                .filter(row -> row.number() == view.chosen())
                .findFirst()
                .or(() -> rows.stream().findFirst());
    }

    private static View onShown(View view, Overview seen) {
        return chosen(view, seen).map(row -> view.choosing(row.number())).orElse(view);
    }

    private static View moved(View view, Overview seen, int by) {
        List<Row> rows = seen.shown(view.filter());
        if (rows.isEmpty()) {
            return view;
        }
        int at = chosen(view, seen).map(rows::indexOf).orElse(0);
        int to = Math.clamp((long) at + by, 0, rows.size() - 1);
        return view.choosing(rows.get(to).number());
    }
}
