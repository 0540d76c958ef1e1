package orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import orchestrator.cli.shell.Asked;
import orchestrator.log.LogKind;
import orchestrator.log.LogQuery;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.monitor.Archive;
import orchestrator.monitor.Archive.AttemptLog;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import orchestrator.process.Await;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logs N}: what an attempt said, and says. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the log of a worker or an issue; secrets are masked.",
            "That of the newest attempt, unless --attempt names another. On a terminal errors and calls of tools are coloured and very long lines are cut; into a file or a pipe they go whole."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator logs 2 --follow",
            "  orchestrator logs shop#52 --attempt 1 --grep '(?i)✗|error'",
            "  orchestrator logs 2 --raw | jq -c .type"
        })
final class LogsCommand implements Callable<Integer> {
    private static final Duration FOREVER = Duration.ofDays(3650);
    private static final Duration LOOK = Duration.ofMillis(50);
    // How the run stands is asked every so many looks.
    private static final int LOOKS_A_STATE = 10;

    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final boolean colours;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            paramLabel = "N",
            completionCandidates = Asked.Logs.class,
            description =
                    "A worker's number, or an issue: project#number, or its number alone if no worker has it.")
    @SuppressWarnings("NullAway.Init") // required
    private String word;

    @Option(
            names = {"-f", "--follow"},
            description =
                    "Go on with what comes, and with the next attempts, until the issue has ended; Ctrl-C leaves it.")
    private boolean follow;

    @Option(names = "--attempt", paramLabel = "K", description = "That attempt of the issue.")
    private @Nullable Integer attempt;

    @Option(names = "--raw", description = "What the agent printed: a JSON object a line.")
    private boolean raw;

    @Option(
            names = "--grep",
            paramLabel = "RE",
            description = "Only lines in which this regular expression matches.")
    private @Nullable String grep;

    /**
     * The command.
     *
     * @param colours whether what stands out is coloured
     */
    LogsCommand(WorkspaceOptions place, Workspaces workspaces, boolean colours) {
        this.place = place;
        this.workspaces = workspaces;
        this.colours = colours;
    }

    @Override
    public Integer call() {
        Optional<LogQuery> query = Optional.ofNullable(grep).map(it -> LogQuery.of(it, true, true));
        WorkspaceOptions.Defined defined = place.read();
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        LogSubject subject = LogSubject.of(word, defined.config());
        Archive archive = Archive.of(context);
        Optional<AttemptLog> pinned =
                Optional.ofNullable(attempt).map(number -> subject.attempt(archive, number));
        if (follow) {
            try (JournalFeed feed = new JournalFeed(context, defined.config());
                    Following following = new Following(subject, pinned, archive, feed, query)) {
                Await.until(FOREVER, LOOK, following::step);
            }
            return Cli.DONE;
        }
        AttemptLog shown =
                pinned.or(() -> subject.newest(archive))
                        .orElseThrow(() -> new Fault("log-unknown", subject.nothingYet()));
        try (LogPrinter printer = printer(shown, query)) {
            printer.print(true);
        }
        return Cli.DONE;
    }

    private LogPrinter printer(AttemptLog of, Optional<LogQuery> query) {
        Path path = raw ? of.stream() : of.transcript();
        PrintWriter out = spec.commandLine().getOut();
        return new LogPrinter(path, raw ? LogKind.STREAM : LogKind.TRANSCRIPT, query, colours, out);
    }

    private void note(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("orchestrator: " + sentence);
        err.flush();
    }

    /** Goes from attempt to attempt, until the issue of the last one has ended. One thread. */
    private final class Following implements AutoCloseable {
        private final LogSubject subject;
        private final boolean one;
        private final Archive archive;
        private final JournalFeed feed;
        private final Optional<LogQuery> query;
        private Optional<AttemptLog> shown;
        private @Nullable LogPrinter printer;
        private int looks;
        private boolean told;

        Following(
                LogSubject subject,
                Optional<AttemptLog> pinned,
                Archive archive,
                JournalFeed feed,
                Optional<LogQuery> query) {
            this.subject = subject;
            one = pinned.isPresent();
            this.archive = archive;
            this.feed = feed;
            this.query = query;
            shown = pinned.or(() -> subject.newest(archive));
            printer = shown.map(it -> printer(it, query)).orElse(null);
        }

        /** True when it is over, or nobody reads it any more. */
        boolean step() {
            // How it stands is asked before the log is read: so what an end has written is read.
            boolean asked = looks++ % LOOKS_A_STATE == 0;
            Optional<AttemptLog> after = asked ? after() : Optional.empty();
            boolean over = asked && !goesOn(after) && isOver();
            Optional<AttemptLog> next = over ? Optional.empty() : after;
            LogPrinter now = printer;
            if (now != null && !now.print(over || next.isPresent())) {
                return true;
            }
            next.ifPresent(this::go);
            return over;
        }

        private void go(AttemptLog next) {
            shown.ifPresent(_ ->
                    note(
                            "now attempt %d of %s, %s, on worker %d"
                                    .formatted(
                                            next.number(),
                                            next.issue(),
                                            next.stage(),
                                            next.worker())));
            close();
            shown = Optional.of(next);
            printer = printer(next, query);
            looks = 0;
        }

        /** The one after the one that is shown. */
        private Optional<AttemptLog> after() {
            return one
                    ? Optional.empty()
                    : subject.attempts(archive).stream()
                            .dropWhile(it -> !shown.map(it::isSame).orElse(true))
                            .skip(shown.isPresent() ? 1 : 0)
                            .findFirst();
        }

        /**
         * Another issue of the same worker is gone on to only while the one before has not ended.
         */
        private boolean goesOn(Optional<AttemptLog> after) {
            return after.filter(it ->
                            shown.map(AttemptLog::issue).filter(it.issue()::equals).isPresent())
                    .isPresent();
        }

        private boolean isOver() {
            RunSnapshot run = feed.latest();
            boolean monitored = run.monitor().state() != MonitorState.STOPPED;
            if (shown.isEmpty() && !monitored) {
                throw new Fault("log-unknown", subject.nothingYet());
            }
            if (!monitored && !told) {
                told = true;
                note(
                        "no monitor runs; what the agent says is made readable when one does (`launch`)");
            }
            return shown.filter(this::isOver).isPresent();
        }

        private boolean isOver(AttemptLog log) {
            boolean ended =
                    archive.attempts(log.issue()).stream()
                            .filter(log::isSame)
                            .anyMatch(it -> it.endedAt().isPresent());
            return ended && (one || hasEnded(log));
        }

        /** Whether nothing more will happen to its issue by itself. */
        private boolean hasEnded(AttemptLog log) {
            return feed.latest().issues().stream()
                    .filter(issue -> issue.id().equals(log.issue()))
                    .allMatch(issue -> issue.status().isTerminal() && !issue.willRetry());
        }

        @Override
        public void close() {
            LogPrinter now = printer;
            if (now != null) {
                now.close();
            }
        }
    }
}
