package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryFactsTest {
    private final CommandRunner runner = new ExecRunner();
    @TempDir Path folder;

    private void git(Path in, String... words) {
        Command command = Command.of("git").in(in);
        for (String word : words) {
            command = command.and(word);
        }
        assertThat(runner.run(command))
                .isInstanceOfSatisfying(
                        Outcome.Exited.class, exited -> assertThat(exited.ok()).isTrue());
    }

    private Path repository(String name, String branch) throws Exception {
        Path made = Files.createDirectories(folder.resolve(name));
        git(made, "init", "-q", "-b", branch);
        return made;
    }

    @Test
    void a_folder_within_leads_to_the_top() throws Exception {
        Path top = repository("a b ü", "trunk");
        Path within = Files.createDirectories(top.resolve("src/deep"));
        RepositoryFacts facts = RepositoryFacts.of(runner, within);
        assertThat(facts.root()).isEqualTo(top.toRealPath());
        assertThat(facts.defaultBranch()).isEqualTo("trunk");
        assertThat(facts.platform()).isEqualTo(Platform.NONE);
    }

    @Test
    void the_platform_is_told_by_the_address_of_origin() throws Exception {
        Path hub = repository("hub", "main");
        git(hub, "remote", "add", "origin", "git@github.com:ada/shop.git");
        assertThat(RepositoryFacts.of(runner, hub).platform()).isEqualTo(Platform.GITHUB);
        Path lab = repository("lab", "main");
        git(lab, "remote", "add", "origin", "https://gitlab.example.org/ada/shop.git");
        assertThat(RepositoryFacts.of(runner, lab).platform()).isEqualTo(Platform.GITLAB);
    }

    @Test
    void what_origin_takes_for_its_branch_counts_more_than_what_is_checked_out() throws Exception {
        Path origin = repository("origin", "develop");
        git(
                origin,
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "x");
        git(folder, "clone", "-q", origin.toString(), "clone");
        Path clone = folder.resolve("clone");
        git(clone, "checkout", "-q", "-b", "feature");
        assertThat(RepositoryFacts.of(runner, clone).defaultBranch()).isEqualTo("develop");
    }

    @Test
    void a_folder_that_is_no_repository_says_so() {
        Fault none = catchThrowableOfType(Fault.class, () -> RepositoryFacts.of(runner, folder));
        assertThat(none.code()).isEqualTo("repository-missing");
        Fault absent =
                catchThrowableOfType(
                        Fault.class, () -> RepositoryFacts.of(runner, folder.resolve("no")));
        assertThat(absent.sentence()).contains("There is no folder");
    }
}
