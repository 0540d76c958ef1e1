package orchestrator.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orchestrator.forge.IssueList.Listed;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.process.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Open issues, through a gh and a glab that are played. */
class IssueListTest {
    private final List<List<String>> calls = new ArrayList<>();
    @TempDir Path folder;

    private List<Listed> open(Platform platform, Outcome answer) {
        return new IssueList(
                        command -> {
                            assertThat(command.directory()).contains(folder);
                            calls.add(command.argv());
                            return answer;
                        })
                .open(folder, platform);
    }

    private static Outcome said(String out) {
        return new Outcome.Exited(0, out, "");
    }

    @Test
    void githubs_are_listed_oldest_first() {
        assertThat(
                        open(
                                Platform.GITHUB,
                                said(
                                        "[{\"number\": 9, \"title\": \"New\"}, {\"number\": 2, \"title\": \" Old \"}]")))
                .containsExactly(new Listed(2, "Old"), new Listed(9, "New"));
        assertThat(calls.getFirst()).startsWith("gh", "issue", "list", "--state=open");
    }

    @Test
    void gitlabs_are_known_by_their_number_in_the_project() {
        assertThat(
                        open(
                                Platform.GITLAB,
                                said("[{\"id\": 77001, \"iid\": 3, \"title\": \"Carts\"}]")))
                .containsExactly(new Listed(3, "Carts"));
        assertThat(calls.getFirst()).startsWith("glab", "issue", "list");
    }

    @Test
    void none_is_an_answer() {
        assertThat(open(Platform.GITHUB, said(""))).isEmpty();
        assertThat(open(Platform.GITHUB, said("[]"))).isEmpty();
    }

    @Test
    void what_keeps_it_from_being_asked_is_told() {
        assertThat(codeOf(Platform.NONE, said(""))).isEqualTo("forge-none");
        assertThat(codeOf(Platform.GITHUB, new Outcome.CouldNotStart("no")))
                .isEqualTo("forge-missing");
        assertThat(codeOf(Platform.GITHUB, said("hello"))).isEqualTo("forge-bad-answer");
        assertThat(
                        codeOf(
                                Platform.GITLAB,
                                new Outcome.Exited(1, "", "401 Unauthorized: glab auth login")))
                .isEqualTo("forge-auth");
    }

    private String codeOf(Platform platform, Outcome answer) {
        return catchThrowableOfType(Fault.class, () -> open(platform, answer)).code();
    }

    private IssueList playing(Function<List<String>, Outcome> answer) {
        return new IssueList(command -> {
            calls.add(command.argv());
            return answer.apply(command.argv());
        });
    }

    @Test
    void one_issue_is_read_with_its_text_its_state_and_its_repository() {
        ForgeIssue github =
                playing(_ ->
                                said(
                                        """
                                        {"number": 7, "title": "A\\u001b[31m\\nB", "body": "x", "state": "CLOSED",
                                         "url": "https://github.com/Acme/Shop/issues/7"}
                                        """))
                        .issue(folder, Platform.GITHUB, 7);
        assertThat(github)
                .isEqualTo(
                        new ForgeIssue(
                                7,
                                "A [31m B",
                                "x",
                                false,
                                "https://github.com/Acme/Shop/issues/7"));
        assertThat(github.repository()).contains("github.com/acme/shop");
        assertThat(github.isRequest()).isFalse();
        assertThat(calls.getLast())
                .containsExactly("gh", "issue", "view", "7", "--json=number,title,body,state,url");
        ForgeIssue gitlab =
                playing(_ ->
                                said(
                                        """
                                        {"id": 9001, "iid": 7, "title": "T", "description": null, "state": "opened",
                                         "web_url": "https://git.example.org/a/b/c/-/issues/7"}
                                        """))
                        .issue(folder, Platform.GITLAB, 7);
        assertThat(gitlab.open()).isTrue();
        assertThat(gitlab.text()).isEmpty();
        assertThat(gitlab.repository()).contains("git.example.org/a/b/c");
        assertThat(calls.getLast()).containsExactly("glab", "issue", "view", "7", "--output=json");
    }

    @Test
    void a_pull_request_is_told_from_an_issue() {
        assertThat(
                        playing(_ ->
                                        said(
                                                "{\"number\": 7, \"title\": \"T\", \"url\": \"https://github.com/a/b/pull/7\"}"))
                                .issue(folder, Platform.GITHUB, 7)
                                .isRequest())
                .isTrue();
    }

    @Test
    void another_issue_than_the_one_asked_for_is_no_answer() {
        for (String answer :
                List.of("{}", "[]", "null", "{\"number\": 8, \"title\": \"T\"}", "no")) {
            assertThat(
                            catchThrowableOfType(
                                            Fault.class,
                                            () ->
                                                    playing(_ -> said(answer))
                                                            .issue(folder, Platform.GITHUB, 7))
                                    .code())
                    .isEqualTo("forge-bad-answer");
        }
    }

    @Test
    void githubs_are_searched_at_once_and_labels_are_one_word_each() {
        List<ForgeIssue> found =
                playing(_ ->
                                said(
                                        "[{\"number\": 9, \"title\": \"New\"}, {\"number\": 2, \"title\": \"Old\"}]"))
                        .search(
                                folder,
                                Platform.GITHUB,
                                new IssueList.Search(List.of("-x", "a b"), Optional.of("1.2")),
                                false);
        assertThat(found).extracting(ForgeIssue::number).containsExactly(2, 9);
        assertThat(calls)
                .containsExactly(
                        List.of(
                                "gh",
                                "issue",
                                "list",
                                "--label=-x",
                                "--label=a b",
                                "--milestone=1.2",
                                "--state=open",
                                "--limit=1000",
                                "--json=number,title,state,url"));
    }

    @Test
    void gitlabs_are_searched_page_by_page() {
        List<ForgeIssue> found =
                playing(
                                argv -> {
                                    boolean first = argv.getLast().equals("--page=1");
                                    return said(
                                            IntStream.range(0, first ? 100 : 3)
                                                    .mapToObj(i ->
                                                            "{\"iid\": %d, \"title\": \"T\"}"
                                                                    .formatted(
                                                                            (first ? 200 : 100)
                                                                                    - i))
                                                    .collect(Collectors.joining(",", "[", "]")));
                                })
                        .search(
                                folder,
                                Platform.GITLAB,
                                new IssueList.Search(List.of("x"), Optional.empty()),
                                true);
        assertThat(found).hasSize(103);
        assertThat(found.getFirst().number()).isEqualTo(98);
        assertThat(found.getLast().number()).isEqualTo(200);
        assertThat(calls).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forge-rate-limit|HTTP 403: API rate limit exceeded for user ID 1. (https://api.github.com/graphql)",
                "forge-rate-limit|You have exceeded a secondary rate limit",
                "forge-rate-limit|GET https://gitlab.com/api/v4: 429 {message: Too Many Requests}",
                "forge-auth|To get started with GitHub CLI, please run:  gh auth login",
                "forge-network|error connecting to api.github.com",
                "forge-not-found|GraphQL: Could not resolve to an issue or pull request with the number of 7. (repository.issue)",
                "forge-failed|something else"
            })
    void failures_are_one_sentence_that_says_what_to_do(String code, String stderr) {
        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () ->
                                playing(_ -> new Outcome.Exited(1, "", stderr + "\nmore\n"))
                                        .issue(folder, Platform.GITHUB, 7));
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.sentence())
                .startsWith("gh could not read issue 7 of " + folder + " (")
                .endsWith(".")
                .doesNotContain("\n");
    }
}
