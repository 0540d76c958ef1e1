package orchestrator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome.Exited;

/** {@link Rescues} over the {@code git} command line. */
public final class GitRescues implements Rescues {
    private static final Pattern NAME =
            Pattern.compile(
                    RescueRefs.ROOT + "issue-([1-9]\\d{0,9})/(\\d{8}T\\d{6}Z)(?:-[1-9]\\d*)?");
    private static final String HOLDS = "Holds: ";
    private static final String NOT_HELD = "\nNot held:\n";

    /** Of more branches that hold a commit nobody reads the names. */
    private static final int MOST_BRANCHES = 3;

    private final CommandRunner runner;

    /** Rescues through that runner. */
    public GitRescues(CommandRunner runner) {
        this.runner = runner;
    }

    // ── what there is ────────────────────────────────────────────────────────────────────

    @Override
    public List<Kept> of(Path repository) {
        GitCall call = GitCall.in(runner, repository).reading();
        if (!Files.isDirectory(repository) || !call.run("rev-parse", "--git-dir").ok()) {
            return List.of();
        }
        // Names first: they are short, so that even a great many fit into one answer.
        List<Kept> all = new ArrayList<>();
        for (String line :
                call.must("for-each-ref", "--format=%(refname) %(objectname)", RescueRefs.ROOT)
                        .lines()
                        .toList()) {
            String[] parts = line.split(" ", 2);
            Matcher name = NAME.matcher(parts[0]);
            if (parts.length == 2 && name.matches() && Oids.isOid(parts[1])) {
                all.add(kept(call, name, parts[1]));
            }
        }
        all.sort(
                Comparator.comparing(Kept::at)
                        .reversed()
                        .thenComparing(Kept::ref, Comparator.reverseOrder()));
        return List.copyOf(all);
    }

    private static Kept kept(GitCall call, Matcher name, String commit) {
        String message = call.must("cat-file", "commit", commit);
        String body = message.substring(Math.min(message.length(), message.indexOf("\n\n") + 2));
        return new Kept(
                name.group(),
                number(name.group(1)),
                time(name.group(2)),
                commit,
                body.lines()
                        .filter(line -> line.startsWith(HOLDS))
                        .map(line -> line.substring(HOLDS.length()))
                        .findFirst()
                        .orElseGet(() -> body.lines().findFirst().orElse("")),
                notHeld(body));
    }

    private static int number(String digits) {
        long number = Long.parseLong(digits);
        return number > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) number;
    }

    private static Instant time(String stamp) {
        try {
            return RescueRefs.STAMP.parse(stamp, Instant::from);
        } catch (DateTimeException e) {
            // Made by hand: a day that no calendar has.
            return Instant.EPOCH;
        }
    }

    private static List<String> notHeld(String body) {
        int start = body.indexOf(NOT_HELD);
        return start < 0
                ? List.of()
                : body.substring(start + NOT_HELD.length())
                        .lines()
                        .filter(line -> line.startsWith("- "))
                        .map(line -> line.substring(2))
                        .toList();
    }

    // ── bringing it back ─────────────────────────────────────────────────────────────────

    @Override
    public Restored restore(Path repository, Kept rescue, Path into) {
        Oids.require(rescue.commit(), "rescue");
        Path folder = into.toAbsolutePath().normalize();
        Path index = null;
        try {
            make(folder);
            index = Files.createTempDirectory("orchestrator-restore");
            writeFiles(repository, rescue, folder, index.resolve("index"));
            return new Restored(folder, count(folder), commits(repository, rescue));
        } catch (IOException e) {
            throw new Fault(
                    "restore-failed",
                    "The rescue %s could not be put into %s (%s); it is still held."
                            .formatted(rescue.ref(), folder, e),
                    e);
        } finally {
            if (index != null) {
                RescueTaker.delete(index);
            }
        }
    }

    private static void make(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isDirectory(folder) || !isEmpty(folder)) {
                throw new Fault(
                        "restore-occupied",
                        "%s is there already; nothing is written over it, name a new folder with --into."
                                .formatted(folder));
            }
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** By an index of its own, so that the repository and its worktrees notice nothing. */
    private void writeFiles(Path repository, Kept rescue, Path folder, Path index) {
        GitCall own =
                GitCall.in(runner, repository)
                        .within(GitCall.TREE)
                        .with("GIT_INDEX_FILE", index.toString())
                        .with("GIT_WORK_TREE", folder.toString())
                        .config("core.sparseCheckout=false", "core.splitIndex=false");
        own.must("read-tree", rescue.commit());
        Exited written = own.run("checkout-index", "--all", "-u", "--quiet");
        String missing =
                own.reading().must("diff-files", "--name-only", "--ignore-submodules=all", "-z");
        if (!written.ok() || !missing.isEmpty()) {
            String first = missing.split("\0", 2)[0];
            throw new Fault(
                    "restore-incomplete",
                    "Not all of %s could be put into %s%s (%s); it is still held."
                            .formatted(
                                    rescue.ref(),
                                    folder,
                                    first.isEmpty()
                                            ? ""
                                            : ", such as " + GitWorktrees.oneLine(first),
                                    written.ok()
                                            ? "it reads differently"
                                            : Stderr.usefulLine(written)));
        }
    }

    private static int count(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return Math.toIntExact(
                    all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                            .count());
        }
    }

    private List<Held> commits(Path repository, Kept rescue) {
        GitCall call = GitCall.in(runner, repository).reading();
        String parents = call.must("rev-list", "--parents", "--max-count=1", rescue.commit());
        return Arrays.stream(parents.split(" ", -1))
                .skip(1)
                .filter(Oids::isOid)
                .map(commit -> held(call, commit))
                .toList();
    }

    private static Held held(GitCall call, String commit) {
        Optional<String> subject =
                call.maybe("log", "-1", "--no-show-signature", "--format=%s", commit, "--");
        List<String> branches =
                call.must(
                                "for-each-ref",
                                "--contains=" + commit,
                                "--count=" + MOST_BRANCHES,
                                "--format=%(refname:short)",
                                "refs/heads",
                                "refs/remotes")
                        .lines()
                        .toList();
        return new Held(commit, subject.orElse(""), branches);
    }
}
