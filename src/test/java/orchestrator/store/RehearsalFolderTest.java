package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:01:02Z");

    @TempDir Path temp;

    private RehearsalFolder folder;
    private final Map<String, byte[]> files =
            Map.of(
                    "config/a-issues.json", bytes("{}"),
                    "config/prompts/draft.md", bytes("Draft."),
                    "scenario.txt", bytes("outcome=crash"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void state() {
        folder = new RehearsalFolder(StateFolder.create(temp.resolve("state")));
    }

    private RehearsalFolder.Mark laidOut() {
        folder.begin();
        folder.write(files);
        folder.complete(NOW, files);
        return folder.mark().orElseThrow();
    }

    @Test
    void it_counts_as_laid_out_once_the_last_is_written() {
        assertThat(folder.isThere()).isFalse();
        folder.begin();
        folder.write(files);
        assertThat(folder.isThere()).isTrue();
        assertThat(folder.mark()).isEmpty();
        assertThat(RehearsalFolder.isOne(folder.root())).isFalse();
        folder.complete(NOW, files);
        assertThat(folder.mark().orElseThrow().made()).isEqualTo(NOW);
        assertThat(RehearsalFolder.isOne(folder.root())).isTrue();
        assertThat(RehearsalFolder.isOne(temp)).isFalse();
        assertThat(folder.root().resolve("config/prompts/draft.md")).hasContent("Draft.");
    }

    @Test
    void what_is_changed_added_or_missing_is_named() throws IOException {
        RehearsalFolder.Mark mark = laidOut();
        Files.createDirectories(folder.root().resolve("state/attempts"));
        assertThat(folder.changed(mark)).isEmpty();
        Files.writeString(folder.root().resolve("config/a-issues.json"), "{ }");
        Files.writeString(folder.root().resolve("config/b-issues.json"), "{}");
        Files.writeString(folder.root().resolve("notes.txt"), "mine");
        Files.delete(folder.root().resolve("scenario.txt"));
        assertThat(folder.changed(mark))
                .containsExactly(
                        "config/a-issues.json",
                        "config/b-issues.json",
                        "notes.txt",
                        "scenario.txt");
    }

    @Test
    void it_is_removed_with_what_is_read_only_and_what_links_lead_to_stays() throws IOException {
        laidOut();
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("theirs"), "theirs");
        Path cache = Files.createDirectories(folder.root().resolve("state/cache/pkg"));
        Files.writeString(cache.resolve("a"), "a");
        Files.createSymbolicLink(cache.resolve("out"), outside);
        Files.createSymbolicLink(cache.resolve("dangling"), temp.resolve("nowhere"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(
                cache.getParent(), PosixFilePermissions.fromString("---------"));

        folder.remove();

        assertThat(folder.isThere()).isFalse();
        try (Stream<Path> left = Files.list(folder.state().root())) {
            assertThat(left).noneMatch(path -> path.toString().contains("rehearsal-run"));
        }
        assertThat(outside.resolve("theirs")).hasContent("theirs");
    }

    @Test
    void what_a_removal_that_was_killed_left_goes_with_the_next() throws IOException {
        Path left = folder.state().root().resolve(".rehearsal-run.0-left");
        Files.createDirectories(left.resolve("state/deep"));
        folder.remove();
        assertThat(left).doesNotExist();
        laidOut();
        assertThat(folder.mark()).isPresent();
    }
}
