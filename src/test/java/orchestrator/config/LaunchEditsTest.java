package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import orchestrator.model.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a launch may write into the project files. */
class LaunchEditsTest {
    private static final String A =
            """
            {
              "project": "a", "repo_path": "../repo", "branch_prefix": "a/",
              "num_workers": 2,
              "max_budget_usd": 12.5,
              "agent": { "type": "claude", "model": "opus" },
              "issues": []
            }
            """;
    private static final String B =
            """
            {
              "project": "b", "repo_path": "../repo", "branch_prefix": "b/", "max_budget_usd": 3
            }
            """;
    @TempDir Path folder;
    private Lab lab = new Lab(Path.of("/"));

    @BeforeEach
    void makeLab() throws IOException {
        lab = Lab.in(folder);
        lab.write("a", A);
    }

    private LaunchEditor editor() {
        return new LaunchEditor(lab.workspace());
    }

    private String text(String project) throws IOException {
        return Files.readString(lab.file(project));
    }

    @Test
    void the_pool_is_set_where_it_is_stated() throws IOException {
        lab.write("b", B);
        editor().setWorkers(7);
        assertThat(text("a")).isEqualTo(A.replace("\"num_workers\": 2", "\"num_workers\": 7"));
        assertThat(text("b")).isEqualTo(B);
    }

    @Test
    void what_is_stated_nowhere_is_stated_in_the_first_file() throws IOException {
        lab.write("a", B.replace("\"b\"", "\"a\""));
        editor().setWorkers(3);
        assertThat(lab.valid().settings().workers()).isEqualTo(3);
        assertThat(text("a")).contains("\"num_workers\": 3");
    }

    @Test
    void a_budget_that_is_taken_away_is_taken_out_of_every_file() throws IOException {
        lab.write("b", B);
        editor().setBudget(OptionalDouble.empty());
        assertThat(text("a")).isEqualTo(A.replace("\"max_budget_usd\": 12.5,\n  ", ""));
        assertThat(text("b")).isEqualTo(B.replace(", \"max_budget_usd\": 3", ""));
        assertThat(lab.valid().settings().maxBudgetUsd()).isEmpty();
        editor().setBudget(OptionalDouble.empty());
        editor().setBudget(OptionalDouble.of(40));
        assertThat(lab.valid().settings().maxBudgetUsd()).hasValue(40);
    }

    @Test
    void a_project_is_laid_aside_and_taken_up_again() throws IOException {
        editor().setOnHold(lab.file("a"), true);
        assertThat(lab.valid().projects().getFirst().onHold()).isTrue();
        editor().setOnHold(lab.file("a"), false);
        assertThat(lab.valid().projects().getFirst().onHold()).isFalse();
    }

    @Test
    void an_agent_keeps_its_other_settings() throws IOException {
        editor().setAgent(lab.file("a"), "rehearsal");
        assertThat(text("a"))
                .isEqualTo(A.replace("\"type\": \"claude\"", "\"type\": \"rehearsal\""));
        lab.write("a", A.replace("{ \"type\": \"claude\", \"model\": \"opus\" }", "\"claude\""));
        editor().setAgent(lab.file("a"), "rehearsal");
        assertThat(text("a")).contains("\"agent\": \"rehearsal\"");
    }

    @Test
    void what_would_not_be_valid_is_not_written() throws IOException {
        assertThatThrownBy(() -> editor().setWorkers(100_000))
                .isInstanceOf(Fault.class)
                .extracting(fault -> ((Fault) fault).code())
                .isEqualTo("edit-refused");
        assertThat(text("a")).isEqualTo(A);
    }
}
