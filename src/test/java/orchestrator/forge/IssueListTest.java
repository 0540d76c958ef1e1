package orchestrator.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import orchestrator.forge.IssueList.Listed;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.process.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
