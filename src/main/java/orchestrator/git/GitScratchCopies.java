package orchestrator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import orchestrator.git.Worktrees.AtRisk;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import orchestrator.process.CommandRunner;

/** {@link ScratchCopies} over the {@code git} command line. */
public final class GitScratchCopies implements ScratchCopies {
    /** Where the copied branches stood, so that what came after them is known. */
    static final String BASES = "refs/orchestrator/rehearsal/";

    /** As the scripted agent signs its commits. */
    private static final String AGENT = "rehearsal@example.invalid";

    /** How the monitor's own commits of what an agent left begin. */
    private static final String LEFT = "wip: ";

    private static final int MOST = 20;

    private final CommandRunner runner;

    /** Copies made by that runner's git. */
    public GitScratchCopies(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public List<String> check(Repo real) {
        return new RepositoryCheck(real, GitCall.in(runner, real.path())).problems();
    }

    @Override
    public Map<String, String> make(Repo real, Path at, Set<String> branches, Set<String> files) {
        Path folder = Objects.requireNonNull(at.toAbsolutePath().getParent());
        Path origin = at.resolveSibling(at.getFileName() + "-origin.git");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Fault(
                    "scratch-failed",
                    "The rehearsal's repositories cannot be made in %s (%s); see that its disk has room and may be written."
                            .formatted(folder, e.getMessage()),
                    e);
        }
        Map<String, Ref> wanted = wanted(real, branches);
        if (!wanted.containsKey(real.defaultBranch())) {
            throw new Fault(
                    "no-default-branch",
                    "%s has no branch %s, neither here nor known from origin; run git fetch there, or set default_branch."
                            .formatted(real.path(), real.defaultBranch()));
        }
        makeOrigin(real, folder, origin, wanted);
        makeCopy(real, folder, origin, at);
        GitCall copy = here(at);
        requireWhole(real, copy);
        Map<String, String> taken = new TreeMap<>();
        wanted.keySet()
                .forEach(branch -> {
                    String commit = copy.must("rev-parse", "refs/remotes/origin/" + branch);
                    copy.must("update-ref", BASES + branch, commit);
                    taken.put(branch, commit);
                });
        new CopyFiles(real.path(), at).copy(List.copyOf(files));
        return taken;
    }

    /** A ref of the user's repository and where it stands. */
    private record Ref(String name, String commit) {}

