package orchestrator.cli.dashboard;

import java.util.Optional;
import orchestrator.monitor.Order;

/**
 * What a person made of the overview. Immutable.
 *
 * @param chosen the number of the chosen worker, whether it is shown or not
 * @param filter words that a worker must hold to be shown; empty: all are
 * @param question what is to be answered first
 * @param notice what is said until the next key
 */
record View(
        Mode mode,
        int chosen,
        String filter,
        Optional<Question> question,
        Optional<Notice> notice) {
    /** What fills the screen. */
    enum Mode {
        OVERVIEW,
        /** The overview, while a filter is typed. */
        FILTERING,
        HELP,
        /** The log of the chosen worker. */
        LOG
    }

    /**
     * Whether that is really meant.
     *
     * @param text what will happen, a sentence or two, and which key does it
     * @param order what is sent after a yes
     */
    record Question(String text, Order order) {}

    /** Something said, such as what became of an order. */
    record Notice(String text, Tone tone) {}

    /** How one begins. */
    static final View FIRST = new View(Mode.OVERVIEW, 1, "", Optional.empty(), Optional.empty());

    View in(Mode other) {
        return new View(other, chosen, filter, question, notice);
    }

    View choosing(int worker) {
        return new View(mode, worker, filter, question, notice);
    }

    View filtering(String words) {
        return new View(mode, chosen, words, question, notice);
    }

    View asking(Question asked) {
        return new View(mode, chosen, filter, Optional.of(asked), Optional.empty());
    }

    View saying(String text, Tone tone) {
        return new View(mode, chosen, filter, question, Optional.of(new Notice(text, tone)));
    }

    /** Nothing said and nothing asked. */
    View quiet() {
        return new View(mode, chosen, filter, Optional.empty(), Optional.empty());
    }
}
