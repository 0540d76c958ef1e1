package orchestrator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import orchestrator.model.Issue;
import orchestrator.model.Repo;

/**
 * Checks where work takes place: that repositories are there, and that no two issues of the
 * workspace would share a worktree or a branch.
 */
final class PlaceCheck {
    /** Who has a place or a branch, and where that is written. */
    private record Taken(Issue issue, Source source, Node.Span span) {}

    private final Path stateDir;
    private final Map<Path, Taken> worktrees = new HashMap<>();

    /** Real path of a repository → branch → who has it. */
    private final Map<Path, Map<String, Taken>> branches = new LinkedHashMap<>();

    private final Map<Path, Path> realPaths = new HashMap<>();

    PlaceCheck(Path stateDir) {
        this.stateDir = stateDir;
    }

    void run(List<ProjectDraft> drafts) {
        for (ProjectDraft draft : drafts) {
            draft.repos().forEach(repo -> checkPath(draft, repo));
        }
        for (ProjectDraft draft : drafts) {
            claimAll(draft);
        }
        for (ProjectDraft draft : drafts) {
            checkNesting(draft);
        }
    }

    private void checkPath(ProjectDraft draft, ProjectDraft.RepoDraft at) {
        Repo repo = at.repo();
        boolean madeOnLaunch =
                draft.agent().type().equals(AgentReader.REHEARSAL)
                        && repo.path().startsWith(stateDir);
        if (!Files.exists(repo.path())) {
            if (!madeOnLaunch) {
                draft.source()
                        .problem(
                                at.pathSpan(),
                                "the repository's folder %s does not exist; clone it there, or correct the path"
                                        .formatted(Problems.printable(repo.path())));
            }
        } else if (!Files.isDirectory(repo.path())) {
            draft.source()
                    .problem(
                            at.pathSpan(),
                            "%s is not a folder; give the folder of the repository's checkout"
                                    .formatted(Problems.printable(repo.path())));
        }
        if (Files.exists(repo.worktreeBase()) && !Files.isDirectory(repo.worktreeBase())) {
            draft.source()
                    .problem(
                            at.pathSpan(),
                            "worktrees of this repository are to go into %s, which is not a folder; choose another \"worktree_base\""
                                    .formatted(Problems.printable(repo.worktreeBase())));
        }
    }

    private void claimAll(ProjectDraft draft) {
        Map<String, Repo> repos = repos(draft);
        for (ProjectDraft.IssueDraft at : draft.issues()) {
            Repo repo = repos.get(at.issue().repo());
            if (repo != null && at.counted()) {
                claim(draft, at, repo);
            }
        }
    }

    private static Map<String, Repo> repos(ProjectDraft draft) {
        return draft.repos().stream()
                .map(ProjectDraft.RepoDraft::repo)
                .collect(Collectors.toMap(Repo::name, repo -> repo));
    }

    private void claim(ProjectDraft draft, ProjectDraft.IssueDraft at, Repo repo) {
        int number = at.issue().id().number();
        Taken mine = new Taken(at.issue(), draft.source(), at.span());
        Taken branchOf =
                branches.computeIfAbsent(real(repo.path()), path -> new HashMap<>())
                        .putIfAbsent(repo.branchOf(number), mine);
        if (branchOf != null) {
            shared(draft, at, branchOf, "branch " + repo.branchOf(number), "branch_prefix");
        }
        Path worktree = real(repo.worktreeBase()).resolve("issue-" + number);
        Taken worktreeOf = worktrees.putIfAbsent(worktree, mine);
        if (worktreeOf != null) {
            shared(draft, at, worktreeOf, "worktree " + worktree, "worktree_base");
        }
    }

    private static void shared(
            ProjectDraft draft, ProjectDraft.IssueDraft at, Taken other, String what, String key) {
        draft.source()
                .problem(
                        at.span(),
                        "%s and %s (%s) would share the %s; give one of their repositories another \"%s\""
                                .formatted(
                                        at.issue().id(),
                                        other.issue().id(),
                                        other.source().place(other.span()),
                                        Quoted.shortened(what),
                                        key));
    }

    /** Git keeps branches as files: where {@code a} is one, {@code a/b} cannot be. */
    private void checkNesting(ProjectDraft draft) {
        Map<String, Repo> repos = repos(draft);
        for (ProjectDraft.IssueDraft at : draft.issues()) {
            Repo repo = repos.get(at.issue().repo());
            if (repo == null || !at.counted()) {
                continue;
            }
            String branch = repo.branchOf(at.issue().id().number());
            at.issue().branch().ifPresent(looked -> checkReviewed(draft, at, branch, looked));
            Map<String, Taken> taken = branches.getOrDefault(real(repo.path()), Map.of());
            for (int slash = branch.lastIndexOf('/');
                    slash > 0;
                    slash = branch.lastIndexOf('/', slash - 1)) {
                String parent = branch.substring(0, slash);
                Taken other = taken.get(parent);
                if (other != null) {
                    nested(draft, at, branch, "the branch of " + other.issue().id(), parent);
                } else if (parent.equals(repo.defaultBranch())) {
                    nested(draft, at, branch, "the default branch", parent);
                }
            }
            if (repo.defaultBranch().startsWith(branch + "/")
                    || repo.defaultBranch().equals(branch)) {
                nested(draft, at, branch, "the default branch", repo.defaultBranch());
            }
        }
    }

    /** What a review writes goes onto a branch beside the one it looks at. */
    private static void checkReviewed(
            ProjectDraft draft, ProjectDraft.IssueDraft at, String branch, String looked) {
        if (looked.equals(branch)) {
            draft.source()
                    .problem(
                            at.span(),
                            "%s would be worked on in the branch %s, the very one it is to look at; give it another number or another \"branch\""
                                    .formatted(at.issue().id(), Quoted.of(branch)));
        } else if (branch.startsWith(looked + "/") || looked.startsWith(branch + "/")) {
            nested(draft, at, branch, "the branch it looks at", looked);
        }
    }

    private static void nested(
            ProjectDraft draft,
            ProjectDraft.IssueDraft at,
            String branch,
            String whose,
            String other) {
        draft.source()
                .problem(
                        at.span(),
                        "%s would be worked on in the branch %s, which git cannot have beside %s, %s; choose another \"branch_prefix\""
                                .formatted(
                                        at.issue().id(),
                                        Quoted.of(branch),
                                        whose,
                                        Quoted.of(other)));
    }

    /** The same place by whatever links it is reached; a missing one is what is written. */
    private Path real(Path path) {
        return realPaths.computeIfAbsent(
                path,
                p -> {
                    try {
                        return Files.exists(p) ? p.toRealPath() : p;
                    } catch (IOException e) {
                        // It went away between the two looks, or may not be entered: then the
                        // written path is all that can be compared.
                        return p;
                    }
                });
    }
}
