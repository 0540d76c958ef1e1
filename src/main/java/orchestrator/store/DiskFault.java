package orchestrator.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import orchestrator.model.Fault;

/** What the disk refused, in the words of a {@link Fault}. */
final class DiskFault {
    private DiskFault() {}

    /** {@code Cannot <act> <path>: <why>. <then>}. */
    static Fault of(String code, String act, Path path, IOException e, String then) {
        return new Fault(code, "Cannot " + act + " " + path + ": " + reason(e) + ". " + then, e);
    }

    /** Why it failed, as a phrase for people; the path stands elsewhere in the sentence. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something is already there";
        }
        String said = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return said == null || said.isBlank() ? e.getClass().getSimpleName() : said;
    }
}
