package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import orchestrator.model.BranchWork;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Changes.Forecast;
import orchestrator.monitor.Changes.Look;
import org.junit.jupiter.api.Test;

/** What an issue produced, as a person sees it. */
class ChangesTest extends RichRunCase {
    @Override
    void script() {
        window.control.changes.look = SampleChanges::found;
        window.control.changes.patch = SampleChanges.patch();
        window.control.changes.forecast = SampleChanges.forecast();
    }

    /** By the keys of the action, about the first worker's issue. */
    private void show() {
        window.robot.clickOn(window.node("#workers-table"));
        window.robot.type(KeyCode.HOME);
        window.robot.press(KeyCode.CONTROL, KeyCode.D).release(KeyCode.D, KeyCode.CONTROL);
        window.until(() -> window.find("#changes").isPresent());
    }

    private void asked(String what) {
        window.until(() -> window.control.asked.contains(what));
    }

    @Test
    void the_branch_of_the_chosen_worker_is_shown_with_what_is_pushed() {
        show();
        asked("look proof#21");
        window.untilSeen("#changes-head", "proof/issue-21");
        assertThat(window.seen("#changes-head"))
                .contains("5 commits · 6 files · +85 −47", "2 of 5 commits not pushed");
        assertThat(window.seen("#changes-files"))
                .contains(
                        "All files", "RewardSplit.java", "src/main/java/proof/staking", "+9", "−6")
                .contains("binary");
        window.untilSeen("#diff-lines", "final class RewardSplit");
        assertThat(window.seen("#diff-lines")).contains("−", "+", "43");
    }

    @Test
    void the_pull_request_is_opened_in_the_browser() {
        show();
        window.until(() -> window.find("#changes-open-link").isPresent());
        window.click("#changes-open-link");
        asked("page https://example.org/proof/pull/77");
    }

    @Test
    void the_action_is_about_what_is_chosen_on_the_board_too() {
        window.click("#view-board");
        window.click("#card-proof-33");
        window.robot.press(KeyCode.CONTROL, KeyCode.D).release(KeyCode.D, KeyCode.CONTROL);
        asked("look proof#33");
    }

    @Test
    void a_commit_shows_its_files_and_a_file_its_difference() {
        show();
        window.until(() -> window.find("#changes-show-commits").isPresent());
        window.click("#changes-show-commits");
        window.untilSeen("#changes-commits", "an epoch that ends on a leap second");
        assertThat(window.seen("#changes-commits"))
                .contains("All commits together", "Not committed", "b81e0d42 · Claude · 14:13");
        assertThat(window.seen("#changes-commits")).doesNotContain("\u202E");
        window.robot.clickOn("test: an epoch that ends on a leap second");
        asked("files OfCommit[oid=b81e0d42" + "0".repeat(32) + "]");
        asked("patch OfCommit all");
        window.robot.clickOn("Not committed");
        asked("patch Uncommitted all");
        window.click("#changes-show-files");
        window.untilSeen("#changes-files", "notes.txt");
        window.robot.clickOn("build.gradle");
        asked("patch Uncommitted build.gradle");
    }

    @Test
    void side_by_side_is_remembered_for_the_next_one() {
        show();
        window.untilSeen("#diff-lines", "java.math.RoundingMode");
        int before = rows();
        window.click("#diff-sides");
        window.until(() -> rows() < before);
        window.untilSeen("#diff-lines", "java.math.MathContext");
        window.robot
                .press(KeyCode.CONTROL, KeyCode.DIGIT2)
                .release(KeyCode.DIGIT2, KeyCode.CONTROL);
        window.click("#card-proof-22");
        window.robot.press(KeyCode.CONTROL, KeyCode.D).release(KeyCode.D, KeyCode.CONTROL);
        asked("look proof#22");
        window.until(() -> rows() > 0 && rows() < before);
    }

    private ListView<?> list() {
        return (ListView<?>) window.node("#diff-lines");
    }

