package orchestrator.git;

import java.util.Set;

/**
 * Folders that tools make anew at any time. When git ignores such a folder, a rescue leaves it out
 * and says so: holding gigabytes of dependencies would make rescues too dear to be taken.
 */
final class Rebuildable {
    /** Names of such folders, wherever they are. */
    static final Set<String> NAMES =
            Set.of(
                    "node_modules",
                    "bower_components",
                    "target",
                    "build",
                    "dist",
                    ".gradle",
                    ".venv",
                    "venv",
                    "__pycache__",
                    ".pytest_cache",
                    ".mypy_cache",
                    ".ruff_cache",
                    ".tox",
                    ".next",
                    ".nuxt",
                    ".cache",
                    ".parcel-cache",
                    ".turbo");

    /** The largest ignored file a rescue holds, in bytes. */
    static final long LARGEST_FILE = 50L * 1024 * 1024;

    private Rebuildable() {}

    /** Whether an ignored entry, as git writes it, is such a folder. */
    static boolean is(String entry) {
        if (!entry.endsWith("/")) {
            return false;
        }
        String folder = entry.substring(0, entry.length() - 1);
        return NAMES.contains(folder.substring(folder.lastIndexOf('/') + 1));
    }
}
