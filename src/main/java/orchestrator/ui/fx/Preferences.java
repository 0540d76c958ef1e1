package orchestrator.ui.fx;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What the user has chosen for all workspaces. FX thread only. */
public final class Preferences {
    /** In {@link #terminal}: a tab of this window. */
    public static final String EMBEDDED = "embedded";

    /** Light and dark. */
    public enum Colours {
        /** As the system has it. */
        SYSTEM,
        LIGHT,
        DARK
    }

    /** Light or dark. */
    public final ObjectProperty<Colours> colours =
            new SimpleObjectProperty<>(this, "colours", Colours.SYSTEM);

    /** {@link #EMBEDDED}, or the name of a terminal program such as {@code kitty}. */
    public final StringProperty terminal = new SimpleStringProperty(this, "terminal", EMBEDDED);

    /**
     * The editor's command, such as {@code code -n}; empty: none was chosen, and none is opened.
     */
    public final StringProperty editor = new SimpleStringProperty(this, "editor", "");

    /** Whether the desktop is told what happens while the window is not looked at. */
    public final BooleanProperty notifications =
            new SimpleBooleanProperty(this, "notifications", true);

    /** The size of text, in pixels, 11 to 20. */
    public final IntegerProperty fontSize = new SimpleIntegerProperty(this, "fontSize", USUAL);

    /** The smallest and the largest {@link #fontSize}. */
    public static final int SMALLEST = 11;

    public static final int LARGEST = 20;

    /** The {@link #fontSize} that everything was drawn for. */
    public static final int USUAL = 13;

    /** A font size within its range. */
    public static int legible(int size) {
        return Math.clamp(size, SMALLEST, LARGEST);
    }

    /** Whether nothing moves that need not. */
    public final BooleanProperty reducedMotion =
            new SimpleBooleanProperty(this, "reducedMotion", false);
}
