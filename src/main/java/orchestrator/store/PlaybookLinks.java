package orchestrator.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.Fault;

/**
 * The playbook's names in {@code /tmp} as links to a worker's current attempt: {@code
 * <project>-worker-N.log}, {@code orchestrator-signal-N} (dangling until the agent has ended) and
 * {@code <project>-worker-prompt-N.md}. A convenience: a name that something foreign has is left
 * alone. Foreign is all but a link into our own state folder, or into that of another workspace
 * that is gone or that no monitor holds: the last run to begin has the name. One thread at a time.
 */
public final class PlaybookLinks {
    private static final Pattern NAME =
            Pattern.compile(
                    "[A-Za-z0-9._-]+-worker-(\\d{1,9})\\.log"
                            + "|orchestrator-signal-(\\d{1,9})"
                            + "|[A-Za-z0-9._-]+-worker-prompt-(\\d{1,9})\\.md");

    private static final String ATTEMPTS = "attempts";

    /** Names from {@code attempts} on: {@code attempts/<project>/<number>/<NNN>-<stage>/<file>}. */
    private static final int DEPTH = 5;

    private final StateFolder state;
    private final Path folder;
    private final Set<Path> reported = new HashSet<>();
    private final Map<Integer, Set<Path>> current = new HashMap<>();

    /** Links in {@code /tmp}. */
    public PlaybookLinks(StateFolder state) {
        this(state, Path.of("/tmp"));
    }

    public PlaybookLinks(StateFolder state, Path folder) {
        this.state = state;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Leads the worker's names to an attempt; names it had for another project go.
     *
     * @return paths that could not be made, each told once only
     */
    public List<Path> point(int worker, String project, AttemptFolder attempt) {
        Names.safe("project", project);
        Map<Path, Path> targets = new LinkedHashMap<>();
        targets.put(folder.resolve(project + "-worker-" + worker + ".log"), attempt.transcript());
        targets.put(folder.resolve("orchestrator-signal-" + worker), attempt.exitFile());
        targets.put(folder.resolve(project + "-worker-prompt-" + worker + ".md"), attempt.prompt());
        List<Path> failed = new ArrayList<>();
        if (!targets.keySet().equals(current.get(worker))) {
            for (Path old : ours(worker)) {
                if (!targets.containsKey(old)) {
                    removeIfOurs(old, failed);
                }
            }
            current.put(worker, Set.copyOf(targets.keySet()));
        }
        targets.forEach((link, target) -> {
            if (make(link, target)) {
                reported.remove(link);
            } else {
                failed.add(link);
            }
        });
        failed.removeIf(link -> !reported.add(link));
        return failed;
    }

    /** Removes every link of ours, of earlier runs too. */
    public void clear() {
        List<Path> failed = new ArrayList<>();
        for (Path link : ours(0)) {
            removeIfOurs(link, failed);
        }
        current.clear();
        if (!failed.isEmpty()) {
            throw new Fault(
                    "playbook-links",
                    "Cannot remove the links " + failed + "; remove them by hand.");
        }
    }

    /** Returns false when something foreign is there or the folder does not allow it. */
    private boolean make(Path link, Path target) {
        try {
            try {
                state.disk().symbolicLink(link, target);
                return true;
            } catch (FileAlreadyExistsException e) {
                return (isOurs(link) || isAbandoned(link)) && lead(link, target);
            }
        } catch (IOException e) {
            return false;
        }
    }

    private boolean lead(Path link, Path target) throws IOException {
        if (Files.readSymbolicLink(link).equals(target)) {
            return true;
        }
        Path beside = folder.resolve(".orchestrator-" + UUID.randomUUID());
        state.disk().symbolicLink(beside, target);
        try {
            state.disk().move(beside, link);
        } catch (IOException e) {
            state.disk().delete(beside);
            throw e;
        }
        return true;
    }

    private void removeIfOurs(Path link, List<Path> failed) {
        try {
            if (isOurs(link)) {
                state.disk().delete(link);
            }
        } catch (IOException e) {
            failed.add(link);
        }
    }

    private boolean isOurs(Path link) throws IOException {
        return Files.isSymbolicLink(link)
                && folder.resolve(Files.readSymbolicLink(link))
                        .normalize()
                        .startsWith(state.root());
    }

    /** Whether it is a link that another workspace made, which nobody runs any more. */
    private boolean isAbandoned(Path link) throws IOException {
        if (!Files.isSymbolicLink(link)) {
            return false;
        }
        Path target = folder.resolve(Files.readSymbolicLink(link)).normalize();
        int attempts = target.getNameCount() - DEPTH;
        if (attempts < 1 || !target.getName(attempts).toString().equals(ATTEMPTS)) {
            return false;
        }
        Path other = target.getRoot().resolve(target.subpath(0, attempts));
        return !Files.exists(other)
                || RunLock.holder(new StateFolder(other).monitorLock()).isEmpty();
    }

    /** The links of ours that are there, of one worker or (0) of all. */
    private List<Path> ours(int worker) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(folder, entry -> belongsTo(entry, worker))) {
            for (Path entry : entries) {
                if (isOurs(entry)) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            throw DiskFault.of("playbook-links", "look into", folder, e, "Make it readable.");
        }
        return found;
    }

    private static boolean belongsTo(Path entry, int worker) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        for (int i = 1; i <= name.groupCount(); i++) {
            if (name.group(i) != null) {
                return worker == 0 || Integer.parseInt(name.group(i)) == worker;
            }
        }
        return false;
    }
}
