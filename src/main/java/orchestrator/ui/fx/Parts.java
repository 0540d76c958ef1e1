package orchestrator.ui.fx;

import java.time.InstantSource;
import java.time.ZoneId;
import orchestrator.monitor.RunControl;
import org.kordamp.ikonli.feather.Feather;

/**
 * What every feature of a window is given.
 *
 * @param actions where it registers what can be done with it
 * @param overlay over which it asks
 * @param notices in which it says what became of something
 * @param clock the time that elapsed and remaining times are counted with
 * @param zone the zone that times of day are shown in
 */
public record Parts(
        RunControl control,
        Texts texts,
        Actions actions,
        Overlay overlay,
        Notices notices,
        Tabs tabs,
        Navigator navigator,
        Memory memory,
        Preferences preferences,
        InstantSource clock,
        ZoneId zone) {
    /**
     * Registers an action whose title and hint stand in the texts as {@code action.ID} and {@code
     * action.ID-hint}.
     *
     * @param keys such as {@code Shortcut+K}, or empty
     */
    public Action register(String id, Feather icon, String keys, Runnable handler) {
        String key = "action." + id;
        return actions.add(
                Action.of(id, texts.get(key), texts.get(key + "-hint"), icon, keys, handler));
    }
}
