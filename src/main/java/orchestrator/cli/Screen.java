package orchestrator.cli;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

    /** Whether it is a terminal on which a cursor can be moved. */
    static boolean isWhole(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        return isTerminal() && !type.isEmpty() && !type.equals("dumb");
    }

    /**
     * In which we print: where no locale is set, as in a container, Java would print ? for much.
     */
    static Charset charset(PrintStream stream) {
        return stream.charset().equals(StandardCharsets.US_ASCII)
                ? StandardCharsets.UTF_8
                : stream.charset();
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
