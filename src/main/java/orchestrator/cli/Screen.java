package orchestrator.cli;

import java.util.Map;

/** What we print on. */
final class Screen {
    private Screen() {}

    /** Whether a person types and reads here: neither side is a file or a pipe. */
    @SuppressWarnings("SystemConsoleNull") // its signature still says it may be
    static boolean isTerminal() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Whether it is a terminal and nobody asked for no colours ({@code NO_COLOR}). */
    static boolean hasColours(Map<String, String> environment) {
        return isTerminal() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
