package orchestrator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.model.IssueId;

/** Finds the folders of the attempts of one issue on the disk. Blocks; any thread. */
public final class AttemptFolders {
    private static final Pattern NAME = Pattern.compile("(\\d{1,9})-(.+)");

    private final StateFolder state;
    private final Path attempts;

    /** Those of that issue. */
    public AttemptFolders(StateFolder state, IssueId issue) {
        this.state = state;
        attempts = state.attempts(issue);
    }

    private record Named(Path path, int number, String stage) {}

    /**
     * The folder of the attempt with that number, if it was made.
     *
     * @throws orchestrator.model.Fault {@code attempt-folder} when the disk fails
     */
    public Optional<AttemptFolder> numbered(int number) {
        return newest(named -> named.number() == number);
    }

    /**
     * The folder of the newest attempt at that stage, if one was made.
     *
     * @throws orchestrator.model.Fault {@code attempt-folder} when the disk fails
     */
    public Optional<AttemptFolder> newest(String stage) {
        return newest(named -> named.stage().equals(stage));
    }

    private Optional<AttemptFolder> newest(Predicate<Named> wanted) {
        if (!Files.isDirectory(attempts)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(attempts)) {
            return found.flatMap(AttemptFolders::named)
                    .filter(wanted)
                    .max(Comparator.comparingInt(Named::number))
                    .map(named -> new AttemptFolder(named.path(), state.disk()));
        } catch (IOException e) {
            throw DiskFault.of("attempt-folder", "look into", attempts, e, "Make it readable.");
        }
    }

    private static Stream<Named> named(Path folder) {
        Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
        return name.matches()
                ? Stream.of(new Named(folder, Integer.parseInt(name.group(1)), name.group(2)))
                : Stream.empty();
    }
}
