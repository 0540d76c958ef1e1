package orchestrator.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The words of a {@code status} as scripts and people mostly write it: with {@code --json} or
 * without, and with what chooses the workspace. Picocli reads the same from them; whatever else is
 * written, such as {@code --help} or a word that is wrong, is left to it.
 *
 * @param place which workspace they choose
 * @param json whether they ask for JSON
 */
record StatusWords(WorkspaceOptions place, boolean json) {
    private static final String WORKSPACE = "--workspace";
    private static final String CONFIG = "--config";
    private static final String CONFIG_DIR = "--config-dir";

    /** Reads them; empty: they are for picocli. */
    static Optional<StatusWords> of(String... words) {
        Map<String, Path> options = new HashMap<>();
        boolean status = false;
        boolean json = false;
        boolean rehearsal = false;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (!status && word.equals("status")) {
                status = true;
            } else if (status && !json && word.equals("--json")) {
                json = true;
            } else if (!rehearsal && word.equals("--rehearsal")) {
                rehearsal = true;
            } else {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                String value = word.substring(equals + 1);
                boolean plain = isPlain(value);
                if (equals < 0) {
                    i++;
                    value = i < words.length ? words[i] : "";
                    plain = isPlain(value) && !mayBeCommand(value);
                }
                if (!isOption(name) || !plain || options.containsKey(name)) {
                    return Optional.empty();
                }
                try {
                    options.put(name, Path.of(value));
                } catch (InvalidPathException e) {
                    return Optional.empty();
                }
            }
        }
        WorkspaceOptions place =
                new WorkspaceOptions(
                        Optional.ofNullable(options.get(WORKSPACE)),
                        Optional.ofNullable(options.get(CONFIG)),
                        Optional.ofNullable(options.get(CONFIG_DIR)),
                        rehearsal);
        return status ? Optional.of(new StatusWords(place, json)) : Optional.empty();
    }

    private static boolean isOption(String word) {
        return word.equals(WORKSPACE) || word.equals(CONFIG) || word.equals(CONFIG_DIR);
    }

    /** What begins with a hyphen or a quote may mean something to picocli, and so may nothing. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && "-\"'".indexOf(value.charAt(0)) < 0;
    }

    /** Behind a space picocli takes a command's name for the command. */
    private static boolean mayBeCommand(String value) {
        return value.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-');
    }
}
