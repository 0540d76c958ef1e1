package orchestrator.cli.dashboard;

/** What a person presses. */
sealed interface Key {
    /** A key with a name. */
    enum Named implements Key {
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        ESCAPE,
        BACKSPACE,
        /** Ctrl-C, or Ctrl-D. */
        LEAVE,
        /** Ctrl-L. */
        REDRAW,
        /** Ctrl-U. */
        CLEAR,
        /** One that means nothing here. */
        OTHER
    }

    /** A character. */
    record Typed(int codePoint) implements Key {}

    /** A text that was pasted, in one piece: it is not taken for keys. */
    record Pasted(String text) implements Key {}
}
