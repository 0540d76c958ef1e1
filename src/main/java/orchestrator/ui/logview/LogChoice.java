package orchestrator.ui.logview;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import orchestrator.log.LogKind;
import orchestrator.model.IssueId;
import orchestrator.monitor.Archive;
import orchestrator.monitor.Archive.AttemptLog;
import orchestrator.ui.fx.Background;

/**
 * Which file a pane shows: whose log, of which attempt, and which of its files. The newest attempt
 * is followed until another is chosen. FX thread only.
 */
final class LogChoice {
    private final Archive archive;
    private final Background background;
    private final LogRun run;
    private final Runnable changed;
    private LogTarget target;
    private LogKind kind = LogKind.TRANSCRIPT;
    private int pinned;
    private Optional<IssueId> pinnedOf = Optional.empty();
    private Optional<IssueId> issue = Optional.empty();
    private String state = "";
    private List<AttemptLog> attempts = List.of();
    private String problem = "";

    /**
     * A choice.
     *
     * @param changed called when more attempts are known
     */
    LogChoice(
            Archive archive,
            Background background,
            LogRun run,
            LogTarget target,
            Runnable changed) {
        this.archive = archive;
        this.background = background;
        this.run = run;
        this.target = target;
        this.changed = changed;
    }

    void show(LogTarget next) {
        target = next;
        pinned = 0;
    }

    LogTarget target() {
        return target;
    }

    /** Shows that attempt; 0: the newest one, and each that begins. */
    void pin(int attempt) {
        pinned = attempt;
        pinnedOf = run.issue(target);
    }

    /** What is shown, to be remembered. */
    LogState state() {
        return new LogState(target, pinned, pinned == 0 ? Optional.empty() : pinnedOf, kind);
    }

    /** Shows what was shown then. */
    void recall(LogState state) {
        target = state.target();
        kind = state.kind();
        pinned = state.attempt();
        pinnedOf = state.of();
    }

    int pinned() {
        return pinned;
    }

    void show(LogKind next) {
        kind = next;
    }

    LogKind kind() {
        return kind;
    }

    /** Asks for the attempts again where the run has gone on since. */
    void update() {
        Optional<IssueId> now = run.issue(target);
        if (!now.equals(issue)) {
            if (now.isPresent() && !now.equals(pinnedOf)) {
                pinned = 0; // another issue's attempts are other ones
            }
            issue = now;
            attempts = List.of();
            state = "";
        }
        now.ifPresent(this::refresh);
    }

    private void refresh(IssueId of) {
        String seen = run.stateOf(of) + " " + of;
        if (seen.equals(state)) {
            return;
        }
        state = seen;
        background.run(
                "log-attempts",
                () -> archive.attempts(of),
                found -> {
                    if (issue.filter(of::equals).isPresent()) {
                        attempts = found;
                        problem = "";
                        changed.run();
                    }
                },
                fault -> {
                    problem = fault.sentence();
                    changed.run();
                });
    }

    /** Why earlier attempts are not known; empty: they are. */
    String problem() {
        return problem;
    }

    /** All attempts that are known, oldest first. */
    List<AttemptLog> attempts() {
        Optional<AttemptLog> live = live();
        boolean known =
                live.isEmpty()
                        || attempts.stream().anyMatch(it -> it.number() >= live.get().number());
        return known
                ? attempts
                : java.util.stream.Stream.concat(attempts.stream(), live.stream()).toList();
    }

    private Optional<AttemptLog> live() {
        return run.worker(target).flatMap(LogRun::attempt);
    }

    /** The attempt that is shown. */
    Optional<AttemptLog> attempt() {
        List<AttemptLog> known = attempts();
        if (pinned > 0) {
            return known.stream().filter(it -> it.number() == pinned).findFirst();
        }
        Optional<AttemptLog> live = live();
        Optional<AttemptLog> newest =
                known.isEmpty() ? Optional.empty() : Optional.of(known.getLast());
        // The snapshot's may have a folder that the journal's newest has not yet.
        return live.filter(it ->
                        newest.isEmpty()
                                || it.number() > newest.get().number()
                                || (it.number() == newest.get().number()
                                        && kind == LogKind.TRANSCRIPT))
                .or(() -> newest);
    }

    /** The file that is shown; empty: there is none. */
    Optional<Path> path() {
        return attempt()
                .map(it ->
                        switch (kind) {
                            case TRANSCRIPT -> it.transcript();
                            case STREAM -> it.stream();
                            case PROMPT -> it.prompt();
                            case ERRORS -> it.errors();
                        })
                .filter(path -> !Objects.toString(path).isEmpty());
    }
}
