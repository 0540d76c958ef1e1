package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.TimedEvent;
import orchestrator.store.RunLock;
import orchestrator.store.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code launch --rehearse} on a person's own workspace, beside which nothing real is touched. */
class RehearseTest {
    /** What must never be started in a rehearsal, and says so where it is. */
    private static final String FORBIDDEN =
            "#!/bin/sh\necho \"$0 $*\" >>\"$HOME/forbidden\"\nexit 1\n";

    /**
     * Every file's content, and when what git keeps was last written: all but the objects, which
     * are linked, and which git touches, as if they were new, when it would write the same again.
     */
    private static final String ALL_FILES =
            "find . -type f -exec sha256sum {} + | sort && find .git -path .git/objects -prune -o -printf '%M %s %T@ %p\\n' | sort";

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private final Path place = orchestra.workspace.resolve("state/rehearsal-run");
    private final StateFolder state = new StateFolder(place.resolve("state"));
    private final Story story = new Story(state);

    /** A project as people have it: a real agent, a forge, three waves, a gate, a setup. */
    private ProjectFile real() {
        for (String name : List.of("claude", "gh", "codex")) {
            program(name, FORBIDDEN);
        }
        Hands.write(orchestra.repo.resolve(".env"), "KEY=1\n");
        return new ProjectFile()
                .claude("claude")
                .put("platform", "github")
                .json("open_pull_request", "true")
                .json(
                        "pipeline",
                        "[\"implement\", {\"name\": \"polish\", \"agent\": \"codex\", \"must_commit\": true}]")
                .json("copy_files", "[\".env\"]")
                .put("setup", "cp .env seen-by-setup.env && mv seen-by-setup.env .env.seen")
                .put("gate", "test -f .env.seen && test -f README")
                .issue(1, "First")
                .last("wave", "1")
                .issue(2, "Second", 1)
                .last("wave", "2")
                .issue(3, "Third", "", 2)
                .last("wave", "3");
    }

