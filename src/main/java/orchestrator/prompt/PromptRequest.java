package orchestrator.prompt;

import java.nio.file.Path;
import java.util.Optional;
import orchestrator.model.Issue;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.Stage;

/**
 * What a prompt is made from.
 *
 * @param body the issue's text, as it is
 * @param secondTry why an earlier try of the issue failed, when this is another
 * @param progress what earlier attempts of the issue left, when the attempt continues them
 */
public record PromptRequest(
        Project project,
        Issue issue,
        Repo repo,
        Stage stage,
        Path worktree,
        String branch,
        String base,
        String body,
        Optional<SecondTry> secondTry,
        Optional<ProgressSummary> progress) {}
