package orchestrator.cli;

import java.util.Map;
import java.util.Optional;

/** What we print on. */
final class Screen {
    private Screen() {}

    /** Whether a person types and reads here: neither side is a file or a pipe. */
    @SuppressWarnings("SystemConsoleNull") // its signature still says it may be
    static boolean isTerminal() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    /**
     * Reads what the person at the terminal answers to a question that was just printed.
     *
     * @return the line; empty when it is no terminal, or its end was typed
     */
    @SuppressWarnings("SystemConsoleNull")
    static Optional<String> answer() {
        java.io.Console console = System.console();
        return console == null || !console.isTerminal()
                ? Optional.empty()
                : Optional.ofNullable(console.readLine());
    }

    /** Whether it is a terminal and nobody asked for no colours ({@code NO_COLOR}). */
    static boolean hasColours(Map<String, String> environment) {
        return isTerminal() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
