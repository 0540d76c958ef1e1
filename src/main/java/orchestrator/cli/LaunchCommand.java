package orchestrator.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import orchestrator.model.Project;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.Launch;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.RunControl;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import orchestrator.process.Await;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            "  orchestrator launch --wait         stay until all is done"
        })
final class LaunchCommand implements Callable<Integer> {
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final WorkspaceOptions place;
    private final Workspaces workspaces;

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

    private final List<TimedEvent> news = new ArrayList<>();

    LaunchCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            RunContext context = workspaces.look(defined.workspace(), defined.config());
            RunControl.DryRun plan = new Launch(context, defined.config()).dryRun();
            out.print(plan.text());
            out.flush();
            return plan.problems().isEmpty() ? Cli.DONE : Cli.PREREQUISITE_MISSING;
        }
        RunContext context = workspaces.open(defined.workspace(), defined.config());
        try (JournalFeed feed = new JournalFeed(context, defined.config())) {
            RunSnapshot start = feed.latest();
            new Launch(context, defined.config()).inTerminal(out::println);
            launched(start, defined.config(), out);
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
                "Launched: %d of %d issues to do (%s), %d workers, tmux session %s."
                        .formatted(
                                totals.pending() + totals.inProgress(),
                                totals.issues(),
                                projects,
                                config.settings().workers(),
                                config.settings().tmuxSession()));
        String where = place.words();
        if (wait) {
            out.println("Waiting until all is done; Ctrl-C ends the waiting, not the run.");
            return;
        }
        List.of(
                        List.of("status", "how it stands (--json for scripts)"),
                        List.of(
                                "attach",
                                "see the session; attach N: worker N; leave with Ctrl-b d"),
                        List.of("dashboard", "the run, live in this terminal"),
                        List.of("cleanup", "end it all; branches stay"))
                .forEach(next ->
                        out.println(
                                "  orchestrator %-9s%s   %s"
                                        .formatted(next.get(0), where, next.get(1))));
    }

    private int follow(JournalFeed feed, Narration narration, PrintWriter out) {
        RunSnapshot[] last = {feed.latest(news::add)};
        Await.until(
                FOREVER,
                () -> {
                    last[0] = feed.latest(news::add);
                    RunSnapshot now = last[0];
                    news.forEach(event -> narration.line(event, now).ifPresent(out::println));
                    news.clear();
                    return last[0].isOver() || last[0].monitor().state() == MonitorState.STOPPED;
                });
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
