package orchestrator.git;

import java.io.IOException;
import java.nio.file.Path;

/** Paths as git registers them. */
final class Paths {
    private Paths() {}

    /** The absolute path with symbolic links resolved as far as it exists. */
    static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            // Not there (yet): what leads to it may be.
            Path name = absolute.getFileName();
            return parent == null || name == null ? absolute : real(parent).resolve(name);
        }
    }
}
