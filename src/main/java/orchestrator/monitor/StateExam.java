package orchestrator.monitor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Doctor.Finding;
import orchestrator.monitor.Doctor.Level;
import orchestrator.store.History;
import orchestrator.store.JournalReader;
import orchestrator.store.RunLock;

/** The doctor's look at what runs have left under the state folder and in tmux. Blocks. */
final class StateExam {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_EXECUTE);

    private final RunContext context;
    private final WorkspaceConfig config;
    private final Path root;

    StateExam(RunContext context, WorkspaceConfig config) {
        this.context = context;
        this.config = config;
        root = context.state().root();
    }

    /** Its parts; each may throw a Fault. */
    List<Supplier<List<Finding>>> parts() {
        if (!Files.exists(root)) {
            return List.of(
                    this::socket,
                    () -> one(Level.OK, "no state yet: nothing was ever launched in " + root));
        }
        return List.of(this::socket, this::folder, this::journal, this::monitor, this::inbox);
    }

    private static List<Finding> one(Level level, String text) {
        return List.of(new Finding(level, text));
    }

    // ── tmux ─────────────────────────────────────────────────────────────────────────────

    /** A socket that nobody answers at. A server that answers was asked by the prerequisites. */
    private List<Finding> socket() {
        Path socket = socketPath();
        if (!Files.exists(socket)) {
            return List.of();
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return one(Level.OK, "tmux answers at " + socket);
        } catch (IOException e) {
            return one(
                    Level.WARN,
                    "No tmux answers at the socket %s (%s); the next launch starts a server there and finds agents that still work."
                            .formatted(socket, Text.oneLine(String.valueOf(e.getMessage()), 100)));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return one(Level.WARN, "The tmux socket %s cannot be tried (%s).".formatted(socket, e));
        }
    }

    private Path socketPath() {
        String name = config.settings().tmuxSocket().orElse("default");
        if (name.contains("/")) {
            return Path.of(name);
        }
        String folder = context.environment().getOrDefault("TMUX_TMPDIR", "/tmp");
        return Path.of(folder.isEmpty() ? "/tmp" : folder, "tmux-" + uid(), name);
    }

    private String uid() {
        try {
            Path ours = Files.exists(root) ? root : Path.of(System.getProperty("user.home", "/"));
            return Files.getAttribute(ours, "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException e) {
            throw new Fault(
                    "user-unknown",
                    "The number of this user cannot be told (%s), so tmux's socket was not looked at."
                            .formatted(e),
                    e);
        }
    }

    // ── the folder ───────────────────────────────────────────────────────────────────────

    private List<Finding> folder() {
        if (!Files.isWritable(root)) {
            return one(
                    Level.FAIL,
                    "The state folder %s may not be written by this user; run as its owner, or make it writable."
                            .formatted(root));
        }
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(root));
            return open.isEmpty()
                    ? one(Level.OK, "the state folder %s is private".formatted(root))
                    : one(
                            Level.WARN,
                            "The state folder %s is open to other users, and agents' output lies in it; close it with: chmod 700 %s"
                                    .formatted(root, root));
        } catch (IOException e) {
            return one(
                    Level.FAIL, "The state folder %s cannot be looked at (%s).".formatted(root, e));
        }
    }

    /** Reads all of it, also what was set aside: nothing else looks at that at each start. */
    private List<Finding> journal() {
        JournalReader reader = new JournalReader(context.state().journal());
        reader.poll(events -> {});
        History whole = reader.history();
        if (whole.count() == 0) {
            return one(Level.OK, "the journal is empty");
        }
        List<Finding> found = new ArrayList<>();
        found.add(
                new Finding(
                        Level.OK,
                        "the journal reads well: %d events of %d issues, the last at %s"
                                .formatted(
                                        whole.count(),
                                        whole.state().issues().size(),
                                        Times.local(whole.recent().getLast().at()))));
        snapshot(reader).ifPresent(found::add);
        return found;
    }

    /** Whether what starts begin with is what the journal says. */
    private Optional<Finding> snapshot(JournalReader whole) {
        JournalReader quick = JournalReader.fromSnapshot(context.state().journal());
        // A monitor may write between the two looks.
        do {
            quick.poll(events -> {});
            whole.poll(events -> {});
        } while (quick.history().count() < whole.history().count());
        if (quick.snapshotTrouble().isPresent()) {
            return Optional.of(new Finding(Level.WARN, quick.snapshotTrouble().get()));
        }
        if (quick.history().count() == whole.history().count()
                && !quick.history().equals(whole.history())) {
            return Optional.of(
                    new Finding(
                            Level.FAIL,
                            "The journal's snapshot says something else than the journal %s; end the monitor, remove the file beside it that ends with .snapshot, and launch again."
                                    .formatted(context.state().journal())));
        }
        return Optional.empty();
    }

    private List<Finding> monitor() {
        List<Finding> found = new ArrayList<>();
        Optional<RunLock.Holder> holder = RunLock.holder(context.state().monitorLock());
        if (holder.isPresent()) {
            found.add(
                    new Finding(
                            Level.OK,
                            "a monitor runs in the %s (pid %d, since %s)"
                                    .formatted(
                                            holder.get().host(),
                                            holder.get().process().pid(),
                                            Times.local(holder.get().since()))));
        } else {
            RunLock.lastHolder(context.state().monitorLock())
                    .ifPresent(last ->
                            found.add(
                                    new Finding(
                                            Level.WARN,
                                            "The last monitor (in the %s, pid %d, since %s) was killed or crashed; nothing is locked, and `launch` finds agents that still work."
                                                    .formatted(
                                                            last.host(),
                                                            last.process().pid(),
                                                            Times.local(last.since())))));
        }
        RunLock.holder(context.state().launchLock())
                .ifPresent(launch ->
                        found.add(
                                new Finding(
                                        Level.WARN,
                                        "A launch is under way (pid %d, since %s); if it does not end, end that process."
                                                .formatted(
                                                        launch.process().pid(),
                                                        Times.local(launch.since())))));
        return found;
    }

    private List<Finding> inbox() {
        List<Finding> found = new ArrayList<>();
        Path inbox = context.state().inbox();
        int waiting = count(inbox);
        if (waiting > 0 && RunLock.holder(context.state().monitorLock()).isEmpty()) {
            found.add(
                    new Finding(
                            Level.WARN,
                            "%d %s for the next monitor in %s; remove what shall not be done."
                                    .formatted(
                                            waiting,
                                            waiting == 1 ? "order waits" : "orders wait",
                                            inbox)));
        }
        int rejected = count(inbox.resolve("rejected"));
        if (rejected > 0) {
            found.add(
                    new Finding(
                            Level.WARN,
                            "%d %s put aside in %s; see who writes there, and remove them."
                                    .formatted(
                                            rejected,
                                            rejected == 1
                                                    ? "file that is no order was"
                                                    : "files that are no orders were",
                                            inbox.resolve("rejected"))));
        }
        return found;
    }

    /** Files, without folders and what is still being written (hidden). */
    private static int count(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                boolean hidden = entry.getFileName().toString().startsWith(".");
                count += hidden || Files.isDirectory(entry) ? 0 : 1;
            }
        } catch (IOException e) {
            throw new Fault(
                    "inbox",
                    "The inbox %s cannot be read (%s); make it readable.".formatted(folder, e),
                    e);
        }
        return count;
    }
}
