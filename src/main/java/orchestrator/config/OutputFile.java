package orchestrator.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import orchestrator.model.Fault;

/**
 * A file that a person asked for by its name. It is written whole or not at all, and what is there
 * already is replaced only when it is one of those, told by a sign near its beginning, or when the
 * person insists. Blocks; any thread.
 *
 * @param path as the person gave it
 * @param sign what all such files hold within their first {@value #LOOKED_AT} bytes
 */
public record OutputFile(Path path, String sign) {
    private static final int LOOKED_AT = 1024;

    /**
     * Writes it. A link is followed, and stays.
     *
     * @param force whether a file of somebody else is replaced
     * @throws Fault {@code output-occupied}, {@code output-not-a-file}, {@code output-not-written};
     *     nothing was changed then
     */
    public void write(String text, boolean force) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (!Files.exists(path)) {
                create(content, force);
                return;
            }
            Path real = path.toRealPath();
            if (!Files.isRegularFile(real)) {
                throw new Fault(
                        "output-not-a-file",
                        Problems.printable(path)
                                + " is no file; name a file to write, or none to print.");
            }
            FileTime saved = Files.getLastModifiedTime(real);
            if (!force && !isOurs(real)) {
                throw occupied();
            }
            // An editor may have saved it meanwhile.
            boolean replaced =
                    FileReplacement.replace(
                            real,
                            content,
                            () -> force || Files.getLastModifiedTime(real).equals(saved));
            if (!replaced) {
                throw occupied();
            }
        } catch (IOException e) {
            throw new Fault(
                    "output-not-written",
                    "%s could not be written (%s); name a file in a folder that is there and yours."
                            .formatted(Problems.printable(path), e),
                    e);
        }
    }

    private void create(byte[] content, boolean force) throws IOException {
        try {
            FileReplacement.create(path, content);
        } catch (FileAlreadyExistsException e) {
            // Somebody made it just now; or it is a link that leads nowhere.
            if (force && Files.isRegularFile(path)) {
                FileReplacement.replace(path.toRealPath(), content, () -> true);
                return;
            }
            throw occupied();
        }
    }

    private boolean isOurs(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8).contains(sign);
        }
    }

    private Fault occupied() {
        return new Fault(
                "output-occupied",
                Problems.printable(path)
                        + " is there already and was not made by this command; name another file, or use --force.");
    }
}
