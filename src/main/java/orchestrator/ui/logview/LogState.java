package orchestrator.ui.logview;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.log.LogKind;
import orchestrator.model.IssueId;

/**
 * What a pane shows, as it is remembered until the next window.
 *
 * @param attempt 0: the newest
 * @param of whose attempt that is: a worker may hold another issue by then
 */
record LogState(LogTarget target, int attempt, Optional<IssueId> of, LogKind kind) {
    private static final String CHOSEN = "chosen";
    private static final String WORKER = "worker:";
    private static final String NONE = "-";
    private static final String ISSUE = "[A-Za-z0-9._-]{1,200}#[1-9]\\d{0,8}";
    private static final Pattern TEXT =
            Pattern.compile(
                    "([a-z]{1,20}) (\\d{1,6}) (chosen|worker:\\d{1,4}|%s) (-|%s)"
                            .formatted(ISSUE, ISSUE));

    /** Such as {@code transcript 2 worker:3 shop#12}. */
    String text() {
        String whose =
                switch (target) {
                    case LogTarget.Chosen _ -> CHOSEN;
                    case LogTarget.OfWorker worker -> WORKER + worker.number();
                    case LogTarget.OfIssue issue -> issue.id().toString();
                };
        return "%s %d %s %s"
                .formatted(
                        kind.name().toLowerCase(Locale.ROOT),
                        attempt,
                        whose,
                        of.map(IssueId::toString).orElse(NONE));
    }

    /** The opposite of {@link #text}; empty: it cannot be read. */
    static Optional<LogState> parse(String text) {
        Matcher words = TEXT.matcher(text);
        return words.matches()
                ? kind(words.group(1))
                        .map(kind ->
                                new LogState(
                                        target(words.group(3)),
                                        Integer.parseInt(words.group(2)),
                                        issue(words.group(4)),
                                        kind))
                : Optional.empty();
    }

    private static Optional<LogKind> kind(String name) {
        for (LogKind kind : LogKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static LogTarget target(String whose) {
        if (whose.equals(CHOSEN)) {
            return new LogTarget.Chosen();
        }
        return whose.startsWith(WORKER)
                ? new LogTarget.OfWorker(Integer.parseInt(whose.substring(WORKER.length())))
                : new LogTarget.OfIssue(IssueId.parse(whose));
    }

    private static Optional<IssueId> issue(String name) {
        return name.equals(NONE) ? Optional.empty() : Optional.of(IssueId.parse(name));
    }
}
