package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import orchestrator.model.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemMachineTest {
    @TempDir Path folder;

    @Test
    void what_is_free_is_told_in_mebibytes() throws IOException {
        Path meminfo =
                Files.writeString(
                        folder.resolve("meminfo"),
                        "MemTotal:  24000000 kB\nMemFree: 1 kB\nMemAvailable:   2097152 kB\n");
        Resources free = new SystemMachine(meminfo).look(List.of(folder));
        assertThat(free.memoryMb()).hasValue(2048);
        long disk = Files.getFileStore(folder).getUsableSpace() >> 20;
        assertThat(free.diskMb().orElseThrow()).isBetween(disk / 2, disk * 2 + 1);
    }

    @Test
    void what_cannot_be_told_is_left_out() throws IOException {
        Path gone = folder.resolve("gone");
        assertThat(new SystemMachine(gone).look(List.of(gone)).diskMb()).isEmpty();
        assertThat(new SystemMachine(gone).look(List.of()).memoryMb()).isEmpty();
        Path odd = Files.writeString(folder.resolve("odd"), "MemAvailable: much\n");
        assertThat(new SystemMachine(odd).look(List.of()).memoryMb()).isEmpty();
    }

    @Test
    void this_machine_has_something() {
        assertThat(new SystemMachine().look(List.of(folder)).diskMb()).isPresent();
    }
}
