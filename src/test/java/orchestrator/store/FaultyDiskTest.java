package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import orchestrator.store.FaultyDisk.Moment;
import orchestrator.store.FaultyDisk.Refusal;
import orchestrator.store.FaultyDisk.Write;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port itself: what a failed or killed write leaves behind. */
class FaultyDiskTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "brand new".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    private List<Path> entries() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }

    @Test
    void a_replaced_file_is_the_old_or_the_new_one_wherever_it_is_killed() throws IOException {
        FaultyDisk whole = new FaultyDisk();
        whole.replace(folder.resolve("undisturbed"), NEW);
        assertThat(whole.writes())
                .extracting(Write::what)
                .containsExactly("newFile", "write", "sync", "move");
        for (Write write : whole.writes()) {
            for (Moment moment : Moment.values()) {
                Path file = Files.write(folder.resolve("f"), OLD);
                FaultyDisk disk = new FaultyDisk().killAt(write.number(), moment);
                assertThat(catchThrowable(() -> disk.replace(file, NEW)))
                        .as("%s %s", moment, write)
                        .isInstanceOf(FaultyDisk.Killed.class);
                boolean done = write.what().equals("move") && moment != Moment.BEFORE;
                assertThat(Files.readAllBytes(file)).isEqualTo(done ? NEW : OLD);
                assertThatThrownBy(() -> disk.newFile(folder.resolve("after-death")))
                        .isInstanceOf(FaultyDisk.Killed.class);
            }
        }
        assertThat(folder.resolve("after-death")).doesNotExist();
    }

    @Test
    void a_full_disk_leaves_the_old_file_and_nothing_beside_it_until_it_is_mended()
            throws IOException {
        Path file = Files.write(folder.resolve("f"), OLD);
        for (FaultyDisk disk :
                List.of(
                        new FaultyDisk().failFrom(1, Refusal.FULL),
                        new FaultyDisk().failFrom(2, Refusal.FULL),
                        new FaultyDisk().failFrom(1, Refusal.SYNC))) {
            Files.write(file, OLD);
            assertThatThrownBy(() -> disk.replace(file, NEW)).isInstanceOf(IOException.class);
            assertThat(Files.readAllBytes(file)).isEqualTo(OLD);
            assertThat(entries()).containsExactly(file);
            disk.mend();
            disk.replace(file, NEW);
            assertThat(Files.readAllBytes(file)).isEqualTo(NEW);
        }
    }

    @Test
    void what_dead_writers_left_is_swept_after_an_hour_and_nothing_else() throws IOException {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        FaultyDisk dying = new FaultyDisk().killAt(2, Moment.MIDDLE);
        assertThat(catchThrowable(() -> dying.project(state.worker(1), NEW)))
                .isInstanceOf(FaultyDisk.Killed.class);
        Path half;
        try (Stream<Path> found = Files.list(state.workers())) {
            half = found.findFirst().orElseThrow();
        }
        Path foreign = Files.write(state.workers().resolve(".mine"), OLD);
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));

        state.sweep(Instant.now());
        assertThat(half).exists();
        state.sweep(Instant.now().plusSeconds(3700));
        assertThat(half).doesNotExist();
        assertThat(foreign).exists();
        assertThat(state.root().resolve(".gitignore")).exists();
    }
}
