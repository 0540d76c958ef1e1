package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemFolderWatchTest {
    @TempDir private Path folder = Path.of("");
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void a_file_that_appears_is_told_also_when_it_is_moved_in() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        try (SystemFolderWatch watch = new SystemFolderWatch()) {
            var _ = watch.watch(inside, false, seen::add);
            Files.writeString(outside.resolve("exit"), "0");
            Files.move(
                    outside.resolve("exit"),
                    inside.resolve("exit"),
                    StandardCopyOption.ATOMIC_MOVE);
            RunningMonitor.await("it is told", () -> seen.contains("exit"));
        }
    }

    @Test
    void changes_and_removals_are_told_where_asked_for() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "1");
        try (SystemFolderWatch watch = new SystemFolderWatch()) {
            var _ = watch.watch(folder, true, seen::add);
            Files.writeString(file, "2");
            RunningMonitor.await("the change is told", () -> seen.contains("a.json"));
            seen.clear();
            Files.delete(file);
            RunningMonitor.await("the removal is told", () -> seen.contains("a.json"));
        }
    }

    @Test
    void a_listener_that_fails_does_not_end_the_watch() throws Exception {
        Path bad = Files.createDirectory(folder.resolve("bad"));
        Path good = Files.createDirectory(folder.resolve("good"));
        try (SystemFolderWatch watch = new SystemFolderWatch()) {
            var _ =
                    watch.watch(
                            bad,
                            false,
                            name -> {
                                seen.add("bad " + name);
                                throw new IllegalStateException("a defect in the listener");
                            });
            var _ = watch.watch(good, false, seen::add);
            Files.createFile(bad.resolve("x"));
            RunningMonitor.await("the bad one was called", () -> seen.contains("bad x"));
            Files.createFile(good.resolve("y"));
            RunningMonitor.await("the good one is called", () -> seen.contains("y"));
        }
    }

    @Test
    void what_is_no_longer_watched_is_not_told() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        try (SystemFolderWatch watch = new SystemFolderWatch()) {
            AutoCloseable closing = watch.watch(one, false, name -> seen.add("one " + name));
            var _ = watch.watch(two, false, name -> seen.add("two " + name));
            closing.close();
            Files.createFile(one.resolve("x"));
            Files.createFile(two.resolve("y"));
            RunningMonitor.await("the other is told", () -> seen.contains("two y"));
            assertThat(seen).doesNotContain("one x");
        }
    }

    @Test
    void closing_twice_is_no_trouble() throws IOException {
        SystemFolderWatch watch = new SystemFolderWatch();
        watch.close();
        watch.close();
        assertThat(seen).isEmpty();
    }
}
