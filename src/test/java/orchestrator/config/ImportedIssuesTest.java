package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several issues added and others worded anew, in one change of the file. */
class ImportedIssuesTest {
    @TempDir Path folder;
    private Lab lab = new Lab(Path.of("/"));

    @BeforeEach
    void makeLab() throws IOException {
        lab = Lab.in(folder);
        lab.project(
                """
                "mine" : [1 , 2],
                "issues": [
                  { "number": 1, "title" : "One",  "mine": {"x":1} }
                ],\
                """);
    }

    private static NewIssue issue(int number, String title, IssueStatus status, int... on) {
        return new NewIssue(
                number,
                title,
                "",
                OptionalInt.of(2),
                OptionalInt.of(number),
                java.util.Arrays.stream(on).mapToObj(each -> new IssueId("a", each)).toList(),
                Optional.empty(),
                "",
                Optional.empty(),
                List.of(),
                status);
    }

    private static Map<Integer, IssueFields> worded(int number, String title) {
        return Map.of(number, IssueFields.worded(Optional.of(title), Optional.empty()));
    }

    @Test
    void all_of_it_is_one_change_that_keeps_the_layout() throws IOException {
        // Each depends on one that comes after it: no single one could be added first.
        assertThat(
                        new ConfigEditor(lab.workspace())
                                .addIssues(
                                        lab.file("a"),
                                        List.of(
                                                issue(5, "Five", IssueStatus.PENDING, 6),
                                                issue(6, "Six", IssueStatus.COMPLETED, 1)),
                                        worded(1, "Eins")))
                .containsExactly(5, 6);
        assertThat(Files.readString(lab.file("a")))
                .contains(
                        """
                        "mine" : [1 , 2],
                        "issues": [
                          { "number": 1, "title" : "Eins",  "mine": {"x":1} },
                          { "number": 5, "title": "Five", "priority": 5, "depends_on": [6], "wave": 2 },
                          { "number": 6, "title": "Six", "priority": 6, "depends_on": [1], "wave": 2, "status": "completed" }
                        ],\
                        """);
        Issue six = lab.valid().issue(new IssueId("a", 6)).orElseThrow();
        assertThat(six.initialStatus()).isEqualTo(IssueStatus.COMPLETED);
    }

    @Test
    void what_is_there_stays_and_what_would_be_wrong_is_refused_as_a_whole() throws IOException {
        String before = Files.readString(lab.file("a"));
        ConfigEditor editor = new ConfigEditor(lab.workspace());
        assertThat(
                        editor.addIssues(
                                lab.file("a"),
                                List.of(issue(1, "Another", IssueStatus.PENDING)),
                                Map.of()))
                .isEmpty();
        assertThatThrownBy(() ->
                        editor.addIssues(
                                lab.file("a"),
                                List.of(
                                        issue(5, "Five", IssueStatus.PENDING),
                                        issue(6, "Six", IssueStatus.PENDING, 77)),
                                worded(1, "Eins")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("edit-refused"))
                .hasMessageContaining("77");
        assertThatThrownBy(() ->
                        editor.addIssues(
                                lab.file("a"),
                                List.of(issue(5, "Five", IssueStatus.PENDING)),
                                worded(9, "Gone")))
                .hasMessageContaining("no issue 9");
        assertThat(Files.readString(lab.file("a"))).isEqualTo(before);
    }

    @Test
    void an_issue_that_somebody_adds_meanwhile_is_left_to_them() throws IOException {
        Path file = lab.file("a");
        String theirs =
                Files.readString(file)
                        .replace("{ \"number\": 1", "{ \"number\": 5 }, { \"number\": 1");
        boolean[] once = {true};
        ConfigEditor editor =
                new ConfigEditor(
                        lab.workspace(),
                        () -> {
                            if (once[0]) {
                                once[0] = false;
                                write(file, theirs);
                            }
                        },
                        () -> {});
        assertThat(
                        editor.addIssues(
                                file,
                                List.of(
                                        issue(5, "Five", IssueStatus.PENDING),
                                        issue(6, "Six", IssueStatus.PENDING, 5)),
                                Map.of()))
                .containsExactly(6);
        assertThat(lab.valid().issue(new IssueId("a", 5)).orElseThrow().title())
                .isEqualTo("Issue 5");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
