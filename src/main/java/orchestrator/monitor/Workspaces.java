package orchestrator.monitor;

import orchestrator.config.Workspace;
import orchestrator.git.Leftovers;
import orchestrator.git.Rescues;
import orchestrator.git.ScratchCopies;
import orchestrator.model.WorkspaceConfig;

/** Opens workspaces for front ends; the program's wiring implements it. */
public interface Workspaces {
    /** To look only: nothing is written, not even the state folder. */
    RunContext look(Workspace workspace, WorkspaceConfig config);

    /** To work in: the state folder is there afterwards. */
    RunContext open(Workspace workspace, WorkspaceConfig config);

    /** Makes workspaces that are not there yet. */
    NewWorkspaces making();

    /** The rescues that lie in repositories. */
    Rescues rescues();

    /** What is left in repositories. */
    Leftovers leftovers();

    /** Copies of repositories, for rehearsals. */
    ScratchCopies scratchCopies();

    /** To run a monitor in a window: like {@link #open}, with the environment the launch saved. */
    RunContext openInWindow(Workspace workspace, WorkspaceConfig config);
}
