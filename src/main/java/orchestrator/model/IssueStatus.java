package orchestrator.model;

import java.util.Locale;
import java.util.Optional;

/** Where an issue stands. The words in files and on screen are {@link #word()}. */
public enum IssueStatus {
    /** Not begun, or given back. */
    PENDING,
    /** A worker holds it. */
    IN_PROGRESS,
    /** Every stage is finished. */
    COMPLETED,
    /** Retries are used up and there is nothing to go on with. */
    FAILED,
    /** Set aside until a person looks. */
    PARKED;

    /** The word used in files and on screen, such as {@code in_progress}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when nothing more will happen to the issue by itself. */
    public boolean isTerminal() {
        return this == COMPLETED || this == FAILED || this == PARKED;
    }

    /** The status with this word, if there is one. */
    public static Optional<IssueStatus> ofWord(String word) {
        for (IssueStatus status : values()) {
            if (status.word().equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
