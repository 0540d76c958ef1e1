package orchestrator.ui.workers;

import java.util.List;

/** Opens the user's own terminal program. */
@FunctionalInterface
public interface TerminalOpener {
    /** Finds no terminal; the command is then shown to be copied. */
    TerminalOpener NONE = (_, _) -> false;

    /**
     * Opens a terminal that runs a command. Blocks until it was started, not until it ends.
     *
     * @param title for the terminal's window
     * @param command its words; no shell reads them
     * @return false when no terminal program is known here
     * @throws orchestrator.model.Fault when there is one and it does not start
     */
    boolean open(String title, List<String> command);

    /** Names of the terminal programs that can be chosen from; blocks. */
    default List<String> programs() {
        return List.of();
    }
}
