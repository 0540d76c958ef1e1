package orchestrator.config;

import java.nio.file.Path;
import java.util.Optional;

/** Another process that edits: {@code WORKSPACE FIRST COUNT} adds that many issues to project a. */
final class AddIssues {
    private AddIssues() {}

    public static void main(String[] arguments) {
        Workspace workspace =
                Workspace.locate(
                        Optional.of(Path.of(arguments[0])),
                        Optional.empty(),
                        Optional.empty(),
                        Path.of("/"));
        int first = Integer.parseInt(arguments[1]);
        for (int i = first; i < first + Integer.parseInt(arguments[2]); i++) {
            new ConfigEditor(workspace)
                    .addIssue(workspace.files().getFirst(), NewIssue.of(i, "T" + i));
        }
    }
}
