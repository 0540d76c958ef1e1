package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import orchestrator.model.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookLinksTest {
    @TempDir Path folder;
    private Path tmp;
    private StateFolder state;
    private PlaybookLinks links;

    @BeforeEach
    void make() throws IOException {
        tmp = Files.createDirectory(folder.resolve("tmp"));
        state = StateFolder.create(folder.resolve("state"));
        links = new PlaybookLinks(state, tmp);
    }

    private AttemptFolder attempt(int number) {
        return AttemptFolder.create(
                state, Samples.attempt(number), Samples.call(folder, "/bin/true"));
    }

    private Path target(String name) throws IOException {
        return Files.readSymbolicLink(tmp.resolve(name));
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> all = Files.list(tmp)) {
            return all.map(path -> path.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void the_names_of_the_playbook_lead_to_the_current_attempt() throws IOException {
        AttemptFolder first = attempt(1);
        assertThat(links.point(3, "proof", first)).isEmpty();
        assertThat(target("proof-worker-3.log")).isEqualTo(first.transcript());
        assertThat(target("orchestrator-signal-3")).isEqualTo(first.exitFile());
        assertThat(target("proof-worker-prompt-3.md")).isEqualTo(first.prompt());
        assertThat(Files.exists(tmp.resolve("orchestrator-signal-3"))).isFalse();
        Files.writeString(first.exitFile(), "0\n");
        assertThat(tmp.resolve("orchestrator-signal-3")).hasContent("0");

        AttemptFolder second = attempt(2);
        assertThat(links.point(3, "proof", second)).isEmpty();
        assertThat(target("proof-worker-3.log")).isEqualTo(second.transcript());
        assertThat(names()).hasSize(3);
    }

    @Test
    void what_is_foreign_is_left_alone_and_told_once() throws IOException {
        Path file = Files.writeString(tmp.resolve("proof-worker-1.log"), "foreign");
        Path other = Files.createDirectory(folder.resolve("state2"));
        Files.createSymbolicLink(tmp.resolve("orchestrator-signal-1"), other.resolve("x"));
        AttemptFolder attempt = attempt(1);

        assertThat(links.point(1, "proof", attempt))
                .containsExactly(file, tmp.resolve("orchestrator-signal-1"));
        assertThat(links.point(1, "proof", attempt)).isEmpty();
        assertThat(file).isRegularFile().hasContent("foreign");
        assertThat(target("orchestrator-signal-1")).isEqualTo(other.resolve("x"));
        assertThat(target("proof-worker-prompt-1.md")).isEqualTo(attempt.prompt());

        Files.delete(file);
        assertThat(links.point(1, "proof", attempt)).isEmpty();
        assertThat(target("proof-worker-1.log")).isEqualTo(attempt.transcript());

        links.clear();
        assertThat(names()).containsExactly("orchestrator-signal-1");
    }

    @Test
    void names_of_another_workspace_are_taken_over_once_no_monitor_holds_it() throws IOException {
        StateFolder other = StateFolder.create(folder.resolve("state2"));
        AttemptFolder theirs =
                AttemptFolder.create(other, Samples.attempt(1), Samples.call(folder, "/bin/true"));
        new PlaybookLinks(other, tmp).point(1, "proof", theirs);
        AttemptFolder ours = attempt(1);
        ProcessIdentity somebody = new ProcessIdentity(1, 1, "none");
        try (RunLock _ =
                RunLock.tryAcquire(other.monitorLock(), "terminal", somebody).orElseThrow()) {
            assertThat(links.point(1, "proof", ours)).hasSize(3);
            assertThat(target("proof-worker-1.log")).isEqualTo(theirs.transcript());
        }
        assertThat(links.point(1, "proof", ours)).isEmpty();
        assertThat(target("proof-worker-1.log")).isEqualTo(ours.transcript());
        assertThat(target("orchestrator-signal-1")).isEqualTo(ours.exitFile());
    }

    @Test
    void a_worker_that_changes_project_loses_its_old_names_even_after_a_restart()
            throws IOException {
        links.point(1, "proof", attempt(1));
        links.point(2, "proof", attempt(2));

        new PlaybookLinks(state, tmp).point(1, "docs", attempt(3));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "docs-worker-1.log",
                        "orchestrator-signal-1",
                        "docs-worker-prompt-1.md",
                        "proof-worker-2.log",
                        "orchestrator-signal-2",
                        "proof-worker-prompt-2.md");
    }

    @Test
    void clearing_takes_all_of_ours_and_nothing_else() throws IOException {
        links.point(1, "proof", attempt(1));
        Files.writeString(tmp.resolve("letter.txt"), "x");
        Files.createSymbolicLink(tmp.resolve("my-link"), attempt(2).transcript());

        new PlaybookLinks(state, tmp).clear();

        assertThat(names()).containsExactlyInAnyOrder("letter.txt", "my-link");
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        PlaybookLinks nowhere = new PlaybookLinks(state, folder.resolve("nowhere"));
        assertThat(nowhere.point(1, "proof", attempt(1))).hasSize(3);
        nowhere.clear();
    }
}
