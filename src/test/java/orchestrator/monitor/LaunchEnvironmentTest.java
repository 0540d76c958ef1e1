package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchEnvironmentTest {
    @Test
    void what_agents_need_is_passed_on_and_the_rest_is_not() {
        assertThat(
                        LaunchEnvironment.select(
                                Map.of(
                                        "PATH", "/bin",
                                        "HOME", "/home/ada",
                                        "ANTHROPIC_API_KEY", "k",
                                        "LC_ALL", "C",
                                        "GIT_SSH_COMMAND", "ssh",
                                        "TMUX", "/tmp/x,1,0",
                                        "TMUX_PANE", "%1",
                                        "DATABASE_PASSWORD", "p",
                                        "PWD", "/")))
                .containsOnlyKeys("PATH", "HOME", "ANTHROPIC_API_KEY", "LC_ALL", "GIT_SSH_COMMAND");
    }

    @Test
    void a_worker_does_not_take_itself_for_a_part_of_the_agent_that_launched_it() {
        assertThat(
                        LaunchEnvironment.select(
                                Map.of(
                                        "CLAUDE_CODE_SESSION_ID", "s",
                                        "CLAUDE_CODE_ENTRYPOINT", "cli",
                                        "CLAUDE_CODE_USE_BEDROCK", "1")))
                .containsOnlyKeys("CLAUDE_CODE_USE_BEDROCK");
    }

    @Test
    void a_value_with_a_line_end_is_left_out() {
        assertThat(LaunchEnvironment.select(Map.of("LANG", "a\nb"))).isEmpty();
    }
}
