package orchestrator.cli.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** What is offered where an option's value or an argument is expected. */
sealed interface Expected {
    /** Nothing can be offered: a text, a number. */
    record Anything() implements Expected {}

    /** A file, or a folder on the way to one. */
    record AnyFile() implements Expected {}

    /** A folder. */
    record AnyFolder() implements Expected {}

    /** One of these words. */
    record OneOf(List<String> words) implements Expected {}

    /** What the program says when it is asked for this kind; see {@link Asked}. */
    record Known(String kind) implements Expected {}

    /** What an option or argument expects. */
    static Expected of(ArgSpec spec) {
        Iterable<String> candidates = spec.completionCandidates();
        if (candidates instanceof Asked asked) {
            return new Known(asked.kind());
        }
        if (spec.type() == Path.class) {
            return spec.paramLabel().equals("DIR") ? new AnyFolder() : new AnyFile();
        }
        List<String> words = new ArrayList<>();
        if (candidates != null) {
            candidates.forEach(words::add);
        }
        return words.isEmpty() ? new Anything() : new OneOf(List.copyOf(words));
    }
}
