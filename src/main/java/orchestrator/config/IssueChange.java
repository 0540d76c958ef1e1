package orchestrator.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.IssueId;

/**
 * What an edit did to an issue's values, so that it can be taken back exactly.
 *
 * @param before key → the value's JSON text that stood there; empty: the key was not there
 * @param after the same keys → what stands there since
 */
public record IssueChange(
        IssueId issue, Map<String, Optional<String>> before, Map<String, Optional<String>> after) {
    public IssueChange {
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
    }

    /** The change that takes this one back. */
    public IssueChange reversed() {
        return new IssueChange(issue, after, before);
    }
}