    private int rows() {
        try {
            ListView<?> list = list();
            return fx(() -> list.getItems().size());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private int chosen() {
        try {
            ListView<?> list = list();
            return fx(() -> list.getSelectionModel().getSelectedIndex());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void keys_go_from_change_to_change_and_copy_what_is_chosen() throws Exception {
        show();
        window.untilSeen("#diff-lines", "java.math.RoundingMode");
        window.click("#diff-next");
        window.until(() -> chosen() == 3);
        window.robot.clickOn("#diff-lines");
        ListView<?> list = list();
        var _ =
                fx(() -> {
                    list.getSelectionModel().clearAndSelect(3);
                    return true;
                });
        window.robot.type(KeyCode.N);
        window.until(() -> chosen() > 4);
        int second = chosen();
        window.robot.type(KeyCode.F7);
        window.until(() -> chosen() > second);
        window.robot.type(KeyCode.P);
        window.until(() -> chosen() == second);
        window.robot.press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        window.until(() -> clipboard().contains("RoundingMode.DOWN"));
        assertThat(clipboard())
                .isEqualTo("-        return total.divide(count, RoundingMode.DOWN);\n");
    }

    private static String clipboard() {
        try {
            return fx(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void text_is_found_by_keys() {
        show();
        window.untilSeen("#diff-lines", "java.math.RoundingMode");
        window.robot.clickOn("#diff-lines");
        window.robot.press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL);
        window.until(() -> window.find("#diff-search:focused").isPresent());
        window.robot.write("leapsecond").type(KeyCode.ENTER);
        window.until(() -> chosen() > 10);
        int first = chosen();
        window.robot.type(KeyCode.ENTER);
        window.until(() -> chosen() > first);
        assertThat(((TextField) window.node("#diff-search")).getText()).isEqualTo("leapsecond");
    }

    @Test
    void long_lines_are_moved_sideways_together() throws Exception {
        show();
        window.untilSeen("#diff-lines", "java.math.RoundingMode");
        window.until(() -> window.find("#diff-sideways").isPresent());
        ScrollBar bar = (ScrollBar) window.node("#diff-sideways");
        window.robot.clickOn("#diff-lines");
        window.robot.type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        window.until(() -> bar.getValue() == 80);
        window.robot.type(KeyCode.LEFT);
        window.until(() -> bar.getValue() == 40);
    }

    @Test
    void white_space_is_left_out_on_demand() {
        show();
        asked("patch Everything all");
        window.click("#diff-space");
        asked("patch Everything all -w");
    }

    @Test
    void hostile_text_is_shown_and_not_obeyed() {
        window.control.changes.patch =
                "diff --git a/a b/a\n@@ -1 +1 @@\n-\u001B[31mred\n+if (x) \u202E// } {0}\n";
        show();
        window.untilSeen("#diff-lines", "if (x) ⟨202E⟩// } {0}");
        assertThat(window.seen("#diff-lines")).contains("⟨001B⟩[31mred");
    }

    @Test
    void a_difference_that_was_cut_says_so() {
        window.control.changes.cut = true;
        show();
        window.untilSeen("#changes", "too large to be shown whole");
    }

    @Test
    void a_difference_that_git_cannot_give_says_why() {
        window.control.changes.patchFault = new Fault("git-failed", "git diff failed: bad object.");
        show();
        window.untilSeen("#changes", "git diff failed: bad object.");
    }

    @Test
    void each_state_of_a_branch_has_its_words() {
        window.control.changes.look = Look.NotBegun::new;
        show();
        window.untilSeen("#changes", "Nobody has worked on this issue");
        window.control.changes.look = () -> new Look.Gone("proof/issue-21");
        window.click("#changes-refresh");
        window.untilSeen("#changes", "proof/issue-21 was deleted");
        window.control.changes.look =
                () -> {
                    throw new Fault("folder-missing", "The repository /r is not there.");
                };
        window.click("#changes-refresh");
        window.untilSeen("#changes", "The repository /r is not there.");
        window.control.changes.look =
                () ->
                        new Look.Found(
                                new BranchWork(
                                        "b",
                                        SampleChanges.BASE,
                                        SampleChanges.BASE,
                                        false,
                                        false,
                                        List.of(),
                                        false,
                                        List.of(),
                                        List.of(),
                                        true),
                                "");
        window.click("#changes-refresh");
        window.untilSeen("#changes", "The branch stands where it began");
        assertThat(window.seen("#changes-head")).contains("Worktree gone");
    }

    @Test
    void a_branch_that_moved_is_looked_at_again() {
        show();
        window.untilSeen("#changes-head", "2 of 5");
        BranchWork before = SampleChanges.work();
        window.control.changes.look =
                () ->
                        new Look.Found(
                                new BranchWork(
                                        before.branch(),
                                        before.base(),
                                        before.head(),
                                        true,
                                        false,
                                        before.commits().subList(2, 5),
                                        false,
                                        before.files(),
                                        List.of(),
                                        true),
                                "");
        window.control.snapshot.set(withCommits(SampleRun.rich(""), 6));
        window.untilSeen("#changes-head", "All pushed");
    }

    private static RunSnapshot withCommits(RunSnapshot run, int commits) {
        List<IssueView> issues = new ArrayList<>(run.issues());
        issues.replaceAll(issue ->
                issue.id().number() == 21
                        ? SampleRun.issue(21, 2, issue.title()).running(1, 2, commits, 6).view()
                        : issue);
        return SampleRun.of(run.monitor(), run.gate(), run.workers(), issues);
    }

    @Test
    void conflicts_are_foretold_with_both_titles_and_lead_to_the_other_branch() {
        show();
        asked("forecast proof#21");
        window.untilSeen("#changes-show-conflicts", "2 conflicts");
        window.click("#changes-show-conflicts");
        window.untilSeen("#changes", "2 of 7 merges will conflict");
        assertThat(window.seen("#changes-conflicts"))
                .contains(
                        "proof#21 Rewards are rounded down twice",
                        "with proof#32 Parallel verification",
                        "with proof#12 Index the ledger",
                        "RewardSplit.java");
        window.robot.clickOn("with proof#12 Index the ledger by epoch");
        window.robot.type(KeyCode.ENTER);
        asked("look proof#12");
    }

    @Test
    void the_whole_run_is_tried_on_demand_and_can_be_stopped() {
        show();
        window.untilSeen("#changes-show-conflicts", "2 conflicts");
        window.control.changes.forecastGate = new CountDownLatch(1);
        window.click("#changes-show-conflicts");
        window.click("#changes-whole-run");
        asked("forecast all");
        window.untilSeen("#changes", "Trying merges: 3 of 10");
        window.click("#changes-cancel");
        window.untilSeen("#changes", "Stopped.");
        window.until(() -> window.control.changes.sawCancel);
    }

    @Test
    void a_forecast_that_found_nothing_is_told_from_one_that_could_not_be_made() {
        window.control.changes.forecast = new Forecast(List.of(), 7, List.of());
        show();
        window.untilSeen("#changes-show-conflicts", "No conflicts");
        window.click("#changes-show-conflicts");
        window.untilSeen("#changes", "Merges without conflict");
        window.control.changes.forecast =
                new Forecast(List.of(), 0, List.of("This git cannot try merges."));
        window.click("#changes-refresh");
        window.untilSeen("#changes", "This git cannot try merges.");
        assertThat(window.seen("#changes")).doesNotContain("without conflict");
    }

    @Test
    void closing_the_tab_ends_what_goes_on() throws Exception {
        window.control.changes.forecastGate = new CountDownLatch(1);
        show();
        asked("forecast proof#21");
        window.click("#tab-changes-proof-21 .tab-close-button");
        window.until(() -> window.control.changes.sawCancel);
        window.untilGone("#changes");
    }
}
