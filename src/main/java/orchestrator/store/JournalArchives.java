package orchestrator.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.files.BlockGzip;
import orchestrator.model.Fault;

/**
 * The older parts of a journal, set aside beside it under the numbers of their first and last line.
 * An archive is never written again, but it may be compressed; with the journal's file after the
 * last of them they hold every line once.
 */
final class JournalArchives {
    private JournalArchives() {}

    /**
     * One archive.
     *
     * @param path its name; while it is compressed, {@link orchestrator.files.Content} finds it
     * @param first the number of its first line
     * @param last the number of its last line
     */
    record Archive(Path path, long first, long last) {}

    /** The name that those lines of a journal are set aside under. */
    static Path name(Path journal, long first, long last) {
        return journal.resolveSibling(
                String.format(Locale.ROOT, "%s.%012d-%012d.jsonl", stem(journal), first, last));
    }

    private static String stem(Path journal) {
        return Objects.requireNonNull(journal.getFileName())
                .toString()
                .replaceFirst("\\.jsonl$", "");
    }

    /**
     * All archives of a journal, in order and without a gap from the first line on.
     *
     * @throws Fault {@code journal-damaged} when one is missing
     */
    static List<Archive> of(Path journal) throws IOException {
        Pattern name =
                Pattern.compile(
                        Pattern.quote(stem(journal))
                                + "\\.([0-9]{12,18})-([0-9]{12,18})\\.jsonl("
                                + Pattern.quote(BlockGzip.SUFFIX)
                                + ")?");
        // While one is being compressed, it is there twice.
        Set<Archive> found = new HashSet<>();
        Path folder = Journal.folderOf(journal);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Matcher matcher = name.matcher(entry.getFileName().toString());
                if (matcher.matches()) {
                    long first = Long.parseLong(matcher.group(1));
                    long last = Long.parseLong(matcher.group(2));
                    found.add(new Archive(name(journal, first, last), first, last));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        List<Archive> archives =
                found.stream().sorted(Comparator.comparingLong(Archive::first)).toList();
        long next = 1;
        for (Archive archive : archives) {
            if (archive.first() != next || archive.last() < archive.first()) {
                throw new Fault(
                        "journal-damaged",
                        "The journal %s lacks its lines from number %d on: the next archive is %s. Put back the archive that begins with them."
                                .formatted(journal, next, archive.path()));
            }
            next = archive.last() + 1;
        }
        return archives;
    }

    /** The fault of a line in an archive. */
    static Fault damaged(Path archive, JournalScan.Damage damage) {
        return new Fault(
                "journal-damaged",
                "The journal's archive %s is damaged at line %d, byte %d: %s. Repair the line, or put back a whole copy of the file; nothing was changed."
                        .formatted(archive, damage.line(), damage.offset(), damage.reason()));
    }

    /** The fault of an archive that ends too early or goes on too long. */
    static Fault miscounted(Archive archive, long last) {
        return new Fault(
                "journal-damaged",
                "The journal's archive %s ends with number %d and should with %d. Put back a whole copy of the file; nothing was changed."
                        .formatted(archive.path(), last, archive.last()));
    }
}
