package orchestrator.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.Commit;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Kind;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.BranchWork.Patch;
import orchestrator.model.Fault;
import orchestrator.process.CommandRunner;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome.Exited;

/** {@link Branches} over the {@code git} command line. */
public final class GitBranches implements Branches {
    /** What git prints of a path whose bytes are no UTF-8: such a path cannot be asked for. */
    private static final char REPLACED = '\uFFFD';

    private static final int COMMIT_FIELDS = 4;

    /** The user's own taste in differences must not change what we read. */
    private static final List<String> PLAIN =
            List.of(
                    "--no-ext-diff",
                    "--no-textconv",
                    "--no-color",
                    "--no-relative",
                    "--submodule=short",
                    "--ignore-submodules=dirty",
                    "-M");

    private final CommandRunner runner;

    /** Git through that runner. */
    public GitBranches(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public Optional<BranchWork> work(Place place) {
        GitCall call = repository(place);
        if (!Files.isDirectory(place.repository())) {
            throw new Fault(
                    "folder-missing",
                    "The repository %s is not there; mount it, or mend its path in the configuration."
                            .formatted(place.repository()));
        }
        Optional<String> branch = commit(call, "refs/heads/" + place.branch());
        Optional<GitStatus> folder = status(place);
        String head =
                folder.map(GitStatus::head)
                        .filter(oid -> !oid.isEmpty())
                        .or(() -> branch)
                        .orElse("");
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String base = base(call, place, head);
        Set<String> unpushed = unpushed(call, place, base, head);
        List<Commit> commits = commits(call, base, head, unpushed);
        boolean more = commits.size() > BranchWork.MOST_COMMITS;
        return Optional.of(
                new BranchWork(
                        place.branch(),
                        base,
                        head,
                        folder.isPresent(),
                        folder.isPresent() && !folder.get().branch().equals(place.branch()),
                        more ? commits.subList(0, BranchWork.MOST_COMMITS) : commits,
                        more,
                        between(call, base, head),
                        folder.map(status -> uncommitted(place, status)).orElse(List.of()),
                        call.run("config", "--get", "remote.origin.url").ok()));
    }

    @Override
    public String tip(Place place) {
        Optional<String> folder = Optional.empty();
        if (isThere(place.worktree())) {
            folder = commit(worktree(place), "HEAD");
        }
        return folder.or(() -> commit(repository(place), "refs/heads/" + place.branch()))
                .orElse("");
    }

    private static Optional<String> commit(GitCall call, String name) {
        return call.maybe("rev-parse", "--verify", "--quiet", name + "^{commit}")
                .filter(Oids::isOid);
    }

    /** Empty when the folder is gone, or is no worktree any more. */
    private Optional<GitStatus> status(Place place) {
        if (!isThere(place.worktree())) {
            return Optional.empty();
        }
        return Optional.of(GitStatus.of(worktree(place)));
    }

    /** What lies there without its link is no worktree: git would say so, and nothing is read. */
    private static boolean isThere(Path worktree) {
        return Files.exists(worktree.resolve(".git"));
    }

    private static String base(GitCall call, Place place, String head) {
        if (!place.base().isEmpty() && commit(call, place.base()).isPresent()) {
            return place.base();
        }
        for (String ref :
                List.of(
                        "refs/remotes/origin/" + place.defaultBranch(),
                        "refs/heads/" + place.defaultBranch())) {
            Optional<String> found =
                    commit(call, ref).flatMap(tip -> call.maybe("merge-base", tip, head));
            if (found.isPresent()) {
                return found.get().lines().findFirst().orElse("");
            }
        }
        return emptyTree(call);
    }

    /** The name of a tree without files; it is only calculated. */
    private static String emptyTree(GitCall call) {
        return call.must("hash-object", "-t", "tree", "/dev/null");
    }

    private static Set<String> unpushed(GitCall call, Place place, String base, String head) {
        List<String> words = new ArrayList<>(List.of("rev-list"));
        words.add("--max-count=" + (BranchWork.MOST_COMMITS + 1));
        words.add(head);
        except(call, words, base);
        if (commit(call, place.pushed()).isPresent()) {
            words.add("^" + place.pushed());
        }
        words.addAll(List.of("--not", "--remotes"));
        return new HashSet<>(call.must(words).lines().toList());
    }

    /** Leaves out what the base has; an empty tree has no commits. */
    private static void except(GitCall call, List<String> words, String base) {
        if (commit(call, base).isPresent()) {
            words.add("^" + base);
        }
    }

    private static List<Commit> commits(
            GitCall call, String base, String head, Set<String> unpushed) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "log",
                                "-z",
                                "--no-show-signature",
                                "--no-color",
                                "--no-mailmap",
                                "--no-notes",
                                "--topo-order",
                                "--format=%H%x00%an%x00%ct%x00%s",
                                "--max-count=" + (BranchWork.MOST_COMMITS + 1),
                                head));
        except(call, words, base);
        words.add("--");
        String[] fields = call.must(words).split("\0", -1);
        List<Commit> all = new ArrayList<>();
        for (int i = 0; i + COMMIT_FIELDS <= fields.length; i += COMMIT_FIELDS) {
            String oid = fields[i];
            all.add(
                    new Commit(
                            oid,
                            fields[i + 1],
                            Instant.ofEpochSecond(Long.parseLong(fields[i + 2])),
                            fields[i + 3],
                            !unpushed.contains(oid)));
        }
        return all;
    }

    private static List<FileChange> between(GitCall call, String from, String to) {
        List<String> words =
                new ArrayList<>(List.of("diff-tree", "-r", "--raw", "--numstat", "-z"));
        words.addAll(PLAIN);
        words.addAll(List.of(from, to, "--"));
        return RawDiff.parse(call.must(words));
    }

    private List<FileChange> uncommitted(Place place, GitStatus status) {
        if (status.entries().isEmpty()) {
            return List.of();
        }
        List<String> words = new ArrayList<>(List.of("diff", "--raw", "--numstat", "-z"));
        words.addAll(PLAIN);
        words.addAll(List.of("HEAD", "--"));
        List<FileChange> all = new ArrayList<>(RawDiff.parse(worktree(place).must(words)));
        status.untracked()
                .forEach(path -> all.add(new FileChange(Kind.UNTRACKED, path, "", 0, 0, false)));
        return all;
    }

    @Override
    public List<FileChange> files(Place place, BranchWork work, Part part) {
        return switch (part) {
            case Part.Everything e -> work.files();
            case Part.Uncommitted u -> work.uncommitted();
            case Part.OfCommit of -> {
                GitCall call = repository(place);
                yield between(call, parent(call, of.oid()), Oids.require(of.oid(), "commit"));
            }
        };
    }

    private static String parent(GitCall call, String oid) {
        return commit(call, Oids.require(oid, "commit") + "^").orElseGet(() -> emptyTree(call));
    }

    @Override
    public Patch patch(
            Place place,
            BranchWork work,
            Part part,
            Optional<FileChange> file,
            boolean ignoreSpace) {
        if (file.filter(change -> change.path().indexOf(REPLACED) >= 0).isPresent()) {
            throw new Fault(
                    "path-not-utf8",
                    "The name of this file is no UTF-8 and cannot be asked for by itself; it stands"
                            + " among all files.");
        }
        GitCall call = part instanceof Part.Uncommitted ? worktree(place) : repository(place);
        if (file.filter(change -> change.kind() == Kind.UNTRACKED).isPresent()) {
            return untracked(call, file.get());
        }
        List<String> words = new ArrayList<>();
        words.add(part instanceof Part.Uncommitted ? "diff" : "diff-tree");
        words.addAll(List.of("-p", "-r", "-U3", "--src-prefix=a/", "--dst-prefix=b/"));
        words.addAll(PLAIN);
        if (ignoreSpace) {
            words.add("-w");
        }
        switch (part) {
            case Part.Everything e -> words.addAll(List.of(work.base(), work.head()));
            case Part.OfCommit of -> words.addAll(List.of(parent(call, of.oid()), of.oid()));
            case Part.Uncommitted u -> words.add("HEAD");
        }
        words.add("--");
        file.ifPresent(change -> {
            words.add(change.path());
            if (!change.from().isEmpty()) {
                words.add(change.from());
            }
        });
        Exited exited = call.run(words);
        if (!exited.ok()) {
            throw call.failure(words, exited);
        }
        return patch(exited);
    }

    /** Against nothing; it ends with 1 where there is a difference. */
    private static Patch untracked(GitCall call, FileChange file) {
        List<String> words = new ArrayList<>(List.of("diff", "--no-index", "-U3"));
        words.addAll(List.of("--src-prefix=a/", "--dst-prefix=b/"));
        words.addAll(List.of("--no-ext-diff", "--no-textconv", "--no-color"));
        words.addAll(List.of("--", "/dev/null", file.path()));
        Exited exited = call.run(words);
        if (exited.code() > 1) {
            throw call.failure(words, exited);
        }
        return patch(exited);
    }

    private static Patch patch(Exited exited) {
        String text = exited.stdout();
        // A replaced byte makes three; what is near the limit may have been cut there.
        boolean cut =
                text.length() >= ExecRunner.OUTPUT_LIMIT / 4
                        && text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                                >= ExecRunner.OUTPUT_LIMIT - 3;
        return new Patch(text, cut);
    }

    @Override
    public Rehearsals rehearsals(Path repository) {
        return new MergeRehearsal(GitCall.in(runner, repository).reading());
    }

    private GitCall repository(Place place) {
        return plain(GitCall.in(runner, place.repository()));
    }

    private GitCall worktree(Place place) {
        return plain(GitCall.inWorktree(runner, place.worktree()));
    }

    private static GitCall plain(GitCall call) {
        return call.reading()
                .with("GIT_LITERAL_PATHSPECS", "1")
                .config(
                        "core.quotePath=false",
                        "diff.orderFile=/dev/null",
                        "diff.suppressBlankEmpty=false",
                        "core.attributesFile=/dev/null");
    }
}
