package orchestrator.cli.dashboard;

import java.nio.charset.Charset;
import org.jline.utils.AttributedStyle;

/**
 * How tones and signs look on a terminal. Colours are the terminal's own sixteen, so that they fit
 * its theme, light or dark; a terminal with more of them only gets a better grey. Pure.
 *
 * @param colours how many the terminal has; below 8 (also when a person wants none, {@code
 *     NO_COLOR}) weight and reversal alone tell things apart
 * @param signs what the terminal's character set has
 */
record Paint(int colours, Signs signs) {
    private static final int GREY = 245;

    /**
     * The signs.
     *
     * @param pointer before the chosen row
     * @param done a part of a bar: completed
     * @param going in progress
     * @param bad failed or parked
     * @param rest all others
     */
    record Signs(
            String pointer,
            String separator,
            String done,
            String going,
            String bad,
            String rest,
            String more,
            String above,
            String below,
            String enter) {
        static final Signs UNICODE = new Signs("▸", "·", "█", "▓", "▒", "░", "…", "↑", "↓", "⏎");
        static final Signs ASCII = new Signs(">", "-", "#", "=", "!", ".", "~", "^", "v", "Enter");

        /** Those that a character set can show. */
        static Signs of(Charset charset) {
            return charset.newEncoder().canEncode("▸█▓▒░⏎↓") ? UNICODE : ASCII;
        }
    }

    /** The style of a tone. */
    AttributedStyle style(Tone tone) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (tone) {
            case PLAIN -> plain;
            case STRONG -> plain.bold();
            case CHOSEN -> plain.inverse();
            case MUTED -> colours >= 256 ? plain.foreground(GREY) : plain.faint();
            case ACCENT -> coloured(AttributedStyle.CYAN);
            case SUCCESS -> coloured(AttributedStyle.GREEN);
            case WARNING -> coloured(AttributedStyle.YELLOW);
            case DANGER -> coloured(AttributedStyle.RED).bold();
        };
    }

    private AttributedStyle coloured(int colour) {
        return colours >= 8 ? AttributedStyle.DEFAULT.foreground(colour) : AttributedStyle.DEFAULT;
    }
}
