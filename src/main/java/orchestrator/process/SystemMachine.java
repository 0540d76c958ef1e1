package orchestrator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalLong;
import orchestrator.model.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine as the system tells: file stores, and {@code MemAvailable} on Linux. */
public final class SystemMachine implements Machine {
    private static final Logger LOG = LoggerFactory.getLogger(SystemMachine.class);
    private static final long MEBI = 1L << 20;

    private final Path meminfo;

    /** Of this machine. */
    public SystemMachine() {
        this(Path.of("/proc/meminfo"));
    }

    SystemMachine(Path meminfo) {
        this.meminfo = meminfo;
    }

    @Override
    public Resources look(Collection<Path> places) {
        OptionalLong disk =
                places.stream().map(SystemMachine::free).flatMapToLong(OptionalLong::stream).min();
        return new Resources(disk, memory());
    }

    private static OptionalLong free(Path place) {
        try {
            return Files.exists(place)
                    ? OptionalLong.of(Files.getFileStore(place).getUsableSpace() / MEBI)
                    : OptionalLong.empty();
        } catch (IOException e) {
            LOG.debug("How much is free at {} cannot be told: {}", place, e.toString());
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
}
