package orchestrator.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import orchestrator.git.TestRunner;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineForgeTest {
    @TempDir Path temp;

    /** A stand-in that notes its arguments and folder, then does what the lines say. */
    private Path tool(String name, String script) throws IOException {
        Path file = temp.resolve(name);
        Files.writeString(
                file,
                "#!/bin/sh\npwd > '%1$s/folder'; printf '%%s\\n' \"$@\" > '%1$s/arguments'\n%2$s\n"
                        .formatted(temp, script));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Forge forge(String script) throws IOException {
        return new CommandLineForge(
                new TestRunner(Map.of()),
                tool("gh", script).toString(),
                tool("glab", script).toString());
    }

    private Repo repo(Platform platform) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("a repo"));
        return new Repo("app", folder, "main", temp.resolve("trees"), "issue/", platform);
    }

    private Fault faultOf(Forge forge, Platform platform) throws IOException {
        Repo repo = repo(platform);
        return catchThrowableOfType(Fault.class, () -> forge.issueBody(repo, 12));
    }

    private Path answer(String json) throws IOException {
        return Files.writeString(temp.resolve("answer"), json);
    }

    @Test
    void githubs_issue_is_asked_for_in_the_repositorys_folder() throws IOException {
        Path answer =
                answer("{\"title\":\"T `x`\",\"body\":\"line 1\\n$(touch y) \\ud83d\\ude00\"}");
        Forge forge = forge("cat '" + answer + "'");
        assertThat(forge.issueBody(repo(Platform.GITHUB), 12))
                .isEqualTo("T `x`\n\nline 1\n$(touch y) \ud83d\ude00");
        assertThat(temp.resolve("arguments")).hasContent("issue\nview\n12\n--json\ntitle,body");
        assertThat(temp.resolve("folder")).content().endsWith("a repo\n");
    }

    @Test
    void gitlabs_issue_has_a_description() throws IOException {
        Path answer = answer("{\"title\":\"T\",\"description\":\"words\"}");
        Forge forge = forge("cat '" + answer + "'");
        assertThat(forge.issueBody(repo(Platform.GITLAB), 3)).isEqualTo("T\n\nwords");
        assertThat(temp.resolve("arguments")).hasContent("issue\nview\n3\n--output\njson");
    }

    @Test
    void an_empty_body_leaves_the_title() throws IOException {
        Forge forge = forge("cat '" + answer("{\"title\":\"T\",\"body\":null}") + "'");
        assertThat(forge.issueBody(repo(Platform.GITHUB), 3)).isEqualTo("T");
    }

    @Test
    void a_huge_body_is_cut_and_says_so() throws IOException {
        Path answer = answer("{\"title\":\"T\",\"body\":\"" + "x".repeat(2_000_000) + "\"}");
        String body = forge("cat '" + answer + "'").issueBody(repo(Platform.GITHUB), 3);
        assertThat(body).hasSize(CommandLineForge.LONGEST_BODY).endsWith("longer than 1 MB.]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forge-not-found|GraphQL: Could not resolve to an Issue with the number of 12.",
                "forge-auth|To get started with GitHub CLI, please run:  gh auth login",
                "forge-auth|HTTP 401: Bad credentials",
                "forge-network|error connecting to api.github.com",
                "forge-failed|something else"
            })
    void failures_are_told_apart(String code, String stderr) throws IOException {
        Fault fault = faultOf(forge("echo '" + stderr + "' >&2; exit 1"), Platform.GITHUB);
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.sentence()).contains("issue 12 of app").doesNotContain("\n");
    }

    @Test
    void an_answer_that_is_no_issue_is_refused() throws IOException {
        assertThat(faultOf(forge("echo 'no json'"), Platform.GITHUB).code())
                .isEqualTo("forge-bad-answer");
        assertThat(faultOf(forge("echo '{}'"), Platform.GITLAB).code())
                .isEqualTo("forge-bad-answer");
        assertThat(faultOf(forge("true"), Platform.NONE).code()).isEqualTo("forge-none");
    }

    @Test
    void a_program_that_is_missing_is_named_with_how_to_get_it() throws IOException {
        Forge forge =
                new CommandLineForge(
                        new TestRunner(Map.of()),
                        temp.resolve("none").toString(),
                        temp.resolve("none").toString());
        assertThat(forge.check(Set.of(Platform.GITHUB, Platform.GITLAB, Platform.NONE)))
                .satisfiesExactly(
                        gh ->
                                assertThat(gh)
                                        .startsWith("gh is not installed")
                                        .contains("gh auth login"),
                        glab -> assertThat(glab).startsWith("glab is not installed"));
        assertThat(faultOf(forge, Platform.GITHUB).code()).isEqualTo("forge-missing");
    }

    @Test
    void a_login_that_is_missing_is_told_from_a_network_that_is() throws IOException {
        assertThat(forge("exit 0").check(Set.of(Platform.GITHUB, Platform.GITLAB))).isEmpty();
        assertThat(temp.resolve("arguments")).hasContent("auth\nstatus");
        assertThat(
                        forge("echo 'You are not logged into any GitHub hosts.' >&2; exit 1")
                                .check(Set.of(Platform.GITHUB)))
                .singleElement()
                .asString()
                .contains("run gh auth login");
        assertThat(
                        forge("echo 'error connecting to api.github.com' >&2; exit 1")
                                .check(Set.of(Platform.GITHUB)))
                .singleElement()
                .asString()
                .contains("network");
        assertThat(forge("exit 1").check(Set.of(Platform.NONE))).isEmpty();
    }
}
