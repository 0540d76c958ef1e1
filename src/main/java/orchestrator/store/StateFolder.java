package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places under {@code state/}.
 *
 * @param root absolute and normalised
 * @param disk through which all that is written here goes
 */
public record StateFolder(Path root, Disk disk) {
    private static final List<String> FOLDERS =
            List.of(
                    "workers",
                    "issues",
                    "attempts",
                    "inbox",
                    "inbox/answers",
                    "inbox/rejected",
                    "rehearsal",
                    "bin");

    private static final String PROBE = ".probe-";
    private static final Pattern BESIDE =
            Pattern.compile("\\..+[.-][0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Nobody writes one small file for that long. */
    private static final Duration HALF_WRITTEN = Duration.ofHours(1);

    /** What tells that a folder that is not empty is a state folder. */
    private static final List<String> MARKS =
            List.of("workers", "attempts", "orchestrator-log.jsonl", "inbox", "rehearsal");

    public StateFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** The places under a folder of this machine. */
    public StateFolder(Path root) {
        this(root, Disk.real());
    }

    /** As {@link #create(Path, Disk)}, on this machine's disk. */
    public static StateFolder create(Path folder) {
        return create(folder, Disk.real());
    }

    /**
     * Makes the whole tree, private, with a {@code .gitignore} of its own. What is there stays.
     *
     * @throws Fault {@code state-not-a-folder}, {@code state-not-ours}, {@code state-not-writable},
     *     {@code state-foreign-owner}
     */
    public static StateFolder create(Path folder, Disk disk) {
        StateFolder state = new StateFolder(folder, disk);
        Path root = state.root;
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new Fault(
                    "state-not-a-folder",
                    root + " is not a folder; move it away, or set state_dir to another place.");
        }
        try {
            if (!Files.exists(root)) {
                Path parent = root.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                try {
                    disk.newFolder(root);
                } catch (FileAlreadyExistsException e) {
                    log().debug("{} was made by another process a moment ago", root);
                }
            }
            state.checkKind();
            state.checkOwner();
            disk.folder(root);
            for (String name : FOLDERS) {
                disk.folder(root.resolve(name));
            }
            Path ignore = root.resolve(".gitignore");
            if (!Files.exists(ignore)) {
                disk.replace(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw notWritable(root, e);
        }
        return state;
    }

    /** Taking over a folder of something else (a home, a repository) would close it to others. */
    private void checkKind() throws IOException {
        if (isForeign()) {
            throw new Fault(
                    "state-not-ours",
                    "%s holds other things and no state of ours; set state_dir to a new or an empty folder."
                            .formatted(root));
        }
    }

    /**
     * Whether the folder is there, and holds things that are none of ours: a run would refuse it.
     *
     * @throws IOException when it cannot be read
     */
    public boolean isForeign() throws IOException {
        if (!Files.isDirectory(root)) {
            return false;
        }
        boolean foreign;
        try (Stream<Path> entries = Files.list(root)) {
            foreign = entries.anyMatch(entry -> !isOfOurMaking(entry.getFileName().toString()));
        }
        // Asked last: another process of ours may just be filling it.
        return foreign && MARKS.stream().noneMatch(name -> Files.exists(root.resolve(name)));
    }

    private static boolean isOfOurMaking(String name) {
        return name.startsWith(PROBE) || name.contains(".gitignore") || FOLDERS.contains(name);
    }

    /** A file made there belongs to us, so the folder must belong to the same user. */
    private void checkOwner() {
        Path probe = root.resolve(PROBE + UUID.randomUUID());
        try {
            disk.newFile(probe);
            Object ours;
            try {
                ours = Files.getAttribute(probe, "unix:uid");
            } finally {
                disk.delete(probe);
            }
            if (!ours.equals(Files.getAttribute(root, "unix:uid"))) {
                throw new Fault(
                        "state-foreign-owner",
                        "%s belongs to the user %s; run as that user, or set state_dir to a folder of your own."
                                .formatted(root, Files.getOwner(root).getName()));
            }
        } catch (IOException e) {
            throw notWritable(root, e);
        }
    }

    /**
     * Removes what writers that died left half-written: files of ours beside their places (see
     * {@link Disk#beside}) that are older than an hour. For the one monitor, as it begins.
     *
     * @param now by the clock of the file system
     */
    public void sweep(Instant now) {
        Instant before = now.minus(HALF_WRITTEN);
        List<Path> folders = new ArrayList<>();
        folders.add(root);
        FOLDERS.forEach(name -> folders.add(root.resolve(name)));
        try (DirectoryStream<Path> projects = Files.newDirectoryStream(root.resolve("issues"))) {
            projects.forEach(folders::add);
            for (Path folder : folders) {
                sweep(folder, before);
            }
        } catch (IOException e) {
            log().warn("What was left half-written in {} stays: {}", root, e.toString());
        }
    }

    private void sweep(Path folder, Instant before) throws IOException {
        try (DirectoryStream<Path> halves =
                Files.newDirectoryStream(folder, file -> isHalf(file, before))) {
            for (Path half : halves) {
                disk.delete(half);
            }
        }
    }

    private static boolean isHalf(Path file, Instant before) throws IOException {
        return BESIDE.matcher(file.getFileName().toString()).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(file).toInstant().isBefore(before);
    }

    private static Fault notWritable(Path root, IOException e) {
        return DiskFault.of(
                "state-not-writable",
                "write to",
                root,
                e,
                "Make it writable and see that the disk is not full, or set state_dir.");
    }

    public Path journal() {
        return root.resolve("orchestrator-log.jsonl");
    }

    public Path workers() {
        return root.resolve("workers");
    }

    /** {@code workers/worker-N.json}. */
    public Path worker(int number) {
        return workers().resolve("worker-" + number + ".json");
    }

    /** Where a project's cached issue bodies are; may not exist yet. */
    public Path issues(String project) {
        return root.resolve("issues").resolve(Names.safe("project", project));
    }

    public Path attempts() {
        return root.resolve("attempts");
    }

    /** Where an issue's attempts are; may not exist yet. */
    public Path attempts(IssueId issue) {
        if (issue.number() < 1) {
            throw new Fault("unsafe-name", "An issue's number is 1 or more, not " + issue + ".");
        }
        return attempts()
                .resolve(Names.safe("project", issue.project()))
                .resolve(Integer.toString(issue.number()));
    }

    public Path inbox() {
        return root.resolve("inbox");
    }

    /** The events as sentences, for people; written by the monitor. */
    public Path monitorLog() {
        return root.resolve("monitor.log");
    }

    /** The program's own diagnostics, and what is left of its internal errors. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The lock of the one monitor; see {@link RunLock}. */
    public Path monitorLock() {
        return root.resolve("monitor.lock");
    }

    /** The lock of the one launch. */
    public Path launchLock() {
        return root.resolve("launch.lock");
    }

    /** The lock of the one that compresses logs. */
    public Path packingLock() {
        return root.resolve("packing.lock");
    }

    /** Where the rehearsal's repository and origin are made. */
    public Path rehearsal() {
        return root.resolve("rehearsal");
    }

    /** The lock of the one that lays out, launches or removes a {@link RehearsalFolder}. */
    public Path rehearsalLock() {
        return root.resolve("rehearsal-run.lock");
    }

    /** Where scripts of ours are laid out to be run. */
    public Path bin() {
        return root.resolve("bin");
    }

    /** Asked for when there is something to say: the first logger of a program takes 40 ms. */
    private static Logger log() {
        return LoggerFactory.getLogger(StateFolder.class);
    }
}
