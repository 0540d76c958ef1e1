package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageTemplateTest {
    @Test
    void the_text_begins_behind_the_front_matter() {
        StageTemplate template =
                StageTemplate.parse("---\r\nmust_commit: true\r\n---\r\nDo it.\n---\n");
        assertThat(template.text()).isEqualTo("Do it.\n---\n");
        assertThat(template.mustCommit()).contains(true);
        assertThat(template.faults()).isEmpty();
        assertThat(StageTemplate.parse("---\n---").text()).isEmpty();
    }

    @Test
    void a_template_without_front_matter_is_all_text() {
        StageTemplate template = StageTemplate.parse("Do it.\n---\nmust_commit: true\n---\n");
        assertThat(template.text()).startsWith("Do it.").contains("must_commit");
        assertThat(template.mustCommit()).isEmpty();
    }
}
