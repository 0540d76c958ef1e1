package orchestrator.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A script that has a shell complete the commands. Commands and options stand in it, so that they
 * come at once; numbers of issues and the like are asked of the program while somebody types.
 */
public enum Completion {
    BASH,
    ZSH,
    FISH;

    /** Where a script has its commands. */
    private static final String COMMANDS = "@commands@\n";

    /** The shells' names, for picocli. */
    public static final class Names implements Iterable<String> {
        /** Made by picocli. */
        public Names() {}

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    /** The shells' names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Completion::shell).toList();
    }

    /** The one for the shell of that name. */
    public static Optional<Completion> of(String shell) {
        return Arrays.stream(values()).filter(it -> it.shell().equals(shell)).findFirst();
    }

    private String shell() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The script for these commands. */
    public String script(CommandSpec program) {
        Word word = Word.of(program);
        String commands =
                switch (this) {
                    case BASH -> BashWords.of(word);
                    case ZSH -> ZshWords.of(word);
                    case FISH -> FishWords.of(word);
                };
        return text("orchestrator." + shell()).replace(COMMANDS, commands);
    }

    private static String text(String file) {
        String name = "/orchestrator/completion/" + file;
        try (InputStream in = Completion.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
