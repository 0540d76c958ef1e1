package orchestrator.cli.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import orchestrator.cli.dashboard.Key.Named;
import orchestrator.process.Await;

/**
 * Keys out of what a terminal sends. Reads no byte beyond the key that is asked for, so that
 * another program may have the terminal between two keys. One thread.
 */
final class KeyReader {
    private static final int ESC = 0x1B;
    private static final int LONGEST_SEQUENCE = 32;
    private static final int LONGEST_PASTE = 4096;
    private static final String PASTE_END = "\033[201~";

    /** A terminal sends all of a sequence at once; a person who presses Escape sends no more. */
    private static final Duration PATIENCE = Duration.ofMillis(40);

    private static final Duration STEP = Duration.ofMillis(4);

    private static final Map<String, Named> SEQUENCES =
            Map.ofEntries(
                    Map.entry("A", Named.UP),
                    Map.entry("B", Named.DOWN),
                    Map.entry("C", Named.RIGHT),
                    Map.entry("D", Named.LEFT),
                    Map.entry("H", Named.HOME),
                    Map.entry("F", Named.END),
                    Map.entry("1~", Named.HOME),
                    Map.entry("7~", Named.HOME),
                    Map.entry("4~", Named.END),
                    Map.entry("8~", Named.END),
                    Map.entry("5~", Named.PAGE_UP),
                    Map.entry("6~", Named.PAGE_DOWN),
                    Map.entry("M", Named.ENTER));

    private static final int NONE = -2;

    private final InputStream in;
    private int held = NONE;

    /** A reader of what a terminal in raw mode sends, in UTF-8. */
    KeyReader(InputStream in) {
        this.in = in;
    }

    /** The next key; empty when the terminal is gone. Blocks. */
    Optional<Key> next() throws IOException {
        int first = read();
        if (first < 0) {
            return Optional.empty();
        }
        return Optional.of(
                switch (first) {
                    case ESC -> escape();
                    case '\r', '\n' -> Named.ENTER;
                    case 0x7F, '\b' -> Named.BACKSPACE;
                    case 0x03, 0x04 -> Named.LEAVE;
                    case 0x0C -> Named.REDRAW;
                    case 0x15 -> Named.CLEAR;
                    default -> first < ' ' ? Named.OTHER : typed(first);
                });
    }

    private Key typed(int first) throws IOException {
        int more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        byte[] bytes = new byte[more + 1];
        bytes[0] = (byte) first;
        for (int i = 1; i <= more; i++) {
            if (!isThereMore()) {
                return Named.OTHER;
            }
            bytes[i] = (byte) read();
        }
        int point = new String(bytes, StandardCharsets.UTF_8).codePointAt(0);
        return point == 0xFFFD ? Named.OTHER : new Key.Typed(point);
    }

    private Key escape() throws IOException {
        if (!isThereMore()) {
            return Named.ESCAPE;
        }
        int kind = read();
        if (kind != '[' && kind != 'O') {
            held = kind; // Escape and then another key, or Alt with one: nothing here is by Alt
            return Named.ESCAPE;
        }
        StringBuilder sequence = new StringBuilder();
        int c;
        do {
            if (!isThereMore()) {
                return Named.OTHER;
            }
            c = read();
            sequence.append((char) c);
        } while (c >= 0 && c < '@' && sequence.length() < LONGEST_SEQUENCE);
        if (sequence.toString().equals("200~")) {
            return pasted();
        }
        return SEQUENCES.getOrDefault(sequence.toString(), Named.OTHER);
    }

    private Key pasted() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        String end = "";
        while (!end.equals(PASTE_END)) {
            int c = read();
            if (c < 0) {
                return Named.OTHER;
            }
            end = (end + (char) c).substring(Math.max(0, end.length() + 1 - PASTE_END.length()));
            if (text.size() < LONGEST_PASTE) {
                text.write(c);
            }
        }
        String all = text.toString(StandardCharsets.UTF_8);
        return new Key.Pasted(
                all.endsWith(PASTE_END)
                        ? all.substring(0, all.length() - PASTE_END.length())
                        : all);
    }

    private int read() throws IOException {
        int next = held == NONE ? in.read() : held;
        held = NONE;
        return next;
    }

    /** Whether another byte comes at once. */
    private boolean isThereMore() throws IOException {
        if (held != NONE) {
            return true;
        }
        IOException[] failure = new IOException[1];
        boolean more =
                Await.until(
                        PATIENCE,
                        STEP,
                        () -> {
                            try {
                                return in.available() > 0;
                            } catch (IOException e) {
                                failure[0] = e;
                                return true;
                            }
                        });
        if (failure[0] != null) {
            throw failure[0];
        }
        return more;
    }
}
