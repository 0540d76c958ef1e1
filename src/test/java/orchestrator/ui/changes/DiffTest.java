package orchestrator.ui.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import orchestrator.model.BranchWork.Patch;
import orchestrator.ui.changes.Diff.Kind;
import orchestrator.ui.changes.Diff.Line;
import orchestrator.ui.changes.Diff.Row;
import org.junit.jupiter.api.Test;

/** Git's text as numbered lines, and how a line is shown. */
class DiffTest {
    private static Diff read(String text) {
        return Diff.read(new Patch(text, false));
    }

    @Test
    void lines_have_their_numbers_on_both_sides() {
        Diff diff =
                read(
                        """
                        diff --git a/src/A.java b/src/A.java
                        index 1..2 100644
                        --- a/src/A.java
                        +++ b/src/A.java
                        @@ -10,3 +10,4 @@ void split()
                         same
                        -old
                        +new
                        +more
                         last
                        """);
        assertThat(diff.lines())
                .containsExactly(
                        new Line(Kind.FILE, 0, 0, "src/A.java"),
                        new Line(Kind.HUNK, 10, 10, "void split()"),
                        new Line(Kind.CONTEXT, 10, 10, "same"),
                        new Line(Kind.REMOVED, 11, 0, "old"),
                        new Line(Kind.ADDED, 0, 11, "new"),
                        new Line(Kind.ADDED, 0, 12, "more"),
                        new Line(Kind.CONTEXT, 12, 13, "last"));
        assertThat(diff.mates()).containsExactly(-1, -1, -1, 4, 3, -1, -1);
        assertThat(diff.sideBySide())
                .containsExactly(
                        new Row(0, 0),
                        new Row(1, 1),
                        new Row(2, 2),
                        new Row(3, 4),
                        new Row(-1, 5),
                        new Row(6, 6));
    }

    @Test
    void lines_that_look_like_heads_are_lines_of_the_file() {
        Diff diff =
                read(
                        """
                        diff --git a/a.sql b/a.sql
                        --- a/a.sql
                        +++ b/a.sql
                        @@ -1,2 +1,2 @@
                        --- a comment
                        -diff --git a/x b/x
                        +++ counter;
                        +@@ -1 +1 @@
                        \\ No newline at end of file
                        """);
        assertThat(diff.lines())
                .extracting(Line::kind)
                .containsExactly(
                        Kind.FILE,
                        Kind.HUNK,
                        Kind.REMOVED,
                        Kind.REMOVED,
                        Kind.ADDED,
                        Kind.ADDED,
                        Kind.NOTE);
        assertThat(diff.lines().get(2).text()).isEqualTo("-- a comment");
        assertThat(diff.lines().get(4).text()).isEqualTo("++ counter;");
    }

    @Test
    void files_are_named_whatever_their_names_hold() {
        Diff diff =
                read(
                        """
                        diff --git a/with b/in it.txt b/with b/in it.txt
                        --- a/with b/in it.txt\t
                        +++ b/with b/in it.txt\t
                        @@ -1 +1 @@
                        -a
                        +b
                        diff --git a/old name b/new name
                        similarity index 100%
                        rename from old name
                        rename to new name
                        diff --git a/p.png b/p.png
                        Binary files a/p.png and b/p.png differ
                        diff --git a/gone b/gone
                        deleted file mode 100644
                        --- a/gone
                        +++ /dev/null
                        @@ -1 +0,0 @@
                        -x
                        """);
        assertThat(diff.lines())
                .filteredOn(line -> line.kind() == Kind.FILE)
                .extracting(Line::text)
                .containsExactly("with b/in it.txt", "old name → new name", "p.png", "gone");
        assertThat(diff.lines())
                .filteredOn(line -> line.kind() == Kind.NOTE)
                .extracting(Line::text)
                .contains("similarity index 100%", "Binary files a/p.png and b/p.png differ");
    }

    @Test
    void a_text_that_was_cut_is_read_as_far_as_it_goes() {
        Diff diff = read("diff --git a/a b/a\n@@ -1,9 +1,9 @@\n same\n-ol");
        assertThat(diff.lines().getLast()).isEqualTo(new Line(Kind.REMOVED, 2, 0, "ol"));
    }

    @Test
    void a_hundred_thousand_lines_are_read() {
        StringBuilder text = new StringBuilder("diff --git a/a b/a\n@@ -0,0 +1,100000 @@\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("+line ").append(i).append('\n');
        }
        Diff diff = read(text.toString());
        assertThat(diff.lines()).hasSize(100_002);
        assertThat(diff.sideBySide()).hasSize(100_002);
    }

    @Test
    void what_changed_within_a_line_is_whole_words() {
        String before = "return total.divide(count, RoundingMode.DOWN);";
        String after = "return total.divide(count, MathContext.DECIMAL128);";
        assertThat(marked(before, after)).containsExactly("RoundingMode", "DOWN");
        assertThat(marked(after, before)).containsExactly("MathContext", "DECIMAL128");
        assertThat(marked("something", "quite different here")).isEmpty();
        assertThat(marked("same", "same")).isEmpty();
    }

    private static List<String> marked(String text, String mate) {
        return Shown.changed(text, mate).stream()
                .map(range -> text.substring(range.from(), range.to()))
                .toList();
    }

    @Test
    void what_cannot_be_seen_is_spelled_out_and_what_is_long_is_cut() {
        assertThat(Shown.of("a\tb")).isEqualTo("a   b");
        assertThat(Shown.of("if (x) \u202E{ return; \u0007}"))
                .isEqualTo("if (x) ⟨202E⟩{ return; ⟨0007⟩}");
        assertThat(Shown.of("end\r")).isEqualTo("end␍");
        assertThat(Shown.of("😀👩‍💻")).isEqualTo("😀👩‍💻");
        assertThat(Shown.of("x".repeat(50_000))).hasSize(Shown.LONGEST + 1).endsWith("…");
    }
}
