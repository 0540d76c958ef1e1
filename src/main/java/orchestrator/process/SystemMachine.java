package orchestrator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.model.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine as the system tells: file stores, and {@code MemAvailable} on Linux. */
public final class SystemMachine implements Machine {
    private static final long MEBI = 1L << 20;

    private final Path meminfo;

    /** To find a place's file system takes a look through all that are mounted. */
    private final Map<Path, FileStore> stores = new ConcurrentHashMap<>();

    /** Of this machine. */
    public SystemMachine() {
        this(Path.of("/proc/meminfo"));
    }

    SystemMachine(Path meminfo) {
        this.meminfo = meminfo;
    }

    @Override
    public Resources look(Collection<Path> places) {
        stores.keySet().retainAll(Set.copyOf(places));
        OptionalLong disk =
                places.stream().map(this::free).flatMapToLong(OptionalLong::stream).min();
        return new Resources(disk, memory());
    }

    private OptionalLong free(Path place) {
        try {
            FileStore store = stores.get(place);
            if (store == null) {
                if (!Files.exists(place)) {
                    return OptionalLong.empty();
                }
                store = Files.getFileStore(place);
                stores.put(place, store);
            }
            return OptionalLong.of(store.getUsableSpace() / MEBI);
        } catch (IOException e) {
            // It has gone, perhaps to come back on another file system.
            stores.remove(place);
            log().debug("How much is free at {} cannot be told: {}", place, e.toString());
            return OptionalLong.empty();
        }
    }

    /** What can be had without swapping, as the kernel estimates it. */
    private OptionalLong memory() {
        try {
            return Files.readAllLines(meminfo, StandardCharsets.US_ASCII).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst();
        } catch (IOException | NumberFormatException notLinux) {
            // What other systems call free leaves out what they would give back at once.
            return OptionalLong.empty();
        }
    }

    /** Asked for when there is something to say: the first logger of a program takes 40 ms. */
    private static Logger log() {
        return LoggerFactory.getLogger(SystemMachine.class);
    }
}
