package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import orchestrator.model.Attempt;
import orchestrator.model.IssueStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From a repository to a run of its issues, with a stand-in for gh that stands on the PATH. */
class FirstStepsTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    /** Answers as gh does: 100 lists 101, which is done, and 102, which waits for it. */
    private void platform() throws IOException {
        var gh =
                Hands.write(
                        orchestra.hands.bin().resolve("gh"),
                        """
                        #!/bin/sh
                        at=https://github.com/acme/app/issues
                        case "$1 $2 $3" in
                        "auth status "*) ;;
                        "issue view 100") printf '%s\\n' '{"number": 100, "title": "Epic", "state": "OPEN", "url": "'$at/100'",
                          "body": "- [x] #101\\n- [ ] #102 (depends on #101)"}' ;;
                        "issue view 101") printf '%s\\n' '{"number": 101, "title": "First", "state": "CLOSED", "url": "'$at/101'", "body": ""}' ;;
                        "issue view 102") printf '%s\\n' '{"number": 102, "title": "Second", "state": "OPEN", "url": "'$at/102'", "body": "What is wanted."}' ;;
                        *) echo "HTTP 404: Not Found" >&2; exit 1 ;;
                        esac
                        """);
        Files.setPosixFilePermissions(gh, PosixFilePermissions.fromString("rwx------"));
    }

    private String inRepository(String... words) {
        return orchestra.startIn("cd ../repo && exec \"$@\"", words).end().well();
    }

    @Test
    void init_and_import_are_all_that_a_launch_needs() throws IOException {
        platform();
        assertThat(inRepository("init", "--agent=rehearsal", "--platform=github"))
                .contains("Wrote " + orchestra.repo + "/config/repo-issues.json.")
                .endsWith("Next: orchestrator import 101 102\nthen: orchestrator launch --dry-run");
        assertThat(inRepository("import", "--epic", "100")).endsWith("2 issues added.");
        assertThat(inRepository("launch", "--dry-run"))
                // What is completed is no part of what is to come.
                .contains("Project repo: 2 issues", "repo#102  p2  pending  Second  after repo#101")
                .doesNotContain("repo#101  p")
                .contains("worker-1  repo#102 at implement in " + orchestra.worktree(102));
    }

    @Test
    void a_running_monitor_takes_what_is_imported_and_begins_nothing_twice() throws IOException {
        platform();
        orchestra.with(
                new ProjectFile()
                        .issues(1)
                        .put("platform", "github")
                        .scenario("issue=1 seconds=600 lines=600", "default seconds=0.3 lines=2"));
        orchestra.launch();
        Orchestra.until("issue 1 works", () -> orchestra.story.running(1, 1).isPresent());

        assertThat(orchestra.run("import", "--epic", "100").well()).contains("2 issues added");

        Orchestra.until(
                "issue 102 is completed",
                () ->
                        orchestra
                                .story
                                .status(102)
                                .filter(status -> status == IssueStatus.COMPLETED)
                                .isPresent());
        assertThat(Hands.read(orchestra.story.folder(102, 1).prompt()))
                .contains("Second", "What is wanted.");
        assertThat(orchestra.run("import", "1", "101", "102").well()).endsWith("Nothing to write.");
        assertThat(orchestra.story.attempts())
                .extracting(Attempt::issue)
                .extracting(id -> id.number())
                .containsExactly(1, 102);
        assertThat(orchestra.story.running(1, 1)).isPresent();
        orchestra.story.isSound();
    }
}
