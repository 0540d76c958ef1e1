package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.git.Branches;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.BranchWork.Patch;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.RunState;
import orchestrator.monitor.Changes.Conflict;
import orchestrator.monitor.Changes.Forecast;
import orchestrator.monitor.Changes.Look;
import org.junit.jupiter.api.Test;

/** Where the journal says that branches are, and which of them are tried against each other. */
class BranchChangesTest {
    private final Scripted git = new Scripted();
    private final List<Event> events = new ArrayList<>();
    private final List<Integer> progress = new ArrayList<>();
    private int issues = 9;

    /** Branches whose tips are named after their issue; each holds the files it is told. */
    private static final class Scripted implements Branches {
        final Map<String, String> file = new HashMap<>();
        final List<Place> asked = new ArrayList<>();
        boolean old;
        int tries;
        int open;

        @Override
        public Optional<BranchWork> work(Place place) {
            asked.add(place);
            return tip(place).isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new BranchWork(
                                    place.branch(),
                                    "b",
                                    tip(place),
                                    true,
                                    false,
                                    List.of(),
                                    false,
                                    List.of(),
                                    List.of(),
                                    true));
        }

        @Override
        public List<FileChange> files(Place place, BranchWork work, Part part) {
            return work.files();
        }

        @Override
        public Patch patch(
                Place place,
                BranchWork work,
                Part part,
                Optional<FileChange> of,
                boolean ignoreSpace) {
            return new Patch("", false);
        }

        @Override
        public String tip(Place place) {
            return file.containsKey(place.branch()) ? place.branch() : "";
        }

        @Override
        public Rehearsals rehearsals(Path repository) {
            open++;
            return new Rehearsals() {
                @Override
                public Optional<List<String>> conflicts(String one, String other) {
                    tries++;
                    if (old) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            java.util.Objects.equals(file.get(one), file.get(other))
                                    ? List.of(file.getOrDefault(one, ""))
                                    : List.of());
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }
    }

    private final Changes.Watch watch =
            new Changes.Watch() {
                @Override
                public void progress(int done, int of) {
                    progress.add(done);
                }

                @Override
                public boolean cancelled() {
                    return progress.size() >= 1000;
                }
            };

    private Changes changes() {
        Issue[] defined = new Issue[issues];
        for (int i = 0; i < issues; i++) {
            defined[i] = Demo.issue(i + 1);
        }
        RunState state = RunState.EMPTY;
        for (Event event : events) {
            state = state.apply(Demo.NOW, event);
        }
        JournalFeed.Known known =
                new JournalFeed.Known(state, new Demo().issues(defined).workers(2).config());
        return new BranchChanges(() -> known, git);
    }

    private void worked(int issue, String file) {
        IssueId id = Demo.id(issue);
        String branch = "demo/" + issue;
        git.file.put(branch, file);
        events.add(new Event.WorktreeReady(id, "main", "/t/" + issue, branch, "base", "h", true));
        events.add(new Event.AttemptStarting(Demo.attempt(issue, 1, 1)));
        events.add(
                new Event.AttemptEnded(
                        id, Demo.attempt(issue, 1, 1).id(), Demo.finish(Demo.done(), 1, 0)));
    }

    @Test
    void the_branch_is_where_the_journal_says_that_it_is() {
        worked(1, "a");
        events.add(new Event.Pushed(Demo.id(1), "demo/1", "oid"));
        assertThat(changes().look(Demo.id(1))).isInstanceOf(Look.Found.class);
        Branches.Place place = git.asked.getFirst();
        assertThat(place.branch()).isEqualTo("demo/1");
        assertThat(place.base()).isEqualTo("base");
        assertThat(place.worktree()).isEqualTo(Path.of("/t/1"));
        assertThat(place.pushed()).isEqualTo("oid");
    }

    @Test
    void not_begun_and_gone_are_told_apart() {
        assertThat(changes().look(Demo.id(2))).isEqualTo(new Look.NotBegun());
        worked(1, "a");
        git.file.clear();
        assertThat(changes().look(Demo.id(1))).isEqualTo(new Look.Gone("demo/1"));
    }

    @Test
    void an_issue_of_no_project_is_a_fault() {
        assertThatThrownBy(() -> changes().look(new IssueId("none", 1)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("none#1");
    }

    @Test
    void one_issue_is_tried_against_each_other_branch_and_the_run_as_a_whole_by_pairs() {
        worked(1, "a");
        worked(2, "b");
        worked(3, "a");
        worked(4, "b");
        Forecast one = changes().forecast(Optional.of(Demo.id(3)), watch);
        assertThat(one.pairs()).isEqualTo(3);
        assertThat(one.conflicts()).hasSize(1);
        assertThat(one.conflicts().getFirst().isOf(Demo.id(1))).isTrue();
        assertThat(one.conflicts().getFirst().files()).containsExactly("a");
        Forecast all = changes().forecast(Optional.empty(), watch);
        assertThat(all.pairs()).isEqualTo(6);
        assertThat(all.conflicts())
                .containsExactly(
                        new Conflict(Demo.id(1), Demo.id(3), List.of("a")),
                        new Conflict(Demo.id(2), Demo.id(4), List.of("b")));
        assertThat(progress).contains(0, 1, 2, 3, 4, 5);
        assertThat(git.open).as("temporary folders left").isZero();
    }

    @Test
    void what_was_tried_is_not_tried_again_until_a_branch_moves() {
        worked(1, "a");
        worked(2, "a");
        Changes changes = changes();
        changes.forecast(Optional.empty(), watch);
        changes.forecast(Optional.empty(), watch);
        assertThat(git.tries).isEqualTo(1);
        assertThat(changes.forecast(Optional.empty(), watch).conflicts()).hasSize(1);
    }

    @Test
    void an_old_git_is_named_once_and_nothing_is_claimed() {
        worked(1, "a");
        worked(2, "a");
        worked(3, "a");
        git.old = true;
        Forecast forecast = changes().forecast(Optional.empty(), watch);
        assertThat(forecast.conflicts()).isEmpty();
        assertThat(forecast.pairs()).isZero();
        assertThat(forecast.untold()).singleElement().asString().contains("git 2.38");
    }

    @Test
    void a_thousand_branches_are_not_all_compared_and_that_is_said() {
        issues = 100;
        for (int i = 1; i <= 100; i++) {
            worked(i, "file " + i);
        }
        Forecast forecast = changes().forecast(Optional.of(Demo.id(100)), watch);
        assertThat(forecast.pairs()).isEqualTo(BranchChanges.MOST_BRANCHES - 1);
        assertThat(forecast.untold()).singleElement().asString().contains("100 branches");
    }

    @Test
    void a_forecast_can_be_ended() {
        issues = 60;
        for (int i = 1; i <= 60; i++) {
            worked(i, "file " + i);
        }
        Forecast forecast = changes().forecast(Optional.empty(), watch);
        assertThat(forecast.pairs()).isEqualTo(1000);
        assertThat(git.open).isZero();
    }
}
