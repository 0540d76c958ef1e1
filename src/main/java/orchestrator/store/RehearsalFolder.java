package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.model.RehearsalMark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place below a workspace's state folder where a rehearsal of it is laid out: a workspace
 * of its own. It counts as there once its mark is written, which is done last: what a crash left
 * half made is told from what is whole. Blocks; whoever changes it holds {@link
 * StateFolder#rehearsalLock()}.
 *
 * @param state of the workspace that is rehearsed
 */
public record RehearsalFolder(StateFolder state) {
    private static final String NAME = RehearsalMark.FOLDER;
    private static final String LINKS = "links";
    private static final Set<String> OWN = Set.of("rehearsal.json", LINKS, "config", "state");

    /**
     * What was laid out.
     *
     * @param made when
     * @param files what was written, by its path, and a digest of its content
     */
    public record Mark(Instant made, Map<String, String> files) {
        public Mark {
            files = Map.copyOf(files);
        }
    }

    /** The rehearsal's workspace; may not be there. */
    public Path root() {
        return state.root().resolve(NAME);
    }

    /** Whether a workspace is a rehearsal of another. */
    public static boolean isOne(Path workspace) {
        return RehearsalMark.isCalledSo(workspace) && Files.exists(RehearsalMark.in(workspace));
    }

    /** Where a rehearsal's playbook links are made, so that those of the real run are its own. */
    public static Path links(Path workspace) {
        return workspace.resolve(LINKS);
    }

    /** Whether anything is there, whole or half made. */
    public boolean isThere() {
        return Files.exists(root(), LinkOption.NOFOLLOW_LINKS);
    }

    /** What was laid out; empty when nothing is, or only half. */
    public Optional<Mark> mark() {
        Path file = RehearsalMark.in(root());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = StoreJson.MAPPER.readTree(Files.readAllBytes(file));
            Map<String, String> files = new TreeMap<>();
            json.path("files")
                    .properties()
                    .forEach(entry -> files.put(entry.getKey(), entry.getValue().asString()));
            return Optional.of(new Mark(Instant.parse(json.path("made").asString()), files));
        } catch (JacksonException | DateTimeException e) {
            throw new Fault(
                    "rehearsal-damaged",
                    "%s is damaged; remove the folder %s by hand once you need nothing in it."
                            .formatted(file, root()),
                    e);
        } catch (IOException e) {
            throw DiskFault.of("rehearsal-damaged", "read", file, e, "Make it readable.");
        }
    }

    /**
     * Begins to lay it out; nothing may be there.
     *
     * @throws Fault {@code state-not-writable}
     */
    public void begin() {
        try {
            state.disk().newFolder(root());
            state.disk().newFolder(links(root()));
        } catch (IOException e) {
            throw notWritable(root(), e);
        }
    }

    /** Writes its files, by their paths. */
    public void write(Map<String, byte[]> files) {
        files.forEach((name, content) -> {
            Path file = root().resolve(name);
            try {
                folders(file);
                state.disk().writeNew(file, content);
            } catch (IOException e) {
                throw notWritable(file, e);
            }
        });
    }

    /** Makes those it lies in. */
    private void folders(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null && !folder.equals(root())) {
            folders(folder);
            state.disk().folder(folder);
        }
    }

    /** Says that all of it is there. */
    public void complete(Instant now, Map<String, byte[]> files) {
        ObjectNode json = StoreJson.MAPPER.createObjectNode();
        json.put("made", now.toString());
        ObjectNode digests = json.putObject("files");
        new TreeMap<>(files).forEach((name, content) -> digests.put(name, digest(content)));
        Path file = RehearsalMark.in(root());
        try {
            state.disk()
                    .replace(
                            file,
                            StoreJson.MAPPER
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(json)
                                    .concat("\n")
                                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * What somebody has changed, added or taken away of what was laid out, by its path; worktrees,
     * copies and the run's own state are not looked into.
     */
    public List<String> changed(Mark mark) {
        Set<String> changed = new TreeSet<>();
        try {
            for (Map.Entry<String, String> file : mark.files().entrySet()) {
                Path path = root().resolve(file.getKey());
                boolean same =
                        Files.isRegularFile(path)
                                && digest(Files.readAllBytes(path)).equals(file.getValue());
                if (!same) {
                    changed.add(file.getKey());
                }
            }
            for (Path path : beside()) {
                String name = root().relativize(path).toString();
                if (!OWN.contains(name) && !mark.files().containsKey(name)) {
                    changed.add(name);
                }
            }
        } catch (IOException e) {
            throw DiskFault.of("rehearsal-damaged", "look into", root(), e, "Make it readable.");
        }
        return List.copyOf(changed);
    }

    private List<Path> beside() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root())) {
            top.forEach(found::add);
        }
        Path config = root().resolve("config");
        if (Files.isDirectory(config)) {
            try (Stream<Path> below = Files.walk(config)) {
                below.filter(path -> !Files.isDirectory(path)).forEach(found::add);
            }
        }
        return found;
    }

    /**
     * Removes it, and what an earlier removal left. It is out of its place at once, whatever
     * becomes of the rest.
     *
     * @throws Fault {@code rehearsal-stays} with what could not be removed
     */
    public void remove() {
        try {
            if (isThere()) {
                state.disk().move(root(), state.root().resolve("." + NAME + "." + unique()));
            }
            List<Path> aside = new ArrayList<>();
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(state.root(), "." + NAME + ".*")) {
                found.forEach(aside::add);
            }
            for (Path folder : aside) {
                new TreeRemoval(state.disk()).remove(folder);
            }
        } catch (IOException e) {
            throw DiskFault.of(
                    "rehearsal-stays",
                    "remove",
                    root(),
                    e,
                    "End what still writes there, then try again.");
        }
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    private static Fault notWritable(Path path, IOException e) {
        return DiskFault.of(
                "state-not-writable",
                "write",
                path,
                e,
                "Make the folder writable and see that the disk is not full, or set state_dir.");
    }
}
