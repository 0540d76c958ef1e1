package orchestrator.prompt;

import java.util.List;

/**
 * For the prompts of an issue that failed and is tried once more.
 *
 * @param failure why it failed, a sentence or a few
 * @param findings what was found out since, oldest first
 */
public record SecondTry(String failure, List<Finding> findings) {
    /**
     * What a stage found out.
     *
     * @param stage such as {@code retry_analyze}
     * @param text the agent's closing message
     */
    public record Finding(String stage, String text) {}

    public SecondTry {
        findings = List.copyOf(findings);
    }
}
