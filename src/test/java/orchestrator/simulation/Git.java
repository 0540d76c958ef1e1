package orchestrator.simulation;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import orchestrator.git.Worktrees;
import orchestrator.model.Fault;
import orchestrator.model.Repo;

/**
 * The simulated repositories: commits with their parents, branches, worktrees with what lies in
 * them uncommitted, the remote. Every commit and every file ever made is remembered, so that none
 * can go missing unseen.
 */
final class Git {
    private static final String ROOT = "c0";

    private static final class Tree {
        final String branch;
        boolean there = true;
        Optional<Instant> changed = Optional.empty();
        final Set<String> files = new TreeSet<>();

        Tree(String branch) {
            this.branch = branch;
        }
    }

    private final Scheduler scheduler;
    private final Map<Path, Tree> trees = new TreeMap<>();
    private final Map<String, String> branches = new TreeMap<>();
    private final Map<String, String> remote = new TreeMap<>();
    private final Map<String, String> parents = new TreeMap<>();
    private final Set<String> filesMade = new TreeSet<>();
    private final Set<String> filesKept = new HashSet<>();
    private final Set<String> commitsKept = new HashSet<>();
    private int made;

    Git(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    boolean exists(Path worktree) {
        Tree tree = trees.get(worktree);
        return tree != null && tree.there;
    }

    private Tree tree(Path worktree) {
        Tree tree = trees.get(worktree);
        if (tree == null || !tree.there) {
            throw new Fault("no-worktree", worktree + " is not there; make it again.");
        }
        return tree;
    }

    private String head(Tree tree) {
        return branches.getOrDefault(tree.branch, ROOT);
    }

    /** An agent commits all there is. */
    void commit(Path worktree) {
        if (exists(worktree)) {
            commit(tree(worktree));
        }
    }

    private String commit(Tree tree) {
        String commit = "c" + ++made;
        parents.put(commit, head(tree));
        branches.put(tree.branch, commit);
        filesKept.addAll(tree.files);
        tree.files.clear();
        tree.changed = Optional.of(scheduler.instant());
        return commit;
    }

    /** An agent changes a file. */
    void change(Path worktree) {
        if (exists(worktree)) {
            Tree tree = tree(worktree);
            String file = "f" + ++made;
            filesMade.add(file);
            tree.files.add(file);
            tree.changed = Optional.of(scheduler.instant());
        }
    }

    /** A person removes a worktree's folder; what lay there is theirs to lose. */
    Optional<Path> removeAny() {
        List<Path> there = trees.keySet().stream().filter(this::exists).toList();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Path path = scheduler.dice.of(there);
        Tree tree = tree(path);
        filesKept.addAll(tree.files);
        tree.files.clear();
        tree.there = false;
        return Optional.of(path);
    }

    private int distance(String from, String to) {
        int steps = 0;
        String at = from;
        while (!at.equals(to) && !at.equals(ROOT)) {
            at = parents.getOrDefault(at, ROOT);
            steps++;
        }
        return steps;
    }

    private boolean holds(String head, String commit) {
        String at = head;
        while (!at.equals(commit)) {
            if (at.equals(ROOT)) {
                return false;
            }
            at = parents.getOrDefault(at, ROOT);
        }
        return true;
    }

    /** The branch's commit. */
    Optional<String> branch(String name) {
        return Optional.ofNullable(branches.get(name));
    }

    /** What the remote has of a branch. */
    Optional<String> pushed(String branch) {
        return Optional.ofNullable(remote.get(branch));
    }

    /** Commits and files that nothing holds any more. */
    List<String> lost() {
        Set<String> held = new HashSet<>(commitsKept);
        for (String head : branches.values()) {
            for (String at = head; !at.equals(ROOT); at = parents.getOrDefault(at, ROOT)) {
                held.add(at);
            }
        }
        List<String> lost = new ArrayList<>(parents.keySet());
        lost.removeAll(held);
        Set<String> files = new TreeSet<>(filesMade);
        files.removeAll(filesKept);
        trees.values().stream()
                .filter(tree -> tree.there)
                .forEach(tree -> files.removeAll(tree.files));
        lost.addAll(files);
        return lost;
    }

    /** One process's git. */
    Worktrees seenBy(Trouble trouble) {
        return new Seen(trouble);
    }

    /** Git, as one process sees it. */
    final class Seen implements Worktrees {
        private final Trouble trouble;

        Seen(Trouble trouble) {
            this.trouble = trouble;
        }

        @Override
        public Optional<String> version() {
            return Optional.of("scripted");
        }

        @Override
        public void createScratch(Repo repo) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> check(Repo repo) {
            return List.of();
        }

        @Override
        public boolean hasOrigin(Repo repo) {
            return trouble.look("git.remote", () -> true);
        }

        @Override
        public void fetch(Repo repo) {
            trouble.look("git.fetch", () -> true);
        }

        @Override
        public Ready ensure(Repo repo, int issueNumber) {
            String branch = repo.branchOf(issueNumber);
            Path path = repo.worktreeOf(issueNumber);
            return trouble.act(
                    "git.ensure " + issueNumber,
                    () -> {
                        Tree tree = trees.computeIfAbsent(path, fresh -> absent(branch));
                        boolean created = !tree.there;
                        tree.there = true;
                        branches.putIfAbsent(branch, ROOT);
                        return new Ready(path, branch, ROOT, head(tree), created);
                    },
                    () -> branches.putIfAbsent(branch, ROOT));
        }

        /** A defect that a test plants: what lies uncommitted is thrown away. */
        void lose(Path worktree) {
            tree(worktree).files.clear();
        }

        private Tree absent(String branch) {
            Tree tree = new Tree(branch);
            tree.there = false;
            return tree;
        }

        @Override
        public boolean exists(Path worktree) {
            return Git.this.exists(worktree);
        }

        @Override
        public Optional<Instant> newestChange(Path worktree, Instant now) {
            return trouble.look(
                    "git.scan",
                    () ->
                            Git.this.exists(worktree)
                                    ? tree(worktree).changed.filter(at -> !at.isAfter(now))
                                    : Optional.empty());
        }

        @Override
        public void copyFiles(Repo repo, Path worktree) {
            trouble.act("git.copy", () -> true);
        }

        @Override
        public WorkFacts facts(Path worktree, String base, String since) {
            return trouble.look(
                    "git.facts",
                    () -> {
                        Tree tree = tree(worktree);
                        String head = head(tree);
                        return new WorkFacts(
                                head,
                                distance(head, base),
                                since.isEmpty() ? 0 : distance(head, since),
                                tree.files.size());
                    });
        }

        @Override
        public Progress progress(Path worktree, String base) {
            return trouble.look(
                    "git.progress",
                    () -> new Progress(List.of(), "", List.copyOf(tree(worktree).files)));
        }

        @Override
        public Optional<String> commitAll(Path worktree, String message) {
            return trouble.act(
                    "git.commit",
                    () -> {
                        Tree tree = tree(worktree);
                        return tree.files.isEmpty() ? Optional.empty() : Optional.of(commit(tree));
                    });
        }

        @Override
        public void push(Repo repo, String branch, String commit) {
            trouble.act(
                    "git.push " + branch,
                    () -> {
                        String there = remote.getOrDefault(branch, ROOT);
                        if (!holds(commit, there) && !holds(there, commit)) {
                            throw new Fault(
                                    "push-rejected",
                                    "The remote has other work on " + branch + "; merge it.");
                        }
                        if (holds(commit, there)) {
                            remote.put(branch, commit);
                        }
                        return true;
                    });
        }

        @Override
        public AtRisk atRisk(Path worktree) {
            return trouble.look(
                    "git.risk",
                    () ->
                            new AtRisk(
                                    List.copyOf(tree(worktree).files),
                                    List.of(),
                                    List.of(),
                                    0,
                                    0,
                                    ""));
        }

        @Override
        public Optional<Rescue> rescue(Repo repo, Path worktree, int issueNumber) {
            return trouble.act("git.rescue", () -> keep(worktree, issueNumber));
        }

        private Optional<Rescue> keep(Path worktree, int issueNumber) {
            Tree tree = tree(worktree);
            if (tree.files.isEmpty()) {
                return Optional.empty();
            }
            filesKept.addAll(tree.files);
            String commit = "r" + ++made;
            return Optional.of(
                    new Rescue(
                            "refs/orchestrator/rescue/issue-" + issueNumber + "/" + commit,
                            commit,
                            tree.files.size() + " files"));
        }

        @Override
        public Optional<Rescue> remove(Repo repo, Path worktree, int issueNumber) {
            return trouble.act(
                    "git.remove",
                    () -> {
                        Optional<Rescue> rescue = keep(worktree, issueNumber);
                        tree(worktree).there = false;
                        return rescue;
                    });
        }
    }
}
