package orchestrator.ui.command;

import java.util.List;
import java.util.Optional;

/**
 * The actions as the menu and the sheet of keys arrange them. A test sees that every action has its
 * place.
 *
 * @param key of the group's name in the texts
 */
record Groups(String key, List<String> actions) {
    static final List<Groups> ALL =
            List.of(
                    new Groups(
                            "group.run",
                            List.of("launch", "pause", "resume", "stop", "take-over", "hand-over")),
                    new Groups(
                            "group.worker",
                            List.of(
                                    "attach",
                                    "restart",
                                    "stop-worker",
                                    "copy-branch",
                                    "copy-worktree")),
                    new Groups(
                            "group.issue",
                            List.of("changes", "push", "retry", "complete", "park", "fail")),
                    new Groups("group.view", List.of("workers", "board", "timeline")),
                    new Groups(
                            "group.window",
                            List.of(
                                    "workspaces",
                                    "palette",
                                    "notices",
                                    "settings",
                                    "theme",
                                    "keys")));

    /** The group that an action stands in. */
    static Optional<Groups> of(String action) {
        return ALL.stream().filter(group -> group.actions().contains(action)).findFirst();
    }
}
