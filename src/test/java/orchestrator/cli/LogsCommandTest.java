package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.Usage;
import orchestrator.store.AttemptFolder;
import orchestrator.store.Journal;
import orchestrator.store.StateFolder;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `logs` prints of attempts that are in the journal. */
class LogsCommandTest {
    private static final Instant AT = Instant.parse("2026-11-22T17:00:00Z");
    private static final String SECRET = "ghp_" + "a1B2".repeat(8);

    @TempDir Path folder;
    private CliLab lab;
    private StateFolder state;

    @BeforeEach
    void run() throws IOException {
        lab = new CliLab(folder.resolve("ws"));
        lab.project("a", issue(1, "") + ", " + issue(2, "") + ", " + issue(52, ""));
        state = StateFolder.create(lab.state().root());
        journal(begun(52, 1, 2), ended(52, 1), begun(1, 1, 1), begun(52, 2, 2));
        said(52, 1, "first try\n✗ it failed\n");
        said(52, 2, "second try\n● Bash: make\n  └ fine\n");
        said(1, 1, "of issue one\n");
        Files.writeString(
                folder(52, 2).stream(),
                "{\"type\":\"a\",\"text\":\"" + "x".repeat(9_000) + " " + SECRET + "\"}\n");
    }

    private static Attempt attempt(int issue, int number, int worker) {
        return new Attempt(
                "id-" + issue + "-" + number,
                new IssueId("a", issue),
                "implement",
                0,
                worker,
                number,
                "s",
                AttemptKind.FIRST,
                "abc",
                AT);
    }

    private static Event[] begun(int issue, int number, int worker) {
        IssueId id = new IssueId("a", issue);
        return new Event[] {
            new Event.IssueAssigned(id, worker, 0, "implement"),
            new Event.AttemptStarting(attempt(issue, number, worker)),
            new Event.AttemptStarted(id, "id-" + issue + "-" + number)
        };
    }

    private static Event[] ended(int issue, int number) {
        Finish finish =
                new Finish(
                        Optional.of(1),
                        new AgentOutcome.Failed("exit 1"),
                        "c1",
                        0,
                        0,
                        0,
                        Usage.NONE);
        return new Event[] {
            new Event.AttemptEnded(new IssueId("a", issue), "id-" + issue + "-" + number, finish)
        };
    }

    private void journal(Event[]... events) {
        try (Journal journal = Journal.open(state.journal())) {
            journal.append(
                    AT, Stream.of(events).flatMap(Stream::of).map(Journal.Entry::of).toList());
        }
    }

    private AttemptFolder folder(int issue, int number) throws IOException {
        AttemptFolder of = AttemptFolder.of(state, attempt(issue, number, 1));
        Files.createDirectories(of.path());
        return of;
    }

