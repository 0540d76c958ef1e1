package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.store.Inbox.Answer;
import orchestrator.store.Inbox.Submitted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    @TempDir Path folder;
    private StateFolder state;
    private Inbox inbox;

    @BeforeEach
    void make() {
        state = StateFolder.create(folder.resolve("state"));
        inbox = new Inbox(state);
    }

    @Test
    void commands_come_whole_in_order_and_go_when_removed() throws IOException {
        List<String> hostile = List.of("--title", "$(touch x)\n`y` 😀", "", "x".repeat(100_000));
        List<Submitted> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = inbox.submit("add-issue", hostile);
            expected.add(new Submitted(id, "add-issue", hostile));
        }
        assertThat(inbox.pending().commands()).isEqualTo(expected);
        assertThat(inbox.pending().rejected()).isEmpty();
        Path file = state.inbox().resolve(expected.getFirst().id() + ".json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (Submitted command : expected) {
            inbox.remove(command.id());
            inbox.remove(command.id());
        }
        assertThat(inbox.pending().commands()).isEmpty();
    }

    @Test
    void files_that_are_no_commands_are_put_aside_and_told() throws IOException {
        String good = inbox.submit("stop", List.of());
        Path in = state.inbox();
        Files.writeString(in.resolve("1-torn.json"), "{\"name\":\"st");
        Files.writeString(in.resolve("2-empty.json"), "");
        Files.writeString(in.resolve("3-name.json"), "{\"name\":\"Rm -rf\"}");
        Files.writeString(in.resolve("4-type.json"), "{\"name\":\"stop\",\"arguments\":[1]}");
        Files.writeString(in.resolve("5.txt"), "hello");
        Files.writeString(in.resolve("sp ace.json"), "{\"name\":\"stop\"}");
        Files.createSymbolicLink(in.resolve("6-link.json"), Path.of("/etc/passwd"));
        Files.writeString(in.resolve(".being-written"), "{");

        Inbox.Pending pending = inbox.pending();

        assertThat(pending.commands()).extracting(Submitted::id).containsExactly(good);
        assertThat(pending.rejected()).hasSize(7).allMatch(text -> text.contains("rejected"));
        assertThat(in.resolve("rejected/1-torn.json")).hasContent("{\"name\":\"st");
        assertThat(inbox.pending().rejected()).isEmpty();
        assertThat(in.resolve(".being-written")).exists();

        Files.writeString(in.resolve("1-torn.json"), "second");
        assertThat(inbox.pending().rejected()).hasSize(1);
        assertThat(in.resolve("rejected/1-torn.json")).hasContent("{\"name\":\"st");
        assertThat(in.resolve("rejected/1-torn.json.1")).hasContent("second");
    }

    @Test
    void a_command_written_by_a_script_is_taken() throws IOException {
        Files.writeString(state.inbox().resolve("mine.json"), "{\"name\":\"pause\"}");
        assertThat(inbox.pending().commands())
                .containsExactly(new Submitted("mine", "pause", List.of()));
    }

    @Test
    void the_answer_reaches_the_client_that_waits() throws Exception {
        String id = inbox.submit("stop", List.of());
        CompletableFuture<Optional<Answer>> waiting =
                CompletableFuture.supplyAsync(
                        () -> new Inbox(state).awaitAnswer(id, Duration.ofSeconds(20)));
        inbox.answer(id, true, "stopped \"é\"");
        assertThat(waiting.get(20, TimeUnit.SECONDS)).contains(new Answer(true, "stopped \"é\""));
        try (Stream<Path> left = Files.list(state.inbox().resolve("answers"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void no_answer_in_time_is_empty() {
        assertThat(inbox.awaitAnswer("none", Duration.ofMillis(50))).isEmpty();
        inbox.answer("there", false, "no");
        assertThat(inbox.awaitAnswer("there", Duration.ZERO)).contains(new Answer(false, "no"));
    }

    @Test
    void an_interrupted_wait_ends_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        assertThat(inbox.awaitAnswer("none", Duration.ofMinutes(5))).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_answer_that_nobody_fetched_goes_after_an_hour() throws IOException {
        inbox.answer("old", true, "");
        inbox.answer("recent", true, "");
        Path old = state.inbox().resolve("answers/old.json");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3700)));
        inbox.answer("new", true, "");
        assertThat(old).doesNotExist();
        assertThat(state.inbox().resolve("answers/recent.json")).exists();
    }

    @Test
    void ids_and_names_that_lead_elsewhere_are_refused() {
        for (String id : List.of("../x", "", "a/b", "..")) {
            assertThatThrownBy(() -> inbox.remove(id)).hasMessageContaining("file name");
            assertThatThrownBy(() -> inbox.answer(id, true, "")).hasMessageContaining("file name");
        }
        assertThatThrownBy(() -> inbox.submit("Stop it", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
