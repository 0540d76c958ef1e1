package orchestrator.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import orchestrator.model.Fault;

/**
 * One lock per repository and purpose. Two paths to one repository (a link, a worktree of it) share
 * the lock, because the key is the real path of the git folder that all its worktrees share.
 */
final class RepositoryLocks {
    private record Key(Path commonDir, String purpose) {}

    private final ConcurrentMap<Key, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final ConcurrentMap<Path, Path> commonDirs = new ConcurrentHashMap<>();

    <T> T holding(GitCall call, String purpose, Supplier<T> action) {
        ReentrantLock lock =
                locks.computeIfAbsent(
                        new Key(commonDir(call), purpose), key -> new ReentrantLock());
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private Path commonDir(GitCall call) {
        Path known = commonDirs.get(call.directory());
        if (known != null) {
            return known;
        }
        Path folder = call.directory();
        Path found = folder.resolve(call.reading().must("rev-parse", "--git-common-dir"));
        try {
            Path real = found.toRealPath();
            commonDirs.put(folder, real);
            return real;
        } catch (IOException e) {
            throw new Fault(
                    "git-failed", "The git folder " + found + " of " + folder + " is gone.", e);
        }
    }
}