    /** The branches that are there, and the refs they are taken from. */
    private Map<String, Ref> wanted(Repo real, Set<String> branches) {
        Map<String, Ref> all = new TreeMap<>();
        source(real)
                .must(
                        "for-each-ref",
                        "--format=%(objectname) %(refname)",
                        "refs/heads",
                        "refs/remotes/origin")
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(words -> all.put(words[1], new Ref(words[1], words[0])));
        Map<String, Ref> wanted = new TreeMap<>();
        for (String branch : branches) {
            Stream.of("refs/remotes/origin/" + branch, "refs/heads/" + branch)
                    .map(all::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(ref -> wanted.put(branch, ref));
        }
        return wanted;
    }

    /** A call that neither changes the user's repository nor asks its server for what it lacks. */
    private GitCall source(Repo real) {
        return GitCall.in(runner, real.path()).reading().with("GIT_NO_LAZY_FETCH", "1");
    }

    /** What a partial clone lacks is on a server, which is not asked. */
    private void requireWhole(Repo real, GitCall copy) {
        if (source(real).maybe("config", "--get-regexp", "^remote\\..*\\.promisor$").isEmpty()) {
            return;
        }
        long missing =
                copy.must(
                                "rev-list",
                                "--objects",
                                "--missing=print",
                                "--max-count=1",
                                "refs/remotes/origin/" + real.defaultBranch())
                        .lines()
                        .filter(line -> line.startsWith("?"))
                        .count();
        if (missing > 0) {
            throw new Fault(
                    "scratch-incomplete",
                    "%s is a partial clone and lacks %d objects of %s; have git fetch them with a checkout of it, then rehearse again."
                            .formatted(real.path(), missing, real.defaultBranch()));
        }
    }

    private void makeOrigin(Repo real, Path folder, Path origin, Map<String, Ref> wanted) {
        String source = real.path().toString();
        List<String> cloning = new ArrayList<>(List.of("clone", "--quiet", "--bare", "--local"));
        cloning.addAll(List.of("--template=", "--", source, origin.toString()));
        here(folder).within(GitCall.TREE).must(cloning);
        GitCall bare = here(origin);
        // All objects are there now, also those that only a branch of origin holds there; the
        // refs are not the ones that are wanted.
        String refs = bare.must("for-each-ref", "--format=delete %(refname)", "refs/heads");
        bare.input(refs + "\n").must("update-ref", "--stdin");
        bare.must("remote", "remove", "origin");
        bare.must("symbolic-ref", "HEAD", "refs/heads/" + real.defaultBranch());
        List<String> fetching = new ArrayList<>(List.of("fetch", "--quiet", "--no-tags"));
        fetching.addAll(List.of("--no-write-fetch-head", "--no-recurse-submodules"));
        fetching.addAll(List.of("--update-shallow", source));
        int given = fetching.size();
        wanted.forEach((branch, ref) -> {
            String there = "refs/heads/" + branch;
            if (bare.run("cat-file", "-e", ref.commit() + "^{commit}").ok()) {
                bare.must("update-ref", there, ref.commit());
            } else {
                // Of a shallow repository git copies only what its own branches hold.
                fetching.add("+" + ref.name() + ":" + there);
            }
        });
        if (fetching.size() > given) {
            bare.within(GitCall.TREE).must(fetching);
        }
        keepQuiet(bare);
        bare.must("config", "receive.autogc", "false");
    }

    private void makeCopy(Repo real, Path folder, Path origin, Path at) {
        List<String> cloning = new ArrayList<>(List.of("clone", "--quiet", "--local"));
        cloning.addAll(List.of("--no-checkout", "--template=", "--origin", "origin"));
        cloning.addAll(List.of("--branch", real.defaultBranch()));
        cloning.addAll(List.of("--", origin.toString(), at.toString()));
        here(folder).within(GitCall.TREE).must(cloning);
        GitCall copy = here(at);
        keepQuiet(copy);
        // A push to our own origin goes by a path, which the user's settings may forbid.
        copy.must("config", "protocol.file.allow", "always");
        if (copy.maybe("config", "--get", "filter.lfs.process").isPresent()
                || copy.maybe("config", "--get", "filter.lfs.smudge").isPresent()) {
            // Large files would be fetched from a server, or, as our origin has none, not be found.
            copy.must("config", "filter.lfs.process", "git-lfs filter-process --skip");
            copy.must("config", "filter.lfs.smudge", "git-lfs smudge --skip -- %f");
        }
    }

    /** No repacking in the background, which would still write when the rehearsal is removed. */
    private static void keepQuiet(GitCall repository) {
        repository.must("config", "gc.auto", "0");
        repository.must("config", "maintenance.auto", "false");
    }

    private GitCall here(Path folder) {
        return GitCall.in(runner, folder).config("protocol.file.allow=always");
    }

    @Override
    public List<String> foreign(Path copy, Instant made, Instant ended) {
        if (!Files.isDirectory(copy)) {
            return List.of();
        }
        GitCall call = GitCall.in(runner, copy).reading();
        List<String> found = new ArrayList<>(commits(copy, call));
        for (RegisteredWorktree worktree : RegisteredWorktree.of(call)) {
            if (Files.isDirectory(worktree.path())) {
                found.addAll(work(worktree, worktree.main() ? made : ended));
            }
        }
        return List.copyOf(found);
    }

    private static List<String> commits(Path copy, GitCall call) {
        return call.must(
                        "log",
                        "--no-show-signature",
                        "--no-color",
                        "--format=%ae%x09%h %s",
                        "--branches",
                        "--glob=refs/stash",
                        "--not",
                        "--glob=" + BASES + "*")
                .lines()
                .map(line -> line.split("\t", 2))
                .filter(words -> words.length == 2 && !words[0].equals(AGENT))
                .map(words -> words[1])
                .filter(commit -> !commit.substring(commit.indexOf(' ') + 1).startsWith(LEFT))
                .limit(MOST)
                .map(commit -> "the commit %s in %s".formatted(commit, copy))
                .toList();
    }

    private List<String> work(RegisteredWorktree worktree, Instant since) {
        Path folder = worktree.path();
        AtRisk risk = new RiskLook(folder, GitCall.inWorktree(runner, folder)).look();
        List<String> found = new ArrayList<>();
        if (!risk.inProgress().isEmpty()) {
            found.add("a %s under way in %s".formatted(risk.inProgress(), folder));
        }
        if (risk.detachedOnly() > 0) {
            found.add("%d commits on no branch in %s".formatted(risk.detachedOnly(), folder));
        }
        Stream.of(risk.modified(), risk.untracked())
                .flatMap(List::stream)
                .filter(name -> writtenAfter(folder, name, since))
                .limit(MOST)
                .forEach(name -> found.add(folder.resolve(GitWorktrees.oneLine(name)).toString()));
        return found;
    }

    private static boolean writtenAfter(Path folder, String name, Instant since) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isAfter(since);
        } catch (IOException | InvalidPathException e) {
            // What cannot be looked at may be anybody's.
            return true;
        }
    }
}
