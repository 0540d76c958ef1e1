package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemsTest {
    @TempDir Path folder;
    private Lab lab = new Lab(Path.of("/"));

    @BeforeEach
    void makeLab() throws IOException {
        lab = Lab.in(folder);
    }

    @Test
    void all_faults_of_all_files_are_told_at_once_by_file_and_place() throws IOException {
        lab.write("b", "{\"project\": \"b\",\n  \"issues\": }");
        lab.write(
                "a",
                """
                {
                  "project": "-a",
                  "repo_path": "../gone",
                  "num_workers": "five",
                  "pipeline": ["implement", "implment"],
                  "issues": [
                    {"number": 1, "depends_on": [1, 9]},
                    {"number": 1, "status": "done"},
                    {"title": "x"},
                    7
                  ],
                  "initial_assignments": {"6": 1, "1": 44, "x": 1}
                }
                """);
        assertThat(lab.problems())
                .containsExactly(
                        "a-issues.json:1:1: \"branch_prefix\" is missing; say what issue branches begin with, such as \"branch_prefix\": \"work/issue-\"",
                        "a-issues.json:2:14: \"project\" is \"-a\"; it may hold at most 100 letters, digits, . _ and -, the first no . or -",
                        "a-issues.json:4:18: \"num_workers\" is the text \"five\" and must be a whole number",
                        "a-issues.json:5:29: the stage \"implment\" is not known (did you mean \"implement\"?); use one of document, draft, implement, optimize, research, review, run_tests_fix, validate, write_tests, or write its prompt into prompts/implment.md",
                        "a-issues.json:7:34: issue 1 depends on itself; remove the dependency",
                        "a-issues.json:7:37: issue 1 depends on 9, which does not exist; correct the number, or add that issue",
                        "a-issues.json:8:16: issue 1 stands here a second time (first in line 7); give one of them another number",
                        "a-issues.json:8:29: \"status\" is \"done\" and must be one of completed, failed, in_progress, parked, pending",
                        "a-issues.json:9:5: \"number\" is missing; give the issue its number",
                        "a-issues.json:10:5: an entry of \"issues\" is the number 7 and must be an object { … }",
                        "a-issues.json:12:27: \"6\" is no worker; workers are \"1\" to \"5\" (\"num_workers\")",
                        "a-issues.json:12:40: issue 44 does not exist; assign an issue of this file",
                        "a-issues.json:12:44: \"x\" is no worker; workers are \"1\" to \"5\" (\"num_workers\")",
                        "a-issues.json:12:49: issue 1 is assigned to two workers; keep one",
                        "b-issues.json:2:13: bad JSON: Unexpected character ('}' (code 125)): expected a value; correct the text here");
    }

    /** Members of a project, and the one problem they make. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"max_retries\": -1,|2:16: \"max_retries\" is -1 and must be between 0 and 1000",
                "\"num_workers\": 0,|2:16: \"num_workers\" is 0 and must be between 1 and 500",
                "\"num_workers\": 2.5,|2:16: \"num_workers\" is the number 2.5 and must be a whole number, written without exponent",
                "\"num_workers\": 99999999999999999999,|2:16: \"num_workers\" is 99999999999999999999 and must be between 1 and 500",
                "\"stall_timeout\": -0.5,|2:18: \"stall_timeout\" is -0.5 and must be between 0.1 and 31536000 seconds",
                "\"stagger_delay\": 1e99,|2:18: \"stagger_delay\" is 1e99 and must be between 0 and 31536000 seconds",
                "\"stagger_delay\": 1e999999999,|2:18: \"stagger_delay\" is 1e999999999 and must be between 0 and 31536000 seconds",
                "\"cycle_interval\": \"60\",|2:19: \"cycle_interval\" is the text \"60\" and must be a number of seconds",
                "\"tmux_session\": \"a.b\",|2:17: \"tmux_session\" is \"a.b\"; it may hold at most 100 letters, digits, _ and -, the first no -",
                "\"tmux_session\": \"#(touch x)\",|2:17: \"tmux_session\" is \"#(touch x)\"; it may hold at most 100 letters, digits, _ and -, the first no -",
                "\"tmux_socket\": \"-L\",|2:16: \"tmux_socket\" is \"-L\"; it may hold a path, or a name of at most 100 letters, digits, . _ and -, the first no . or -",
                "\"platform\": \"GitHub\",|2:13: \"platform\" is \"GitHub\" and must be one of github, gitlab, none (did you mean \"github\"?)",
                "\"default_branch\": \"a..b\",|2:19: \"default_branch\" \"a..b\" holds \"..\" or \"@{\", which git forbids; choose another name",
                "\"agent\": \"codec\",|2:10: \"agent\" is \"codec\" and must be one of claude, codex, rehearsal (did you mean \"codex\"?)",
                "\"pipeline\": [{\"name\": \"review\", \"agent\": 1}],|2:42: \"agent\" is the number 1 and must be a type (\"claude\", \"codex\", \"rehearsal\") or an object { … }",
                "\"agent\": null,|2:10: \"agent\" is null and must be a type (\"claude\", \"codex\", \"rehearsal\") or an object { … }; leave the key out for its default",
                "\"agent\": {\"args\": [\"a\\nb\"]},|2:20: an entry of \"args\" holds a new line or NUL, which cannot be passed on; write one line",
                "\"agent\": {\"env\": {\"A-B\": \"x\"}},|2:19: \"A-B\" is no name for an environment variable; use letters, digits and _",
                "\"agent\": {\"env\": {\"A\": 1}},|2:24: the variable \"A\" is the number 1 and must be a text in quotes",
                "\"pipeline\": [],|2:13: \"pipeline\" is empty; name at least one stage, such as \"implement\"",
                "\"pipeline\": [\"../x\"],|2:14: the stage \"../x\" has an unusable name; use small letters, digits, _ and -, at most 60",
                "\"pipeline\": \"implement\",|2:13: \"pipeline\" is the text \"implement\" and must be a list [ … ]",
                "\"project_context\": {\"key_files\": [1]},|2:35: an entry of \"key_files\" is the number 1 and must be a text in quotes",
                "\"max_retries\": 1, \"max_retries\": 2,|2:19: the key \"max_retries\" stands here a second time (first in line 2); remove one",
                "\"issues\": [{\"number\": 0}],|2:23: \"number\" is 0 and must be 1 or more",
                "\"issues\": [{\"number\": 3, \"title\": null}],|2:35: \"title\" is null and must be a text in quotes; leave the key out for its default",
                "\"issues\": [{\"number\": 3, \"pipeline_stage\": \"draft\"}],|2:44: the stage \"draft\" is not in the pipeline; use one of implement",
                "\"issues\": [{\"number\": 3, \"repo\": \"rep\"}],|2:34: the repository \"rep\" is not known (did you mean \"repo\"?); use one of \"repo\"",
                "\"issues\": [{\"number\": 3, \"depends_on\": [\"3\"]}],|2:41: the dependency \"3\" is not understood; write the issue's number, or \"project#number\" for one of another project",
                "\"issues\": [{\"number\": 3, \"depends_on\": [\"z#3\"]}],|2:41: issue 3 depends on z#3, and this workspace has no project \"z\"; correct the name, or load all projects of the folder",
                "\"gate\": 1,|2:9: \"gate\" is the number 1 and must be a text in quotes",
                "\"gate\": \"a\\u0000b\",|2:9: \"gate\" holds a NUL, which cannot be passed on; remove it",
                "\"gate_timeout\": 0,|2:17: \"gate_timeout\" is 0 and must be between 0.1 and 31536000 seconds",
                "\"setup_timeout\": \"x\",|2:18: \"setup_timeout\" is the text \"x\" and must be a number of seconds",
                "\"pipeline\": [{\"name\": \"implement\", \"must_commit\": 1}],|2:51: \"must_commit\" is the number 1 and must be true or false",
                "\"pipeline\": [{\"gate\": \"x\"}],|2:14: \"name\" is missing; name the stage, such as \"name\": \"implement\"",
                "\"pipeline\": [7],|2:14: an entry of \"pipeline\" is the number 7 and must be a stage's name in quotes or an object { … }",
                "\"pipeline\": [\"retry_analyze\"],|2:14: the stage \"retry_analyze\" is run by itself when an issue has failed; take it out of the pipeline",
                "\"pipeline\": [{\"name\": \"retry_explore\"}],|2:23: the stage \"retry_explore\" is run by itself when an issue has failed; take it out of the pipeline",
                "\"copy_files\": \".env\",|2:15: \"copy_files\" is the text \".env\" and must be a list [ … ]",
                "\"copy_files\": [\"/etc/passwd\"],|2:16: \"/etc/passwd\" in \"copy_files\" is not relative to the repository; write it from the repository's folder, such as \".env\"",
                "\"copy_files\": [\"~/.ssh/id\"],|2:16: \"~/.ssh/id\" in \"copy_files\" is not relative to the repository; write it from the repository's folder, such as \".env\"",
                "\"copy_files\": [\"a/../../x\"],|2:16: \"a/../../x\" in \"copy_files\" leaves the repository; write it from the repository's folder",
                "\"copy_files\": [\"./\"],|2:16: \"./\" in \"copy_files\" names the whole repository; name files or folders in it",
                "\"copy_files\": [\"./.GIT/config\"],|2:16: \"./.GIT/config\" in \"copy_files\" names git's own files, which no other worktree may have",
                "\"copy_files\": [\"a[b\"],|2:16: \"a[b\" in \"copy_files\" is no pattern (Missing ']); correct it",
                "\"copy_files\": [\"a\\nb\"],|2:16: an entry of \"copy_files\" holds a control character or a new line; write it on one line",
                "\"open_pull_request\": \"yes\",|2:22: \"open_pull_request\" is the text \"yes\" and must be true or false",
                "\"retry_failed\": null,|2:17: \"retry_failed\" is null and must be true or false; leave the key out for its default",
                "\"max_budget_usd\": 0,|2:19: \"max_budget_usd\" is 0 and must be more than 0 and at most 1000000000 US dollars; leave the key out for no limit",
                "\"max_budget_usd\": -0.5,|2:19: \"max_budget_usd\" is -0.5 and must be more than 0 and at most 1000000000 US dollars; leave the key out for no limit",
                "\"max_budget_usd\": \"5\",|2:19: \"max_budget_usd\" is the text \"5\" and must be a number of US dollars",
                "\"min_free_disk_mb\": -1,|2:21: \"min_free_disk_mb\" is -1 and must be between 0 and 1000000000",
                "\"min_free_memory_mb\": 0.5,|2:23: \"min_free_memory_mb\" is the number 0.5 and must be a whole number, written without exponent",
                "\"issues\": [{\"number\": 3, \"exclusive\": [\" \"]}],|2:40: an entry of \"exclusive\" is empty; fill it in, or leave the key out",
                "\"issues\": [{\"number\": 3, \"exclusive\": 5}],|2:39: \"exclusive\" is the number 5 and must be a list [ … ]",
                "\"issues\": [{\"number\": 3, \"task_type\": \"review\"}],|2:12: \"branch\" is missing; a review needs the branch it looks at, such as \"branch\": \"feature/x\"",
                "\"issues\": [{\"number\": 3, \"branch\": \"x\"}],|2:36: \"branch\" is only for an issue with \"task_type\": \"review\"; leave it out, work on this one starts from \"default_branch\"",
                "\"issues\": [{\"number\": 3, \"task_type\": \"review\", \"branch\": \"-x\"}],|2:59: \"branch\" \"-x\" begins with \"-\", so git would take it for an option; name an existing branch",
                "\"issues\": [{\"number\": 3, \"max_budget_usd\": 1e999}],|2:44: \"max_budget_usd\" is 1e999 and must be more than 0 and at most 1000000000 US dollars; leave the key out for no limit",
                "\"repos\": {},|3:58: \"branch_prefix\" cannot stand beside \"repos\"; move it into the repository it is meant for",
            })
    void a_single_fault_is_told_at_its_place(String members, String problem) throws IOException {
        lab.project(members);
        assertThat(lab.problems()).contains("a-issues.json:" + problem);
    }

    @Test
    void a_missing_key_that_is_only_misspelt_is_pointed_at() throws IOException {
        lab.write(
                "a", "{\"project\": \"a\", \"repo_path\": \"../repo\",\n \"branch_prefx\": \"x\"}");
        assertThat(lab.problems())
                .singleElement()
                .asString()
                .contains("\"branch_prefix\" is missing (line 2 says \"branch_prefx\")");
    }

    @Test
    void a_cycle_is_spelled_out_once_where_its_lowest_issue_closes_it() throws IOException {
        lab.project(
                """
                "issues": [
                {"number": 5, "depends_on": [7]},
                {"number": 7, "depends_on": [2]},
                {"number": 2, "depends_on": [1, 5]},
                {"number": 1},
                {"number": 9, "depends_on": [2]},
                {"number": 11, "depends_on": [12]},
                {"number": 12, "depends_on": [11]}],
                """);
        assertThat(lab.problems())
                .containsExactly(
                        "a-issues.json:5:33: these issues wait for each other: 2 → 5 → 7 → 2; remove one of the dependencies",
                        "a-issues.json:8:31: these issues wait for each other: 11 → 12 → 11; remove one of the dependencies");
    }

    @Test
    void a_cycle_through_two_projects_is_found() throws IOException {
        lab.project("a", "\"issues\": [{\"number\": 1, \"depends_on\": [\"b#2\"]}],");
        lab.project("b", "\"issues\": [{\"number\": 2, \"depends_on\": [\"a#1\"]}],");
        assertThat(lab.problems())
                .containsExactly(
                        "a-issues.json:2:41: these issues wait for each other: a#1 → b#2 → a#1; remove one of the dependencies");
    }

    @Test
    void a_cycle_of_ten_thousand_issues_is_told_in_one_short_line() throws IOException {
        String issues =
                IntStream.rangeClosed(1, 10_000)
                        .mapToObj(i ->
                                "{\"number\": %d, \"depends_on\": [%d]}"
                                        .formatted(i, i % 10_000 + 1))
                        .collect(Collectors.joining(",\n"));
        lab.project("\"issues\": [" + issues + "],");
        assertThat(lab.problems())
                .singleElement()
                .asString()
                .contains("1 → 2 → 3", "more) …", "10000 → 1;")
                .hasSizeLessThan(300);
    }

    @Test
    void projects_of_one_name_are_told() throws IOException {
        lab.project("a", "");
        lab.write(
                "b", "{\"project\": \"a\", \"repo_path\": \"../repo\", \"branch_prefix\": \"b\"}");
        assertThat(lab.problems())
                .containsExactly(
                        "b-issues.json:1:13: another file already has the project \"a\" (a-issues.json:3); give one of them another name");
    }

    @Test
    void two_issues_never_share_a_branch_or_a_worktree() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("repo"));
        String issues = "\"branch_prefix\": \"x/\", \"issues\": [{\"number\": 1}]}";
        lab.write("a", "{\"project\": \"a\", \"repo_path\": \"../repo\", " + issues);
        lab.write("b", "{\"project\": \"b\", \"repo_path\": \"../link\", " + issues);
        assertThat(lab.problems())
                .containsExactly(
                        "b-issues.json:1:87: b#1 and a#1 (a-issues.json:1) would share the branch x/1; give one of their repositories another \"branch_prefix\"");

        lab.write("b", "{\"project\": \"b\", \"repo_path\": \"../repo\", " + issues);
        assertThat(lab.problems()).hasSize(2).last().asString().contains("share the worktree");
    }

    @Test
    void a_branch_that_git_cannot_have_beside_another_is_told() throws IOException {
        lab.write(
                "a",
                """
                {"project": "a", "repos": {
                  "r": {"path": "../repo", "branch_prefix": "main/"},
                  "s": {"path": "../repo", "branch_prefix": "main/4/", "worktree_base": "../s"}},
                 "issues": [{"number": 4, "repo": "r"}, {"number": 5, "repo": "s"}]}
                """);
        assertThat(lab.problems())
                .containsExactly(
                        "a-issues.json:4:24: a#4 would be worked on in the branch \"main/4\", which git cannot have beside the default branch, \"main\"; choose another \"branch_prefix\"",
                        "a-issues.json:4:52: a#5 would be worked on in the branch \"main/4/5\", which git cannot have beside the branch of a#4, \"main/4\"; choose another \"branch_prefix\"",
                        "a-issues.json:4:52: a#5 would be worked on in the branch \"main/4/5\", which git cannot have beside the default branch, \"main\"; choose another \"branch_prefix\"");
    }

    @Test
    void a_worker_of_the_shared_pool_begins_with_one_issue() throws IOException {
        String members = "\"issues\": [{\"number\": 1}], \"initial_assignments\": {\"1\": 1},";
        lab.project("a", members);
        lab.project("b", members);
        assertThat(lab.problems())
                .containsExactly(
                        "b-issues.json:2:52: worker 1 already begins with an issue of another project (a-issues.json:2); choose another worker");
    }

    @Test
    void places_that_are_no_folders_are_told() throws IOException {
        Files.writeString(folder.resolve("f"), "");
        lab.write(
                "a",
                """
                {"project": "a", "repos": {
                  "gone": {"path": "../gone", "branch_prefix": "x"},
                  "file": {"path": "../f", "branch_prefix": "x"},
                  "base": {"path": "../repo", "branch_prefix": "x", "worktree_base": "../f"}},
                 "state_dir": ".."}
                """);
        assertThat(lab.problems())
                .satisfiesExactly(
                        p -> assertThat(p).contains(":2:20:", "gone does not exist; clone it"),
                        p -> assertThat(p).contains(":3:20:", "/f is not a folder"),
                        p -> assertThat(p).contains(":4:20:", "choose another \"worktree_base\""),
                        p -> assertThat(p).contains(":5:15:", "holds the workspace itself"));
    }

    @Test
    void several_repositories_need_a_choice() throws IOException {
        lab.write(
                "a",
                """
                {"project": "a", "repos": {"r": {"path": "../repo", "branch_prefix": "r"},
                  "s": {"path": "../repo", "branch_prefix": "s", "worktree_base": "../s"}, "t": 1},
                 "issues": [{"number": 4}]}
                """);
        assertThat(lab.problems())
                .containsExactly(
                        "a-issues.json:2:81: the repository \"t\" is the number 1 and must be an object { … }",
                        "a-issues.json:3:13: \"repo\" is missing; say which one it is worked on in: \"r\", \"s\", \"t\"");
    }

    @Test
    void a_file_that_cannot_be_read_as_text_is_told() throws IOException {
        Files.write(lab.file("a"), new byte[] {'{', '\n', '"', (byte) 0xff, '"', '}'});
        Files.writeString(lab.file("b"), "[1]");
        Files.writeString(lab.file("c"), "");
        Files.createSymbolicLink(lab.file("d"), Path.of("nowhere"));
        Files.writeString(lab.file("e"), "[".repeat(100_000));
        Files.write(lab.file("f"), "{\"a\": \"x".getBytes(StandardCharsets.UTF_8));
        assertThat(lab.problems())
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("a-issues.json:2:2: this is not UTF-8"),
                        p -> assertThat(p).startsWith("b-issues.json:1:1: the file is a list"),
                        p -> assertThat(p).startsWith("c-issues.json:1:1: the file is empty"),
                        p -> assertThat(p).startsWith("d-issues.json:1:1: the file does not exist"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "e-issues.json:1:502: the JSON goes beyond what is read (Document nesting depth (501) exceeds the maximum allowed (500)); make it flatter"),
                        p -> assertThat(p).startsWith("f-issues.json:1:9: bad JSON"));
    }

    @Test
    void a_file_named_by_option_that_does_not_exist_is_told() {
        Workspace workspace =
                Workspace.locate(
                        Optional.empty(),
                        Optional.of(folder.resolve("no.json")),
                        Optional.empty(),
                        folder);
        assertThat(ConfigReader.read(workspace))
                .isEqualTo(
                        new ConfigResult.Invalid(
                                List.of(
                                        folder
                                                + "/no.json:1:1: the file does not exist; create it, or correct the path")));
    }

    @Test
    void text_of_the_user_never_breaks_a_problem_into_lines_or_makes_it_long() throws IOException {
        lab.project("\"platform\": \"a\\nb\\u001b[31m\\u202e%s\",".formatted("x".repeat(5000)));
        assertThat(lab.problems())
                .singleElement()
                .asString()
                .contains("\"a\\nb\\u001b[31m\\u202exxx")
                .hasSizeLessThan(200)
                .doesNotContain("\n", "\u001b", "\u202e");
    }

    @Test
    void faulty_templates_are_told_in_their_own_file() throws IOException {
        Path prompts = folder.resolve("config/prompts");
        Files.writeString(prompts.resolve("one.md"), "---\n\nmust_commit: maybe\n---\n");
        Files.writeString(prompts.resolve("two.md"), "---\nmust_commit: true\n");
        Files.write(prompts.resolve("three.md"), new byte[] {(byte) 0xff});
        Files.writeString(prompts.resolve("retry_explore.md"), "---\nx: y\n---\n");
        lab.project("\"pipeline\": [\"one\", \"two\", \"three\", \"one\"],");
        assertThat(lab.problems())
                .containsExactly(
                        "prompts/one.md:3:1: the front matter says \"must_commit: maybe\"; it may only say must_commit: true or must_commit: false",
                        "prompts/retry_explore.md:2:1: the front matter says \"x: y\"; it may only say must_commit: true or must_commit: false",
                        "prompts/three.md:1:1: the template is not UTF-8 text; save it as UTF-8",
                        "prompts/two.md:1:1: the front matter is not closed; end it with a line ---");
    }
}
