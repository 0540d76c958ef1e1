package orchestrator.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the agent's own words and its exit say of an attempt. What git says stands in {@link
 * Finish}.
 */
public sealed interface AgentOutcome {
    /** Exit 0 and a last result without error and with at least one turn. */
    record Done(int turns, int permissionDenials, String lastWords) implements AgentOutcome {}

    /** Exit 0, yet no result, or a result with zero turns: nothing was worked on. */
    record NoWork(String detail) implements AgentOutcome {}

    /** The account's limit is used up. */
    record UsageLimit(Optional<Instant> resetsAt, String detail) implements AgentOutcome {}

    /** The service is overloaded or refuses requests for a while. */
    record Overloaded(String detail) implements AgentOutcome {}

    /** The service could not be reached. */
    record Network(String detail) implements AgentOutcome {}

    /** No login, an expired one, or a key that is not accepted. */
    record NotLoggedIn(String detail) implements AgentOutcome {}

    record NoCredit(String detail) implements AgentOutcome {}

    /** The agent's own configuration or command line is broken. */
    record BadAgentConfig(String detail) implements AgentOutcome {}

    record PromptTooLong(String detail) implements AgentOutcome {}

    /** Its own limit of turns or of money ended it. */
    record OwnLimit(String detail) implements AgentOutcome {}

    /** Ended in error before anything was done ("No messages returned", no output). */
    record CrashedEmpty(String detail) implements AgentOutcome {}

    /** The session it was to go on with is in use or not there any more. */
    record SessionLost(String detail) implements AgentOutcome {}

    /** Ctrl-C in the window, or SIGINT. */
    record Interrupted() implements AgentOutcome {}

    /** No exit was written and the process is gone. */
    record Vanished(String detail) implements AgentOutcome {}

    /** It went with the machine, which was started anew since. */
    record Rebooted() implements AgentOutcome {}

    /** Any other end in error, or by a signal. */
    record Failed(String detail) implements AgentOutcome {}

    /** True when the fault lies with the account, the service or the set-up, not with the issue. */
    default boolean isEnvironmental() {
        return switch (this) {
            case UsageLimit u -> true;
            case Overloaded o -> true;
            case Network n -> true;
            case NotLoggedIn n -> true;
            case NoCredit n -> true;
            case BadAgentConfig b -> true;
            case Done d -> false;
            case NoWork n -> false;
            case PromptTooLong p -> false;
            case OwnLimit o -> false;
            case CrashedEmpty c -> false;
            case SessionLost s -> false;
            case Interrupted i -> false;
            case Vanished v -> false;
            case Rebooted r -> false;
            case Failed f -> false;
        };
    }

    /** One short phrase for people, such as {@code usage limit until 2026-11-22T17:36:00Z}. */
    default String phrase() {
        return switch (this) {
            case Done d -> "finished in " + d.turns() + (d.turns() == 1 ? " turn" : " turns");
            case NoWork n -> "ended without having worked: " + n.detail();
            case UsageLimit u ->
                    "usage limit"
                            + u.resetsAt()
                                    .map(at -> " until " + at.truncatedTo(ChronoUnit.SECONDS))
                                    .orElse("");
            case Overloaded o -> "overloaded: " + o.detail();
            case Network n -> "network: " + n.detail();
            case NotLoggedIn n -> "not logged in: " + n.detail();
            case NoCredit n -> "no credit: " + n.detail();
            case BadAgentConfig b -> "agent misconfigured: " + b.detail();
            case PromptTooLong p -> "prompt too long: " + p.detail();
            case OwnLimit o -> "stopped by its own limit: " + o.detail();
            case CrashedEmpty c -> "crashed without work: " + c.detail();
            case SessionLost s -> "its session cannot go on: " + s.detail();
            case Interrupted i -> "interrupted";
            case Vanished v -> "vanished: " + v.detail();
            case Rebooted r -> "ended when the machine was started anew";
            case Failed f -> "failed: " + f.detail();
        };
    }
}
