package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import orchestrator.config.NewIssue;
import orchestrator.git.GitBranches;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.scripted.Rig;
import orchestrator.process.ExecRunner;
import orchestrator.rules.Move;
import orchestrator.store.Journal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan over real files and a real journal. */
class PlanningTest {
    private static final String ISSUES =
            """
            "issues": [
              {"number": 1, "title": "One"},
              {"number": 2, "title": "Two", "wave": 2, "depends_on": [1]},
              {"number": 3, "title": "Three", "wave": 3}
            ],
            "num_workers": 1, "pipeline": ["implement", "review"],\
            """;
    @TempDir private Path folder = Path.of("");
    private Rig rig;
    private RunContext context;
    private Planning planning;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(folder).config(ISSUES);
        context = rig.context();
        planning = new WorkspacePlanning(context);
    }

    private static Move move(int wave, int... numbers) {
        List<IssueId> ids = new ArrayList<>();
        IntStream.of(numbers).forEach(number -> ids.add(Demo.id(number)));
        return new Move(ids, wave, new Move.Spot.ByPriority());
    }

    private Issue issue(int number) {
        return planning.config().issue(Demo.id(number)).orElseThrow();
    }

    private String text() throws IOException {
        return Files.readString(rig.configFile());
    }

    @Test
    void a_move_is_previewed_made_and_put_back() throws IOException {
        String before = text();
        assertThat(planning.preview(move(0, 3)).after().startsNow()).containsExactly(Demo.id(3));
        assertThat(text()).isEqualTo(before);
        Planning.Change change = planning.move(move(0, 3));
        assertThat(issue(3).wave()).isZero();
        assertThat(planning.outlook().startsNow()).containsExactly(Demo.id(3));
        Planning.Change back = planning.revert(change);
        assertThat(text()).isEqualTo(before);
        planning.revert(back);
        assertThat(issue(3).wave()).isZero();
    }

    @Test
    void what_a_dependency_forbids_is_refused_with_both_names() throws IOException {
        String before = text();
        assertThatThrownBy(() -> planning.move(move(0, 2)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo("move-refused");
                            assertThat(fault.sentence()).contains("demo#2 depends on demo#1");
                        });
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void an_edit_meanwhile_by_somebody_else_is_not_overwritten() throws IOException {
        Issue before = issue(3);
        Files.writeString(rig.configFile(), text().replace("Three", "Drei"));
        planning.edit(before, before.placed(7, 0));
        assertThat(issue(3).title()).as("another field").isEqualTo("Drei");
        assertThat(issue(3).wave()).isEqualTo(7);
        assertThatThrownBy(() -> planning.edit(before, before.placed(8, 0)))
                .hasMessageContaining("\"wave\" of demo#3");
        assertThat(issue(3).wave()).isEqualTo(7);
    }

    @Test
    void an_issue_is_added_to_its_project() {
        var _ = planning.add("demo", NewIssue.of(9, "Nine"));
        assertThat(issue(9).title()).isEqualTo("Nine");
        assertThatThrownBy(() -> planning.add("nobody", NewIssue.of(9, "Nine")))
                .hasMessageContaining("nobody");
    }

    @Test
    void an_issue_that_was_added_is_taken_out_to_the_letter_and_put_back() throws IOException {
        String before = text();
        Planning.Change added = planning.add("demo", NewIssue.of(9, "Nine"));
        String with = text();
        Planning.Change out = planning.revert(added);
        assertThat(text()).isEqualTo(before);
        Planning.Change again = planning.revert(out);
        assertThat(text()).isEqualTo(with);
        Files.writeString(rig.configFile(), with.replace("Nine", "Neun"));
        assertThatThrownBy(() -> planning.revert(again)).hasMessageContaining("demo#9");
        assertThat(text()).contains("Neun");
    }

    @Test
    void an_issue_that_was_begun_since_stays() throws IOException {
        Planning.Change added = planning.add("demo", NewIssue.of(9, "Nine"));
        String with = text();
        Instant now = rig.world.clock.instant();
        try (Journal journal = Journal.open(context.state().journal())) {
            tell(journal, now, new Event.IssueAssigned(Demo.id(9), 1, 0, "implement"));
        }
        assertThatThrownBy(() -> planning.revert(added))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("issue-begun"));
        assertThat(text()).isEqualTo(with);
    }

    @Test
    void a_wave_between_two_is_one_edit_that_is_taken_back() throws IOException {
        String before = text();
        Planning.Change moved =
                planning.move(
                        new Move(List.of(Demo.id(3)), issue(1).wave(), new Move.Spot.Behind()));
        assertThat(issue(3).wave()).isBetween(issue(1).wave() + 1, issue(2).wave() - 1);
        var _ = planning.revert(moved);
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void the_finish_comes_from_what_the_journal_measured() {
        assertThat(planning.outlook().forecast().finish()).isEmpty();
        Instant now = rig.world.clock.instant();
        Instant begun = now.minus(Duration.ofMinutes(30));
        try (Journal journal = Journal.open(context.state().journal())) {
            tell(journal, begun, new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"));
            tell(journal, begun, new Event.AttemptStarting(Demo.attempt(1, 1, 1)));
            tell(journal, now, new Event.StageCompleted(Demo.id(1), "implement", 0, ""));
            tell(journal, now, new Event.StageCompleted(Demo.id(1), "review", 1, ""));
            tell(journal, now, new Event.IssueCompleted(Demo.id(1)));
        }
        assertThat(planning.outlook().forecast().finish())
                .as("two issues of two stages, one worker")
                .contains(now.plus(Duration.ofMinutes(120)));
    }

    private static void tell(Journal journal, Instant at, Event event) {
        var _ = journal.append(at, List.of(Journal.Entry.of(event)));
    }

    @Test
    void a_config_with_faults_says_so_and_is_read_again_once_mended() throws IOException {
        String good = text();
        Files.writeString(rig.configFile(), "{");
        assertThatThrownBy(planning::outlook)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("config-invalid"));
        Files.writeString(rig.configFile(), good);
        assertThat(planning.outlook().startsNow()).containsExactly(Demo.id(1));
    }

    @Test
    void without_a_monitor_the_window_sees_the_edit_too() {
        try (LocalRun run =
                new LocalRun(context, rig.config(), new GitBranches(new ExecRunner()))) {
            await().until(() -> run.latest().isPresent());
            run.planning().move(move(5, 3));
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            run.latest().orElseThrow().issues().stream()
                                    .filter(view -> view.id().equals(Demo.id(3)))
                                    .map(IssueView::wave)
                                    .anyMatch(wave -> wave == 5));
        }
    }
}
