package orchestrator.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import orchestrator.process.Outcome.Exited;

/** Looks whether a repository can be worked with, and says in sentences what is in the way. */
final class RepositoryCheck {
    private static final String HEADS = "refs/heads/";
    private static final String ORIGIN = "refs/remotes/origin/";

    private final Repo repo;
    private final GitCall call;

    RepositoryCheck(Repo repo, GitCall call) {
        this.repo = repo;
        this.call = call.reading();
    }

    List<String> problems() {
        Path path = repo.path();
        if (!Files.isDirectory(path)) {
            return List.of(
                    "Repository \"%s\": the folder %s is not there; clone the repository there or"
                                    .formatted(repo.name(), path)
                            + " correct its path.");
        }
        try {
            Exited found = call.run("rev-parse", "--git-dir");
            return found.ok() ? inRepository() : List.of(noRepository(found));
        } catch (Fault fault) {
            return List.of("Repository \"%s\": %s".formatted(repo.name(), fault.sentence()));
        }
    }

    private String noRepository(Exited found) {
        if (found.stderr().contains("dubious ownership")) {
            return "Repository \"%s\": %s belongs to another user, so git refuses it; if you trust"
                            .formatted(repo.name(), repo.path())
                    + " it, run: git config --global --add safe.directory "
                    + quoted(repo.path().toString());
        }
        if (found.stderr().contains("not a git repository")) {
            return "Repository \"%s\": %s is not a git repository; clone the repository there or"
                            .formatted(repo.name(), repo.path())
                    + " correct its path.";
        }
        return "Repository \"%s\": git cannot read %s: %s."
                .formatted(repo.name(), repo.path(), Stderr.usefulLine(found));
    }

    private List<String> inRepository() {
        Set<String> refs = new HashSet<>();
        call.must("for-each-ref", "--format=%(refname)", HEADS, ORIGIN).lines().forEach(refs::add);
        List<String> problems = new ArrayList<>();
        defaultBranchProblem(refs).ifPresent(problems::add);
        problems.addAll(branchProblems(refs));
        return List.copyOf(problems);
    }

    private Optional<String> defaultBranchProblem(Set<String> refs) {
        String wanted = repo.defaultBranch();
        if (refs.contains(ORIGIN + wanted) || refs.contains(HEADS + wanted)) {
            return Optional.empty();
        }
        if (refs.isEmpty()) {
            return Optional.of(
                    "Repository \"%s\": %s has no commit yet; make a first commit on %s."
                            .formatted(repo.name(), repo.path(), wanted));
        }
        Optional<String> other =
                call.maybe("symbolic-ref", "--quiet", "--short", ORIGIN + "HEAD")
                        .or(() -> call.maybe("symbolic-ref", "--quiet", "--short", "HEAD"))
                        .map(name -> name.startsWith("origin/") ? name.substring(7) : name);
        return Optional.of(
                "Repository \"%s\": %s has no branch %s, neither here nor known from origin; run git"
                                .formatted(repo.name(), repo.path(), wanted)
                        + " fetch there, or set default_branch"
                        + other.map(name -> " (here it may be " + name + ").").orElse("."));
    }

    private List<String> branchProblems(Set<String> refs) {
        String example = repo.branchOf(1);
        if (!isBranchName(call, example)) {
            return List.of(
                    "Repository \"%s\": the branch prefix \"%s\" gives no valid branch name (such as"
                                    .formatted(repo.name(), repo.branchPrefix())
                            + " \""
                            + example
                            + "\"); change branch_prefix.");
        }
        List<String> problems = new ArrayList<>();
        for (String ref : refs) {
            String branch = ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : "";
            if (!branch.isEmpty() && isInTheWay(branch)) {
                problems.add(
                        "Repository \"%s\": the branch %s in %s is in the way of branches named %s…;"
                                        .formatted(
                                                repo.name(),
                                                branch,
                                                repo.path(),
                                                repo.branchPrefix())
                                + " rename it or change branch_prefix.");
            }
        }
        return problems;
    }

    /**
     * A branch {@code issue} blocks {@code issue/1}, and {@code issue-1/x} blocks {@code issue-1}.
     */
    private boolean isInTheWay(String branch) {
        String prefix = repo.branchPrefix();
        if (prefix.startsWith(branch + "/")) {
            return true;
        }
        if (!branch.startsWith(prefix)) {
            return false;
        }
        int end = prefix.length();
        while (end < branch.length() && Character.isDigit(branch.charAt(end))) {
            end++;
        }
        return end > prefix.length() && end < branch.length() && branch.charAt(end) == '/';
    }

    /** Whether git takes it for a branch; one that begins with '-' never is. */
    static boolean isBranchName(GitCall call, String branch) {
        return !branch.startsWith("-")
                && branch.indexOf('\0') < 0
                && call.run("check-ref-format", HEADS + branch).ok();
    }

    /** For a command line that a person copies. */
    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./@+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
