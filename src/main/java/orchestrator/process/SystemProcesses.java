package orchestrator.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Picks the look at processes that this system offers. */
public final class SystemProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final long USUAL_TICKS = 100;

    private SystemProcesses() {}

    /** From {@code /proc} where there is one as Linux has it, otherwise through {@code ps}. */
    public static Processes create(CommandRunner runner) {
        if (Files.isReadable(PROC.resolve("self/stat"))) {
            try {
                return new LinuxProcesses(PROC, () -> ticksPerSecond(runner));
            } catch (IOException e) {
                return portable(runner); // A /proc, but not Linux's: it shows no boot id.
            }
        }
        return portable(runner);
    }

    private static Processes portable(CommandRunner runner) {
        return new PortableProcesses(runner, System.getProperty("os.name", ""));
    }

    private static long ticksPerSecond(CommandRunner runner) {
        if (runner.run(Command.of("getconf", "CLK_TCK")) instanceof Outcome.Exited exited
                && exited.ok()
                && exited.stdout().strip().matches("[1-9]\\d{0,5}")) {
            return Long.parseLong(exited.stdout().strip());
        }
        return USUAL_TICKS;
    }
}
