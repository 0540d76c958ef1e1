package orchestrator.config;

import orchestrator.model.IssueId;

/**
 * The whole definition of an issue that an edit put into a file or took out of it, so that this can
 * be taken back exactly.
 *
 * @param text the JSON text of the definition
 * @param present whether it stands in the file since
 */
public record IssueEntry(IssueId issue, String text, boolean present) {
    /** The edit that takes this one back. */
    public IssueEntry reversed() {
        return new IssueEntry(issue, text, !present);
    }
}
