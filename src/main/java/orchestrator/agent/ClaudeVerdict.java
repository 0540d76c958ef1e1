package orchestrator.agent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.AgentOutcome;

/**
 * What the end of a run of Claude means. Pure.
 *
 * <p>Trust goes in this order: the exit code says whether anything can have gone well; the last
 * result's own fields say why not; its text is read only where the command line itself wrote it (an
 * API error), never where the model did; standard error is the last resort, and only when nothing
 * was worked on. Whatever stays unclear is a failure, so that it is looked at and tried again,
 * never a success.
 */
public final class ClaudeVerdict {
    private static final Pattern EMPTY_CRASH = EndWords.words("no messages returned");
    private static final Pattern NO_SESSION =
            EndWords.words(
                    "session id .{0,80}already in use|no conversation found with session id");
    private static final Pattern BROKEN_CALL =
            EndWords.words(
                    "config_file_invalid|cannot be used with root/sudo|unknown option|"
                            + "unknown argument|missing required argument|argument missing|"
                            + "requires --verbose|command not found|is not valid json|"
                            + "invalid mcp configuration|invalid settings");
    // Older versions: "Claude AI usage limit reached|1749924000".
    private static final Pattern RESET = Pattern.compile("limit reached\\|(\\d{9,13})");

    private ClaudeVerdict() {}

    /** Judges a run by what its stream said and how its process ended. */
    public static AgentOutcome judge(StreamFacts facts, Agent.Exit exit) {
        Optional<Integer> code = exit.code();
        if (code.isEmpty()) {
            return new AgentOutcome.Vanished(
                    facts.result().isPresent()
                            ? "it gave its result, but its process left no exit code"
                            : "its process is gone and left no exit code");
        }
        return code.get() == 0 ? exitedWell(facts, exit) : exitedBadly(facts, exit, code.get());
    }

    private static AgentOutcome exitedWell(StreamFacts facts, Agent.Exit exit) {
        if (facts.result().isEmpty()) {
            return exit.interrupted()
                    ? new AgentOutcome.Interrupted()
                    : new AgentOutcome.NoWork("exit 0 without a result");
        }
        StreamFacts.Result result = facts.result().get();
        if (result.error()) {
            // SIGINT ends in exit 0 and this result, also when only the agent was signalled.
            return result.subtype().equals("error_during_execution")
                    ? new AgentOutcome.Interrupted()
                    : said(facts, result, exit);
        }
        if (result.turns() == 0) {
            return exit.interrupted()
                    ? new AgentOutcome.Interrupted()
                    : new AgentOutcome.NoWork(
                            EndWords.detail("a result of zero turns", result.text()));
        }
        // Ctrl-C after the result changes nothing: the work had ended. Work taken up again after a
        // result has taken that result back (see StreamFacts), so this one is really the last.
        return new AgentOutcome.Done(result.turns(), result.permissionDenials(), result.text());
    }

    private static AgentOutcome exitedBadly(StreamFacts facts, Agent.Exit exit, int code) {
        if (code == 126 || code == 127) {
            return new AgentOutcome.BadAgentConfig(
                    EndWords.detail("exit " + code + ", it could not be run", exit.stderrTail()));
        }
        if (!facts.worked() && NO_SESSION.matcher(exit.stderrTail()).find()) {
            // 2.1.197 gives a result of zero turns before it when it was to be resumed.
            return new AgentOutcome.SessionLost(
                    EndWords.detail(EndWords.ended(code), exit.stderrTail()));
        }
        if (facts.result().isPresent()) {
            StreamFacts.Result result = facts.result().get();
            if (result.error()) {
                return said(facts, result, exit);
            }
            // It claims success and exits in error: whoever ended it on purpose knows better.
            return new AgentOutcome.Failed(
                    result.turns() == 0
                            ? "it did nothing, then " + EndWords.ended(code)
                            : "it reported success, then " + EndWords.ended(code));
        }
        if (exit.interrupted() || code == 130) {
            return new AgentOutcome.Interrupted();
        }
        if (EndWords.isKill(code)) {
            return new AgentOutcome.Failed(EndWords.ended(code));
        }
        if (facts.limitRejected()) {
            return new AgentOutcome.UsageLimit(facts.limitResetsAt(), EndWords.ended(code));
        }
        if (facts.worked()) {
            return new AgentOutcome.Failed(
                    EndWords.detail(EndWords.ended(code), exit.stderrTail()));
        }
        return byStandardError(facts, exit, code);
    }

