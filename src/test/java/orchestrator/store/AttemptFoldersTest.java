package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import orchestrator.model.IssueId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFoldersTest {
    private static final IssueId ISSUE = new IssueId("proof", 52);

    @TempDir Path folder;
    private StateFolder state;
    private AttemptFolders folders;

    @BeforeEach
    void make() {
        state = StateFolder.create(folder.resolve("state"));
        folders = new AttemptFolders(state, ISSUE);
    }

    private void made(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(state.attempts(ISSUE).resolve(name));
        }
    }

    private static Optional<String> name(Optional<AttemptFolder> found) {
        return found.map(attempt -> attempt.path().getFileName().toString());
    }

    @Test
    void an_issue_without_attempts_has_none() {
        assertThat(folders.numbered(1)).isEmpty();
        assertThat(folders.newest("implement")).isEmpty();
    }

    @Test
    void the_newest_is_that_of_the_highest_number_also_from_the_thousandth_on() throws IOException {
        made("001-implement", "999-implement", "1000-implement", "1001-document");
        assertThat(name(folders.newest("implement"))).contains("1000-implement");
        assertThat(name(folders.numbered(1000))).contains("1000-implement");
        assertThat(name(folders.numbered(1))).contains("001-implement");
    }

    @Test
    void a_stage_is_its_whole_name() throws IOException {
        made("001-write", "002-write_tests", "003-re-write", "notes");
        assertThat(name(folders.newest("write"))).contains("001-write");
        assertThat(name(folders.newest("re-write"))).contains("003-re-write");
        assertThat(folders.newest("w.ite")).isEmpty();
    }
}
