package orchestrator.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code packaging/start.sh} gives to java, asked of the script itself. */
public final class StartScript {
    private static final Path ROOT = Path.of(System.getProperty("orchestrator.test.basedir", "."));

    private final Map<String, String> environment;
    private final String devices;

    private StartScript(Map<String, String> environment, String devices) {
        this.environment = Map.copyOf(environment);
        this.devices = devices;
    }

    /** On this machine. */
    public static StartScript here() {
        return new StartScript(Map.of(), "/dev");
    }

    /** On a machine that shows its devices in that folder, with these variables besides. */
    static StartScript on(Path devices, Map<String, String> environment) {
        return new StartScript(environment, devices.toString());
    }

    /** What java gets for a window. */
    List<String> windowOptions() {
        return told("printf '%s\\n' \"${options[@]}\"").toList();
    }

    /** A variable as the window's java sees it. */
    Optional<String> variable(String name) {
        return told("printf '%s\\n' \"${" + name + "-unset}\"")
                .findFirst()
                .filter(value -> !value.equals("unset"));
    }

    /**
     * The window's java over a build of the program, with its cache if it has one: the command
     * without the main class, and a class path that ends with what is appended.
     */
    public ProcessBuilder window(Path app, String appended, List<String> rest) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        told("makes_caches=false; use_cache window; printf '%s\\n' \"${options[@]}\"", app)
                .forEach(command::add);
        command.add("-cp");
        String jars = told("set_class_path; echo \"$class_path\"", app).findFirst().orElseThrow();
        command.add(jars + File.pathSeparator + appended);
        command.addAll(rest);
        ProcessBuilder builder = new ProcessBuilder(command);
        for (String name : List.of("GDK_GL", "MALLOC_ARENA_MAX")) {
            variable(name).ifPresent(value -> builder.environment().put(name, value));
        }
        return builder;
    }

    private Stream<String> told(String question) {
        return told(question, Path.of(""));
    }

    private Stream<String> told(String question, Path app) {
        ProcessBuilder bash =
                new ProcessBuilder(
                        "bash",
                        "-euc",
                        "name=test app=$2 jdk=$3; . packaging/start.sh; devices=$1; java_options window; "
                                + question,
                        "start",
                        devices,
                        app.toString(),
                        System.getProperty("java.home"));
        bash.directory(ROOT.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        bash.environment().keySet().removeAll(List.of("GDK_GL", "MALLOC_ARENA_MAX"));
        bash.environment().putAll(environment);
        try {
            Process process = bash.start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("the script failed");
            }
            return said.lines();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
