package orchestrator.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import orchestrator.model.Fault;
import orchestrator.process.Await;

/**
 * Makes a change of one of the workspace's files in its text, however many others change it: what
 * {@link ConfigEditor} says of writing. Blocks; safe on any thread.
 */
final class FileEdit {
    /**
     * Whoever is quicker than we are gets on, so this many in a row is not bad luck: somebody
     * writes the file all the time.
     */
    private static final int MOST_LOST = 200;

    /** How often a file that cannot be read is looked at again. */
    private static final int MOST_LOOKS = 20;

    /** All looks together outlast the time a file is given to be saved in. */
    private static final Duration WHILE_SAVED =
            ConfigReader.SETTLES.multipliedBy(2).dividedBy(MOST_LOOKS);

    /** What became of one try. */
    private enum Try {
        DONE,
        SOMEBODY_WAS_QUICKER,
        BEING_SAVED
    }

    private static final String INVALID = "config-invalid";

    /** Locks on files hold between processes only. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    /** A change of a valid file's text. */
    interface Change {
        String of(String text, Node.Obj root) throws BadJson;
    }

    private final Workspace workspace;
    private final Runnable beforeLastLook;
    private final Runnable pause;

    /** An editor of a workspace's files. */
    FileEdit(Workspace workspace) {
        this(workspace, () -> {}, () -> Await.pause(WHILE_SAVED));
    }

    /**
     * For tests: something that happens while the new text is being written, and in place of
     * waiting for somebody who is saving the file.
     */
    FileEdit(Workspace workspace, Runnable beforeLastLook, Runnable pause) {
        this.workspace = workspace;
        this.beforeLastLook = beforeLastLook;
        this.pause = pause;
    }

    /** Makes a change of one of the workspace's files. */
    void edit(Path file, Change change) {
        if (!workspace.files().contains(file)) {
            throw new Fault(
                    "config-missing",
                    "%s is no project file of the workspace %s; name one of its %s."
                            .formatted(
                                    Problems.printable(file),
                                    Problems.printable(workspace.root()),
                                    Workspace.FILES));
        }
        IN_THIS_PROCESS.lock();
        try {
            int lost = 0;
            int looks = 1;
            while (lost < MOST_LOST) {
                switch (tryEdit(file, change, looks == MOST_LOOKS)) {
                    case DONE -> {
                        return;
                    }
                    case SOMEBODY_WAS_QUICKER -> lost++;
                    case BEING_SAVED -> looks++;
                }
            }
        } catch (NoSuchFileException e) {
            throw new Fault(
                    "config-missing",
                    Problems.printable(file) + " is not there any more; nothing was written.",
                    e);
        } catch (AccessDeniedException e) {
            throw new Fault(
                    "config-not-writable",
                    "%s or its folder may not be written by this user; change its permissions."
                            .formatted(Problems.printable(file)),
                    e);
        } catch (IOException e) {
            throw new Fault(
                    "config-not-writable",
                    "%s could not be written (%s); it is unchanged."
                            .formatted(
                                    Problems.printable(file),
                                    Quoted.shortened(String.valueOf(e.getMessage()))),
                    e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
        throw new Fault(
                "config-busy",
                "%s is being changed by somebody else all the time; nothing was written, try again."
                        .formatted(Problems.printable(file)));
    }

    private Try tryEdit(Path file, Change change, boolean last) throws IOException {
        try {
            return tryEdit(file, change) ? Try.DONE : Try.SOMEBODY_WAS_QUICKER;
        } catch (Fault fault) {
            if (!last
                    && fault.code().equals(INVALID)
                    && workspace.changedWithin(ConfigReader.SETTLES)) {
                pause.run();
                return Try.BEING_SAVED;
            }
            throw fault;
        }
    }

    /** False when somebody else was quicker. */
    private boolean tryEdit(Path file, Change change) throws IOException {
        Path target = file.toRealPath();
        Object identity = identity(target);
        try (FileChannel channel =
                        FileChannel.open(
                                target, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            // Another editor of ours put a new file here while we waited for the old one's lock.
            if (!lock.isValid() || !Objects.equals(identity, identity(target))) {
                return false;
            }
            byte[] before = content(channel);
            byte[] after = FileText.encode(change(file, before, change));
            if (Arrays.equals(before, after)) {
                return true;
            }
            check(file, after);
            return FileReplacement.replace(
                    target,
                    after,
                    () -> {
                        beforeLastLook.run();
                        return Objects.equals(identity, identity(target))
                                && Arrays.equals(before, content(channel));
                    });
        }
    }

    /**
     * Read through the channel that is locked: the system gives up a process's locks on a file as
     * soon as the process closes that file anywhere.
     */
    private static byte[] content(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // Each turn reads a piece.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static Object identity(Path target) throws IOException {
        return Files.readAttributes(target, BasicFileAttributes.class).fileKey();
    }

    private String change(Path file, byte[] before, Change change) {
        try {
            String text = FileText.decode(before);
            if (JsonTree.parse(text) instanceof Node.Obj root) {
                requireValid(file, before);
                return change.of(text, root);
            }
            throw invalid(List.of(Problems.printable(file) + ":1:1: no object"));
        } catch (BadJson e) {
            throw invalid(
                    List.of(
                            "%s:%d:%d: %s"
                                    .formatted(
                                            Problems.printable(file),
                                            e.line(),
                                            e.column(),
                                            e.sentence())));
        }
    }

    private void requireValid(Path file, byte[] content) {
        if (readWith(file, content) instanceof ConfigResult.Invalid(List<String> problems)) {
            throw invalid(problems);
        }
    }

    static Fault invalid(List<String> problems) {
        return new Fault(
                INVALID,
                "The config has faults already, correct them first: " + problems.getFirst());
    }

    private void check(Path file, byte[] after) {
        if (readWith(file, after) instanceof ConfigResult.Invalid(List<String> problems)) {
            // The place is one in a text that is never written.
            String sentence = problems.getFirst().replaceFirst("^.*?:\\d+:\\d+: ", "");
            throw new Fault(
                    "edit-refused",
                    "%s was left as it is: %s.".formatted(Problems.printable(file), sentence));
        }
    }

    private ConfigResult readWith(Path file, byte[] content) {
        return ConfigReader.read(
                workspace, each -> each.equals(file) ? content : ConfigReader.fromDisk(each));
    }
}
