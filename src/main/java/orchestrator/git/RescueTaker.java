package orchestrator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import orchestrator.git.Worktrees.AtRisk;
import orchestrator.git.Worktrees.Rescue;
import orchestrator.model.Fault;
import orchestrator.process.Outcome.Exited;

/**
 * Puts all that only a worktree holds into one commit, without touching the worktree or its index.
 *
 * <p>The commit's tree is the folder as it lies there, ignored files included, except what {@link
 * RescueScan} leaves out. Its parents are HEAD, then the staged state where it differs from both,
 * then everything that something in progress or HEAD's own log alone leads to. Before the ref is
 * made, git is asked for any file that the tree does not hold as it is; one is enough to fail.
 */
final class RescueTaker {
    /** What was found and held. */
    record Taken(Optional<Rescue> rescue, List<NestedRepository> nested) {}

    private static final int TRIES = 2;
    private static final String EXCLUDE = "\0:(top,literal,exclude)";

    private final GitCall call;
    private final Path worktree;
    private final int issue;
    private final RescueRefs refs;
    private final RiskLook look;

    RescueTaker(GitCall call, Path worktree, int issue, RescueRefs refs) {
        this.call = call.within(GitCall.TREE);
        this.worktree = worktree;
        this.issue = issue;
        this.refs = refs;
        this.look = new RiskLook(worktree, this.call);
    }

