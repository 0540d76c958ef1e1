package orchestrator.ui.fx;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The window's texts, from the resource bundle {@code orchestrator/i18n/window}. */
public final class Texts {
    private static final String BUNDLE = "orchestrator.i18n.window";
    private final ResourceBundle bundle;

    /** The texts in the language of the user, or in English where there is no translation. */
    public Texts() {
        bundle = ResourceBundle.getBundle(BUNDLE, Locale.getDefault());
    }

    /**
     * A text, its places filled in. Arguments are data: braces and quotes in them mean nothing.
     *
     * @throws java.util.MissingResourceException when there is no such text
     */
    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0
                ? pattern
                : new MessageFormat(pattern, Locale.ENGLISH).format(arguments);
    }
}
