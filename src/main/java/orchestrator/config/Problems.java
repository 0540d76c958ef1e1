package orchestrator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, and what is only worth a warning, over all files. */
final class Problems {
    private record Remark(Path file, int line, int column, String sentence) {
        private static final Comparator<Remark> ORDER =
                Comparator.comparing(Remark::file)
                        .thenComparingInt(Remark::line)
                        .thenComparingInt(Remark::column);

        String text() {
            return printable(file) + ":" + line + ":" + column + ": " + sentence;
        }
    }

    private final List<Remark> problems = new ArrayList<>();
    private final List<Remark> warnings = new ArrayList<>();

    void problem(Path file, int line, int column, String sentence) {
        problems.add(new Remark(file, line, column, sentence));
    }

    void warning(Path file, int line, int column, String sentence) {
        warnings.add(new Remark(file, line, column, sentence));
    }

    /** By file and position. */
    List<String> problems() {
        return texts(problems);
    }

    /** By file and position. */
    List<String> warnings() {
        return texts(warnings);
    }

    private static List<String> texts(List<Remark> remarks) {
        return remarks.stream().sorted(Remark.ORDER).map(Remark::text).distinct().toList();
    }

    /** A file's name for a line of ours; it may hold anything but a slash and NUL. */
    static String printable(Path file) {
        return file.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