    Taken take() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("orchestrator-rescue");
            return take(folder);
        } catch (IOException e) {
            throw new Fault(
                    "rescue-failed",
                    "What only %s holds could not be put aside (%s); nothing was removed."
                            .formatted(worktree, e),
                    e);
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    private Taken take(Path folder) throws IOException {
        GitStatus status = GitStatus.withIgnored(call);
        RescueScan scan = RescueScan.of(worktree, status.ignored());
        List<NestedRepository> nested = NestedRepository.of(call, worktree, scan.nested());
        String head = status.head();
        String tree = treeOfFolder(folder.resolve("index"), head, scan, nested);
        String headTree = head.isEmpty() ? "" : call.must("rev-parse", head + "^{tree}");
        Set<String> parents = new LinkedHashSet<>();
        if (!head.isEmpty()) {
            parents.add(head);
        }
        List<RiskLook.Commit> unheld = look.unheld(head);
        String inProgress = look.inProgress();
        stagedCommit(folder.resolve("staged"), head, List.of(tree, headTree))
                .ifPresent(parents::add);
        parents.addAll(RiskLook.tips(unheld));
        if (!inProgress.isEmpty()) {
            parents.addAll(ofOperation());
        }
        boolean nothing = parents.size() <= 1 && unheld.isEmpty() && inProgress.isEmpty();
        if (nothing && tree.equals(headTree)) {
            return new Taken(Optional.empty(), nested);
        }
        String what = phrase(status, scan, nested);
        Optional<RescueRefs.Held> held = refs.find(call, issue, tree, List.copyOf(parents));
        if (held.isPresent()) {
            Rescue same = new Rescue(held.get().ref(), held.get().commit(), what);
            return new Taken(Optional.of(same), nested);
        }
        String commit =
                commit(call, tree, List.copyOf(parents), message(status, what, scan, nested));
        String ref = refs.create(call, issue, commit);
        return new Taken(Optional.of(new Rescue(ref, commit, what)), nested);
    }

    // ── the tree ─────────────────────────────────────────────────────────────────────────

    private String treeOfFolder(
            Path index, String head, RescueScan scan, List<NestedRepository> nested) {
        GitCall own =
                call.with("GIT_INDEX_FILE", index.toString())
                        .config(
                                "core.sparseCheckout=false",
                                "core.safecrlf=false",
                                "core.splitIndex=false",
                                "core.fsync=committed",
                                "core.fsyncMethod=batch",
                                "advice.addEmbeddedRepo=false");
        own.must("read-tree", head.isEmpty() ? "--empty" : head);
        String unheld = "";
        for (int i = 0; i < TRIES; i++) {
            add(own, scan, nested);
            String tree = own.must("write-tree");
            unheld = firstUnheld(own, scan, nested);
            if (unheld.isEmpty()) {
                return tree;
            }
        }
        throw new Fault(
                "rescue-incomplete",
                "The file %s in %s could not be put aside as it is, perhaps because it is being"
                                .formatted(GitWorktrees.oneLine(unheld), worktree)
                        + " written; end what works there and try again (nothing was removed).");
    }

    /** First all that git would commit, then all that it ignores, less what is left out. */
    private void add(GitCall own, RescueScan scan, List<NestedRepository> nested) {
        StringBuilder paths = new StringBuilder(".");
        for (NestedRepository each : nested) {
            if (!each.born()) {
                // Git cannot even note it down, and would fail the whole call.
                paths.append(EXCLUDE).append(withoutSlash(each.entry()));
            }
        }
        rescueAdd(own.input(paths + "\0"), "-A");
        for (String entry : scan.skipped()) {
            paths.append(EXCLUDE).append(withoutSlash(entry));
        }
        rescueAdd(own.input(paths + "\0"), "-f");
    }

    private void rescueAdd(GitCall own, String how) {
        List<String> arguments =
                List.of("add", how, "--pathspec-from-file=-", "--pathspec-file-nul");
        Exited exited = own.run(arguments);
        if (!exited.ok()) {
            throw new Fault(
                    "rescue-failed",
                    "The files of %s could not be put aside (%s); nothing was removed."
                            .formatted(worktree, Stderr.usefulLine(exited)));
        }
    }

    /** A path the rescue's tree does not hold as it lies in the folder; empty: none. */
    private String firstUnheld(GitCall own, RescueScan scan, List<NestedRepository> nested) {
        GitCall reading = own.reading();
        String changed = reading.must("diff-files", "--name-only", "--ignore-submodules=all", "-z");
        if (!changed.isEmpty()) {
            return first(changed);
        }
        List<String> others =
                List.of("ls-files", "--others", "--directory", "--no-empty-directory", "-z");
        String listed = reading.must(others);
        if (!listed.isEmpty() && !listed.endsWith("\0")) {
            return listed.substring(listed.lastIndexOf('\0') + 1);
        }
        return Stream.of(listed.split("\0", -1))
                .filter(entry -> !entry.isEmpty())
                .filter(entry -> nested.stream().noneMatch(each -> each.entry().equals(entry)))
                .filter(entry -> !scan.accounts(worktree, entry))
                .findFirst()
                .orElse("");
    }

    private static String first(String list) {
        int end = list.indexOf('\0');
        return end < 0 ? list : list.substring(0, end);
    }

    // ── the parents ──────────────────────────────────────────────────────────────────────

    /** The staged state as a commit of its own, where it is neither HEAD's nor the folder's. */
    private Optional<String> stagedCommit(Path copy, String head, List<String> known)
            throws IOException {
        Path index = look.gitFolder().resolve("index");
        if (!Files.exists(index)) {
            return Optional.empty();
        }
        Files.copy(index, copy);
        GitCall own = call.with("GIT_INDEX_FILE", copy.toString());
        String unmerged = own.must("ls-files", "--unmerged", "-z");
        if (!unmerged.isEmpty()) {
            // Only what is merged can be a tree. What conflicts comes from commits we hold.
            StringBuilder paths = new StringBuilder();
            for (String line : unmerged.split("\0", -1)) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    paths.append(line.substring(tab + 1)).append('\0');
                }
            }
            own.input(paths.toString()).must("update-index", "--force-remove", "-z", "--stdin");
        }
        String tree = own.must("write-tree");
        if (known.contains(tree)) {
            return Optional.empty();
        }
        String message = "What was staged for issue " + issue + "\n";
        if (head.isEmpty()) {
            return Optional.of(commit(call, tree, List.of(), message));
        }
        // Of HEAD's own time, so that the same staged state is the same commit every time.
        String at =
                call.reading().must("log", "-1", "--no-show-signature", "--format=%ct +0000", head);
        GitCall dated = call.with("GIT_AUTHOR_DATE", "@" + at).with("GIT_COMMITTER_DATE", "@" + at);
        return Optional.of(commit(dated, tree, List.of(head), message));
    }

    /** The commits that a rebase, merge, … under way refers to. */
    private Set<String> ofOperation() throws IOException {
        Path folder = look.gitFolder();
        Set<String> candidates = new LinkedHashSet<>();
        for (String name :
                List.of(
                        "ORIG_HEAD",
                        "MERGE_HEAD",
                        "CHERRY_PICK_HEAD",
                        "REVERT_HEAD",
                        "REBASE_HEAD",
                        "MERGE_AUTOSTASH",
                        "rebase-merge/orig-head",
                        "rebase-merge/autostash",
                        "rebase-apply/orig-head",
                        "rebase-apply/autostash")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                Files.readString(file).lines().filter(Oids::isOid).forEach(candidates::add);
            }
        }
        call.reading()
                .must(
                        "for-each-ref",
                        "--format=%(objectname)",
                        "refs/worktree",
                        "refs/rewritten",
                        "refs/bisect")
                .lines()
                .forEach(candidates::add);
        return existingCommits(candidates);
    }

    private Set<String> existingCommits(Set<String> candidates) {
        Set<String> existing = new LinkedHashSet<>();
        if (candidates.isEmpty()) {
            return existing;
        }
        call.reading()
                .input(String.join("\n", candidates) + "\n")
                .must("cat-file", "--batch-check")
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts.length > 1 && parts[1].equals("commit"))
                .forEach(parts -> existing.add(parts[0]));
        return existing;
    }

    private static String commit(GitCall call, String tree, List<String> parents, String message) {
        List<String> arguments = new ArrayList<>(List.of("commit-tree", tree));
        for (String parent : parents) {
            arguments.add("-p");
            arguments.add(parent);
        }
        arguments.addAll(List.of("-F", "-"));
        return Identity.onto(call).config("core.fsync=committed").input(message).must(arguments);
    }

    // ── words ────────────────────────────────────────────────────────────────────────────

    private String phrase(GitStatus status, RescueScan scan, List<NestedRepository> nested) {
        AtRisk risk = look.look();
        List<String> parts = new ArrayList<>();
        count(parts, risk.modified().size(), "modified file");
        count(parts, risk.untracked().size(), "untracked file");
        count(parts, risk.ignored().size(), "ignored file");
        count(
                parts,
                risk.detachedOnly(),
                "commit that no branch holds",
                "commits that no branch holds");
        if (!risk.inProgress().isEmpty()) {
            parts.add("a " + risk.inProgress() + " in progress");
        }
        String phrase = parts.isEmpty() ? "the state of the folder" : String.join(", ", parts);
        if (risk.unpushed() > 0 && !status.branch().isEmpty()) {
            phrase += "; " + plural(risk.unpushed(), "unpushed commit", "unpushed commits");
            phrase += " stay on the branch " + status.branch();
        }
        List<String> leftOut = leftOut(scan, nested);
        if (!leftOut.isEmpty()) {
            phrase += "; not held: " + String.join(", ", leftOut.stream().limit(5).toList());
            phrase += leftOut.size() > 5 ? " and " + (leftOut.size() - 5) + " more" : "";
        }
        return phrase;
    }

    private static List<String> leftOut(RescueScan scan, List<NestedRepository> nested) {
        List<String> all = new ArrayList<>();
        for (NestedRepository each : nested) {
            all.add("the repository " + GitWorktrees.oneLine(each.entry()) + " within");
        }
        for (String entry : scan.skipped()) {
            all.add(
                    GitWorktrees.oneLine(entry)
                            + (entry.endsWith("/") ? "" : " (larger than 50 MB)"));
        }
        return all;
    }

    private String message(
            GitStatus status, String what, RescueScan scan, List<NestedRepository> nested) {
        StringBuilder text = new StringBuilder();
        text.append("Rescue of issue ").append(issue).append("\n\nFrom: ").append(worktree);
        text.append("\nBranch: ").append(status.branch().isEmpty() ? "none" : status.branch());
        text.append("\nHolds: ").append(what).append('\n');
        List<String> leftOut = leftOut(scan, nested);
        if (!leftOut.isEmpty()) {
            text.append("\nNot held:\n");
            leftOut.forEach(each -> text.append("- ").append(each).append('\n'));
        }
        return text.toString();
    }

    private static void count(List<String> parts, int count, String noun) {
        count(parts, count, noun, noun + "s");
    }

    private static void count(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(plural(count, one, many));
        }
    }

    private static String plural(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String withoutSlash(String entry) {
        return entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
    }

    /** Removes a folder of our own in the system's temporary one, and the files in it. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // A leftover in the system's temporary folder harms nothing; the rescue stands.
            folder.toFile().deleteOnExit();
        }
    }
}
