package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import orchestrator.process.Await;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands for the monitor, and its answers, as files. A client submits and awaits the answer; the
 * monitor takes what is pending, journals it, removes it, does it, answers. Files appear whole, in
 * the order they were submitted by one process. Safe on any thread and between processes.
 */
public final class Inbox {
    private static final Pattern COMMAND_NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final String SUFFIX = ".json";
    private static final long LARGEST = 16L << 20;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration UNCLAIMED = Duration.ofHours(1);
    private static final AtomicLong LAST_MILLIS = new AtomicLong();

    private final Disk disk;
    private final Path folder;
    private final Path answers;
    private final Path rejected;

    /**
     * A command.
     *
     * @param id names its file and its answer
     * @param name such as {@code add-issue}
     */
    public record Submitted(String id, String name, List<String> arguments) {
        public Submitted {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * What waits.
     *
     * @param commands oldest first
     * @param rejected a sentence for each file that is no command and was put aside
     */
    public record Pending(List<Submitted> commands, List<String> rejected) {}

    /** What the monitor said to a command. */
    public record Answer(boolean accepted, String text) {}

    public Inbox(StateFolder state) {
        this.disk = state.disk();
        this.folder = state.inbox();
        this.answers = folder.resolve("answers");
        this.rejected = folder.resolve("rejected");
    }

    /** The folder to watch for new commands. */
    public Path folder() {
        return folder;
    }

    /** Puts a command in; on disk when this returns. Returns its id. */
    public String submit(String name, List<String> arguments) {
        if (!COMMAND_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a command's name: " + name);
        }
        long now = System.currentTimeMillis();
        long millis = LAST_MILLIS.updateAndGet(last -> Math.max(last + 1, now));
        String id = millis + "-" + UUID.randomUUID();
        ObjectNode json = StoreJson.MAPPER.createObjectNode();
        json.put("name", name);
        ArrayNode words = json.putArray("arguments");
        arguments.forEach(words::add);
        Path file = folder.resolve(id + SUFFIX);
        try {
            disk.folder(folder);
            disk.replace(file, bytes(json));
            disk.sync(folder);
        } catch (IOException e) {
            throw DiskFault.of("inbox", "put a command into", file, e, "Check the state folder.");
        }
        return id;
    }

    private static byte[] bytes(ObjectNode json) {
        return (StoreJson.MAPPER.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The commands that wait. Files that are no commands are put into {@code rejected/}. */
    public Pending pending() {
        List<Submitted> commands = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try {
            for (Path file : files()) {
                Submitted command = read(file);
                if (command != null) {
                    commands.add(command);
                } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    refused.add(putAside(file));
                }
            }
        } catch (IOException e) {
            throw DiskFault.of("inbox", "read", folder, e, "Make it readable and writable.");
        }
        return new Pending(List.copyOf(commands), List.copyOf(refused));
    }

    /** All but folders and what is still being written (hidden), by name. */
    private SortedSet<Path> files() throws IOException {
        SortedSet<Path> found = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                boolean hidden = entry.getFileName().toString().startsWith(".");
                if (!hidden && !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    private static @Nullable Submitted read(Path file) throws IOException {
        String name = file.getFileName().toString();
        String id = name.endsWith(SUFFIX) ? name.substring(0, name.length() - 5) : "";
        if (!Names.isSafe(id) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            if (Files.size(file) > LARGEST) {
                return null;
            }
            JsonNode json = StoreJson.MAPPER.readTree(Files.readAllBytes(file));
            String command = json.path("name").asString("");
            List<String> arguments = new ArrayList<>();
            for (JsonNode argument : json.path("arguments")) {
                if (!argument.isString()) {
                    return null;
                }
                arguments.add(argument.stringValue());
            }
            return COMMAND_NAME.matcher(command).matches()
                    ? new Submitted(id, command, arguments)
                    : null;
        } catch (JacksonException | NoSuchFileException e) {
            return null;
        }
    }

    private String putAside(Path file) throws IOException {
        disk.folder(rejected);
        Path place = rejected.resolve(file.getFileName());
        for (int n = 1; Files.exists(place, LinkOption.NOFOLLOW_LINKS); n++) {
            place = rejected.resolve(file.getFileName() + "." + n);
        }
        disk.move(file, place);
        return "The file %s in the inbox is not a command; it was moved to %s."
                .formatted(file.getFileName(), place);
    }

    /** Takes a command away, once it is journaled. Nothing happens when it is gone. */
    public void remove(String id) {
        Path file = folder.resolve(Names.safe("command", id) + SUFFIX);
        try {
            disk.delete(file);
        } catch (IOException e) {
            throw DiskFault.of("inbox", "remove", file, e, "Make the inbox writable.");
        }
    }

    /** Answers a command. Answers that nobody fetched for an hour are removed. */
    public void answer(String id, boolean accepted, String text) {
        ObjectNode json = StoreJson.MAPPER.createObjectNode();
        json.put("accepted", accepted);
        json.put("text", text);
        Path file = answerFile(id);
        try {
            disk.folder(answers);
            removeUnclaimed();
            disk.replace(file, bytes(json));
        } catch (IOException e) {
            throw DiskFault.of("inbox", "write the answer", file, e, "Check the state folder.");
        }
    }

    private Path answerFile(String id) {
        return answers.resolve(Names.safe("command", id) + SUFFIX);
    }

    private void removeUnclaimed() throws IOException {
        Instant before = Instant.now().minus(UNCLAIMED);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(answers)) {
            for (Path entry : entries) {
                if (isOlder(entry, before)) {
                    disk.delete(entry);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(before);
        } catch (NoSuchFileException e) {
            return false; // Its client fetched it just now.
        }
    }

    /**
     * Waits for the answer to a command and takes it. Empty when none came in time, or the thread
     * was interrupted (then it stays so).
     */
    public Optional<Answer> awaitAnswer(String id, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<Answer> answer = takeAnswer(answerFile(id));
            boolean over = System.nanoTime() - deadline >= 0;
            if (answer.isPresent() || over || Thread.currentThread().isInterrupted()) {
                return answer;
            }
            Await.pause(LOOK);
        }
    }

    private Optional<Answer> takeAnswer(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = StoreJson.MAPPER.readTree(Files.readAllBytes(file));
            disk.delete(file);
            return Optional.of(
                    new Answer(
                            json.path("accepted").asBoolean(false),
                            json.path("text").asString("")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFault.of("inbox", "read the answer", file, e, "Make it readable.");
        }
    }
}
