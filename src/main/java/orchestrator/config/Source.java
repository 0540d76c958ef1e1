package orchestrator.config;

import java.nio.file.Path;

/** A file that is being read, and where its faults go. */
record Source(Path file, Problems problems) {
    void problem(Node.Span at, String sentence) {
        problems.problem(file, at.line(), at.column(), sentence);
    }

    void warning(Node.Span at, String sentence) {
        problems.warning(file, at.line(), at.column(), sentence);
    }

    /** {@code file:line}, to point at a place from another one. */
    String place(Node.Span at) {
        return Problems.printable(file) + ":" + at.line();
    }

    /** The absolute path somebody wrote into this file. */
    Path resolve(String written) {
        Path folder = file.getParent();
        return Paths.resolve(folder == null ? Path.of("/") : folder, written);
    }
}
