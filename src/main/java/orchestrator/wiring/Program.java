package orchestrator.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import orchestrator.cli.Cli;
import orchestrator.process.Command;
import orchestrator.process.Foreground;

/** The program: the window or the command line, by its arguments. */
public final class Program {
    private Program() {}

    /** Runs it and returns the exit code. */
    public static int run(String... arguments) {
        String version = version();
        Assembly assembly = new Assembly(Assembly.selfCommand(), System.getenv(), version);
        return new Cli(
                        assembly,
                        Program::foreground,
                        new WindowStart(assembly, System.getenv()),
                        System.getenv(),
                        version)
                .run(arguments);
    }

    private static int foreground(List<String> words) {
        return new Foreground().run(Command.of(words));
    }

    private static String version() {
        try (InputStream in =
                Program.class.getResourceAsStream("/orchestrator/version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new IllegalStateException("the program's own version cannot be read", e);
        }
    }
}
