package orchestrator.config;

/**
 * Text of a user inside a sentence of ours: quoted, on one line, and never longer than a glance.
 */
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    static String of(String text) {
        return "\"" + shortened(text) + "\"";
    }

    static String shortened(String text) {
        StringBuilder out = new StringBuilder();
        int codePoints = 0;
        for (int i = 0; i < text.length(); ) {
            if (codePoints++ == LONGEST) {
                return out.append('…').toString();
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> append(out, c);
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    out.append("\\u%04x".formatted(c));
            default -> out.appendCodePoint(c);
        }
    }
}
