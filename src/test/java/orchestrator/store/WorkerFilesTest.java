package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.Usage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WorkerFilesTest {
    @TempDir Path folder;
    private StateFolder state;
    private WorkerFiles files;

    @BeforeEach
    void make() {
        state = StateFolder.create(folder.resolve("state"));
        files = new WorkerFiles(state);
    }

    private static WorkerView busy(int worker, String note) {
        return new WorkerView(
                worker,
                WorkerStatus.RUNNING,
                Optional.of(Samples.ISSUE),
                "Title $(x) \"é\n",
                List.of("optimize", "write_tests"),
                1,
                3,
                2,
                Optional.of(Samples.AT),
                Optional.of(Samples.AT),
                "proof/issue-52",
                "/w/issue-52",
                4,
                Usage.NONE,
                "last",
                note,
                "",
                "",
                Optional.empty());
    }

    private static WorkerView idle(int worker) {
        return WorkerView.idle(worker, Optional.empty());
    }

    private JsonNode read(int worker) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(state.worker(worker)));
    }

    @Test
    void a_worker_has_the_names_of_the_playbook() throws IOException {
        files.write(List.of(busy(1, "n"), idle(2)));

        JsonNode one = read(1);
        assertThat(one.propertyNames())
                .containsExactly(
                        "worker_id",
                        "issue_number",
                        "project",
                        "branch",
                        "worktree",
                        "status",
                        "stage",
                        "started_at",
                        "retry_count",
                        "commits",
                        "attempt",
                        "title",
                        "note",
                        "last_activity_at",
                        "last_line",
                        "cost_usd",
                        "tokens");
        assertThat(one.get("issue_number").asInt()).isEqualTo(52);
        assertThat(one.get("status").asString()).isEqualTo("running");
        assertThat(one.get("stage").asString()).isEqualTo("write_tests");
        assertThat(one.get("title").asString()).isEqualTo("Title $(x) \"é\n");
        assertThat(one.get("commits").asInt()).isEqualTo(4);
        assertThat(one.get("retry_count").asInt()).isEqualTo(2);
        JsonNode two = read(2);
        assertThat(two.get("status").asString()).isEqualTo("idle");
        assertThat(two.get("issue_number").isNull()).isTrue();
        assertThat(two.get("stage").isNull()).isTrue();
    }

    @Test
    void a_file_is_rewritten_only_when_its_content_changes() throws IOException {
        files.write(List.of(busy(1, "a"), busy(2, "a")));
        Object one = key(1);
        Object two = key(2);
        files.write(List.of(busy(1, "a"), busy(2, "b")));
        assertThat(key(1)).isEqualTo(one);
        assertThat(key(2)).isNotEqualTo(two);
        assertThat(read(2).get("note").asString()).isEqualTo("b");
        try (Stream<Path> all = Files.list(state.workers())) {
            assertThat(all).hasSize(2);
        }
    }

    private Object key(int worker) throws IOException {
        return Files.getAttribute(state.worker(worker), "unix:ino");
    }

    @Test
    void files_of_workers_beyond_the_pool_go_and_other_files_stay() throws IOException {
        Files.writeString(state.worker(9), "of an earlier run");
        Path note = Files.writeString(state.workers().resolve("worker-x.json"), "mine");
        files.write(List.of(busy(1, ""), idle(2), idle(3)));
        assertThat(state.worker(9)).doesNotExist();
        files.write(List.of(busy(1, "")));
        assertThat(state.worker(1)).exists();
        assertThat(state.worker(2)).doesNotExist();
        assertThat(state.worker(3)).doesNotExist();
        assertThat(note).exists();
        files.write(List.of(busy(1, ""), idle(2)));
        assertThat(state.worker(2)).exists();
    }
}
