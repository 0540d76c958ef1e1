package orchestrator.monitor;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own mistakes: loud, and not the end of the run. For one thread. */
final class Defects {
    private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
    private final Set<String> told = new HashSet<>();

    /** A defect in one step ends neither the monitor nor the other steps. */
    void guard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // The same one comes again with every turn of the loop: told once is loud enough.
            if (told.add(String.valueOf(e))) {
                LOG.error("A defect in the monitor; it goes on", e);
            }
        }
    }
}
