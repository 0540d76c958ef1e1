package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.git.Worktrees;
import orchestrator.model.Event;
import orchestrator.model.Repo;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.Inbox;
import orchestrator.store.Journal;
import orchestrator.store.StateFolder;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorTest {
    @TempDir Path folder;
    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder.toRealPath().resolve("ws"));
        lab.project("a", issue(1, ""));
    }

    private List<String> lines(String level) {
        return lab.run("doctor")
                .out()
                .lines()
                .filter(line -> line.startsWith(level))
                .map(line -> line.substring(6))
                .toList();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Test
    void a_workspace_that_is_ready_is_said_to_be_and_left_as_it_is() throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run("doctor");
        assertThat(said.exit()).as("%s", said).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("\nok    git version 2.", "\nok    agent rehearsal\n")
                .contains(" MB of disk for the state folder in ", " MB of memory are free\n")
                .contains("\nok    files are watched\n", "\nok    no state yet: nothing was ever")
                .doesNotContain("fail  ")
                .endsWith(isRoot() ? "Ready to launch, 1 warning.\n" : "Ready to launch.\n");
        assertThat(said.out()).startsWith("ok    tmux ");
        assertThat(lines("warn").stream().anyMatch(line -> line.startsWith("This is root")))
                .isEqualTo(isRoot());
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void scripts_get_the_same_as_json() {
        JsonNode json = new JsonMapper().readTree(lab.run("doctor", "--json").out());
        assertThat(json.path("ok").asBoolean()).isTrue();
        assertThat(json.path("findings").valueStream().map(each -> each.path("level").asString()))
                .contains("ok")
                .doesNotContain("fail");
        assertThat(json.path("findings").get(0).path("text").asString()).startsWith("tmux ");
    }

    @Test
    void too_little_disk_or_memory_is_told_with_the_key_that_asks_for_it() throws IOException {
        lab.write(
                "a",
                Files.readString(lab.file("a"))
                        .replace(
                                "\"num_workers\"",
                                "\"min_free_disk_mb\": 1000000000, \"min_free_memory_mb\": 1000000000, \"num_workers\""));
        CliLab.Said said = lab.run("doctor");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(lines("fail"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(line -> line.contains("less than 1000000000 MB, so nothing is launched"))
                .anyMatch(line -> line.endsWith("lower \"min_free_disk_mb\"."))
                .anyMatch(line -> line.endsWith("lower \"min_free_memory_mb\"."));
        assertThat(said.out()).contains("things are missing");
    }

    // ─────────────────────────────────────────────────────────────────────── the agent

    /** A claude that answers so; returns what the doctor says of it. */
    private CliLab.Said claude(String script) throws IOException {
        Path claude = folder.resolve("claude");
        Files.writeString(claude, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwx------"));
        lab.write(
                "a",
                Files.readString(lab.file("a"))
                        .replaceFirst(
                                "\"agent\": \\{.*?\\}+,",
                                "\"agent\": {\"path\": \"%s\", \"env\": {\"IS_SANDBOX\": \"1\", \"KEY\": \"k\"}},"
                                        .formatted(claude))
                        .replace("../state/rehearsal/a\"", "..\""));
        return lab.run("doctor");
    }

    @Test
    void the_agents_version_and_login_are_told() throws IOException {
        CliLab.Said said =
                claude(
                        """
                        case "$*" in
                        --version) echo '2.1.330 (Claude Code)' ;;
                        'auth status') test "$KEY" = k ;;
                        *) exit 9 ;;
                        esac
                        """);
        assertThat(said.out())
                .contains("ok    " + folder.resolve("claude") + ": 2.1.330 (Claude Code)\n")
                .contains("ok    claude is logged in\n");
    }

    @Test
    void an_agent_that_is_not_logged_in_is_told_with_what_to_run() throws IOException {
        CliLab.Said said = claude("[ \"$1\" = --version ] && { echo 2.2.0; exit 0; }; exit 1\n");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out())
                .contains(
                        "fail  claude is not logged in; run `%s auth login`"
                                .formatted(folder.resolve("claude")));
    }

    @Test
    void an_old_agent_is_not_asked_what_it_would_take_for_a_prompt() throws IOException {
        CliLab.Said said =
                claude(
                        """
                        [ "$1" = --version ] && { echo '2.1.40 (Claude Code)'; exit 0; }
                        touch "$0.asked"
                        """);
        assertThat(said.out()).contains("warn  Whether claude is logged in cannot be asked");
        assertThat(folder.resolve("claude.asked")).doesNotExist();
    }

    @Test
    void an_agent_that_does_not_run_is_told() throws IOException {
        CliLab.Said said = claude("echo 'no such library' >&2; exit 127\n");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out())
                .contains(
                        "fail  %s --version ended with exit code 127 (no such library); mend or reinstall it."
                                .formatted(folder.resolve("claude")));
    }

    // ─────────────────────────────────────────────────────────────────────── what is left

    @Test
    void what_a_killed_run_has_left_is_told() throws IOException {
        StateFolder state = StateFolder.create(lab.state().root());
        Files.writeString(
                state.root().resolve("monitor.json"),
                "{\"pid\": 4711, \"startTicks\": 1, \"bootId\": \"b\", \"host\": \"terminal\", \"since\": \"2026-11-22T10:00:00Z\"}");
        Files.writeString(state.monitorLock(), "");
        new Inbox(state).submit("pause", List.of());
        Files.writeString(state.inbox().resolve("rejected/x"), "");
        Files.setPosixFilePermissions(state.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(lab.socket()));
        }
        assertThat(lab.run("doctor").exit()).isZero();
        assertThat(lines("warn"))
                .anyMatch(line -> line.startsWith("The last monitor (in the terminal, pid 4711, "))
                .anyMatch(line -> line.startsWith("1 order waits for the next monitor in "))
                .anyMatch(line -> line.startsWith("1 file that is no order was put aside in "))
                .anyMatch(line -> line.endsWith("chmod 700 " + state.root()))
                .anyMatch(line -> line.startsWith("No tmux answers at the socket " + lab.socket()));
        assertThat(lines("ok")).contains("the journal is empty");
    }

    @Test
    void a_running_monitor_is_no_leftover() {
        try (StandInMonitor monitor = new StandInMonitor(lab.state(), command -> null)) {
            new Inbox(lab.state()).submit("pause", List.of());
            assertThat(lines("ok"))
                    .anyMatch(line ->
                            line.startsWith(
                                    "a monitor runs in the terminal (pid "
                                            + ProcessHandle.current().pid()));
            assertThat(lines("warn")).noneMatch(line -> line.contains("order"));
            assertThat(monitor.taken).isEmpty();
        }
    }

    @Test
    void a_damaged_journal_is_told_with_its_place() throws IOException {
        StateFolder state = StateFolder.create(lab.state().root());
        Files.writeString(state.journal(), "{\"seq\":1,\"x\":2}\n{}\n{}\n");
        assertThat(lab.run("doctor").exit()).isEqualTo(3);
        assertThat(lines("fail"))
                .singleElement()
                .asString()
                .contains(state.journal().toString(), "[journal-damaged]");
    }

    @Test
    void a_snapshot_of_the_journal_that_is_of_no_use_or_lies_is_told() throws IOException {
        StateFolder state = StateFolder.create(lab.state().root());
        try (Journal journal = Journal.open(state)) {
            journal.append(
                    Instant.parse("2026-11-22T12:00:00Z"),
                    List.of(Journal.Entry.of(new Event.WorkspaceOpened("w"))));
            journal.compact();
        }
        Path snapshot = state.root().resolve("orchestrator-log.snapshot");
        assertThat(lines("ok"))
                .anyMatch(line -> line.startsWith("the journal reads well: 1 events"));
        assertThat(lines("warn")).noneMatch(line -> line.contains("snapshot"));
        String body = Files.readString(snapshot).replaceFirst(",\"crc\":\"[0-9a-f]{8}\"}\n$", "");
        String lie = body.replaceFirst("\"workspaceId\":\"w\"", "\"workspaceId\":\"v\"");
        assertThat(lie).isNotEqualTo(body);
        CRC32 crc = new CRC32();
        crc.update(lie.getBytes(StandardCharsets.UTF_8));
        Files.writeString(snapshot, lie + ",\"crc\":\"%08x\"}\n".formatted(crc.getValue()));
        assertThat(lines("fail"))
                .anyMatch(line -> line.startsWith("The journal's snapshot says something else"));
        Files.writeString(snapshot, lie);
        assertThat(lines("warn"))
                .anyMatch(line ->
                        line.startsWith("The journal's snapshot " + snapshot + " is not used"));
    }

    @Test
    void what_is_in_the_way_in_a_repository_is_told() throws IOException {
        Workspace place =
                Workspace.locate(
                        Optional.of(lab.root()), Optional.empty(), Optional.empty(), Path.of("/"));
        WorkspaceConfig config = ((ConfigResult.Valid) ConfigReader.read(place)).config();
        Worktrees worktrees = lab.assembly().open(place, config).ports().worktrees();
        Repo repo = config.projects().getFirst().repos().values().iterator().next();
        worktrees.createScratch(repo);
        Path gone = worktrees.ensure(repo, 1).path();
        Path moved = Files.move(gone, folder.resolve("moved"));
        Path foreign = Files.createDirectories(repo.worktreeBase().resolve("issue-9"));
        Path old = Files.writeString(repo.path().resolve(".git/config.lock"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(200))));
        Path fresh = Files.writeString(repo.path().resolve(".git/index.lock"), "");
        assertThat(lab.run("doctor").exit()).isZero();
        assertThat(lines("warn"))
                .anyMatch(line -> line.startsWith(old + " has been there for 3 h and stops"))
                .noneMatch(line -> line.startsWith(fresh.toString()))
                .anyMatch(line ->
                        line.startsWith("The worktree " + gone + " of ")
                                && line.endsWith("worktree remove -f -f " + gone))
                .anyMatch(line -> line.startsWith(foreign + " is in the place of a worktree"));
        Files.move(moved, gone);
        Files.delete(old);
        Files.delete(foreign);
        assertThat(lines("warn")).noneMatch(line -> line.contains("worktree"));
    }
}
