package orchestrator.ui.logview;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import orchestrator.ui.fx.Memory;

/**
 * What each tab of logs shows and how it is split, kept from one window to the next. Of tabs that
 * never come back, since their issue is gone, the oldest are forgotten. FX thread only.
 */
final class LogMemory {
    private static final String NAME = "log-tabs.shown";
    private static final int MOST = 50;
    private final Memory memory;
    private final Map<String, String> tabs = new LinkedHashMap<>();

    LogMemory(Memory memory) {
        this.memory = memory;
        memory.get(NAME).stream()
                .flatMap(String::lines)
                .filter(line -> line.indexOf(' ') > 0)
                .forEach(line ->
                        tabs.put(
                                line.substring(0, line.indexOf(' ')),
                                line.substring(line.indexOf(' ') + 1)));
    }

    /** What was put of that tab. */
    Optional<String> get(String tab) {
        return Optional.ofNullable(tabs.get(tab));
    }

    /** Keeps what a tab shows, without a line feed; the tab's name has no blank. */
    void put(String tab, String shown) {
        if (shown.equals(tabs.get(tab))) {
            return;
        }
        tabs.remove(tab);
        tabs.put(tab, shown);
        Iterator<String> oldest = tabs.keySet().iterator();
        while (tabs.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        write();
    }

    void forget(String tab) {
        if (tabs.remove(tab) != null) {
            write();
        }
    }

    private void write() {
        memory.put(
                NAME,
                tabs.entrySet().stream()
                        .map(tab -> tab.getKey() + " " + tab.getValue())
                        .collect(Collectors.joining("\n")));
    }
}
