package orchestrator.store;

import java.util.regex.Pattern;
import orchestrator.model.Fault;

/** Names that become parts of paths, checked once more right where they do. */
final class Names {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Names() {}

    /** Returns the name, or throws when it could lead elsewhere. */
    static String safe(String what, String name) {
        if (!isSafe(name)) {
            throw new Fault(
                    "unsafe-name",
                    "The %s \"%s\" cannot be part of a file name; use letters, digits, '.', '_' and '-'."
                            .formatted(what, name));
        }
        return name;
    }

    static boolean isSafe(String name) {
        return SAFE.matcher(name).matches();
    }

    static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }

    /** Returns the text, or throws when it would not stay one line. */
    static String oneLine(String what, String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
            throw new Fault(
                    "unsafe-line",
                    "The "
                            + what
                            + " holds a line break or a NUL, which an attempt's files cannot"
                            + " carry; take it out of the configuration.");
        }
        return text;
    }
}
