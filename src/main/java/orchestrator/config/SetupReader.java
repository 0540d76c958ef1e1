package orchestrator.config;

import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import orchestrator.model.WorktreeSetup;

/**
 * Reads what is done in a new worktree: {@code setup}, {@code setup_timeout}, {@code copy_files}.
 */
final class SetupReader {
    private SetupReader() {}

    /** What the section says; where it says nothing, {@code otherwise} holds. */
    static WorktreeSetup read(Section section, WorktreeSetup otherwise) {
        Optional<String> command =
                section.value("setup").isPresent() ? section.command("setup") : otherwise.command();
        return new WorktreeSetup(
                command,
                section.seconds(
                                "setup_timeout",
                                ProjectReader.SHORTEST_SECONDS,
                                ProjectReader.LONGEST_SECONDS)
                        .map(At::value)
                        .orElse(otherwise.timeout()),
                section.value("copy_files").isPresent()
                        ? copyFiles(section)
                        : otherwise.copyFiles());
    }

    private static List<String> copyFiles(Section section) {
        List<String> files = new ArrayList<>();
        for (At<String> written : section.lines("copy_files")) {
            Optional<String> fault = fault(written.value());
            if (fault.isPresent()) {
                section.source()
                        .problem(
                                written.span(),
                                "%s in \"copy_files\" %s"
                                        .formatted(Quoted.of(written.value()), fault.get()));
            } else {
                files.add(plain(written.value()));
            }
        }
        return files.stream().distinct().toList();
    }

    /** What is wrong with a path, as the rest of a sentence; empty: it stays in the repository. */
    private static Optional<String> fault(String path) {
        if (path.startsWith("/") || path.equals("~") || path.startsWith("~/")) {
            return Optional.of(
                    "is not relative to the repository; write it from the repository's folder,"
                            + " such as \".env\"");
        }
        if (Arrays.asList(path.split("/", -1)).contains("..")) {
            return Optional.of("leaves the repository; write it from the repository's folder");
        }
        String plain = plain(path);
        if (plain.isEmpty()) {
            return Optional.of("names the whole repository; name files or folders in it");
        }
        String first = plain.split("/", 2)[0];
        if (first.equalsIgnoreCase(".git")) {
            return Optional.of("names git's own files, which no other worktree may have");
        }
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + plain);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is no pattern (" + e.getDescription() + "); correct it");
        }
    }

    /** Without empty parts and dots, as in {@code ./config//x}. */
    private static String plain(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .collect(Collectors.joining("/"));
    }
}
