package orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import orchestrator.config.Workspace;
import orchestrator.model.Project;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Figures;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.Launch;
import orchestrator.monitor.Rehearsals;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.RunControl;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import orchestrator.process.Await;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code launch}: begins or continues the run. */
@Command(
        name = "launch",
        mixinStandardHelpOptions = true,
        description = "Begins the run, or goes on with it; the monitor is in window 0.",
        footer = {
            "",
            "Examples:",
            "  orchestrator launch --dry-run      show the whole plan, change nothing",
            "  orchestrator launch                begin, return at once",
            "  orchestrator launch --wait         stay until all is done",
            "  orchestrator launch --rehearse     the same run, nothing real touched",
            "  orchestrator launch --rehearse --scenario faults.txt --wait",
            "",
            "A rehearsal is your own configuration with a scripted agent: the same waves,",
            "stages, prompts, waits, retries and alerts, and your setups and gates for",
            "real. It works in copies of your repositories below the state folder, whose",
            "origin is a bare repository beside them, in a tmux session of its own: your",
            "repositories are only read, nothing is pushed, nothing is paid, no forge is",
            "asked, no pull request opened. It begins with no issue done. Git LFS files",
            "stay pointers, submodules empty unless your setup fills them. Look at it with",
            "any command and --rehearsal, such as status --rehearsal; cleanup --rehearsal",
            "removes it, and so does the next one, unless somebody has worked in it.",
            "",
            "A scenario has a line for each fault; what fits no line goes well:",
            "  issue=52 stage=implement attempt=1 outcome=crash",
            "  stage=write_tests outcome=usage-limit reset=60",
            "  default seconds=2 lines=12",
            "Outcomes: crash, hang-mid, no-commit, error, overloaded, and more; see",
            "README, \"Rehearse anything\"."
        })
