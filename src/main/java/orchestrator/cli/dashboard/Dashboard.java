package orchestrator.cli.dashboard;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import orchestrator.cli.dashboard.Keys.Act;
import orchestrator.cli.dashboard.Overview.Row;
import orchestrator.cli.dashboard.View.Mode;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Archive;
import orchestrator.monitor.Archive.AttemptLog;
import orchestrator.monitor.Attach;
import orchestrator.monitor.Figures;
import orchestrator.monitor.FolderWatch;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.Order;
import orchestrator.monitor.Orders;
import orchestrator.monitor.RunContext;
import org.jline.terminal.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run, live on all of a terminal. Everything that happens comes as an event to the one thread
 * that owns the view and draws; that thread sleeps while nothing happens and no clock is seen.
 */
public final class Dashboard {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private static final long SECOND = 1_000;

    private final RunContext context;
    private final WorkspaceConfig config;
    private final Function<Order, Orders> orders;
    private final Function<List<String>, Integer> foreground;
    private final FullScreen screen;
    private final Archive archive;
    private final Optional<FolderWatch> watch;
    private final ZoneId zone = ZoneId.systemDefault();
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();

    /** One permit for each key that may be read: none while another program has the terminal. */
    private final Semaphore turn = new Semaphore(1);

    private RunSnapshot run;
    private Overview seen;
    private View view = View.FIRST;
    private Optional<LogView> log = Optional.empty();
    private Size size = Size.of(80, 24);
    private boolean leaving;

    /** What comes to the thread that owns the view. */
    private sealed interface Happening {
        record Pressed(Key key) implements Happening {}

        /** The terminal is gone. */
        record Gone() implements Happening {}

        record Seen(RunSnapshot run) implements Happening {}

        record Troubled(String sentence) implements Happening {}

        record Answered(Orders.Reply reply) implements Happening {}

        record LogFound(int worker, Optional<AttemptLog> log) implements Happening {}

        record LogMoved() implements Happening {}

        record Resized() implements Happening {}
    }

    private Dashboard(
            RunContext context,
            WorkspaceConfig config,
            Function<Order, Orders> orders,
            Function<List<String>, Integer> foreground,
            FullScreen screen,
            RunSnapshot first) {
        this.context = context;
        this.config = config;
        this.orders = orders;
        this.foreground = foreground;
        this.screen = screen;
        archive = Archive.of(context);
        watch = watch(context);
        run = first;
        seen = Overview.of(first);
    }

    private static Optional<FolderWatch> watch(RunContext context) {
        try {
            return Optional.of(context.ports().watches().get());
        } catch (Fault e) {
            LOG.info("Changes are seen a little later: {}", e.sentence());
            return Optional.empty();
        }
    }

    /**
     * Shows the run until a person leaves it. Blocks.
     *
     * @param orders brings an order to the monitor
     * @param foreground runs words with the terminal inherited and returns their exit code
     * @param charset in which the terminal is written to
     * @throws Fault {@code terminal-unusable}, and what reading the run for the first time throws
     */
    public static void run(
            RunContext context,
            WorkspaceConfig config,
            Function<Order, Orders> orders,
            Function<List<String>, Integer> foreground,
            Charset charset) {
        // Both take their time: the terminal's programs are waited for while the journal is read.
        FutureTask<FullScreen> opening =
                new FutureTask<>(() -> FullScreen.open(context.environment(), charset));
        Thread.ofPlatform().name("open-terminal").daemon().start(opening);
        try (JournalFeed feed = new JournalFeed(context, config)) {
            RunSnapshot first;
            try {
                first = feed.latest();
            } catch (RuntimeException e) {
                opened(opening).close();
                throw e;
            }
            try (FullScreen screen = opened(opening)) {
                new Dashboard(context, config, orders, foreground, screen, first).show(feed);
            }
        }
    }

    /**
     * Does without a terminal what a start does with one, and shows nothing: so that java remembers
     * what that loads.
     */
    public static void train(RunContext context, WorkspaceConfig config) {
        try (JournalFeed feed = new JournalFeed(context, config)) {
            Overview seen = Overview.of(feed.latest());
            Layout layout =
                    new Layout(
                            new Paint(256, Paint.Signs.UNICODE),
                            50,
                            200,
                            context.ports().clock().instant(),
                            ZoneId.systemDefault());
            FullScreen.train(layout.overview(seen, View.FIRST), context.environment());
        }
    }

