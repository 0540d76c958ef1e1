package orchestrator.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What has to hold before a {@link Command} can be started, and why one could not be. */
final class Launching {
    /**
     * Names, with commas between, of the variables that our own start set for this process: see
     * {@code packaging/start.sh}.
     */
    static final String OUR_OWN = "orchestrator.own.environment";

    /** What the virtual machine encodes arguments with: the locale's, not UTF-8 by itself. */
    private static final Charset SYSTEM =
            Charset.forName(
                    System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()),
                    StandardCharsets.UTF_8);

    /** How the virtual machine words a failed start: {@code error=2, …} or {@code error: 2 (…}. */
    private static final Pattern ERROR_NUMBER = Pattern.compile("\\berror(?:=|: )(\\d+)\\b");

    private Launching() {}

    /** Why the command cannot be started at all, if so. */
    static Optional<String> refusal(Command command) {
        if (command.argv().isEmpty() || command.argv().getFirst().isBlank()) {
            return Optional.of("a command without an executable was asked for");
        }
        String name = command.argv().getFirst();
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of(name + " was not started: its caller had been interrupted");
        }
        Optional<String> folder =
                command.directory()
                        .filter(path -> !Files.isDirectory(path))
                        .map(path ->
                                "the folder %s to run %s in does not exist".formatted(path, name));
        return folder.or(() -> badText(command)).or(() -> badName(command));
    }

    private static Optional<String> badText(Command command) {
        CharsetEncoder encoder = SYSTEM.newEncoder();
        String name = command.argv().getFirst();
        Stream<String> texts =
                Stream.concat(
                        command.argv().stream(),
                        command.environment().entrySet().stream()
                                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue())));
        return texts.flatMap(text -> badText(name, text, encoder).stream()).findFirst();
    }

    private static Optional<String> badText(String name, String text, CharsetEncoder encoder) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("an argument or variable for " + name + " holds a NUL character");
        }
        if (!encoder.canEncode(text)) {
            // The virtual machine would silently write question marks instead.
            return Optional.of(
                    ("an argument or variable for %s cannot be written in this locale (%s);"
                                    + " start the program with LC_ALL=C.UTF-8")
                            .formatted(name, SYSTEM.name()));
        }
        return Optional.empty();
    }

    private static Optional<String> badName(Command command) {
        return command.environment().keySet().stream()
                .filter(variable -> variable.isEmpty() || variable.indexOf('=') >= 0)
                .findFirst()
                .map(variable -> "\"" + variable + "\" cannot be the name of a variable");
    }

    /** A builder with the command's arguments, folder and environment; its streams are pipes. */
    static ProcessBuilder builder(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.argv());
        command.directory().ifPresent(path -> builder.directory(path.toFile()));
        Map<String, String> environment = inherited(builder);
        environment.keySet().removeAll(command.unset());
        environment.putAll(command.environment());
        return builder;
    }

    /** The environment of what is to be started: ours, without what is meant for us alone. */
    static Map<String, String> inherited(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of(System.getProperty(OUR_OWN, "").split(",", -1)));
        return environment;
    }

    /** A sentence's middle for a start that failed. */
    static String reason(Command command, IOException failure) {
        String name = command.argv().getFirst();
        String detail = String.valueOf(failure.getMessage());
        Matcher number = ERROR_NUMBER.matcher(detail);
        return switch (number.find() ? number.group(1) : "") {
            case "2" ->
                    name.contains("/")
                            ? "there is no file " + name
                            : name + " was not found on the PATH";
            case "7" ->
                    "the arguments and variables for "
                            + name
                            + " are longer than the system allows";
            case "13" ->
                    name.contains("/")
                            ? name + " is not an executable file, or its folder may not be entered"
                            : name + " was not found on the PATH as a file that may be run";
            default -> name + " could not be started: " + detail;
        };
    }
}
