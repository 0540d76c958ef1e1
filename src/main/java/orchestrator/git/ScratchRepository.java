package orchestrator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import orchestrator.process.CommandRunner;

/**
 * Makes a small repository and its bare origin for a rehearsal. Each is made beside its place and
 * renamed there, so that what stands at the place is always whole.
 */
final class ScratchRepository {
    private static final String README =
            """
            # A small service that shortens links

            Made by the orchestrator for a rehearsal: the agents that work in it are scripted, the git
            and tmux around them are real.
            """;

    private final CommandRunner runner;
    private final Repo repo;

    ScratchRepository(CommandRunner runner, Repo repo) {
        this.runner = runner;
        this.repo = repo;
    }

    void create() {
        Path path = repo.path();
        if (Files.exists(path)) {
            return;
        }
        Path origin = path.resolveSibling(path.getFileName() + "-origin.git");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path made = beside(path);
            commitFirst(made);
            if (!Files.exists(origin)) {
                Path bare = beside(origin);
                call(made)
                        .must(
                                "clone",
                                "-q",
                                "--bare",
                                "--no-hardlinks",
                                made.toString(),
                                bare.toString());
                call(bare).must("remote", "remove", "origin");
                Files.move(bare, origin);
            }
            call(made).must("remote", "add", "origin", origin.toString());
            call(made).must("fetch", "-q", "origin");
            call(made).must("remote", "set-head", "origin", repo.defaultBranch());
            // Where a rehearsal in it begins: see GitScratchCopies.
            call(made).must("update-ref", GitScratchCopies.BASES + repo.defaultBranch(), "HEAD");
            Files.move(made, path);
        } catch (IOException e) {
            throw new Fault(
                    "scratch-failed",
                    "The rehearsal's repository cannot be made at %s (%s); see that its disk has room and may be written."
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    private static Path beside(Path path) {
        return path.resolveSibling("." + path.getFileName() + "-" + UUID.randomUUID());
    }

    private GitCall call(Path directory) {
        return GitCall.in(runner, directory);
    }

    private void commitFirst(Path made) throws IOException {
        Files.createDirectories(made.resolve("src"));
        Files.writeString(made.resolve("README.md"), README);
        Files.writeString(
                made.resolve("src/shorten.sh"),
                "#!/bin/sh\n# Prints a short name for a link.\ncksum | cut -d' ' -f1\n");
        Files.writeString(made.resolve(".gitignore"), ".env\n");
        call(made).must("init", "-q", "-b", repo.defaultBranch());
        call(made).must("add", "-A");
        Identity.onto(call(made))
                .config("commit.gpgsign=false")
                .must("commit", "-q", "--no-verify", "-m", "A service that shortens links");
    }
}
