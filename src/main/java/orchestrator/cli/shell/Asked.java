package orchestrator.cli.shell;

import java.util.Collections;
import java.util.Iterator;

/**
 * Words that only the workspace knows. An option or argument of which they are the values names one
 * of these as its {@code completionCandidates}; the shell then asks the program for them, while
 * somebody types.
 */
public abstract sealed class Asked implements Iterable<String> {
    private final String kind;

    private Asked(String kind) {
        this.kind = kind;
    }

    /** What the program is asked for: one lower-case word. */
    public final String kind() {
        return kind;
    }

    /** None: they are not known before somebody asks. */
    @Override
    public final Iterator<String> iterator() {
        return Collections.emptyIterator();
    }

    /** Issues, by their numbers or as project#number. */
    public static final class Issues extends Asked {
        public static final String KIND = "issues";

        /** Made by picocli. */
        public Issues() {
            super(KIND);
        }
    }

    /** Workers, by their numbers. */
    public static final class Workers extends Asked {
        public static final String KIND = "workers";

        /** Made by picocli. */
        public Workers() {
            super(KIND);
        }
    }

    /** Workers and issues: whatever has a log. */
    public static final class Logs extends Asked {
        public static final String KIND = "logs";

        /** Made by picocli. */
        public Logs() {
            super(KIND);
        }
    }

    /** What was rescued, by its refs. */
    public static final class Rescued extends Asked {
        public static final String KIND = "rescues";

        /** Made by picocli. */
        public Rescued() {
            super(KIND);
        }
    }
}
