package orchestrator.ui.changes;

import orchestrator.model.BranchWork.Kind;
import orchestrator.ui.fx.Tone;

/**
 * How it is shown what happened to a file.
 *
 * @param letter as git writes it
 * @param word key of the word in the texts
 */
record FileLook(String letter, String word, Tone tone) {
    static FileLook of(Kind kind) {
        return switch (kind) {
            case ADDED -> new FileLook("A", "file.added", Tone.SUCCESS);
            case MODIFIED -> new FileLook("M", "file.modified", Tone.ACCENT);
            case DELETED -> new FileLook("D", "file.deleted", Tone.DANGER);
            case RENAMED -> new FileLook("R", "file.renamed", Tone.ACCENT);
            case COPIED -> new FileLook("C", "file.copied", Tone.SUCCESS);
            case TYPE_CHANGED -> new FileLook("T", "file.type", Tone.ACCENT);
            case UNMERGED -> new FileLook("U", "file.unmerged", Tone.WARNING);
            case UNTRACKED -> new FileLook("?", "file.untracked", Tone.MUTED);
        };
    }
}