    private void program(String name, String text) {
        Path file = Hands.write(orchestra.hands.bin().resolve(name), text);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path scenario(String... lines) {
        return Hands.write(orchestra.root.resolve("faults.txt"), String.join("\n", lines) + "\n");
    }

    private Orchestra with(ProjectFile file) {
        orchestra.with(file);
        Hands.write(
                orchestra.workspace.resolve("config/prompts/polish.md"),
                "Polish it till it shines.\n");
        return orchestra;
    }

    /** All that must stay as it is in the user's repository and its origin. */
    private Map<String, String> untouched() {
        Map<String, String> all = new TreeMap<>();
        for (Path repository : List.of(orchestra.repo, orchestra.origin)) {
            for (List<String> words :
                    List.of(
                            List.of("for-each-ref"),
                            List.of("worktree", "list", "--porcelain"),
                            List.of("config", "--local", "--list"))) {
                all.put(
                        repository + " " + words,
                        orchestra.hands.git(repository, words.toArray(String[]::new)));
            }
        }
        all.put(
                "status",
                orchestra.hands.git(
                        orchestra.repo,
                        "--no-optional-locks",
                        "status",
                        "--porcelain",
                        "--ignored"));
        // Not how often a file is linked: that is how the copy costs nothing.
        all.put(
                "files",
                orchestra.hands.run(orchestra.repo, List.of("sh", "-c", ALL_FILES)).well());
        all.put("objects", orchestra.hands.git(orchestra.repo, "count-objects", "-v"));
        all.put("config", Hands.read(orchestra.workspace.resolve("config/proof-issues.json")));
        all.put(
                "beside",
                String.join(
                        " ",
                        Hands.list(orchestra.root).stream()
                                .filter(name -> !name.equals("out"))
                                .toList()));
        return all;
    }

    @Test
    void the_users_own_plan_is_played_through_with_a_crash_and_nothing_of_theirs_is_touched() {
        with(real());
        Path faults =
                scenario(
                        "issue=2 stage=polish attempt=1 outcome=crash",
                        "default seconds=0.2 lines=2");
        orchestra.look("status").well();
        Map<String, String> before = untouched();

        String told =
                orchestra
                        .run("launch", "--rehearse", "--scenario", faults.toString(), "--wait")
                        .well();

        assertThat(told)
                .contains("3 of 3 issues completed", "proof-orchestrator-rehearsal")
                .contains("nothing is pushed or paid")
                .contains("has no description (issues: 1)")
                .contains("note: Of proof no pull request is opened");
        assertThat(untouched()).isEqualTo(before);
        assertThat(Hands.read(orchestra.root.resolve("home/forbidden"))).isEmpty();
        story.isSound();
        assertThat(order()).containsExactly(1, 2, 3);
        assertThat(story.attempts(2))
                .extracting(attempt -> attempt.stage())
                .containsExactly("implement", "polish", "polish");
        assertThat(story.all(Event.GatePassed.class)).hasSize(6);
        assertThat(Hands.read(story.folder(2, 2).prompt())).contains("Polish it till it shines.");
        for (int issue = 1; issue <= 3; issue++) {
            assertThat(isPushed(issue)).as("issue %d is on its own origin", issue).isTrue();
        }
        assertThat(Hands.list(orchestra.links)).as("links of the real run's names").isEmpty();
        leadsNowhereElse();
        seenByTheOtherCommands();
        leavesNoTrace(before);
    }

    /** The numbers of the issues as they were given out. */
    private List<Integer> order() {
        return story.all(Event.IssueAssigned.class).stream()
                .map(event -> event.issue().number())
                .toList();
    }

    private boolean isPushed(int issue) {
        Path copy = state.rehearsal().resolve("repo");
        Path origin = state.rehearsal().resolve("repo-origin.git");
        return orchestra.isPushed(copy, origin, issue);
    }

    /** Neither the copy nor its origin names the user's repository, or its remote, anywhere. */
    private void leadsNowhereElse() {
        Path copy = state.rehearsal().resolve("repo");
        Path origin = state.rehearsal().resolve("repo-origin.git");
        assertThat(orchestra.hands.git(copy, "remote", "-v").lines())
                .allMatch(line -> line.contains(origin.toString()));
        assertThat(orchestra.hands.git(origin, "remote", "-v")).isEmpty();
        for (Path config : List.of(copy.resolve(".git/config"), origin.resolve("config"))) {
            assertThat(Hands.read(config))
                    .doesNotContain(orchestra.origin.toString())
                    .doesNotContain(orchestra.repo + "\n");
        }
    }

    private void seenByTheOtherCommands() {
        assertThat(orchestra.look("status", "--rehearsal").well()).contains("3 of 3 completed");
        assertThat(orchestra.look("status", "--rehearsal", "--json").well())
                .contains("\"proof-orchestrator-rehearsal\"");
        assertThat(orchestra.look("logs", "proof#2", "--rehearsal").well())
                .contains("issue 2 for polish");
        assertThat(orchestra.look("report", "--rehearsal").well())
                .contains("- Issues: 3 of 3 completed", "- Attempts: 7, 1 restarted")
                .contains("proof#2, attempt 2 at polish");
        assertThat(orchestra.look("plan", "--rehearsal").well()).contains("nothing is left to do");
        assertThat(orchestra.look("status").well()).contains("0 of 3 completed");
    }

    private void leavesNoTrace(Map<String, String> before) {
        assertThat(orchestra.run("cleanup", "--rehearsal").well())
                .contains("Ended tmux session proof-orchestrator-rehearsal")
                .contains("Removed the rehearsal in " + place);
        Orchestra.until("nothing runs any more", () -> orchestra.hands.alive().isEmpty());
        assertThat(Hands.list(orchestra.workspace.resolve("state")))
                .noneMatch(name -> name.contains("rehearsal-run") && !name.endsWith(".lock"));
        assertThat(untouched()).isEqualTo(before);
        assertThat(orchestra.run("cleanup", "--rehearsal").well()).contains("nothing to clean up");
        Hands.Done none = orchestra.look("status", "--rehearsal");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("launch --rehearse", "code no-rehearsal");
    }

    @Test
    void it_runs_beside_the_real_run_and_a_second_one_is_refused_until_it_is_over() {
        orchestra.with(
                new ProjectFile()
                        .issues(2)
                        .scenario(
                                "attempt=1 seconds=600 lines=600", "default seconds=0.2 lines=1"));
        orchestra.launch();
        Orchestra.until("the real one works", () -> orchestra.story.running(2, 1).isPresent());
        Path slow =
                scenario("issue=1 attempt=1 seconds=600 lines=600", "default seconds=0.2 lines=1");

        String told = orchestra.run("launch", "--rehearse", "--scenario", slow.toString()).well();

        assertThat(told)
                .contains(
                        "status    --rehearsal",
                        "dashboard --rehearsal",
                        "report    --rehearsal",
                        "cleanup   --rehearsal");
        Orchestra.until("the rehearsal works too", () -> story.running(1, 1).isPresent());
        assertThat(orchestra.hands.tmux("ls", "-F", "#{session_name}").out().lines())
                .containsExactlyInAnyOrder("proof-orchestrator", "proof-orchestrator-rehearsal");
        assertThat(Hands.list(orchestra.links)).contains("proof-worker-1.log");
        Hands.Done second = orchestra.run("launch", "--rehearse");
        assertThat(second.code()).isEqualTo(4);
        assertThat(second.err())
                .contains("under way", "cleanup --rehearsal", "code workspace-held");
        orchestra.run("cleanup", "--rehearsal").well();
        assertThat(orchestra.hands.tmux("ls", "-F", "#{session_name}").out().strip())
                .isEqualTo("proof-orchestrator");
        assertThat(orchestra.story.running(2, 1)).as("the real run goes on").isPresent();
        assertThat(orchestra.story.all(Event.AttemptEnded.class)).isEmpty();
        String fast = scenario("default seconds=0.2 lines=1").toString();
        assertThat(orchestra.run("launch", "--rehearse", "--wait", "--scenario", fast).well())
                .doesNotContain("Removing");
        assertThat(orchestra.run("launch", "--rehearse", "--wait", "--scenario", fast).well())
                .contains("Removing the last rehearsal", "2 of 2 issues completed");
        assertThat(orchestra.story.running(2, 1)).as("the real run goes on").isPresent();
    }

    @Test
    void what_a_person_put_into_it_is_named_and_kept_until_it_is_to_go() {
        orchestra.with(new ProjectFile().issues(1));
        String fast = scenario("default seconds=0.2 lines=1").toString();
        orchestra.run("launch", "--rehearse", "--wait", "--scenario", fast).well();
        Path worktree = state.rehearsal().resolve("repo-worktrees/issue-1");
        Path notes = Hands.write(worktree.resolve("notes.txt"), "mine\n");
        orchestra.hands.git(state.rehearsal().resolve("repo"), "branch", "idea", "origin/main");
        Hands.write(worktree.resolve("README"), "Better.\n");
        orchestra.hands.git(worktree, "commit", "-qam", "A better README");
        Hands.write(place.resolve("config/prompts/implement.md"), "Do it well.\n");

        for (String[] words :
                List.of(
                        new String[] {"launch", "--rehearse"},
                        new String[] {"cleanup", "--rehearsal"})) {
            Hands.Done refused = orchestra.run(words);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.out()).doesNotContain("Remov");
            assertThat(refused.err())
                    .contains("config/prompts/implement.md", notes.toString(), "A better README")
                    .contains("code rehearsal-holds-work");
        }

        assertThat(notes).hasContent("mine\n");
        Path config = orchestra.workspace.resolve("config/proof-issues.json");
        String good = Hands.read(config);
        Hands.write(config, "{ half");
        assertThat(orchestra.look("status", "--rehearsal").well()).contains("1 of 1 completed");
        Hands.write(config, good);
        orchestra.run("cleanup", "--rehearsal", "--force").well();
        assertThat(place).doesNotExist();
    }

