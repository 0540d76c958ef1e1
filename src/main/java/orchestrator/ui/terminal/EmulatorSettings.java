package orchestrator.ui.terminal;

import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.emulator.ColorPalette;
import com.techsenger.jeditermfx.core.model.TerminalTypeAheadSettings;
import com.techsenger.jeditermfx.ui.TerminalActionPresentation;
import com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider;
import java.util.List;
import javafx.scene.input.KeyCombination;
import javafx.scene.text.Font;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.theme.Fonts;

/**
 * How the emulator looks and which keys it takes for itself: those with Shift and Control, as
 * terminals do; plain Control keys go to the program.
 */
final class EmulatorSettings extends DefaultSettingsProvider {
    /** Enough for the eye; each repaint draws the whole screen. */
    private static final int REPAINTS_A_SECOND = 25;

    private final TerminalColours colours;
    private final Preferences preferences;
    private final Texts texts;

    EmulatorSettings(TerminalColours colours, Preferences preferences, Texts texts) {
        this.colours = colours;
        this.preferences = preferences;
        this.texts = texts;
    }

    @Override
    public ColorPalette getTerminalColorPalette() {
        return colours;
    }

    @Override
    public TerminalColor getDefaultForeground() {
        return colours.text();
    }

    @Override
    public TerminalColor getDefaultBackground() {
        return colours.ground();
    }

    @Override
    public TextStyle getSelectionColor() {
        return colours.selection();
    }

    @Override
    public TextStyle getFoundPatternColor() {
        return colours.found();
    }

    @Override
    public boolean useInverseSelectionColor() {
        return false;
    }

    @Override
    public Font getTerminalFont() {
        return Font.font(Fonts.code(), getTerminalFontSize());
    }

    @Override
    public float getTerminalFontSize() {
        return preferences.fontSize.get();
    }

    @Override
    public float getLineSpacing() {
        return 1.15f;
    }

    @Override
    public int maxRefreshRate() {
        return REPAINTS_A_SECOND;
    }

    @Override
    public boolean audibleBell() {
        return false;
    }

    /** What is typed is shown when the program has answered: then it is true. */
    @Override
    public TerminalTypeAheadSettings getTypeAheadSettings() {
        return new TerminalTypeAheadSettings(false, 0, TextStyle.EMPTY);
    }

    /** The wheel goes to tmux, which knows what was there before. */
    @Override
    public boolean sendArrowKeysInAlternativeMode() {
        return false;
    }

    @Override
    public TerminalActionPresentation getCopyActionPresentation() {
        return keys("terminal.copy", "Shortcut+Shift+C");
    }

    @Override
    public TerminalActionPresentation getPasteActionPresentation() {
        return keys("terminal.paste", "Shortcut+Shift+V");
    }

    @Override
    public TerminalActionPresentation getFindActionPresentation() {
        return keys("terminal.find", "Shortcut+Shift+F");
    }

    @Override
    public TerminalActionPresentation getSelectAllActionPresentation() {
        return keys("terminal.select-all", "Shortcut+Shift+A");
    }

    @Override
    public TerminalActionPresentation getClearBufferActionPresentation() {
        return none("terminal.clear");
    }

    @Override
    public TerminalActionPresentation getLineUpActionPresentation() {
        return none("terminal.line-up");
    }

    @Override
    public TerminalActionPresentation getLineDownActionPresentation() {
        return none("terminal.line-down");
    }

    private TerminalActionPresentation keys(String text, String keys) {
        return new TerminalActionPresentation(texts.get(text), KeyCombination.keyCombination(keys));
    }

    private TerminalActionPresentation none(String text) {
        return new TerminalActionPresentation(texts.get(text), List.of());
    }
}
