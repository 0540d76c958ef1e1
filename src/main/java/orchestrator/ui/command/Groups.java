package orchestrator.ui.command;

import java.util.List;

/**
 * The actions as the menu and the sheet of keys arrange them. A test sees that every action has its
 * place.
 *
 * @param key of the group's name in the texts
 */
record Groups(String key, List<String> actions) {
    static final List<Groups> ALL =
            List.of(
                    of("group.run", "launch", "rehearse", "pause", "resume", "stop", "take-over"),
                    of(
                            "group.worker",
                            "attach",
                            "restart",
                            "pause-worker",
                            "continue-worker",
                            "stop-worker",
                            "open-files",
                            "open-terminal",
                            "open-editor",
                            "leave-terminal",
                            "close-terminal",
                            "copy-branch",
                            "copy-worktree"),
                    of(
                            "group.issue",
                            "add-issue",
                            "edit-issue",
                            "log",
                            "changes",
                            "push",
                            "retry",
                            "complete",
                            "park",
                            "fail"),
                    of(
                            "group.log",
                            "log-find",
                            "log-copy",
                            "log-begin",
                            "log-end",
                            "log-error",
                            "log-error-back",
                            "log-tool",
                            "log-tool-back",
                            "log-wrap",
                            "log-times",
                            "log-right",
                            "log-below",
                            "log-whole"),
                    of("group.view", "workers", "board", "plan", "timeline"),
                    of(
                            "group.window",
                            "undo",
                            "redo",
                            "workspaces",
                            "palette",
                            "notices",
                            "settings",
                            "theme",
                            "keys"));

    private static Groups of(String key, String... actions) {
        return new Groups(key, List.of(actions));
    }
}
