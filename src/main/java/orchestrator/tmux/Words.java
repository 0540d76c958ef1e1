package orchestrator.tmux;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import orchestrator.model.Fault;

/** How words have to be written so that tmux takes them as they are. */
final class Words {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern OWNER = Pattern.compile("[\\x21-\\x7e]*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Words() {}

    /** A name of ours: tmux would run {@code #(…)} in others, and change dots and colons. */
    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Fault(
                    "tmux-bad-name",
                    "\"%s\" cannot name a tmux session or window; use letters, digits, - and _."
                            .formatted(line(name)));
        }
        return name;
    }

    /** An owner's mark; it stands in a line of words when read back. */
    static String owner(String owner) {
        if (!OWNER.matcher(owner).matches()) {
            throw new Fault(
                    "tmux-bad-name",
                    "\"%s\" cannot mark a tmux session; it must be ASCII without spaces."
                            .formatted(line(owner)));
        }
        return word(owner);
    }

    /** tmux ends a command at a word's last semicolon unless a back-slash stands before it. */
    static String word(String word) {
        return word.endsWith(";") ? word.substring(0, word.length() - 1) + "\\;" : word;
    }

    /** The words of a window's process. A single one tmux would hand to a shell as a line. */
    static List<String> process(List<String> argv) {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a window's process needs at least one word");
        }
        List<String> words = new ArrayList<>();
        if (argv.size() == 1) {
            Collections.addAll(words, "sh", "-c", "exec \"$0\"");
        }
        argv.forEach(word -> words.add(word(word)));
        return words;
    }

    /** {@code -e NAME=value …} */
    static List<String> environment(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        new TreeMap<>(environment)
                .forEach((variable, value) -> {
                    if (!VARIABLE.matcher(variable).matches()) {
                        throw new Fault(
                                "tmux-bad-name",
                                "\"%s\" cannot be the name of a variable in a window."
                                        .formatted(line(variable)));
                    }
                    Collections.addAll(words, "-e", word(variable + "=" + value));
                });
        return words;
    }

    /** Foreign text on one line, of bounded length. */
    static String line(String text) {
        String flat = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return flat.length() <= 300 ? flat : flat.substring(0, 300) + "…";
    }
}