    @Test
    void a_kill_in_the_middle_of_laying_out_leaves_what_the_next_one_clears_away() {
        orchestra.with(new ProjectFile().issues(1).scenario("default seconds=0.1 lines=1"));
        Path real =
                Path.of(
                        orchestra
                                .hands
                                .run(orchestra.root, List.of("sh", "-c", "command -v git"))
                                .well());
        program(
                "git",
                "#!/bin/sh\ncase \" $* \" in *' --no-checkout '*) touch \"$HOME/copying\"; exec sleep 600;; esac\nexec "
                        + real
                        + " \"$@\"\n");
        Hands.Running launch = orchestra.start("launch", "--rehearse");
        Orchestra.until(
                "it is half made", () -> Files.exists(orchestra.root.resolve("home/copying")));
        launch.process().destroyForcibly();
        launch.end();
        assertThat(state.rehearsal().resolve("repo-origin.git")).isDirectory();
        Hands.Done half = orchestra.look("status", "--rehearsal");
        assertThat(half.err()).contains("that was laid out to its end", "code no-rehearsal");
        Hands.delete(orchestra.hands.bin().resolve("git"));

        assertThat(orchestra.run("launch", "--rehearse", "--wait").well())
                .contains("Removing a rehearsal that was not laid out to its end")
                .contains("1 of 1 issues completed");
    }