    /** What a result in error says of itself. */
    private static AgentOutcome said(
            StreamFacts facts, StreamFacts.Result result, Agent.Exit exit) {
        String detail = EndWords.detail(result.text(), "");
        String reason = result.terminalReason();
        if (reason.equals("prompt_too_long")) {
            return new AgentOutcome.PromptTooLong(detail);
        }
        if (reason.equals("config_file_invalid")) {
            return new AgentOutcome.BadAgentConfig(EndWords.detail(reason, result.text()));
        }
        return switch (result.subtype()) {
            case "error_max_turns", "error_max_budget_usd" ->
                    new AgentOutcome.OwnLimit(EndWords.detail(result.subtype(), result.text()));
            case "error_during_execution" -> brokenOff(facts, result, exit);
            default -> isApiError(result) ? api(facts, result, detail) : other(facts, result);
        };
    }

    private static AgentOutcome brokenOff(
            StreamFacts facts, StreamFacts.Result result, Agent.Exit exit) {
        // 2.1.197 ends with code 1 and "aborted_tools" or "aborted_streaming", also when only the
        // agent was signalled and our script saw nothing.
        boolean aborted = result.terminalReason().startsWith("aborted");
        if (exit.interrupted() || aborted || exit.code().equals(Optional.of(130))) {
            return new AgentOutcome.Interrupted();
        }
        return other(facts, result);
    }

    private static AgentOutcome other(StreamFacts facts, StreamFacts.Result result) {
        String detail = EndWords.detail(result.subtype(), result.text());
        return facts.worked()
                ? new AgentOutcome.Failed(detail)
                : new AgentOutcome.CrashedEmpty(detail);
    }

    /** Whether the text of a result in error is the command line's own, not the model's. */
    private static boolean isApiError(StreamFacts.Result result) {
        return result.terminalReason().equals("api_error")
                || !result.apiError().isEmpty()
                || result.apiErrorStatus().isPresent()
                // A success that is an error is always the command line's own sentence. Versions
                // give it no reason, or "completed" (2.1.197 when not logged in).
                || result.subtype().equals("success");
    }

    private static AgentOutcome api(StreamFacts facts, StreamFacts.Result result, String detail) {
        String text = result.text();
        int status = result.apiErrorStatus().orElse(0);
        if (result.apiError().equals("usage_limit_reached")
                || EndWords.USED_UP.matcher(text).find()) {
            return usageLimit(facts, text, detail);
        }
        if (status == 402 || EndWords.CREDIT.matcher(text).find()) {
            return new AgentOutcome.NoCredit(detail);
        }
        if (status == 413 || EndWords.TOO_LONG.matcher(text).find()) {
            return new AgentOutcome.PromptTooLong(detail);
        }
        if (status == 401 || status == 403) {
            return new AgentOutcome.NotLoggedIn(detail);
        }
        if (status == 429) {
            return facts.limitRejected()
                    ? usageLimit(facts, text, detail)
                    : new AgentOutcome.Overloaded(detail);
        }
        if (status >= 500) {
            return new AgentOutcome.Overloaded(detail);
        }
        if (status == 404 && EndWords.MODEL.matcher(text).find()) {
            return new AgentOutcome.BadAgentConfig(detail);
        }
        return result.apiError().equals("connection_failed")
                ? new AgentOutcome.Network(detail)
                : EndWords.byWords(text, detail)
                        .orElseGet(
                                () -> new AgentOutcome.Failed(EndWords.detail("api error", text)));
    }

    private static AgentOutcome usageLimit(StreamFacts facts, String text, String detail) {
        Matcher reset = RESET.matcher(text);
        return new AgentOutcome.UsageLimit(
                facts.limitResetsAt()
                        .or(() ->
                                reset.find()
                                        ? Optional.of(Json.epoch(Long.parseLong(reset.group(1))))
                                        : Optional.empty()),
                detail);
    }

    /** The last resort: nothing was worked on, and the stream does not say why. */
    private static AgentOutcome byStandardError(StreamFacts facts, Agent.Exit exit, int code) {
        String words = exit.stderrTail();
        String detail = EndWords.detail(EndWords.ended(code), words);
        if (EMPTY_CRASH.matcher(words).find()) {
            return new AgentOutcome.CrashedEmpty(detail);
        }
        if (BROKEN_CALL.matcher(words).find()) {
            return new AgentOutcome.BadAgentConfig(detail);
        }
        if (EndWords.USED_UP.matcher(words).find()) {
            return usageLimit(facts, words, detail);
        }
        return EndWords.byWords(words, detail)
                .orElseGet(() -> new AgentOutcome.CrashedEmpty(detail));
    }
}
