package orchestrator.simulation;

import java.util.Optional;

/** What Claude prints, as short as it can be and still be understood as it is in a real run. */
final class Lines {
    static final String INIT =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"m\"}";
    static final String DONE = result("success", false, 3, "all is done", "", 0);
    static final String ZERO_TURNS = result("success", false, 0, "nothing to do", "", 0);
    static final String OWN_LIMIT = result("error_max_turns", true, 9, "", "", 0);
    static final String TOO_LONG =
            result("success", true, 1, "Prompt is too long", "prompt_too_long", 0);
    static final String OVERLOADED =
            result("success", true, 1, "API Error: Overloaded", "api_error", 529);
    static final String NO_NETWORK =
            result("success", true, 1, "API Error: Connection refused", "api_error", 0);
    static final String LOGGED_OUT =
            result("success", true, 1, "Not logged in · Please run /login", "api_error", 0);
    static final String NO_CREDIT =
            result("success", true, 1, "Credit balance is too low", "api_error", 0);
    static final String LIMIT =
            result("success", true, 1, "You've hit your 5-hour limit", "api_error", 429);

    private Lines() {}

    static String said(int number) {
        return ("{\"type\":\"assistant\",\"message\":{\"id\":\"m%d\",\"model\":\"m\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"step %d\"}],\"usage\":{\"input_tokens\":10,"
                        + "\"output_tokens\":5}}}")
                .formatted(number, number);
    }

    /** The account's limit; empty: it does not say until when. */
    static String rejected(Optional<Long> resetsAt) {
        return "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\"%s}}"
                .formatted(resetsAt.map(at -> ",\"resetsAt\":" + at).orElse(""));
    }

    private static String result(
            String subtype, boolean error, int turns, String text, String reason, int status) {
        return ("{\"type\":\"result\",\"subtype\":\"%s\",\"is_error\":%s,\"num_turns\":%d,"
                        + "\"result\":\"%s\",\"terminal_reason\":\"%s\"%s,\"total_cost_usd\":0.01}")
                .formatted(
                        subtype,
                        error,
                        turns,
                        text,
                        reason,
                        status == 0 ? "" : ",\"api_error_status\":" + status);
    }
}
