package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import orchestrator.model.Attempt;
import orchestrator.store.AttemptFolder;
import orchestrator.store.WorkspaceMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What runs under an ended attempt's marks is ended; what runs under any other's is not. */
class OrphansTest {
    @RegisterExtension final Orchestra orchestra = new Orchestra();

    /** Somebody's process that carries these marks, in a session of its own. */
    private ProcessHandle begin(String workspace, String attempt) {
        return orchestra
                .hands
                .start(
                        orchestra.root,
                        List.of(
                                "env",
                                AttemptFolder.WORKSPACE + "=" + workspace,
                                AttemptFolder.MARKER + "=" + attempt,
                                "setsid",
                                "sleep",
                                "600"))
                .process()
                .toHandle();
    }

    private boolean lives(ProcessHandle process) {
        return orchestra.hands.alive().contains(process);
    }

    @Test
    void row29_orphans_are_swept_by_their_marks_at_the_start_and_from_time_to_time() {
        orchestra.with(
                new ProjectFile()
                        .put("cycle_interval", 1)
                        .issues(2)
                        .scenario("issue=1 seconds=600 lines=600", "default seconds=0.1 lines=1"));
        orchestra.launch();
        Orchestra.until("one is done", () -> orchestra.isPushed(2));
        Orchestra.until("one works", () -> orchestra.story.running(1, 1).isPresent());
        String ours = WorkspaceMark.of(orchestra.state);
        Attempt ended = orchestra.story.attempts(2).getFirst();
        Attempt works = orchestra.story.attempts(1).getFirst();
        String child = ended.id() + "-gate";
        ProcessHandle script =
                ProcessHandle.of(orchestra.story.folder(1, 1).process().orElseThrow().pid())
                        .orElseThrow();
        List<ProcessHandle> spared =
                List.of(
                        script,
                        begin(ours, works.id()),
                        begin("another-workspace", UUID.randomUUID().toString()),
                        begin(ours, child));

        ProcessHandle orphan = begin(ours, ended.id());

        Orchestra.until("the orphan is ended", () -> !lives(orphan));
        assertThat(spared).allMatch(this::lives);

        kill(orchestra.monitor().orElseThrow());
        ProcessHandle another = begin(ours, ended.id());
        orchestra.launch();
        Orchestra.until("it is ended too", () -> !lives(another));
        Orchestra.until("so is the last monitor's child", () -> !lives(spared.getLast()));
        assertThat(spared.subList(0, 3)).allMatch(this::lives);
    }

    private void kill(ProcessHandle monitor) {
        assertThat(monitor.destroyForcibly()).isTrue();
        Orchestra.until("the workspace is free", () -> orchestra.monitor().isEmpty());
    }
}
