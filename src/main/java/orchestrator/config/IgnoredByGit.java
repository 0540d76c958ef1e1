package orchestrator.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import orchestrator.model.Fault;

/** Adds a folder to a repository's {@code .gitignore}, when a person asked for it. */
public final class IgnoredByGit {
    private IgnoredByGit() {}

    /** The line that has git ignore a folder, in the file at the repository's top. */
    public static String line(Path repository, Path folder) {
        String path = repository.relativize(folder).toString();
        return "/" + path.replaceAll("[\\\\*?\\[]", "\\\\$0") + "/";
    }

    /**
     * Adds a line at the end of the file, which is made if it is not there; a line that is there
     * already is not added again. Blocks; any thread.
     *
     * @return whether it was added
     * @throws Fault {@code config-not-writable}, {@code config-busy}; the file is as it was then
     */
    public static boolean add(Path repository, String line) {
        Path file = repository.resolve(".gitignore");
        try {
            if (!Files.exists(file)) {
                NewFile.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
                return true;
            }
            Path target = file.toRealPath();
            byte[] before = Files.readAllBytes(target);
            // Byte by byte, as git reads it: whatever its encoding, it stays as it is.
            String text = new String(before, StandardCharsets.ISO_8859_1);
            String wanted =
                    new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            String bare = wanted.substring(0, wanted.length() - 1);
            if (text.lines()
                    .map(String::stripTrailing)
                    .anyMatch(has -> has.equals(wanted) || has.equals(bare))) {
                return false;
            }
            String end = text.contains("\r\n") ? "\r\n" : "\n";
            String gap = text.isEmpty() || text.endsWith("\n") ? "" : end;
            byte[] after = (text + gap + wanted + end).getBytes(StandardCharsets.ISO_8859_1);
            if (FileReplacement.replace(
                    target, after, () -> Arrays.equals(before, Files.readAllBytes(target)))) {
                return true;
            }
        } catch (NoSuchFileException e) {
            throw notWritable(file, "it is a link that leads nowhere", line, e);
        } catch (IOException e) {
            throw notWritable(file, Quoted.shortened(String.valueOf(e.getMessage())), line, e);
        }
        throw new Fault(
                "config-busy",
                "%s is being changed by somebody else; try again, or add the line %s yourself."
                        .formatted(Problems.printable(file), line));
    }

    private static Fault notWritable(Path file, String why, String line, IOException cause) {
        return new Fault(
                "config-not-writable",
                "%s could not be changed (%s); add the line %s yourself."
                        .formatted(Problems.printable(file), why, line),
                cause);
    }
}
