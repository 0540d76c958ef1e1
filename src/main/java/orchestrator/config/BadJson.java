package orchestrator.config;

/** A text that is not JSON, and where it stops being so. */
final class BadJson extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    BadJson(int line, int column, String sentence) {
        super(sentence);
        this.line = line;
        this.column = column;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
