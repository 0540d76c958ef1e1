package orchestrator.ui.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.ui.SampleRun;
import org.junit.jupiter.api.Test;

class NewsModelTest {
    private final NewsModel model = new NewsModel();

    private static RunSnapshot run(GateView gate, IssueView... issues) {
        return SampleRun.of(SampleRun.HERE, gate, List.of(), List.of(issues));
    }

    private static RunSnapshot run(IssueView... issues) {
        return run(GateView.OPEN, issues);
    }

    private static IssueView working(int number) {
        return SampleRun.issue(number, 1, "Issue " + number).running(number, 1, 1, 0.1).view();
    }

    private static IssueView completed(int number) {
        return SampleRun.issue(number, 1, "Issue " + number).done(2, 0.5).view();
    }

    private static IssueView failed(int number) {
        return SampleRun.issue(number, 1, "Issue " + number)
                .ended(IssueStatus.FAILED, 1, 0.1, "tests fail")
                .view();
    }

    @Test
    void what_was_so_before_the_window_opened_is_no_news() {
        assertThat(model.update(run(completed(1), failed(2)))).isEmpty();
        assertThat(model.unreadProperty().get()).isZero();
    }

    @Test
    void an_issue_that_ends_is_news_once() {
        model.update(run(working(1), working(2)));
        assertThat(model.update(run(completed(1), working(2))))
                .singleElement()
                .satisfies(news -> {
                    assertThat(news.kind()).isEqualTo(News.Kind.COMPLETED);
                    assertThat(news.issue()).contains(new IssueId("proof", 1));
                    assertThat(news.what()).isEqualTo("Issue 1");
                });
        assertThat(model.update(run(completed(1), working(2)))).isEmpty();
        assertThat(model.update(run(completed(1), failed(2))))
                .extracting(News::kind)
                .contains(News.Kind.FAILED);
        assertThat(model.news()).extracting(News::what).contains("tests fail", "Issue 1");
    }

    @Test
    void an_issue_that_is_new_and_not_ended_is_no_news() {
        model.update(run(working(1)));
        assertThat(model.update(run(working(1), working(2)))).isEmpty();
    }

    @Test
    void a_limit_is_news_when_it_is_reached_and_not_while_it_lasts() {
        GateView limit = SampleRun.limitUntil(SampleRun.NOW.plusSeconds(600));
        model.update(run(working(1)));
        assertThat(model.update(run(limit, working(1))))
                .extracting(News::kind)
                .containsExactly(News.Kind.LIMIT);
        assertThat(model.update(run(limit, working(1)))).isEmpty();
    }

    @Test
    void the_end_of_the_run_is_news() {
        model.update(run(working(1)));
        assertThat(model.update(run(completed(1))))
                .extracting(News::kind)
                .containsExactly(News.Kind.COMPLETED, News.Kind.RUN_DONE);
        assertThat(model.unreadProperty().get()).isEqualTo(2);
        model.read();
        assertThat(model.unreadProperty().get()).isZero();
        assertThat(model.news()).first().extracting(News::issue).isEqualTo(Optional.empty());
    }
}