    @Test
    void two_projects_in_one_folder_keep_their_repositories_and_what_waits_for_whom() {
        Path other = orchestra.root.resolve("other/repo");
        Hands.make(other);
        orchestra.hands.git(other, "init", "-q", "-b", "trunk");
        Hands.write(other.resolve("a"), "a\n");
        orchestra.hands.git(other, "add", "a");
        orchestra.hands.git(other, "commit", "-qm", "first");
        orchestra.hands.git(other, "checkout", "-q", "--detach");
        orchestra.with(new ProjectFile().issue(1, "One").issue(2, "Two"));
        Hands.write(
                orchestra.workspace.resolve("config/second-issues.json"),
                """
                {"project": "second", "repos": {"my app": {"path": "../../other/repo",
                 "default_branch": "trunk", "branch_prefix": "w/"}},
                 "issues": [{"number": 7, "title": "Seven", "depends_on": ["proof#1"], "repo": "my app"}]}
                """);
        Path config = orchestra.workspace.resolve("config");

        String told =
                orchestra
                        .run(
                                "launch",
                                "--rehearse",
                                "--wait",
                                "--scenario",
                                scenario("default seconds=0.2 lines=1").toString(),
                                "--config-dir",
                                config.toString())
                        .well();

        assertThat(told).contains("3 of 3 issues completed", "trunk at ", "main at ");
        List<TimedEvent> events = story.events();
        assertThat(place(events, Event.IssueCompleted.class, "proof#1"))
                .isLessThan(place(events, Event.IssueAssigned.class, "second#7"));
        assertThat(orchestra.hands.git(state.rehearsal().resolve("repo-2-origin.git"), "branch"))
                .contains("w/7");
        assertThat(orchestra.hands.git(other, "for-each-ref").lines()).hasSize(1);
        assertThat(orchestra.run("status", "--rehearsal", "--config-dir", config.toString()).well())
                .contains("second#7");
    }

    private static int place(
            List<TimedEvent> events, Class<? extends Event.OfIssue> type, String issue) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (type.isInstance(events.get(i).event())
                    && type.cast(events.get(i).event()).issue().toString().equals(issue)) {
                found.add(i);
            }
        }
        assertThat(found).as("%s of %s", type.getSimpleName(), issue).hasSize(1);
        return found.getFirst();
    }

    @Test
    void an_interrupted_one_goes_on_when_told() {
        orchestra.with(new ProjectFile().issues(2));
        Path slow = scenario("attempt=1 seconds=600 lines=600", "default seconds=0.2 lines=1");
        orchestra.run("launch", "--rehearse", "--scenario", slow.toString()).well();
        Orchestra.until(
                "both work",
                () -> story.running(1, 1).isPresent() && story.running(2, 1).isPresent());
        kill();

        orchestra.run("launch", "--rehearsal").well();
        orchestra.run("restart", "1", "--rehearsal").well();
        orchestra.run("restart", "2", "--rehearsal").well();

        Orchestra.until(
                "both are completed",
                () ->
                        story.status(1).equals(Optional.of(IssueStatus.COMPLETED))
                                && story.status(2).equals(Optional.of(IssueStatus.COMPLETED)));
        assertThat(story.attempts(1)).as("its agent worked on meanwhile").hasSize(2);
        Orchestra.until("both are pushed", () -> isPushed(1) && isPushed(2));
    }

    @Test
    void one_whose_monitor_was_killed_is_ended_and_begun_anew() {
        orchestra.with(new ProjectFile().issues(1));
        String slow = scenario("default seconds=600 lines=600").toString();
        orchestra.run("launch", "--rehearse", "--scenario", slow).well();
        Orchestra.until("it works", () -> story.running(1, 1).isPresent());
        kill();
        String fast = scenario("default seconds=0.2 lines=1").toString();

        assertThat(orchestra.run("launch", "--rehearse", "--scenario", fast, "--wait").well())
                .contains("Removing the last rehearsal", "(0 of 1 issues completed)")
                .contains("1 of 1 issues completed, 0 failed");

        orchestra.run("cleanup", "--rehearsal").well();
        Orchestra.until("nothing of both runs", () -> orchestra.hands.alive().isEmpty());
    }

    private void kill() {
        RunLock.holder(state.monitorLock())
                .flatMap(holder -> ProcessHandle.of(holder.process().pid()))
                .orElseThrow()
                .destroyForcibly();
        Orchestra.until("nobody holds it", () -> RunLock.holder(state.monitorLock()).isEmpty());
    }
}
