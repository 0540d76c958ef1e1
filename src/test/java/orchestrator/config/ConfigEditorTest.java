package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ConfigEditorTest {
    private static final String HEAD =
            "\"project\": \"a\", \"repo_path\": \"../repo\", \"branch_prefix\": \"a/\"";
    @TempDir Path folder;
    private Lab lab = new Lab(Path.of("/"));

    @BeforeEach
    void makeLab() throws IOException {
        lab = Lab.in(folder);
    }

    @Test
    void an_issue_is_added_in_the_layout_of_its_neighbours_and_nothing_else_changes()
            throws IOException {
        String before =
                """
                {
                \t"zebra":   {"kept": [1,2 ,3]},
                \t%s,
                \t"issues": [
                \t\t{
                \t\t\t"number": 1,   "mine": true,
                \t\t\t"title": "One"
                \t\t}
                \t],
                \t"max_retries": 1.0
                }\
                """
                        .formatted(HEAD);
        lab.write("a", before);

        editor().addIssue(lab.file("a"), full());

        assertThat(text())
                .isEqualTo(
                        before.replace(
                                "\t\t}\n",
                                """
                                \t\t},
                                \t\t{
                                \t\t\t"number": 9,
                                \t\t\t"title": "Say \\"hi\\"",
                                \t\t\t"description": "two\\nlines",
                                \t\t\t"priority": -1,
                                \t\t\t"depends_on": [1],
                                \t\t\t"wave": 3,
                                \t\t\t"repo": "repo",
                                \t\t\t"task_type": "review",
                                \t\t\t"branch": "feature/x",
                                \t\t\t"exclusive": ["staking.db", "port 80"]
                                \t\t}
                                """));
        Issue read = lab.valid().issue(new IssueId("a", 9)).orElseThrow();
        assertThat(read.title()).isEqualTo("Say \"hi\"");
        assertThat(read.dependsOn()).containsExactly(new IssueId("a", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{%s, \"issues\": [{\"number\": 1}]}→{%s, \"issues\": [{\"number\": 1}, {\"number\": 2, \"title\": \"T\"}]}",
                "{%s, \"issues\": [\n  { \"number\": 1 }\n]}→{%s, \"issues\": [\n  { \"number\": 1 },\n  { \"number\": 2, \"title\": \"T\" }\n]}",
                "{%s, \"issues\": []}→{%s, \"issues\": [{\"number\": 2, \"title\": \"T\"}]}",
                "{%s}→{%s, \"issues\": [{\"number\": 2, \"title\": \"T\"}]}",
                "{\r\n  %s\r\n}\r\n→{\r\n  %s, \"issues\": [{\"number\": 2, \"title\": \"T\"}]\r\n}\r\n",
                "{%s,\r\n  \"issues\": [  ]\r\n}→{%s,\r\n  \"issues\": [\r\n    {\r\n      \"number\": 2,\r\n      \"title\": \"T\"\r\n    }\r\n  ]\r\n}",
                "{%s,\n  \"max_retries\": 1\n}→{%s,\n  \"max_retries\": 1,\n  \"issues\": [\n    {\n      \"number\": 2,\n      \"title\": \"T\"\n    }\n  ]\n}",
                "\uFEFF{%s}→\uFEFF{%s, \"issues\": [{\"number\": 2, \"title\": \"T\"}]}",
            })
    void every_layout_is_followed(String beforeAndAfter) throws IOException {
        String[] texts = beforeAndAfter.split("→", -1);
        lab.write("a", texts[0].formatted(HEAD));
        editor().addIssue(lab.file("a"), NewIssue.of(2, "T"));
        assertThat(text()).isEqualTo(texts[1].formatted(HEAD));
    }

    @Test
    void a_text_without_spaces_stays_so() throws IOException {
        String head = HEAD.replace(" ", "");
        lab.write("a", "{" + head + ",\"issues\":[{\"number\":1}]}");
        editor().addIssue(lab.file("a"), NewIssue.of(2, "T"));
        editor().setIssueField(lab.file("a"), 1, "wave", number(2));
        assertThat(text())
                .isEqualTo(
                        "{"
                                + head
                                + ",\"issues\":[{\"number\":1,\"wave\":2},{\"number\":2,\"title\":\"T\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch x) `touch x` #(touch x) ; -x /clear @/etc/passwd",
                "\"quotes\" 'and' \\back\\slashes\\",
                "new\nlines\r\nand\ttabs \u0000 \u001b[31m \u2028",
                "emoji 👩‍👩‍👧‍👦 ü ﷽ \u202e",
                "half \ud83d a character",
            })
    void any_text_is_written_and_read_back_as_it_is(String text) throws IOException {
        lab.write("a", "{" + HEAD + "}");
        NewIssue issue =
                new NewIssue(
                        2,
                        text,
                        text.repeat(100_000 / text.length()),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(),
                        Optional.empty(),
                        text,
                        Optional.empty(),
                        List.of());
        editor().addIssue(lab.file("a"), issue);
        Issue read = lab.valid().issue(new IssueId("a", 2)).orElseThrow();
        assertThat(read.title()).isEqualTo(text);
        assertThat(read.description()).isEqualTo(issue.description());
        assertThat(read.taskType()).isEqualTo(text);
    }

    @Test
    void a_value_is_replaced_or_added_in_place() throws IOException {
        String before =
                """
                {%s, "issues": [
                  {"number": 1, "wave" :  1 , "title": "x"},
                  {
                    "number": 2,
                    "title": "y"
                  }
                ]}
                """
                        .formatted(HEAD);
        lab.write("a", before);
        editor().setIssueField(lab.file("a"), 1, "wave", number(12));
        editor().setIssueField(lab.file("a"), 2, "priority", number(-4));
        editor().setIssueField(
                        lab.file("a"),
                        2,
                        "depends_on",
                        JsonNodeFactory.instance.arrayNode().add(1).add("a#1"));
        assertThat(text())
                .isEqualTo(
                        before.replace("\"wave\" :  1 ,", "\"wave\" :  12 ,")
                                .replace(
                                        "\"y\"\n",
                                        "\"y\",\n    \"priority\": -4,\n    \"depends_on\": [1, \"a#1\"]\n"));
    }

    @Test
    void what_is_refused_leaves_the_file_and_its_folder_as_they_are() throws IOException {
        String before = "{" + HEAD + ", \"issues\": [{\"number\": 1}]}";
        lab.write("a", before);
        Path file = lab.file("a");

        refused("issue-exists", () -> editor().addIssue(file, NewIssue.of(1, "T")));
        refused("edit-refused", () -> editor().addIssue(file, NewIssue.of(0, "T")));
        refused("edit-refused", () -> editor().addIssue(file, dependingOn(2, new IssueId("a", 7))));
        refused("edit-refused", () -> editor().setIssueField(file, 1, "wave", number(-1)));
        refused("issue-unknown", () -> editor().setIssueField(file, 5, "wave", number(1)));
        refused(
                "config-missing",
                () -> editor().addIssue(folder.resolve("x"), NewIssue.of(2, "T")));
        assertThatThrownBy(() -> editor().setIssueField(file, 1, "number", number(2)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(text()).isEqualTo(before);
        assertThat(filesInConfig()).containsExactly("a-issues.json", "prompts");
    }

    @Test
    void a_config_with_faults_is_not_edited() throws IOException {
        lab.write("a", "{" + HEAD + ", \"max_retries\": -1}");
        assertThatThrownBy(() -> editor().addIssue(lab.file("a"), NewIssue.of(1, "T")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("config-invalid"))
                .hasMessageContaining("a-issues.json:1:")
                .hasMessageContaining("max_retries");
        lab.write("a", "{" + HEAD + ",}");
        ConfigEditor editor = editor();
        refused("config-invalid", () -> editor.addIssue(lab.file("a"), NewIssue.of(1, "T")));
    }

    @Test
    void an_edit_made_meanwhile_is_kept() throws IOException {
        String before = "{" + HEAD + ", \"issues\": [{\"number\": 1}]}";
        lab.write("a", before);
        AtomicInteger times = new AtomicInteger();
        ConfigEditor editor =
                new ConfigEditor(
                        lab.workspace(),
                        () -> {
                            if (times.incrementAndGet() == 1) {
                                write(before.replace("{\"number\": 1}", "{\"number\": 5}"));
                            } else if (times.get() == 2) {
                                replace(before.replace("{\"number\": 1}", "{\"number\": 6}"));
                            }
                        },
                        () -> {});

        editor.addIssue(lab.file("a"), NewIssue.of(2, "T"));

        assertThat(times).hasValue(3);
        assertThat(lab.valid().projects().getFirst().issues())
                .extracting(issue -> issue.id().number())
                .containsExactly(6, 2);
    }

    @Test
    void a_file_that_is_just_being_saved_is_let_be_finished() throws IOException {
        String before = "{" + HEAD + ", \"issues\": [{\"number\": 1}]}";
        lab.write("a", before);
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger pauses = new AtomicInteger();
        ConfigEditor editor =
                new ConfigEditor(
                        lab.workspace(),
                        () -> {
                            if (looks.incrementAndGet() == 1) {
                                write("");
                            }
                        },
                        () -> {
                            if (pauses.incrementAndGet() == 3) {
                                write(before.replace("1}", "1, \"wave\": 8}"));
                            } else {
                                write(before.substring(0, pauses.get()));
                            }
                        });
        editor.addIssue(lab.file("a"), NewIssue.of(2, "T"));
        assertThat(pauses).hasValue(3);
        assertThat(lab.valid().projects().getFirst().issues())
                .extracting(Issue::wave)
                .containsExactly(8, 1);
    }

    @Test
    void an_issue_is_moved_in_the_file_that_defines_it() throws IOException {
        String before =
                """
                {%s, "issues": [
                  {"number": 7, "wave": 1, "note": "kept"},
                  {"number": 8}
                ]}
                """
                        .formatted(HEAD);
        lab.write("a", before);
        lab.project("b", "\"issues\": [{\"number\": 7, \"priority\": 1}],");
        editor().moveIssue(new IssueId("a", 7), 3, OptionalInt.empty());
        editor().moveIssue(new IssueId("a", 8), 4, OptionalInt.of(-2));
        editor().moveIssue(new IssueId("b", 7), 0, OptionalInt.of(9));
        assertThat(text())
                .isEqualTo(
                        before.replace("\"wave\": 1,", "\"wave\": 3,")
                                .replace("8}", "8, \"wave\": 4, \"priority\": -2}"));
        assertThat(lab.valid().issue(new IssueId("b", 7)).orElseThrow())
                .extracting(Issue::wave, Issue::priority)
                .containsExactly(0, 9);
        refused(
                "issue-unknown",
                () -> editor().moveIssue(new IssueId("a", 9), 1, OptionalInt.empty()));
        refused(
                "issue-unknown",
                () -> editor().moveIssue(new IssueId("z", 7), 1, OptionalInt.empty()));
        refused(
                "edit-refused",
                () -> editor().moveIssue(new IssueId("a", 7), -1, OptionalInt.empty()));
    }

    @Test
    void a_file_that_never_rests_is_left_alone() throws IOException {
        lab.write("a", "{" + HEAD + "}");
        AtomicInteger times = new AtomicInteger();
        ConfigEditor editor =
                new ConfigEditor(
                        lab.workspace(),
                        () -> write("{" + HEAD + " ".repeat(times.incrementAndGet()) + "}"),
                        () -> {});
        refused("config-busy", () -> editor.addIssue(lab.file("a"), NewIssue.of(2, "T")));
        assertThat(text()).doesNotContain("issues");
    }

    @Test
    void many_editors_at_once_lose_nothing() throws IOException {
        lab.write("a", "{" + HEAD + "}");
        IntStream.rangeClosed(1, 24)
                .parallel()
                .forEach(i -> editor().addIssue(lab.file("a"), NewIssue.of(i, "T" + i)));
        assertThat(lab.valid().projects().getFirst().issues()).hasSize(24);
        assertThat(filesInConfig()).containsExactly("a-issues.json", "prompts");
    }

    @Test
    void editors_in_several_processes_lose_nothing() throws Exception {
        lab.write("a", "{" + HEAD + "}");
        List<Process> others = List.of(adding(100, 15), adding(200, 15));
        for (int i = 0; others.stream().anyMatch(Process::isAlive); i++) {
            editor().addIssue(lab.file("a"), NewIssue.of(1000 + i, "here"));
        }
        for (Process other : others) {
            assertThat(other.waitFor()).isZero();
        }
        assertThat(lab.valid().projects().getFirst().issues())
                .extracting(issue -> issue.id().number())
                .containsAll(IntStream.range(100, 115).boxed().toList())
                .containsAll(IntStream.range(200, 215).boxed().toList())
                .doesNotHaveDuplicates();
    }

    private Process adding(int first, int count) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AddIssues.class.getName(),
                        folder.toString(),
                        Integer.toString(first),
                        Integer.toString(count))
                .inheritIO()
                .start();
    }

    @Test
    void links_and_permissions_stay() throws IOException {
        Path real = folder.resolve("real.json");
        Files.writeString(real, "{" + HEAD + "}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-x--x"));
        Files.createSymbolicLink(lab.file("a"), Path.of("../real.json"));

        editor().addIssue(lab.file("a"), NewIssue.of(2, "T"));

        assertThat(Files.readSymbolicLink(lab.file("a"))).isEqualTo(Path.of("../real.json"));
        assertThat(Files.readString(real)).contains("\"number\": 2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-x--x");
        assertThat(lab.valid().issue(new IssueId("a", 2))).isPresent();
    }

    @Test
    void an_issue_may_depend_on_one_of_another_project() throws IOException {
        lab.write("a", "{" + HEAD + "}");
        lab.project("b", "\"issues\": [{\"number\": 3}],");
        editor().addIssue(lab.file("a"), dependingOn(2, new IssueId("b", 3)));
        assertThat(text()).contains("\"depends_on\": [\"b#3\"]");
    }

    private ConfigEditor editor() {
        return new ConfigEditor(lab.workspace());
    }

    private String text() throws IOException {
        return Files.readString(lab.file("a"));
    }

    private void write(String text) {
        try {
            Files.writeString(lab.file("a"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As many editors save: a new file in the old one's place. */
    private void replace(String text) {
        try {
            Path other = Files.writeString(folder.resolve("other"), text);
            Files.move(other, lab.file("a"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> filesInConfig() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.newDirectoryStream(lab.configDir())) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        names.sort(String::compareTo);
        return names;
    }

    private static void refused(String code, ThrowingCallable edit) {
        assertThatThrownBy(edit)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    private static JsonNode number(int number) {
        return JsonNodeFactory.instance.numberNode(number);
    }

    private static NewIssue full() {
        return new NewIssue(
                9,
                "Say \"hi\"",
                "two\nlines",
                OptionalInt.of(3),
                OptionalInt.of(-1),
                List.of(new IssueId("a", 1)),
                Optional.of("repo"),
                "review",
                Optional.of("feature/x"),
                List.of("staking.db", "port 80"));
    }

    private static NewIssue dependingOn(int number, IssueId on) {
        return new NewIssue(
                number,
                "T",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(on),
                Optional.empty(),
                "",
                Optional.empty(),
                List.of());
    }
}
