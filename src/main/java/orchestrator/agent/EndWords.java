package orchestrator.agent;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import orchestrator.log.PlainText;
import orchestrator.log.Secrets;
import orchestrator.model.AgentOutcome;

/**
 * The words in which command lines of agents, and the services behind them, say why they ended; and
 * our own for it. Pure.
 */
final class EndWords {
    private static final int LONGEST_DETAIL = 300;

    static final Pattern CREDIT =
            words("credit balance is too low|insufficient credit|billing_error");
    static final Pattern LOGIN =
            words(
                    "not logged in|please run /login|invalid api key|oauth token|"
                            + "failed to authenticate|authentication_(?:error|failed)");
    static final Pattern USED_UP =
            words("(?:hit|reached) your .{0,40}limit|usage[ _]limit[ _]reached|out of extra usage");
    static final Pattern OVERLOAD =
            words("overloaded|request rejected \\(429\\)|rate_limit_error|too many requests");
    static final Pattern NETWORK =
            words(
                    "connection (?:refused|error|reset|closed|timed out)|unable to connect|fetch failed|"
                            + "econnrefused|econnreset|enotfound|etimedout|eai_again|ehostunreach|enetunreach|"
                            + "socket hang up|certificate|request timed out");
    static final Pattern TOO_LONG = words("prompt is too long|prompt_too_long|request too large");
    static final Pattern MODEL =
            words("issue with the selected model|model not found|not_found_error");

    private EndWords() {}

    /**
     * Words and what they mean.
     *
     * @param means is given a detail for people
     */
    record Sign(Pattern words, Function<String, AgentOutcome> means) {}

    private static final List<Sign> SIGNS =
            List.of(
                    new Sign(CREDIT, AgentOutcome.NoCredit::new),
                    new Sign(LOGIN, AgentOutcome.NotLoggedIn::new),
                    new Sign(TOO_LONG, AgentOutcome.PromptTooLong::new),
                    new Sign(OVERLOAD, AgentOutcome.Overloaded::new),
                    new Sign(NETWORK, AgentOutcome.Network::new));

    /**
     * What words say that the command line itself wrote, never the model; empty: nothing that is
     * known.
     */
    static Optional<AgentOutcome> byWords(String text, String detail) {
        return first(SIGNS, text, detail);
    }

    /** What the first of the signs means that a text holds. */
    static Optional<AgentOutcome> first(List<Sign> signs, String text, String detail) {
        return signs.stream()
                .filter(sign -> sign.words().matcher(text).find())
                .findFirst()
                .map(sign -> sign.means().apply(detail));
    }

    /** Signals somebody sends; a crash (ABRT, SEGV, …) is not one of them. */
    static boolean isKill(int code) {
        return code == 129 || code == 131 || code == 137 || code == 143;
    }

    /** How a process ended, from its exit code. */
    static String ended(int code) {
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
    static String detail(String what, String words) {
        String last = words.strip();
        last = last.substring(last.lastIndexOf('\n') + 1);
        String all = what.isEmpty() || last.isEmpty() ? what + last : what + ": " + last;
        return PlainText.cut(
                Secrets.mask(PlainText.oneLine(PlainText.head(all, 4_000))), LONGEST_DETAIL);
    }

    static Pattern words(String alternatives) {
        return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
    }
}
