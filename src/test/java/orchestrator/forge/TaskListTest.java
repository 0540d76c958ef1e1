package orchestrator.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.forge.TaskList.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Task lists as people write them. */
class TaskListTest {
    /** A task as {@code 101 x <100 >105 w2}. */
    private static String told(Task task) {
        return task.issue()
                + (task.done() ? " x" : "")
                + each(" <", task.dependsOn())
                + each(" >", task.blocks())
                + (task.wave().isPresent() ? " w" + task.wave().getAsInt() : "");
    }

    private static String each(String mark, Set<IssueReference> references) {
        return references.stream().map(reference -> mark + reference).collect(Collectors.joining());
    }

    private static List<String> tasks(String text) {
        return TaskList.of(text).tasks().stream().map(TaskListTest::told).toList();
    }

    @Test
    void order_ticks_and_dependencies_are_read() {
        assertThat(
                        tasks(
                                """
                                What we want.

                                - [x] #100 Tables
                                - [ ] #101 Prices (depends on #100)
                                * [X] #102
                                + [ ] **#103** Invoices, blocked by #101 and #102
                                1. [ ] ~~#104~~ Reports
                                2) [ ] Late fees #105
                                """))
                .containsExactly(
                        "#100 x", "#101 <#100", "#102 x", "#103 <#101 <#102", "#104", "#105");
    }

    @Test
    void nested_tasks_are_tasks_of_their_own_and_lines_below_belong_to_theirs() {
        assertThat(
                        tasks(
                                """
                                - [ ] #1 One
                                    - [ ] #2 Two
                                \t\t- [x] #3 Three
                                      blocked by #9
                                  - depends on #4

                                    Also depends on #5.
                                Depends on #77, says a line outside.
                                - [ ] #6 Six
                                """
                                        .replace("\n", "\r\n")))
                .containsExactly("#1 <#4 <#5", "#2 <#9", "#3 x", "#6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "#1 A (depends on #2, #3 and #4)            | #1 <#2 <#3 <#4",
                "#1 A (Depends on: #2 & #3, or #4; see #9)  | #1 <#2 <#3 <#4",
                "#1 A — blocked by #2 (the API) and #3      | #1 <#2 <#3",
                "#1 A, depends on the new API (#2)          | #1 <#2",
                "#1 A (blocked by #2) (depends on #3)       | #1 <#2 <#3",
                "(depends on #2) #1 A                       | #1 <#2",
                "#1 A, depends on #2. Related to #3         | #1 <#2",
                "#1 waits for #2, requires #3, after #4     | #1 <#2 <#3 <#4",
                "#1 Cleanup after lunch needs #2            | #1 <#2",
                "#1 Look after the requires of blocks       | #1",
                "#1 A, no longer depends on #2              | #1",
                "#1 A, is not blocked by #2                 | #1",
                "#1 independent on #2                       | #1",
                "#1 A (blocks #2, #3)                       | #1 >#2 >#3",
                "#1 A (wave 3, depends on #2)               | #1 <#2 w3",
                "#1 A (depends on #2; wave: 3)              | #1 <#2 w3",
                "#1 Make wave 3 of the simulation           | #1",
                "#1 A (depends on GH-2)                     | #1 <#2",
                "#1 A (depends on #1)                       | #1 <#1",
                "acme/shop#1 A (depends on acme/site#2)     | acme/shop#1 <acme/site#2",
                "https://github.com/Acme/Shop/issues/1 A    | github.com/acme/shop#1",
                "https://gitlab.com/a/b/shop/-/issues/1#n_2 | gitlab.com/a/b/shop#1",
                "https://gitlab.com/a/shop/-/work_items/1   | gitlab.com/a/shop#1",
                "[A title](https://github.com/a/b/issues/1) (blocked by [#2](https://github.com/a/b/issues/2)) | github.com/a/b#1 <github.com/a/b#2",
                "[#1](https://example.org/x) A              | #1",
                "<https://github.com/a/b/issues/1>          | github.com/a/b#1",
                "A in C#12 &#35; a/#3 page#4 #5             | #5",
                "#1A #2                                     | #2",
            })
    void the_words_around_an_issue_are_understood(String line, String told) {
        assertThat(tasks("- [ ] " + line)).containsExactly(told);
    }

    @Test
    void requests_are_told_by_their_address() {
        assertThat(
                        TaskList.of(
                                        """
                                        - [ ] https://github.com/a/b/pull/3
                                        - [ ] https://gitlab.com/a/b/-/merge_requests/4
                                        - [ ] https://github.com/a/b/issues/5
                                        """)
                                .tasks())
                .extracting(task -> task.issue().request())
                .containsExactly(true, true, false);
    }

    @Test
    void headings_give_waves() {
        assertThat(
                        tasks(
                                """
                                - [ ] #1
                                ## Wave 2: the rest
                                - [ ] #2
                                  - [ ] #3 (wave 5)
                                **Wave 3**
                                - [ ] #4
                                ## Later
                                - [ ] #5
                                """))
                .containsExactly("#1", "#2 w2", "#3 w5", "#4 w3", "#5");
    }

    @Test
    void code_and_comments_hold_no_tasks_but_githubs_own_block_does() {
        assertThat(
                        tasks(
                                """
                                ```markdown
                                - [ ] #1
                                ~~~
                                - [ ] #2
                                ```
                                <!-- - [ ] #3
                                - [ ] #4 --> - no
                                ```[tasklist]
                                ### Tasks
                                - [ ] #5
                                ```
                                > - [ ] #6
                                - [ ] #7 <!-- depends on #8 -->
                                - not [ ] #9
                                - [y] #10
                                #11
                                <!-- - [ ] #12
                                """))
                .containsExactly("#5", "#6", "#7");
    }

    @Test
    void what_names_no_issue_or_is_struck_out_is_told() {
        TaskList list = TaskList.of("- [ ] Write the docs\n- [~] #3 Not now\n- [ ] #4\n");
        assertThat(list.tasks()).hasSize(1);
        assertThat(list.others()).containsExactly("Write the docs", "#3 Not now");
        assertThat(TaskList.of("No list.")).isEqualTo(new TaskList(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "a/",
                "[",
                "[x](https://a",
                "(depends on #1 ",
                "<!--",
                "- [ ] ",
                "`",
                "**",
                " ",
                "wave ",
                "after #"
            })
    @Timeout(30)
    void a_hostile_text_of_a_megabyte_is_read_in_a_moment(String piece) {
        String line = "- [ ] #1 " + piece.repeat(1_000_000 / piece.length());
        assertThatCode(() -> TaskList.of(line)).doesNotThrowAnyException();
    }

    @Test
    void a_reference_is_of_the_repository_by_name_or_address() {
        String home = "github.com/acme/shop";
        assertThat(IssueReference.here(1).isOf(home)).isTrue();
        assertThat(IssueReference.elsewhere("Acme/Shop", 1, false).isOf(home)).isTrue();
        assertThat(IssueReference.elsewhere("GitHub.com/acme/shop", 1, false).isOf(home)).isTrue();
        assertThat(IssueReference.elsewhere("gitlab.com/acme/shop", 1, false).isOf(home)).isFalse();
        assertThat(IssueReference.elsewhere("x/acme/shop", 1, false).isOf(home)).isFalse();
        assertThat(IssueReference.elsewhere("acme/shop", 1, false).isOf("")).isFalse();
    }
}