    private static FullScreen opened(FutureTask<FullScreen> opening) {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted", "The dashboard was interrupted before it was shown.", e);
        }
    }

    private void show(JournalFeed feed) {
        screen.enter(() -> happenings.add(new Happening.Resized()));
        size = screen.measure();
        Thread.ofPlatform().name("keys").daemon().start(this::readKeys);
        try (RunWatch _ =
                new RunWatch(
                        context,
                        feed,
                        run,
                        watch,
                        now -> happenings.add(new Happening.Seen(now)),
                        trouble -> happenings.add(new Happening.Troubled(trouble)))) {
            while (!leaving) {
                draw();
                Optional<Happening> next = next();
                while (next.isPresent()) {
                    take(next.get());
                    next = Optional.ofNullable(happenings.poll());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeLog();
            watch.ifPresent(FolderWatch::close);
        }
    }

    /** Keys are read one at a time, the next once this one was answered. */
    private void readKeys() {
        try {
            Optional<Key> key;
            do {
                turn.acquire();
                key = screen.keys().next();
                key.ifPresent(it -> happenings.add(new Happening.Pressed(it)));
            } while (key.isPresent());
        } catch (IOException e) {
            LOG.info("The terminal cannot be read any more: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        happenings.add(new Happening.Gone());
    }

    /** Waits; when a clock is seen only until it shows another second, and then there is none. */
    private Optional<Happening> next() throws InterruptedException {
        if (!isClockSeen()) {
            return Optional.of(happenings.take());
        }
        long wait = SECOND - now().toEpochMilli() % SECOND;
        return Optional.ofNullable(happenings.poll(wait, TimeUnit.MILLISECONDS));
    }

    private boolean isClockSeen() {
        return switch (view.mode()) {
            case OVERVIEW, FILTERING -> seen.hasClocks();
            case LOG -> seen.worker(view.chosen()).flatMap(Row::startedAt).isPresent();
            case HELP -> false;
        };
    }

    private Instant now() {
        return context.ports().clock().instant();
    }

    // ------------------------------------------------------------------------------- drawing

    private Layout layout() {
        return new Layout(screen.paint(), size.getRows(), size.getColumns(), now(), zone);
    }

    private void draw() {
        Layout layout = layout();
        screen.draw(
                switch (view.mode()) {
                    case OVERVIEW, FILTERING -> layout.overview(seen, view);
                    case HELP -> Help.page(screen.paint(), size.getRows(), size.getColumns());
                    case LOG -> layout.log(logScreen(layout), seen, view);
                });
    }

    private LogView.Screen logScreen(Layout layout) {
        int worker = view.chosen();
        if (log.isEmpty()) {
            return new LogView.Screen(
                    "Worker " + worker,
                    "",
                    Tone.MUTED,
                    List.of(),
                    "Worker %d has run nothing yet.".formatted(worker));
        }
        return log.get().screen(logTitle(log.get().log()), layout.logCells(), layout.logRows());
    }

    private String logTitle(AttemptLog shown) {
        String dot = " " + screen.paint().signs().separator() + " ";
        String title =
                "Worker "
                        + shown.worker()
                        + dot
                        + Cells.plain(shown.issue().toString())
                        + dot
                        + Cells.plain(shown.stage())
                        + dot
                        + "attempt "
                        + shown.number();
        Optional<Row> row =
                seen.worker(shown.worker())
                        .filter(it -> it.issue().equals(Cells.plain(shown.issue().toString())))
                        .filter(it -> it.attempt() == shown.number());
        if (row.isEmpty()) {
            return shown.outcome().isEmpty() ? title : title + dot + Cells.plain(shown.outcome());
        }
        String elapsed =
                row.get()
                        .startedAt()
                        .map(at -> " " + Figures.elapsed(Duration.between(at, now()).toSeconds()))
                        .orElse("");
        return title + dot + row.get().state() + elapsed;
    }

    // ------------------------------------------------------------------------------- happenings

    private void take(Happening happening) {
        switch (happening) {
            case Happening.Pressed(Key key) -> {
                press(key);
                turn.release();
            }
            case Happening.Gone _ -> leaving = true;
            case Happening.Seen(RunSnapshot now) -> {
                run = now;
                seen = Overview.of(now);
                if (view.mode() == Mode.LOG && log.map(LogView::isFollowing).orElse(true)) {
                    findLog(view.chosen());
                }
            }
            case Happening.Troubled(String sentence) -> view = view.saying(sentence, Tone.DANGER);
            case Happening.Answered(Orders.Reply reply) ->
                    view =
                            view.saying(
                                    reply.text(),
                                    switch (reply.outcome()) {
                                        case ACCEPTED -> Tone.SUCCESS;
                                        case REFUSED -> Tone.DANGER;
                                        case KEPT, UNANSWERED -> Tone.WARNING;
                                    });
            case Happening.LogFound found -> openLog(found);
            case Happening.LogMoved _ -> {}
            case Happening.Resized _ -> size = screen.measure();
        }
    }

    private void press(Key key) {
        Keys.Step step = Keys.press(view, key, seen);
        view = step.view();
        if (step.act().isPresent()) {
            act(step.act().get());
        }
    }

    private void act(Act act) {
        switch (act) {
            case Act.Leave _ -> leaving = true;
            case Act.Redraw _ -> size = screen.measure();
            case Act.Attach(int worker) -> attach(worker);
            case Act.Send(Order order) -> send(order);
            case Act.OpenLog(int worker) -> {
                view = view.choosing(worker);
                findLog(worker);
            }
            case Act.CloseLog _ -> closeLog();
            case Act.Scroll(Keys.Motion motion) -> {
                Layout layout = layout();
                log.ifPresent(it -> it.move(motion, layout.logCells(), layout.logRows()));
            }
        }
    }

    private void attach(int worker) {
        try {
            List<String> words = Attach.here(context, config, Optional.of(worker));
            int code = screen.lend(() -> foreground.apply(words));
            size = screen.measure();
            if (code != 0) {
                view =
                        view.saying(
                                "tmux could not show worker %d (it ended with %d); is its session there? See `status`."
                                        .formatted(worker, code),
                                Tone.DANGER);
            }
        } catch (Fault e) {
            view = view.saying(e.sentence(), Tone.DANGER);
        }
    }

    /** The answer comes as it comes. */
    private void send(Order order) {
        view = view.saying("Asking the monitor" + screen.paint().signs().more(), Tone.MUTED);
        begin(
                "order",
                () -> {
                    try {
                        return new Happening.Answered(orders.apply(order).send(order));
                    } catch (Fault e) {
                        return new Happening.Troubled(e.sentence());
                    }
                });
    }

    private void begin(String name, Supplier<Happening> work) {
        Thread.ofVirtual().name(name).start(() -> happenings.add(work.get()));
    }

    // ------------------------------------------------------------------------------- the log

    private void findLog(int worker) {
        begin(
                "find-log",
                () -> {
                    try {
                        List<AttemptLog> all = archive.attemptsAt(worker);
                        return new Happening.LogFound(worker, all.reversed().stream().findFirst());
                    } catch (Fault e) {
                        return new Happening.Troubled(e.sentence());
                    }
                });
    }

    private void openLog(Happening.LogFound found) {
        boolean wanted = view.mode() == Mode.LOG && found.worker() == view.chosen();
        boolean known =
                log.isPresent() && found.log().filter(it -> it.equals(log.get().log())).isPresent();
        if (!wanted || known || found.log().isEmpty()) {
            return;
        }
        AttemptLog next = found.log().get();
        boolean same = log.filter(it -> it.log().isSame(next)).isPresent();
        if (same) {
            log.get().tell(next);
        } else {
            closeLog();
            log =
                    Optional.of(
                            new LogView(
                                    next, watch, () -> happenings.add(new Happening.LogMoved())));
        }
    }

    private void closeLog() {
        log.ifPresent(LogView::close);
        log = Optional.empty();
    }
}
