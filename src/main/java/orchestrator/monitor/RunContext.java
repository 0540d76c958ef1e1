package orchestrator.monitor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orchestrator.config.Workspace;
import orchestrator.store.PlaybookLinks;
import orchestrator.store.StateFolder;

/**
 * What stays the same for a workspace as long as this process looks at it.
 *
 * @param workspaceId made once for the state folder; marks what is ours in tmux and in processes'
 *     environments
 * @param selfCommand words that start this program again, without its arguments
 * @param workspaceArguments words that make it find the same workspace
 * @param linkFolder where the playbook's links are made: {@code /tmp}
 * @param environment our own environment, as the launcher had it
 */
public record RunContext(
        Workspace workspace,
        StateFolder state,
        String workspaceId,
        Ports ports,
        List<String> selfCommand,
        List<String> workspaceArguments,
        Path linkFolder,
        Map<String, String> environment,
        String version) {
    public RunContext {
        selfCommand = List.copyOf(selfCommand);
        workspaceArguments = List.copyOf(workspaceArguments);
        environment = Map.copyOf(environment);
    }

    /** The links of the playbook's commands. */
    PlaybookLinks links() {
        return new PlaybookLinks(state, linkFolder);
    }

    /** Words that start this program with a command on this workspace. */
    List<String> command(String... words) {
        return java.util.stream.Stream.of(selfCommand, List.of(words), workspaceArguments)
                .flatMap(List::stream)
                .toList();
    }
}
