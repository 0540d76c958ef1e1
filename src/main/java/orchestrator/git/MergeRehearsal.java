package orchestrator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.process.Outcome.Exited;

/**
 * Merges tried by {@code git merge-tree}, which needs no working tree. The objects it writes go to
 * a folder that is removed afterwards: the repository only lends its own.
 */
final class MergeRehearsal implements Branches.Rehearsals {
    private static final int USAGE_ERROR = 129;
    private final Path objects;
    private final GitCall call;

    MergeRehearsal(GitCall repository) {
        Path own =
                repository
                        .directory()
                        .resolve(repository.must("rev-parse", "--git-path", "objects"))
                        .toAbsolutePath()
                        .normalize();
        try {
            objects = Files.createTempDirectory("orchestrator-merge-");
        } catch (IOException e) {
            throw new Fault(
                    "temp-folder",
                    "No temporary folder could be made (%s); make room on its disk.".formatted(e),
                    e);
        }
        call =
                repository
                        .with("GIT_OBJECT_DIRECTORY", objects.toString())
                        .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", quoted(own.toString()));
    }

    /** In quotes a colon does not end a path. */
    private static String quoted(String path) {
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public Optional<List<String>> conflicts(String one, String other) {
        List<String> words =
                List.of(
                        "merge-tree",
                        "--write-tree",
                        "--name-only",
                        "--no-messages",
                        "--allow-unrelated-histories",
                        "-z",
                        Oids.require(one, "commit"),
                        Oids.require(other, "commit"));
        Exited exited = call.run(words);
        return switch (exited.code()) {
            case 0 -> Optional.of(List.of());
            // Before git 2.38 it knows no --write-tree.
            case USAGE_ERROR -> Optional.empty();
            case 1 ->
                    // The first word is the tree that was made.
                    Optional.of(
                            Stream.of(exited.stdout().split("\0", -1))
                                    .skip(1)
                                    .filter(name -> !name.isEmpty())
                                    .distinct()
                                    .toList());
            default -> throw call.failure(words, exited);
        };
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(objects)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new Fault(
                    "temp-folder",
                    "The temporary folder %s could not be removed (%s); remove it by hand."
                            .formatted(objects, e),
                    e);
        }
    }
}
