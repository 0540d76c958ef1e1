package orchestrator.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import orchestrator.git.Worktrees.Rescue;
import orchestrator.model.Fault;
import orchestrator.process.Outcome.Exited;

/**
 * Takes a worktree away once nothing can be lost with it. Runs with the repository's lock held. The
 * branch is never touched.
 */
final class RemoveWorktree {
    /** What the reason of our own locks begins with; a lock with another reason is a person's. */
    private static final String OUR_LOCK = "in use by Orchestrator";

    private final GitCall call;
    private final RegisteredWorktree here;
    private final int issue;
    private final RescueRefs rescues;

    RemoveWorktree(GitCall call, RegisteredWorktree here, int issue, RescueRefs rescues) {
        this.call = call;
        this.here = here;
        this.issue = issue;
        this.rescues = rescues;
    }

    static String lockReason(int issue) {
        return OUR_LOCK + " for issue " + issue;
    }

    /** Removes the folder and its registration, after a rescue where one is needed. */
    Optional<Rescue> remove() {
        requireOurLock();
        if (!Files.isDirectory(here.path())) {
            return dropRegistration();
        }
        here.relink(call);
        Path path = here.path();
        RescueTaker.Taken taken =
                new RescueTaker(GitCall.inWorktree(call.runner(), path), path, issue, rescues)
                        .take();
        String held =
                taken.rescue()
                        .map(rescue -> " (what it held is in " + rescue.ref() + ")")
                        .orElse("");
        for (NestedRepository nested : taken.nested()) {
            if (nested.ownWork()) {
                throw new Fault(
                        "worktree-nested",
                        "%s was not removed, because the repository %s within has work of its own;"
                                        .formatted(path, GitWorktrees.oneLine(nested.entry()))
                                + " push it or move it away, then try again"
                                + held
                                + ".");
            }
        }
        unlock();
        List<String> arguments = List.of("worktree", "remove", "--force", path.toString());
        Exited exited = call.within(GitCall.TREE).patiently(arguments);
        if (!exited.ok()) {
            throw new Fault(
                    "worktree-remove-failed",
                    "%s could not be removed wholly: %s; see who owns what is left there%s."
                            .formatted(path, Stderr.usefulLine(exited), held));
        }
        return taken.rescue();
    }

    /**
     * Removes the registration of a folder that is gone; exactly this one, and never by a prune,
     * which would take those of a disk that is merely not mounted with it.
     */
    Optional<Rescue> dropRegistration() {
        requireOurLock();
        Optional<Rescue> rescue = Optional.empty();
        if (here.ref().isEmpty() && !here.head().isEmpty()) {
            rescue =
                    Optional.of(
                            new Rescue(
                                    rescues.create(call, issue, here.head()),
                                    here.head(),
                                    "the commit the vanished folder was at"));
        }
        unlock();
        call.within(GitCall.TREE)
                .mustPatiently("worktree", "remove", "--force", here.path().toString());
        return rescue;
    }

    private void requireOurLock() {
        here.locked()
                .filter(reason -> !reason.startsWith(OUR_LOCK))
                .filter(reason -> !reason.equals(RegisteredWorktree.INITIALIZING))
                .ifPresent(reason -> {
                    throw new Fault(
                            "worktree-locked",
                            "The worktree %s is locked by somebody else (%s); unlock it"
                                            .formatted(here.path(), reason)
                                    + " with git worktree unlock, then try again.");
                });
    }

    private void unlock() {
        if (here.locked().isPresent()) {
            call.mustPatiently("worktree", "unlock", here.path().toString());
        }
    }
}
