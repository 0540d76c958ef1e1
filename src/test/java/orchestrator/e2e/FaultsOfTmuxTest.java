package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import orchestrator.model.Event;
import orchestrator.store.AttemptFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * tmux is taken away under a run: what survives is found first, and there is never a second one.
 */
class FaultsOfTmuxTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private static ProjectFile twoStages(double seconds) {
        return new ProjectFile()
                .stages("implement", "document")
                .issues(2)
                .put("cycle_interval", 1)
                .scenario(
                        "stage=implement seconds=" + seconds + " lines=40",
                        "default seconds=0.3 lines=2");
    }

    private void bothWork() {
        Orchestra.until(
                "both work",
                () ->
                        orchestra.story.running(1, 1).isPresent()
                                && orchestra.story.running(2, 1).isPresent());
    }

    private void bothAreDoneWithoutARestart() {
        Orchestra.until(
                "all is done", () -> orchestra.story.all(Event.IssueCompleted.class).size() == 2);
        Orchestra.until("both are pushed", () -> orchestra.isPushed(1) && orchestra.isPushed(2));
        assertThat(orchestra.story.attempts()).hasSize(4);
        assertThat(orchestra.story.all(Event.RestartPlanned.class)).isEmpty();
        assertThat(orchestra.windows()).hasSize(4);
        orchestra.story.isSound();
    }

    /** The tmux server that answers. */
    private long server() {
        return Long.parseLong(orchestra.hands.tmux("display-message", "-p", "#{pid}").well());
    }

    /** Every tmux server of this world; a client's parent is who called it. */
    private List<Long> servers() {
        Predicate<ProcessHandle> detached =
                process -> process.parent().map(parent -> parent.pid() == 1).orElse(true);
        return orchestra.hands.alive().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/tmux"))
                .filter(detached)
                .map(ProcessHandle::pid)
                .toList();
    }

    private void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        Orchestra.until(pid + " is gone", () -> !orchestra.hands.alive().contains(process));
    }

    private void showsItsLog(int worker) {
        Orchestra.until(
                "a window of worker " + worker + " shows what works on",
                () ->
                        orchestra
                                .hands
                                .tmux(
                                        "capture-pane",
                                        "-p",
                                        "-t",
                                        "=proof-orchestrator:worker-" + worker)
                                .out()
                                .contains("Step "));
    }

    @Test
    void row10_after_the_servers_death_the_next_launch_adopts_what_survived() {
        orchestra.with(twoStages(4)).launch();
        bothWork();

        kill(server());

        Orchestra.until("its monitor ends with it", () -> orchestra.monitor().isEmpty());
        orchestra.launch();
        showsItsLog(1);
        bothAreDoneWithoutARestart();
    }

    @Test
    void row10_a_monitor_outside_of_tmux_makes_one_new_server_and_adopts_what_survived() {
        orchestra.with(twoStages(4));
        Hands.Running monitor = orchestra.start("monitor");
        bothWork();
        long old = server();

        kill(old);

        showsItsLog(2);
        assertThat(server()).isNotEqualTo(old);
        bothAreDoneWithoutARestart();
        assertThat(servers()).containsExactly(server());
        assertThat(orchestra.story.all(Event.WindowLost.class)).hasSize(2);
        assertThat(orchestra.story.all(Event.SessionCreated.class)).hasSize(2);
        assertThat(monitor.process().isAlive()).isTrue();
    }

    @Test
    void row11_a_deleted_socket_is_put_back_and_no_second_server_is_started() throws IOException {
        orchestra.with(twoStages(2)).launch();
        bothWork();
        long before = server();
        Path socket =
                Path.of(orchestra.hands.tmux("display-message", "-p", "#{socket_path}").well());

        Files.delete(socket);

        Orchestra.until("the socket is there again", () -> Files.exists(socket));
        assertThat(server()).isEqualTo(before);
        bothAreDoneWithoutARestart();
        assertThat(servers()).containsExactly(before);
        assertThat(orchestra.story.all(Event.WindowLost.class)).isEmpty();

        Files.delete(socket);
        orchestra.run("cleanup").well();
        Orchestra.until("nothing runs any more", () -> orchestra.hands.alive().isEmpty());
    }

    @Test
    void row12_windows_closed_by_hand_are_opened_again_and_what_ran_in_them_goes_on() {
        orchestra.with(twoStages(4)).launch();
        bothWork();
        List<Long> scripts = List.of(script(1), script(2));

        orchestra.hands.tmux("kill-window", "-t", "=proof-orchestrator:worker-1").well();
        orchestra.hands.tmux("kill-pane", "-t", "=proof-orchestrator:worker-2").well();

        showsItsLog(1);
        showsItsLog(2);
        assertThat(List.of(script(1), script(2))).isEqualTo(scripts);
        assertThat(orchestra.story.all(Event.WindowLost.class)).hasSize(2);
        bothAreDoneWithoutARestart();
        assertThat(orchestra.story.all(Event.WindowLost.class)).hasSize(2);
    }

    private long script(int issue) {
        return orchestra
                .story
                .running(issue, 1)
                .flatMap(AttemptFolder::process)
                .orElseThrow()
                .pid();
    }

    @Test
    void row12_an_agent_that_outlives_its_killed_script_is_ended_before_the_restart() {
        AttemptFolder folder = orchestra.oneLongAttempt();
        ProcessHandle script = ProcessHandle.of(script(1)).orElseThrow();
        List<ProcessHandle> agent =
                script.descendants().filter(process -> isAgent(folder, process)).toList();
        assertThat(agent).isNotEmpty();

        assertThat(script.destroyForcibly()).isTrue();

        Orchestra.until("it runs again", () -> orchestra.story.attempts(1).size() == 2);
        assertThat(agent).noneMatch(process -> orchestra.hands.alive().contains(process));
        Orchestra.until("it is pushed", () -> orchestra.isPushed(1));
        assertThat(orchestra.story.attempts(1)).hasSize(2);
        orchestra.story.isSound();
    }

    /** The agent and what it started, not the window's display of the log. */
    private static boolean isAgent(AttemptFolder folder, ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains(folder.transcript().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
