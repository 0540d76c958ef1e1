package orchestrator.model;

/** Why nothing is launched. */
public enum PauseCause {
    /** The account's limit; ends at the reset. */
    USAGE_LIMIT,
    /** Overload or no network; ends by itself, later each time. */
    ENVIRONMENT,
    /** No login, no credit or a broken agent configuration: a person must act. */
    ACCOUNT,
    /** What the run may cost is spent; ends when {@code max_budget_usd} is raised. */
    BUDGET,
    /** The user paused. */
    USER
}
