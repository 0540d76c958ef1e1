package orchestrator.cli;

import java.util.List;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;

/** How people name an issue on the command line: {@code project#12}, or 12 in the only project. */
final class IssueWord {
    private IssueWord() {}

    /**
     * The issue a word names.
     *
     * @throws Fault {@code wrong-use} when it is no such word, {@code issue-unknown} when nothing
     *     defines that issue
     */
    static IssueId defined(String word, WorkspaceConfig config) {
        IssueId id = parse(word, config);
        if (config.issue(id).isEmpty()) {
            throw new Fault(
                    "issue-unknown",
                    config.project(id.project()).isEmpty()
                            ? "There is no project '%s'; there are %s."
                                    .formatted(id.project(), names(config))
                            : "There is no issue %s; see `status` for those there are."
                                    .formatted(id));
        }
        return id;
    }

    private static IssueId parse(String word, WorkspaceConfig config) {
        try {
            if (word.indexOf('#') > 0) {
                return IssueId.parse(word);
            }
            int number = Integer.parseInt(word);
            if (config.projects().size() > 1) {
                throw new Fault(
                        "wrong-use",
                        "There are several projects; say which, as in %s#%d: %s."
                                .formatted(names(config).getFirst(), number, names(config)));
            }
            return new IssueId(config.projects().getFirst().name(), number);
        } catch (NumberFormatException e) {
            throw new Fault(
                    "wrong-use",
                    "'%s' is not an issue; give its number, or project#number.".formatted(word),
                    e);
        }
    }

    private static List<String> names(WorkspaceConfig config) {
        return config.projects().stream().map(Project::name).toList();
    }
}
