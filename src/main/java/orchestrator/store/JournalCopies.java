package orchestrator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import orchestrator.files.Content;

/**
 * Copies of a journal that is not whole, kept beside it for a person: {@code
 * orchestrator-log.torn-N} and {@code orchestrator-log.damaged-N}.
 */
final class JournalCopies {
    private static final int CHUNK = 1 << 16;

    private JournalCopies() {}

    /** Copies the torn end of the journal, from an offset on. */
    static Path torn(Disk disk, Path path, Content in, long from) throws IOException {
        Path copy = freeName(path, "torn");
        copy(disk, in, from, copy);
        return copy;
    }

    /** Copies the journal, unless the newest copy is the same already. */
    static Path whole(Disk disk, Path path) throws IOException {
        Path free = freeName(path, "damaged");
        int number = numberOf(free);
        if (number > 1) {
            Path newest = numbered(path, "damaged", number - 1);
            if (Files.mismatch(path, newest) < 0) {
                return newest;
            }
        }
        try (Content in = Content.plain(path)) {
            copy(disk, in, 0, free);
        }
        return free;
    }

    private static Path freeName(Path path, String what) {
        int number = 1;
        while (Files.exists(numbered(path, what, number))) {
            number++;
        }
        return numbered(path, what, number);
    }

    private static Path numbered(Path path, String what, int number) {
        String name = path.getFileName().toString().replaceFirst("\\.jsonl$", "");
        return path.resolveSibling(name + "." + what + "-" + number);
    }

    private static int numberOf(Path numbered) {
        String name = numbered.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /** Copies from an offset on into a new file, down to the disk. */
    private static void copy(Disk disk, Content in, long from, Path copy) throws IOException {
        disk.newFile(copy);
        try (Disk.Open out = disk.open(copy)) {
            byte[] chunk = new byte[CHUNK];
            int count;
            for (long at = from; (count = in.read(at, chunk, 0, CHUNK)) > 0; at += count) {
                out.write(at - from, Arrays.copyOf(chunk, count));
            }
            out.sync();
        }
        disk.sync(Journal.folderOf(copy));
    }
}
