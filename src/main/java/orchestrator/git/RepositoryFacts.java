package orchestrator.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome.Exited;

/**
 * What can be told of a repository that nobody has described yet.
 *
 * @param root absolute: the top of its main worktree
 * @param defaultBranch what {@code origin} takes for it, else the branch that is checked out, else
 *     empty
 * @param platform told by the address of {@code origin}
 */
public record RepositoryFacts(Path root, String defaultBranch, Platform platform) {
    /**
     * Looks at a folder. Changes nothing; blocks.
     *
     * @param folder the repository, or a folder in it
     * @throws Fault {@code repository-missing} when it is in no repository with files
     */
    public static RepositoryFacts of(CommandRunner runner, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new Fault(
                    "repository-missing",
                    "There is no folder %s; choose another.".formatted(folder));
        }
        GitCall call = GitCall.in(runner, folder).reading();
        Exited top = call.run("rev-parse", "--show-toplevel");
        String root = top.stdout().strip();
        if (!top.ok() || root.isEmpty()) {
            throw new Fault(
                    "repository-missing",
                    "%s is in no git repository with files; choose the folder of a clone, or run git init in it."
                            .formatted(folder));
        }
        String branch =
                call.maybe("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
                        .map(name -> name.strip().replaceFirst("^origin/", ""))
                        .or(() -> usual(call))
                        .or(() ->
                                call.maybe("symbolic-ref", "--quiet", "--short", "HEAD")
                                        .map(String::strip))
                        .orElse("");
        return new RepositoryFacts(Path.of(root), branch, platform(call));
    }

    /**
     * What keeps a repository from being worked with, as it is described; a sentence each. Changes
     * nothing; blocks.
     */
    public static List<String> problems(CommandRunner runner, Repo repo) {
        return new RepositoryCheck(repo, GitCall.in(runner, repo.path())).problems();
    }

    /** A clone that was made by init and fetch knows no HEAD of its origin. */
    private static Optional<String> usual(GitCall call) {
        List<String> remote =
                call.maybe("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin/")
                        .map(refs -> refs.lines().toList())
                        .orElse(List.of());
        return Stream.of("main", "master").filter(remote::contains).findFirst();
    }

    private static Platform platform(GitCall call) {
        String address =
                call.maybe("remote", "get-url", "origin").orElse("").toLowerCase(Locale.ROOT);
        if (address.contains("github")) {
            return Platform.GITHUB;
        }
        return address.contains("gitlab") ? Platform.GITLAB : Platform.NONE;
    }
}
