package orchestrator.model;

import java.nio.file.Path;

/** How the workspace of a rehearsal is known from others. */
public final class RehearsalMark {
    /** The folder's name, below the state folder of the workspace that is rehearsed. */
    public static final String FOLDER = "rehearsal-run";

    private static final String FILE = "rehearsal.json";

    private RehearsalMark() {}

    /** The file that is there in a rehearsal's workspace that was laid out to its end. */
    public static Path in(Path workspace) {
        return workspace.resolve(FILE);
    }

    /** Whether a workspace is called as one; only with the mark in it, it is one. */
    public static boolean isCalledSo(Path workspace) {
        return FOLDER.equals(String.valueOf(workspace.getFileName()));
    }
}