final class LaunchCommand implements Callable<Integer> {
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final boolean terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--dry-run", description = "Print the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--wait",
            description =
                    "Stay until all is done: exit 0 if all is completed, 1 if something failed or is parked.")
    private boolean wait;

    @Option(
            names = "--rehearse",
            description = "Run it with a scripted agent, in copies of the repositories.")
    private boolean rehearse;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "With --rehearse: how the scripted agent fails, and where.")
    private @Nullable Path scenario;

    @Option(
            names = "--without-commands",
            description = "With --rehearse: run no setup and no gate.")
    private boolean withoutCommands;

    private final List<TimedEvent> news = new ArrayList<>();

    /**
     * The command.
     *
     * @param terminal whether who waits sees a bar
     */
    LaunchCommand(WorkspaceOptions place, Workspaces workspaces, boolean terminal) {
        this.place = place;
        this.workspaces = workspaces;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (rehearse) {
            return rehearse();
        }
        if (scenario != null || withoutCommands) {
            throw misuse(
                    "%s belongs to --rehearse."
                            .formatted(scenario != null ? "--scenario" : "--without-commands"));
        }
        WorkspaceOptions.Defined defined = place.read();
        if (dryRun) {
            RunContext context = workspaces.look(defined.workspace(), defined.config());
            return print(new Launch(context, defined.config()).dryRun());
        }
        return launch(defined.workspace(), defined.config(), () -> {});
    }

    private int rehearse() {
        if (place.isRehearsal()) {
            throw misuse(
                    "--rehearse makes a new rehearsal; without it, `launch --rehearsal` goes on with the last one.");
        }
        WorkspaceOptions.Defined defined = place.read();
        Rehearsals rehearsals = new Rehearsals(workspaces, defined.workspace(), defined.config());
        Rehearsals.Wishes wishes =
                new Rehearsals.Wishes(
                        Optional.ofNullable(scenario)
                                .map(file -> file.toAbsolutePath().normalize()),
                        !withoutCommands);
        if (dryRun) {
            return print(rehearsals.dryRun(wishes));
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Rehearsals.Ready ready = rehearsals.layOut(wishes, out::println)) {
            // Once its monitor holds it, the next one is refused by that.
            return launch(ready.workspace(), ready.config(), ready::close);
        }
    }

    private ParameterException misuse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private int print(RunControl.DryRun plan) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(plan.text());
        out.flush();
        return plan.problems().isEmpty() ? Cli.DONE : Cli.PREREQUISITE_MISSING;
    }

    private int launch(Workspace workspace, WorkspaceConfig config, Runnable begun) {
        PrintWriter out = spec.commandLine().getOut();
        RunContext context = workspaces.open(workspace, config);
        try (JournalFeed feed = new JournalFeed(context, config)) {
            RunSnapshot start = feed.latest();
            new Launch(context, config).inTerminal(out::println);
            begun.run();
            launched(start, config, out);
            return wait
                    ? follow(feed, new Narration(start, ZoneId.systemDefault()), out)
                    : Cli.DONE;
        }
    }

    /** What was begun, and what one may do now. */
    private void launched(RunSnapshot start, WorkspaceConfig config, PrintWriter out) {
        RunSnapshot.Totals totals = start.totals();
        String projects =
                config.projects().stream().map(Project::name).collect(Collectors.joining(", "));
        out.println(
                "Launched: %d of %s to do (%s), %s, tmux session %s."
                        .formatted(
                                totals.pending() + totals.inProgress(),
                                Figures.of(totals.issues(), "issue"),
                                projects,
                                Figures.of(config.settings().workers(), "worker"),
                                config.settings().tmuxSession()));
        if (isRehearsal()) {
            out.println("This is a rehearsal: nothing is pushed or paid, its costs are made up.");
        }
        if (wait) {
            out.println("Waiting until all is done; Ctrl-C ends the waiting, not the run.");
            return;
        }
        String where = isRehearsal() ? place.wordsOfRehearsal() : place.words();
        next().forEach(next ->
                out.println(
                        "  orchestrator %-9s%s   %s"
                                .formatted(next.getFirst(), where, next.getLast())));
    }

    private boolean isRehearsal() {
        return rehearse || place.isRehearsal();
    }

    /** What one may do now, and what that is for. */
    private List<List<String>> next() {
        List<List<String>> next = new ArrayList<>();
        next.add(List.of("status", "how it stands (--json for scripts)"));
        next.add(List.of("attach", "see the session; attach N: worker N; leave with Ctrl-b d"));
        next.add(List.of("dashboard", "the run, live in this terminal"));
        if (isRehearsal()) {
            next.add(List.of("report", "how it went"));
            next.add(List.of("cleanup", "end it and remove all of it"));
        } else {
            next.add(List.of("cleanup", "end it all; branches stay"));
        }
        return next;
    }

    private int follow(JournalFeed feed, Narration narration, PrintWriter out) {
        RunSnapshot[] last = {feed.latest(news::add)};
        Instant begun = Instant.now();
        try (ProgressBar bar = new ProgressBar(out, terminal)) {
            Await.until(
                    FOREVER,
                    () -> {
                        last[0] = feed.latest(news::add);
                        RunSnapshot now = last[0];
                        news.forEach(event -> narration.line(event, now).ifPresent(bar::println));
                        news.clear();
                        RunSnapshot.Totals totals = now.totals();
                        bar.at(totals.completed(), totals.issues(), progress(now, begun));
                        return now.isOver() || now.monitor().state() == MonitorState.STOPPED;
                    });
        }
        RunSnapshot end = last[0];
        out.println(summary(end));
        if (!end.isOver()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "orchestrator: The monitor ended before all was done; `launch` goes on from there.");
        }
        for (IssueView issue : end.issues()) {
            if (!issue.reason().isEmpty() || !issue.pushError().isEmpty()) {
                String why =
                        issue.reason().isEmpty() ? "push: " + issue.pushError() : issue.reason();
                out.println(
                        "  %s %s: %s"
                                .formatted(
                                        issue.id(), issue.status().word(), Text.oneLine(why, 200)));
            }
        }
        return end.isAllWell() ? Cli.DONE : Cli.FAILED_WORK;
    }

    private static String progress(RunSnapshot now, Instant begun) {
        RunSnapshot.Totals totals = now.totals();
        int laidAside = totals.failed() + totals.parked();
        return "%d of %s, %d in progress%s  %s  %s"
                .formatted(
                        totals.completed(),
                        Figures.of(totals.issues(), "issue"),
                        totals.inProgress(),
                        laidAside == 0 ? "" : ", " + laidAside + " failed or parked",
                        Figures.elapsed(Duration.between(begun, Instant.now()).toSeconds()),
                        Figures.cost(now.costUsd()));
    }

    private static String summary(RunSnapshot end) {
        RunSnapshot.Totals totals = end.totals();
        return "%d of %d issues completed, %d failed, %d parked, %d pending; $%.2f"
                .formatted(
                        totals.completed(),
                        totals.issues(),
                        totals.failed(),
                        totals.parked(),
                        totals.pending(),
                        end.costUsd());
    }
}
