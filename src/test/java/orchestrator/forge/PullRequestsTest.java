package orchestrator.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.process.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to merge, through a gh and a glab that are played. */
class PullRequestsTest {
    private static final Forge.Proposal PROPOSAL =
            new Forge.Proposal("proof/issue-7", "main", "--title; $(x)", "Closes #7.\n");

    @TempDir Path folder;

    private final List<List<String>> calls = new ArrayList<>();

    private String propose(Platform platform, Function<List<String>, Outcome> program) {
        Repo repo = new Repo("app", folder, "main", folder, "proof/issue-", platform);
        Forge forge =
                new CommandLineForge(command -> {
                    assertThat(command.directory()).contains(folder);
                    calls.add(command.argv());
                    return program.apply(command.argv());
                });
        return forge.propose(repo, PROPOSAL);
    }

    private static Outcome said(String out) {
        return new Outcome.Exited(0, out, "");
    }

    @Test
    void one_is_opened_where_there_is_none() {
        String url =
                propose(
                        Platform.GITHUB,
                        argv ->
                                argv.contains("list")
                                        ? said("[]\n")
                                        : said("Creating…\nhttps://github.com/a/b/pull/9\n"));
        assertThat(url).isEqualTo("https://github.com/a/b/pull/9");
        assertThat(calls.getLast())
                .containsExactly(
                        "gh",
                        "pr",
                        "create",
                        "--head=proof/issue-7",
                        "--base=main",
                        "--title=--title; $(x)",
                        "--body=Closes #7.\n");
    }

    @Test
    void one_that_is_open_is_found_and_no_second_is_opened() {
        assertThat(propose(Platform.GITHUB, argv -> said("[{\"url\":\"https://x/1\"}]")))
                .isEqualTo("https://x/1");
        assertThat(calls).hasSize(1);
        assertThat(propose(Platform.GITLAB, argv -> said("[{\"web_url\":\"https://y/2\"}]")))
                .isEqualTo("https://y/2");
    }

    @Test
    void gitlab_is_asked_in_its_own_words_and_asked_where_it_is() {
        List<String> answers =
                new ArrayList<>(List.of("", "done", "[{\"web_url\":\"https://y/3\"}]"));
        assertThat(propose(Platform.GITLAB, argv -> said(answers.removeFirst())))
                .isEqualTo("https://y/3");
        assertThat(calls.get(1))
                .startsWith("glab", "mr", "create", "--source-branch=proof/issue-7")
                .contains("--target-branch=main", "--yes");
    }

    @Test
    void what_goes_wrong_is_told_with_what_to_do() {
        assertThat(fault(argv -> new Outcome.Exited(1, "", "HTTP 401: Bad credentials")).code())
                .isEqualTo("forge-auth");
        assertThat(fault(argv -> new Outcome.CouldNotStart("no gh")).code())
                .isEqualTo("forge-missing");
        assertThat(fault(argv -> said("<html>")).code()).isEqualTo("forge-bad-answer");
        assertThat(fault(argv -> said(argv.contains("list") ? "[]" : "nothing")).code())
                .isEqualTo("forge-bad-answer");
    }

    private Fault fault(Function<List<String>, Outcome> program) {
        return catchThrowableOfType(Fault.class, () -> propose(Platform.GITHUB, program));
    }
}
