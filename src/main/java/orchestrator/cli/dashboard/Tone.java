package orchestrator.cli.dashboard;

/** What a colour means; a word or a sign beside it always says the same. */
enum Tone {
    PLAIN,
    /** Headings and what stands first. */
    STRONG,
    MUTED,
    ACCENT,
    SUCCESS,
    WARNING,
    DANGER,
    /** The row that is chosen. */
    CHOSEN
}