    private void said(int issue, int number, String text) throws IOException {
        Files.writeString(
                folder(issue, number).transcript(),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private String printed(String... words) {
        CliLab.Said said = lab.run(words);
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        return said.out();
    }

    private String refused(String... words) {
        CliLab.Said said = lab.run(words);
        assertThat(said.exit()).as(said.out()).isEqualTo(Cli.WRONG_USE);
        assertThat(said.out()).isEmpty();
        return said.err();
    }

    @Test
    void a_number_is_a_worker_and_beyond_the_workers_an_issue() {
        String second = "second try\n● Bash: make\n  └ fine\n";
        assertThat(printed("logs", "2")).isEqualTo(second);
        assertThat(printed("logs", "52")).isEqualTo(second);
        assertThat(printed("logs", "a#52")).isEqualTo(second);
        assertThat(printed("logs", "1")).isEqualTo("of issue one\n");
        assertThat(printed("logs", "a#1")).isEqualTo("of issue one\n");
    }

    @Test
    void an_earlier_attempt_and_what_matches() {
        String first = "first try\n✗ it failed\n";
        assertThat(printed("logs", "2", "--attempt", "1")).isEqualTo(first);
        assertThat(printed("logs", "a#52", "--attempt=1", "--grep", "^✗|nothing"))
                .isEqualTo("✗ it failed\n");
        assertThat(printed("logs", "52", "--grep", "(?i)BASH")).isEqualTo("● Bash: make\n");
        assertThat(printed("logs", "52", "--grep", "not there")).isEmpty();
    }

    @Test
    void what_the_agent_printed_comes_whole_and_masked() {
        assertThat(printed("logs", "52", "--raw"))
                .isEqualTo("{\"type\":\"a\",\"text\":\"" + "x".repeat(9_000) + " ghp_•••\"}\n");
    }

    @Test
    void the_last_line_is_printed_without_its_end_too() throws IOException {
        said(52, 2, "half a li");
        assertThat(printed("logs", "52")).endsWith("fine\nhalf a li\n");
        assertThat(printed("logs", "52", "--grep", "half")).isEqualTo("half a li\n");
    }

    @Test
    void logs_of_completed_issues_are_compressed_and_printed_as_before() throws IOException {
        String said = "what it said\n".repeat(4_000);
        journal(
                ended(1, 1),
                new Event[] {new Event.IssueCompleted(new IssueId("a", 1))},
                begun(2, 1, 1));
        said(1, 1, said);
        said(2, 1, said);
        Path log = folder(1, 1).transcript();
        Files.setLastModifiedTime(log, FileTime.from(Instant.now().minusSeconds(120)));
        String before = printed("logs", "a#1");

        assertThat(refused("cleanup", "--logs", "--keep-worktrees")).contains("no worktree");
        assertThat(refused("cleanup", "--dry-run")).contains("belongs to --logs");
        String dry = printed("cleanup", "--logs", "--dry-run");
        assertThat(dry)
                .matches(
                        "Logs of completed issues take 52.0 kB that can be compressed \\(issues: 1, attempts: 1,"
                                + " logs: 1, archives of the journal: 0\\);"
                                + " about 51.\\d kB of it would be free.\\R");
        assertThat(log).exists();
        assertThat(printed("cleanup", "--logs"))
                .startsWith(dry)
                .containsPattern("Compressed 52.0 kB; 51.\\d kB of it are free now");
        assertThat(log).doesNotExist();

        assertThat(printed("logs", "a#1")).isEqualTo(before);
        assertThat(printed("logs", "a#1", "--grep", "^of issue")).isEqualTo("of issue one\n");
        assertThat(printed("cleanup", "--logs")).contains("nothing to compress");
        assertThat(folder(2, 1).transcript()).exists();
    }

    @Test
    void what_there_is_not_is_told_and_is_wrong_use() {
        assertThat(refused("logs", "a#2")).contains("a#2 was not worked on yet", "log-unknown");
        assertThat(refused("logs", "52", "--attempt", "7"))
                .contains("a#52 has no attempt 7; its last is 2");
        assertThat(refused("logs", "9")).contains("no worker 9, the last is 2", "no issue a#9");
        assertThat(refused("logs", "0")).contains("Workers are numbered from 1");
        assertThat(refused("logs", "b#1")).contains("no project 'b'");
        assertThat(refused("logs", "52", "--grep", "a(b"))
                .contains("no regular expression", "pattern-invalid");
        assertThat(refused("logs")).contains("N");
    }

    @Test
    void following_an_attempt_that_has_ended_ends_after_its_last_line() {
        CliLab.Said said = lab.run("logs", "52", "--follow", "--attempt", "1");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).isEqualTo("first try\n✗ it failed\n");
        assertThat(said.err()).contains("no monitor runs");
    }

    @Test
    void following_goes_through_all_attempts_until_the_issue_has_ended() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = {
            "logs", "2", "-f", "--grep", "try|l", "--workspace", lab.root().toString()
        };
        FutureTask<Integer> following = new FutureTask<>(() -> lab.into(out, err, words));
        Thread.ofVirtual().start(following);
        await().untilAsserted(() -> assertThat(out.toString()).isEqualTo("second try\n"));
        said(52, 2, "a last word\n");
        journal(ended(52, 2), begun(52, 3, 2));
        said(52, 3, "third try\nhalf a li");
        await().untilAsserted(() -> assertThat(out.toString()).endsWith("third try\n"));
        said(52, 3, "ne\n");
        await().untilAsserted(() -> assertThat(out.toString()).endsWith("half a line\n"));
        said(52, 3, "all but the last\nthe last");
        journal(
                ended(52, 3),
                new Event[] {new Event.IssueParked(new IssueId("a", 52), "a person looks")},
                begun(1, 2, 2));
        assertThat(following.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        "second try\na last word\nthird try\nhalf a line\nall but the last\nthe last\n");
        assertThat(err.toString()).contains("now attempt 3 of a#52, implement, on worker 2");
    }

    @Test
    void following_nothing_without_a_monitor_says_so() {
        assertThat(refused("logs", "a#2", "--follow")).contains("a#2 was not worked on yet");
    }
}
