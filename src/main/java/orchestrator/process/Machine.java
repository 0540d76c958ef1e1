package orchestrator.process;

import java.nio.file.Path;
import java.util.Collection;
import orchestrator.model.Resources;

/** What is free on the machine we run on. Blocks for the file system; safe on any thread. */
@FunctionalInterface
public interface Machine {
    /**
     * What is free now.
     *
     * @param places folders whose disks count; one that is not there does not
     */
    Resources look(Collection<Path> places);
}
