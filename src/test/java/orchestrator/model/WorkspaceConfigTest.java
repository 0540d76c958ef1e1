package orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkspaceConfigTest {
    private static Demo several() {
        return new Demo()
                .issues(
                        Demo.ordered(7, 2, 1),
                        Demo.ordered(5, 1, 2),
                        Demo.ordered(6, 1, 2),
                        Demo.ordered(9, 1, 1));
    }

    @Test
    void an_issue_is_found_by_its_name_and_number() {
        WorkspaceConfig config = several().config();
        assertThat(config.issue(Demo.id(6)).orElseThrow().id()).isEqualTo(Demo.id(6));
        assertThat(config.issue(Demo.id(8))).isEmpty();
        assertThat(config.issue(new IssueId("other", 6))).isEmpty();
        assertThat(config.project("other")).isEqualTo(Optional.empty());
    }

    @Test
    void all_issues_are_ordered_once() {
        WorkspaceConfig config = several().config();
        assertThat(config.ordered())
                .extracting(issue -> issue.id().number())
                .containsExactly(9, 5, 6, 7);
        assertThat(config.with(config.settings()).ordered()).isSameAs(config.ordered());
    }

    @Test
    void equal_definitions_are_equal_configs() {
        WorkspaceConfig one = several().config();
        WorkspaceConfig other = several().config();
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.projects()).isEqualTo(List.copyOf(other.projects()));
        assertThat(one).isNotEqualTo(several().issues(Demo.issue(1)).config());
    }

    @Test
    void lists_cannot_be_changed() {
        WorkspaceConfig config = several().config();
        Project project = config.projects().getFirst();
        assertThatThrownBy(() -> config.projects().remove(0))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> project.issues().add(Demo.issue(1)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.ordered().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** Ten million look-ups among 10,000 issues: minutes when each walks the list. */
    @Test
    void looking_up_takes_no_longer_the_more_issues_there_are() {
        Demo demo = new Demo();
        IntStream.rangeClosed(1, 10_000).forEach(number -> demo.issues(Demo.issue(number)));
        WorkspaceConfig config = demo.config();
        long found = 0;
        for (int i = 0; i < 10_000_000; i++) {
            if (config.issue(Demo.id(10_000)).isPresent()) {
                found++;
            }
        }
        assertThat(found).isEqualTo(10_000_000);
    }
}
