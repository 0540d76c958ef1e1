package orchestrator.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.process.Command;
import orchestrator.process.Outcome;

/** A repository with one commit and a bare origin, in a folder with a space in its name. */
final class Sandbox {
    static final Instant NOW = Instant.parse("2026-11-22T17:01:02Z");

    final Path root;
    final Path main;
    final Path origin;
    final TestRunner runner = new TestRunner(Map.of());
    final GitWorktrees worktrees = new GitWorktrees(runner, Clock.fixed(NOW, ZoneOffset.UTC));
    private final TestRunner hands =
            new TestRunner(
                    Map.of(
                            "GIT_AUTHOR_NAME", "Hand",
                            "GIT_AUTHOR_EMAIL", "hand@example.org",
                            "GIT_COMMITTER_NAME", "Hand",
                            "GIT_COMMITTER_EMAIL", "hand@example.org",
                            "GIT_EDITOR", "true"));

    Sandbox(Path temp) {
        root = Paths.real(temp).resolve("a folder");
        main = root.resolve("repo");
        origin = root.resolve("origin.git");
        make(main);
        git(root, "init", "-q", "--bare", "-b", "main", origin.toString());
        git(main, "init", "-q", "-b", "main");
        write(main.resolve("README"), "first\n");
        write(main.resolve(".gitignore"), ".env\n*.secret\nnode_modules/\ntarget/\nout/\n");
        git(main, "add", "-A");
        git(main, "commit", "-qm", "first");
        git(main, "remote", "add", "origin", origin.toString());
        git(main, "push", "-q", "origin", "main");
        git(main, "fetch", "-q", "origin");
    }

    Repo repo() {
        return repo("issue/");
    }

    Repo repo(String prefix) {
        return new Repo("app", main, "main", root.resolve("trees"), prefix, Platform.NONE);
    }

    Path ready(int issue) {
        return worktrees.ensure(repo(), issue).path();
    }

    /** Runs git as a person would; fails the test when it fails. */
    String git(Path folder, String... arguments) {
        Outcome outcome = tryGit(folder, arguments);
        if (outcome instanceof Outcome.Exited exited && exited.ok()) {
            return exited.stdout().strip();
        }
        throw new AssertionError("git " + List.of(arguments) + ": " + outcome);
    }

    Outcome tryGit(Path folder, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(arguments));
        return hands.run(Command.of(argv).in(folder));
    }

    String commit(Path folder, String file, String text) {
        write(folder.resolve(file), text);
        git(folder, "add", "-A");
        git(folder, "commit", "-qm", "change " + file);
        return git(folder, "rev-parse", "HEAD");
    }

    static Path write(Path file, String text) {
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path move(Path from, Path to) {
        try {
            return Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
