package orchestrator.model;

import java.util.Locale;

/** Where a repository's issues live. */
public enum Platform {
    GITHUB,
    GITLAB,
    /** No forge: issue texts come from the config alone. */
    NONE;

    /** The word in the config: {@code github}, {@code gitlab}, {@code none}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
