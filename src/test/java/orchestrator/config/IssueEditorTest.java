package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of several issues at once, and their way back. */
class IssueEditorTest {
    private static final IssueId ONE = new IssueId("a", 1);
    private static final IssueId TWO = new IssueId("a", 2);
    private static final IssueId OTHER = new IssueId("b", 7);
    @TempDir Path folder;
    private Lab lab = new Lab(Path.of("/"));

    @BeforeEach
    void makeLab() throws IOException {
        lab = Lab.in(folder);
        lab.project(
                "a",
                """
                "issues": [
                  {"number": 1, "wave" : 1, "mine": [1 , 2]},
                  {
                    "number": 2,
                    "title": "Two",
                    "depends_on": [ 1 ]
                  }
                ],\
                """);
        lab.project("b", "\"issues\": [{\"number\": 7, \"wave\": 4}],");
    }

    private IssueEditor editor() {
        return new IssueEditor(lab.workspace());
    }

    private String text(String project) throws IOException {
        return Files.readString(lab.file(project));
    }

    private static Map<IssueId, IssueFields> placed(int wave, int priority, IssueId... issues) {
        Map<IssueId, IssueFields> wanted = new LinkedHashMap<>();
        for (IssueId id : issues) {
            wanted.put(id, IssueFields.placed(wave, priority));
        }
        return wanted;
    }

    private Issue issue(IssueId id) {
        return lab.valid().issue(id).orElseThrow();
    }

    @Test
    void several_issues_of_several_files_are_placed_and_put_back_to_the_letter()
            throws IOException {
        String a = text("a");
        String b = text("b");
        List<IssueChange> done = editor().set(placed(3, 5, ONE, TWO, OTHER));
        assertThat(text("a"))
                .contains("{\"number\": 1, \"wave\" : 3, \"mine\": [1 , 2], \"priority\": 5}")
                .contains(
                        """
                            "depends_on": [ 1 ],
                            "priority": 5,
                            "wave": 3
                        """);
        assertThat(issue(OTHER).wave()).isEqualTo(3);
        List<IssueChange> back = editor().revert(done);
        assertThat(text("a")).isEqualTo(a);
        assertThat(text("b")).isEqualTo(b);
        editor().revert(back);
        assertThat(issue(TWO).wave()).isEqualTo(3);
        assertThat(issue(ONE).priority()).isEqualTo(5);
    }

    @Test
    void what_is_as_wanted_already_is_no_change() throws IOException {
        editor().set(placed(1, 0, ONE));
        String before = text("a");
        assertThat(editor().set(placed(1, 0, ONE))).isEmpty();
        assertThat(text("a")).isEqualTo(before);
    }

    @Test
    void an_edit_of_somebody_else_is_never_undone() throws IOException {
        List<IssueChange> done = editor().set(placed(3, 5, ONE, TWO));
        editor().set(placed(4, 5, TWO));
        String theirs = text("a");
        assertThatThrownBy(() -> editor().revert(done))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo("edit-overtaken");
                            assertThat(fault.sentence()).contains("a#2", "\"wave\" is 4", "was 3");
                        });
        assertThat(text("a")).isEqualTo(theirs);
    }

    @Test
    void edits_elsewhere_in_the_file_stay_when_a_change_is_taken_back() throws IOException {
        List<IssueChange> done = editor().set(placed(3, 5, ONE));
        Files.writeString(lab.file("a"), text("a").replace("\"Two\"", "\"Zwei\""));
        editor().revert(done);
        assertThat(issue(TWO).title()).isEqualTo("Zwei");
        assertThat(issue(ONE).wave()).isEqualTo(1);
    }

    @Test
    void when_the_second_file_cannot_be_changed_the_first_is_put_back() throws IOException {
        String before = text("a");
        Files.setPosixFilePermissions(lab.file("b"), PosixFilePermissions.fromString("r--r--r--"));
        Map<IssueId, IssueFields> wanted = placed(3, 5, ONE);
        wanted.put(new IssueId("b", 99), IssueFields.placed(1, 1));
        assertThatThrownBy(() -> editor().set(wanted)).isInstanceOf(Fault.class);
        assertThat(text("a")).isEqualTo(before);
    }

    @Test
    void one_that_is_gone_is_told_and_nothing_is_written() throws IOException {
        String before = text("a");
        assertThatThrownBy(() -> editor().set(placed(3, 5, ONE, new IssueId("a", 9))))
                .hasMessageContaining("no issue 9");
        assertThatThrownBy(() -> editor().set(placed(3, 5, new IssueId("nobody", 9))))
                .hasMessageContaining("nobody");
        assertThat(text("a")).isEqualTo(before);
    }

    private Issue edited(IssueId id) {
        Issue before = issue(id);
        Issue after =
                new Issue(
                        id,
                        "Say \"hi\"",
                        "two\nlines",
                        before.priority(),
                        List.of(OTHER),
                        before.wave(),
                        before.initialStatus(),
                        before.repo(),
                        "docs",
                        before.initialStage(),
                        Set.of("port 80"),
                        before.branch(),
                        OptionalDouble.of(2.5));
        var _ = editor().set(Map.of(id, IssueFields.between(before, after)));
        return after;
    }

    @Test
    void only_what_differs_is_written() throws IOException {
        String untouched = text("b");
        Issue after = edited(TWO);
        assertThat(issue(TWO)).isEqualTo(after);
        assertThat(text("a"))
                .contains("\"title\": \"Say \\\"hi\\\"\"", "\"depends_on\": [\"b#7\"]")
                .doesNotContain("\"priority\"");
        assertThat(text("b")).isEqualTo(untouched);
    }

    @Test
    void what_is_emptied_is_taken_out() throws IOException {
        Issue bare = issue(TWO);
        Issue full = edited(TWO);
        editor().set(Map.of(TWO, IssueFields.between(full, bare)));
        assertThat(text("a"))
                .doesNotContain("description", "task_type", "exclusive", "max_budget_usd")
                .contains("\"depends_on\": [1]");
        assertThat(issue(TWO)).isEqualTo(bare);
    }

    @Test
    void what_makes_a_cycle_is_refused() throws IOException {
        Issue one = issue(ONE);
        Issue after =
                new Issue(
                        ONE,
                        one.title(),
                        "",
                        one.priority(),
                        List.of(TWO),
                        one.wave(),
                        one.initialStatus(),
                        one.repo(),
                        "",
                        one.initialStage());
        assertThatThrownBy(() -> editor().set(Map.of(ONE, IssueFields.between(one, after))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("edit-refused"));
    }
}
