package orchestrator.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import orchestrator.model.Fault;

/** The rehearsal's workspace, in which a scripted agent works and nothing is spent. */
public final class RehearsalFiles {
    private static final List<String> NAMES =
            List.of("rehearsal-issues.json", "orchestrator-issues.schema.json");

    private RehearsalFiles() {}

    /**
     * Lays it out in a folder, which is made if it is not there. Files that are there stay as they
     * are: somebody may have changed them. Blocks.
     *
     * @throws Fault {@code config-not-writable}
     */
    public static void layOut(Path workspace) {
        try {
            Path config = Files.createDirectories(workspace.resolve("config"));
            for (String name : NAMES) {
                copy(name, config.resolve(name));
            }
        } catch (IOException e) {
            throw new Fault(
                    "config-not-writable",
                    "The rehearsal could not be laid out in %s (%s); see that the folder is yours and the disk not full."
                            .formatted(Problems.printable(workspace), e.getMessage()),
                    e);
        }
    }

    private static void copy(String name, Path to) throws IOException {
        try (InputStream text =
                RehearsalFiles.class.getResourceAsStream("/orchestrator/rehearsal/" + name)) {
            if (text == null) {
                throw new IllegalStateException(name + " is not among our resources");
            }
            if (!Files.exists(to)) {
                Files.copy(text, to);
            }
        } catch (FileAlreadyExistsException e) {
            // Somebody else laid it out in this very moment: it is there.
            return;
        }
    }
}
