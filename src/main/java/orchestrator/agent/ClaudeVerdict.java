package orchestrator.agent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.log.PlainText;
import orchestrator.log.Secrets;
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
    private static final int LONGEST_DETAIL = 300;

    private static final Pattern CREDIT =
            words("credit balance is too low|insufficient credit|billing_error");
    private static final Pattern LOGIN =
            words(
                    "not logged in|please run /login|invalid api key|oauth token|"
                            + "failed to authenticate|authentication_(?:error|failed)");
    private static final Pattern USED_UP =
            words("(?:hit|reached) your .{0,40}limit|usage[ _]limit[ _]reached|out of extra usage");
    private static final Pattern OVERLOAD =
            words("overloaded|request rejected \\(429\\)|rate_limit_error|too many requests");
    private static final Pattern NETWORK =
            words(
                    "connection (?:refused|error|reset|closed|timed out)|unable to connect|fetch failed|"
                            + "econnrefused|econnreset|enotfound|etimedout|eai_again|ehostunreach|enetunreach|"
                            + "socket hang up|certificate|request timed out");
    private static final Pattern TOO_LONG =
            words("prompt is too long|prompt_too_long|request too large");
    private static final Pattern MODEL =
            words("issue with the selected model|model not found|not_found_error");
    private static final Pattern EMPTY_CRASH = words("no messages returned");
    private static final Pattern NO_SESSION =
            words("session id .{0,80}already in use|no conversation found with session id");
    private static final Pattern BROKEN_CALL =
            words(
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
                    : new AgentOutcome.NoWork(detail("a result of zero turns", result.text()));
        }
        // Ctrl-C after the result changes nothing: the work had ended. Work taken up again after a
        // result has taken that result back (see StreamFacts), so this one is really the last.
        return new AgentOutcome.Done(result.turns(), result.permissionDenials(), result.text());
    }

    private static AgentOutcome exitedBadly(StreamFacts facts, Agent.Exit exit, int code) {
        if (code == 126 || code == 127) {
            return new AgentOutcome.BadAgentConfig(
                    detail("exit " + code + ", it could not be run", exit.stderrTail()));
        }
        if (!facts.worked() && NO_SESSION.matcher(exit.stderrTail()).find()) {
            // 2.1.197 gives a result of zero turns before it when it was to be resumed.
            return new AgentOutcome.SessionLost(detail(ended(code), exit.stderrTail()));
        }
        if (facts.result().isPresent()) {
            StreamFacts.Result result = facts.result().get();
            if (result.error()) {
                return said(facts, result, exit);
            }
            // It claims success and exits in error: whoever ended it on purpose knows better.
            return new AgentOutcome.Failed(
                    result.turns() == 0
                            ? "it did nothing, then " + ended(code)
                            : "it reported success, then " + ended(code));
        }
        if (exit.interrupted() || code == 130) {
            return new AgentOutcome.Interrupted();
        }
        if (isKill(code)) {
            return new AgentOutcome.Failed(ended(code));
        }
        if (facts.limitRejected()) {
            return new AgentOutcome.UsageLimit(facts.limitResetsAt(), ended(code));
        }
        if (facts.worked()) {
            return new AgentOutcome.Failed(detail(ended(code), exit.stderrTail()));
        }
        return byStandardError(facts, exit, code);
    }

    /** What a result in error says of itself. */
    private static AgentOutcome said(
            StreamFacts facts, StreamFacts.Result result, Agent.Exit exit) {
        String detail = detail(result.text(), "");
        String reason = result.terminalReason();
        if (reason.equals("prompt_too_long")) {
            return new AgentOutcome.PromptTooLong(detail);
        }
        if (reason.equals("config_file_invalid")) {
            return new AgentOutcome.BadAgentConfig(detail(reason, result.text()));
        }
        return switch (result.subtype()) {
            case "error_max_turns", "error_max_budget_usd" ->
                    new AgentOutcome.OwnLimit(detail(result.subtype(), result.text()));
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
        String detail = detail(result.subtype(), result.text());
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
        if (result.apiError().equals("usage_limit_reached") || USED_UP.matcher(text).find()) {
            return usageLimit(facts, text, detail);
        }
        if (status == 402 || CREDIT.matcher(text).find()) {
            return new AgentOutcome.NoCredit(detail);
        }
        if (status == 413 || TOO_LONG.matcher(text).find()) {
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
        if (status == 404 && MODEL.matcher(text).find()) {
            return new AgentOutcome.BadAgentConfig(detail);
        }
        return result.apiError().equals("connection_failed")
                ? new AgentOutcome.Network(detail)
                : byWords(text, detail)
                        .orElseGet(() -> new AgentOutcome.Failed(detail("api error", text)));
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
        String detail = detail(ended(code), words);
        if (EMPTY_CRASH.matcher(words).find()) {
            return new AgentOutcome.CrashedEmpty(detail);
        }
        if (BROKEN_CALL.matcher(words).find()) {
            return new AgentOutcome.BadAgentConfig(detail);
        }
        if (USED_UP.matcher(words).find()) {
            return usageLimit(facts, words, detail);
        }
        return byWords(words, detail).orElseGet(() -> new AgentOutcome.CrashedEmpty(detail));
    }

    private static Optional<AgentOutcome> byWords(String text, String detail) {
        if (CREDIT.matcher(text).find()) {
            return Optional.of(new AgentOutcome.NoCredit(detail));
        }
        if (LOGIN.matcher(text).find()) {
            return Optional.of(new AgentOutcome.NotLoggedIn(detail));
        }
        if (TOO_LONG.matcher(text).find()) {
            return Optional.of(new AgentOutcome.PromptTooLong(detail));
        }
        if (OVERLOAD.matcher(text).find()) {
            return Optional.of(new AgentOutcome.Overloaded(detail));
        }
        return NETWORK.matcher(text).find()
                ? Optional.of(new AgentOutcome.Network(detail))
                : Optional.empty();
    }

    /** Signals somebody sends; a crash (ABRT, SEGV, …) is not one of them. */
    private static boolean isKill(int code) {
        return code == 129 || code == 131 || code == 137 || code == 143;
    }

    private static String ended(int code) {
        return switch (code) {
            case 129 -> "ended by SIGHUP";
            case 131 -> "ended by SIGQUIT";
            case 134 -> "ended by SIGABRT";
            case 137 -> "ended by SIGKILL";
            case 139 -> "ended by SIGSEGV";
            case 143 -> "ended by SIGTERM";
            default -> "exit " + code;
        };
    }

    /** {@code what: the last line of the words}, one line, without secrets. */
    private static String detail(String what, String words) {
        String last = words.strip();
        last = last.substring(last.lastIndexOf('\n') + 1);
        String all = what.isEmpty() || last.isEmpty() ? what + last : what + ": " + last;
        return PlainText.cut(
                Secrets.mask(PlainText.oneLine(PlainText.head(all, 4_000))), LONGEST_DETAIL);
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
    }
}
