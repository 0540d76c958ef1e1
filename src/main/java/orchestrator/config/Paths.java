package orchestrator.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as people write them. */
final class Paths {
    private Paths() {}

    /**
     * The absolute path that is meant: {@code ~} and {@code ~/…} in the user's home, anything else
     * relative to {@code base}.
     *
     * @throws InvalidPathException when it is no path
     */
    static Path resolve(Path base, String written) {
        if (written.equals("~") || written.startsWith("~/")) {
            Path home = Path.of(System.getProperty("user.home", "/"));
            String rest = written.substring(1).replaceFirst("^/+", "");
            return home.resolve(rest).toAbsolutePath().normalize();
        }
        return base.resolve(written).toAbsolutePath().normalize();
    }
}
