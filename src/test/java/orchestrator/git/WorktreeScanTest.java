package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorktreeScanTest {
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NEWER = OLD.plusSeconds(100);
    private static final Instant NOW = OLD.plusSeconds(1000);

    @TempDir private Path root = Path.of("");

    private Path file(String name, Instant changed) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        return Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    /** Folders change when files are made in them: only the files' times are to count here. */
    private void agedFolders() throws IOException {
        try (var all = Files.walk(root)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                Files.setLastModifiedTime(path, FileTime.from(OLD));
            }
        }
    }

    @Test
    void the_newest_change_anywhere_below_counts() throws IOException {
        file("a.txt", OLD);
        file("deep/er/b.txt", NEWER);
        agedFolders();
        assertThat(WorktreeScan.newestChange(root, NOW)).contains(NEWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", "node_modules", "target", "build", "__pycache__"})
    void folders_that_tools_fill_are_skipped_at_any_depth(String name) throws IOException {
        file("a.txt", OLD);
        file("deep/" + name + "/b.txt", NEWER);
        agedFolders();
        assertThat(WorktreeScan.newestChange(root, NOW)).contains(OLD);
    }

    @Test
    void a_worktree_that_is_itself_named_so_is_not_skipped() throws IOException {
        file("build/a.txt", NEWER);
        agedFolders();
        assertThat(WorktreeScan.newestChange(root.resolve("build"), NOW)).contains(NEWER);
    }

    @Test
    void a_time_in_the_future_is_no_sign_of_life() throws IOException {
        file("unpacked.txt", NOW.plusSeconds(1_000_000));
        file("a.txt", NEWER);
        agedFolders();
        assertThat(WorktreeScan.newestChange(root, NOW)).contains(NEWER);
    }

    @Test
    void it_ends_although_a_link_leads_around() throws IOException {
        file("a.txt", NEWER);
        Files.createSymbolicLink(root.resolve("around"), root);
        agedFolders();
        assertThat(WorktreeScan.newestChange(root, NOW)).contains(NEWER);
    }

    @Test
    void it_is_bounded() throws IOException {
        for (int i = 0; i < 20_100; i++) {
            Files.createFile(root.resolve("f" + i));
        }
        int[] before = {0};
        try (var all = Files.list(root)) {
            // The order is the system's: what is beyond the bound is not looked at.
            all.skip(20_050)
                    .forEach(path -> {
                        try {
                            Files.setLastModifiedTime(path, FileTime.from(NEWER));
                            before[0]++;
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
        }
        assertThat(before[0]).isEqualTo(50);
        agedFolders();
        assertThat(WorktreeScan.newestChange(root, NOW)).contains(OLD);
    }

    @Test
    void what_is_not_there_has_no_change() throws IOException {
        assertThat(WorktreeScan.newestChange(root.resolve("gone"), NOW)).isEmpty();
    }
}
