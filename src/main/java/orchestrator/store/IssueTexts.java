package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import orchestrator.model.IssueId;

/**
 * Issue texts that were fetched from a forge, kept under {@code state/issues/<project>/}. Any
 * thread.
 */
public final class IssueTexts {
    private final StateFolder state;

    public IssueTexts(StateFolder state) {
        this.state = state;
    }

    /** The text fetched before, if there is one. */
    public Optional<String> get(IssueId issue) {
        Path file = file(issue);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw DiskFault.of(
                    "issue-text", "read", file, e, "Remove it to have it fetched again.");
        }
    }

    /** Keeps a text. */
    public void put(IssueId issue, String text) {
        Path file = file(issue);
        try {
            state.disk().folder(state.root().resolve("issues"));
            state.disk().folder(state.issues(issue.project()));
            state.disk().project(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw DiskFault.of("issue-text", "write", file, e, "See that the disk is not full.");
        }
    }

    private Path file(IssueId issue) {
        return state.issues(issue.project()).resolve(issue.number() + ".md");
    }
}
