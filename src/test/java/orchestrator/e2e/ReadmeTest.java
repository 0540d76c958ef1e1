package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orchestrator.Documents;
import orchestrator.cli.Typed;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A day with the README: its project file, and every command of it and of the other pages, typed as
 * it stands there, with what comes of it. What is not typed is said, with the reason.
 */
class ReadmeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Command lines that are not run here, and why. That they can be typed, DocumentsTest says. */
    private static final Map<String, String> ELSEWHERE =
            Stream.of(
                            lines(
                                    "opens the window; WindowRunTest does",
                                    "orchestrator",
                                    "packaging/orchestrator"),
                            lines(
                                    "attaches a terminal; LaunchTest looks at what would be run",
                                    "orchestrator attach",
                                    "orchestrator attach 2",
                                    "tmux attach -t shop-orchestrator"),
                            lines(
                                    "asks GitHub; FirstStepsTest does, with a stand-in for gh",
                                    "orchestrator import",
                                    "orchestrator import --epic 100",
                                    "orchestrator import 52 53",
                                    "orchestrator import --label ready",
                                    "orchestrator import --milestone 1.2 --dry-run"),
                            lines(
                                    "lasts until all is done; FullRunTest does",
                                    "orchestrator launch --wait",
                                    "packaging/orchestrator launch --wait",
                                    "orchestrator logs 2 --follow"),
                            lines(
                                    "plays a whole run; RehearseTest does",
                                    "orchestrator launch --rehearse",
                                    "orchestrator launch --rehearse --wait",
                                    "orchestrator launch --rehearse --scenario faults.txt --wait",
                                    "orchestrator launch --rehearsal",
                                    "orchestrator report --rehearsal",
                                    "orchestrator cleanup --rehearsal",
                                    "orchestrator cleanup --rehearsal --force"),
                            lines("holds a terminal; InterruptTest does", "orchestrator monitor"),
                            lines(
                                    "names a rescue of another day; RescueCommandTest does",
                                    "orchestrator rescue restore issue-52/20261122T170102Z --into ~/restored"),
                            lines(
                                    "stands for others with its capitals",
                                    "orchestrator explain CODE",
                                    "orchestrator help COMMAND",
                                    "orchestrator retry ISSUE",
                                    "orchestrator push ISSUE",
                                    "orchestrator park ISSUE --reason TEXT"),
                            lines(
                                    "a part of a command that git or tail knows",
                                    "git merge-tree",
                                    "git init",
                                    "git fetch",
                                    "git worktree remove -f -f",
                                    "git worktree move",
                                    "git worktree unlock",
                                    "tail -F"))
                    .flatMap(each -> each.entrySet().stream())
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    /** What asks tmux, looks at the folder it is typed in, or ends what runs. */
    private static final Set<String> OF_A_PROCESS =
            Set.of("launch", "doctor", "stop", "cleanup", "dashboard", "report", "add-issue");

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private final Set<String> typed = new HashSet<>();

    private static Map<String, String> lines(String why, String... lines) {
        return Stream.of(lines).collect(Collectors.toMap(line -> line, line -> why));
    }

    /** Types one of our commands. */
    private Hands.Done type(String line) {
        typed.add(line);
        String[] words = Typed.words(line).toArray(String[]::new);
        return OF_A_PROCESS.contains(words[0]) || line.startsWith("packaging/")
                ? orchestra.run(words)
                : orchestra.look(words);
    }

    /** Types one that does what it should, and says so. */
    private void well(String line, String... says) {
        String said = type(line).well();
        assertThat(List.of(says)).as("%s: %s", line, said).allMatch(said::contains);
    }

    /** The same without a process: of one that needs no workspace. */
    private void prints(String line, String text) {
        typed.add(line);
        try {
            CliLab.Said said =
                    new CliLab(orchestra.root.resolve("lab"))
                            .anywhere(Typed.words(line).toArray(String[]::new));
            assertThat(said.err()).isEmpty();
            assertThat(said.exit()).isZero();
            assertThat(said.out()).as(line).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types an order that the monitor refuses, with the reason. */
    private void refused(String line, String reason) {
        Hands.Done done = type(line);
        assertThat(done.code()).as("%s", done).isEqualTo(1);
        assertThat(done.out() + done.err()).as(line).contains(reason);
    }

    /** Types a line of the shell in a folder; what the playbook's links are called is another's. */
    private String shell(Path folder, String line) {
        typed.add(line);
        String here = line.replace("/tmp/", orchestra.links + "/");
        return orchestra.hands.run(folder, List.of("bash", "-c", here)).well();
    }

    @Test
    void every_command_does_what_the_pages_say() throws IOException {
        firstSteps();
        project();
        beforeTheLaunch();
        well("orchestrator launch", "Creating tmux session shop-orchestrator");
        Orchestra.until(
                "three workers work", () -> IntStream.rangeClosed(1, 3).allMatch(this::works));
        Orchestra.until("a stage is done", () -> isAt(52, "write_tests"));
        looking();
        thePlaybooksOwn();
        steppingIn();
        afterwards();
        everyCommandIsAccountedFor();
        whatTheHelpSaysOfJq();
    }

    private void firstSteps() {
        typed.add("orchestrator init ../shop-run");
        typed.add("orchestrator init");
        assertThat(inRepository("init", "../shop-run", "--agent=rehearsal")).contains("Wrote ");
        assertThat(orchestra.root.resolve("shop-run/config/repo-issues.json")).exists();
        assertThat(inRepository("init")).contains("Wrote ");
        assertThat(orchestra.repo.resolve("config/repo-issues.json")).exists();
    }

    private String inRepository(String... words) {
        return orchestra.startIn("cd ../repo && exec \"$@\"", words).end().well();
    }

    /** The README's own file, with this world's repository and agent, and two issues more. */
    private void project() {
        List<String> files =
                Documents.blocks("README.md", "json").stream()
                        .filter(block -> block.contains("\"issues\""))
                        .toList();
        assertThat(files).hasSize(1);
        ObjectNode project = (ObjectNode) JSON.readTree(files.getFirst());
        ((ObjectNode) project.at("/repos/shop"))
                .put("path", orchestra.repo.toString())
                .put("platform", "none");
        project.put("stagger_delay", 0);
        project.putObject("agent").put("type", "rehearsal").put("scenario", "scenario.txt");
        ArrayNode issues = (ArrayNode) project.path("issues");
        for (int number : List.of(54, 55)) {
            issues.addObject()
                    .put("number", number)
                    .put("title", "More")
                    .put("repo", "shop")
                    .put("description", "What is wanted.")
                    .put("wave", 1)
                    .put("priority", number);
        }
        issues.forEach(issue -> ((ObjectNode) issue).put("description", "What is wanted."));
        Path config = orchestra.workspace.resolve("config");
        Hands.write(
                config.resolve("scenario.txt"),
                "issue=52 stage=implement seconds=0.3 lines=2\ndefault seconds=600 lines=600\n");
        Hands.write(config.resolve("shop-issues.json"), project.toString());
    }

    private void beforeTheLaunch() {
        well("orchestrator launch --dry-run", "shop#52", "worker-1  shop#52 at implement");
        well("orchestrator doctor", "ok");
        well("orchestrator plan", "shop#53");
        prints("orchestrator explain forge-auth", "exit code 3");
        prints("orchestrator explain", "workspace-held");
        prints("orchestrator --help", "Step in:");
        prints("orchestrator help launch", "Usage: orchestrator launch");
        prints("orchestrator completion zsh", "#compdef orchestrator");
        prints("orchestrator completion fish", "complete -c orchestrator");
    }

    private boolean works(int worker) {
        JsonNode file = worker(worker);
        return file.path("status").asString("").equals("running");
    }

    private JsonNode worker(int number) {
        String text =
                Hands.read(orchestra.workspace.resolve("state/workers/worker-" + number + ".json"));
        return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
    }

    private boolean isAt(int issue, String stage) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(this::worker)
                .anyMatch(it ->
                        it.path("issue_number").asInt(0) == issue
                                && it.path("stage").asString("").equals(stage)
                                && it.path("status").asString("").equals("running"));
    }

    private void looking() {
        well("orchestrator status", "shop-orchestrator", "shop#52");
        well("packaging/orchestrator status", "shop#52");
        assertThat(
                        JSON.readTree(type("orchestrator status --json").well())
                                .at("/totals/in_progress")
                                .asInt())
                .isEqualTo(3);
        well("orchestrator dashboard", "shop#52");
        well("orchestrator logs 1", "Step 1");
        well("orchestrator logs 52", "Step 1");
        well("orchestrator logs 2 --raw", "\"type\"");
        assertThat(type("orchestrator logs shop#52 --attempt 1 --grep 'error'").code()).isZero();
        well("orchestrator rescue list", "There are no rescues.");
    }

    /** What the help says of jq gives something, from what the program prints. */
    private void whatTheHelpSaysOfJq() throws IOException {
        List<String> lines = new ArrayList<>();
        CliLab lab = new CliLab(orchestra.root.resolve("lab"));
        for (String command : List.of("status", "plan", "report", "rescue list", "logs")) {
            String help =
                    lab.anywhere(
                                    Typed.words("orchestrator " + command + " --help")
                                            .toArray(String[]::new))
                            .out();
            help.lines()
                    .map(String::strip)
                    .filter(line -> line.contains(" | jq "))
                    .forEach(lines::add);
        }
        assertThat(lines).hasSize(6);
        if (orchestra.hands.run(orchestra.root, List.of("bash", "-c", "command -v jq")).code()
                != 0) {
            return; // The program's own half is done; there is no jq to try the other with.
        }
        for (String line : lines) {
            // There is one run so far.
            String ours = line.substring(0, line.indexOf(" | jq ")).replace("--run 2", "--run 1");
            Path file =
                    Hands.write(
                            orchestra.root.resolve("printed"),
                            orchestra.look(Typed.words(ours).toArray(String[]::new)).well());
            String jq = line.substring(line.indexOf("jq ")) + " < " + file;
            String made = orchestra.hands.run(orchestra.root, List.of("bash", "-c", jq)).well();
            if (!line.contains("rescue") && !line.contains("blocked_forever")) {
                assertThat(made).as(line).isNotEmpty().isNotEqualTo("null");
            }
        }
    }

    private void thePlaybooksOwn() {
        Path here = orchestra.workspace;
        Orchestra.until(
                "the log speaks of a step",
                () -> shell(here, "tail -20 /tmp/shop-worker-1.log").contains("Step 1"));
        assertThat(shell(here, "tail -20 state/orchestrator-log.jsonl")).contains("\"seq\":");
        if (orchestra.hands.run(here, List.of("bash", "-c", "command -v python3")).code() == 0) {
            assertThat(shell(here, "cat state/workers/worker-1.json | python3 -m json.tool"))
                    .contains("\"issue_number\": 52");
        }
        typed.add("cat state/workers/worker-1.json | python3 -m json.tool");
        Path worktree = orchestra.worktree(52);
        assertThat(shell(worktree, "git log --oneline origin/main..HEAD").lines()).isNotEmpty();
        assertThat(shell(worktree, "git diff origin/main --stat")).contains("changed");
        shell(worktree, "git push origin shop/issue-52");
        assertThat(shell(orchestra.repo, "git worktree list")).contains("issue-52");
        assertThat(shell(here, "tmux list-sessions")).contains("shop-orchestrator");
        assertThat(shell(here, "tmux -V")).startsWith("tmux ");
        String before = worker(3).toString();
        shell(here, "tmux send-keys -t shop-orchestrator:worker-3 C-c");
        Orchestra.until("it starts again", () -> !worker(3).toString().equals(before) && works(3));
        theFilesThatAreNamedAreThere();
    }

    private void theFilesThatAreNamedAreThere() {
        List<String> named =
                Documents.PAGES.stream()
                        .flatMap(page -> Documents.inline(page).stream())
                        .filter(word -> word.matches("(state|/tmp|\\.\\./REPOSITORY)[^ ]*/[^ ]*"))
                        .distinct()
                        .toList();
        assertThat(named).hasSizeGreaterThan(8);
        // A journal of 8 MB, or of many events, has them (JournalCompactionTest), a run of which
        // something unusual is told (DiagnosticLogTest), and a rehearsal (RehearseTest).
        List<String> later =
                List.of(
                        "state/orchestrator-log.FIRST-LAST.jsonl",
                        "state/orchestrator-log.snapshot",
                        "state/rehearsal-run/",
                        "state/logs/");
        assertThat(named.stream().filter(word -> !later.contains(word)))
                .allSatisfy(word -> {
                    String file =
                            word.replace("/tmp/", orchestra.links + "/")
                                    .replace("PROJECT", "shop")
                                    .replace("NUMBER", "52")
                                    .replace("NNN-STAGE", "001-implement")
                                    .replace("worker-N", "worker-1")
                                    .replace("prompt-N", "prompt-1")
                                    .replace("signal-N", "signal-1")
                                    .replace("issue-N", "issue-52")
                                    .replace("../REPOSITORY", orchestra.repo.toString());
                    Path path = orchestra.workspace.resolve(file);
                    assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).as(word).isTrue();
                });
    }

    private void steppingIn() {
        well(
                "orchestrator pause --reason \"The office moves\"",
                "Nothing new is launched; what runs goes on");
        assertThat(orchestra.look("status").well()).contains("The office moves");
        well("orchestrator resume", "Launches resume.");
        well("orchestrator add-issue 99 --title \"New feature\" --wave 2", "Added shop#99 to ");
        well(
                "orchestrator move shop#52 --wave 3 --priority 1",
                "Moved shop#52 to wave 3, priority 1");
        well("orchestrator restart 2", "Worker 2 goes on with shop#54.");
        Orchestra.until("worker 2 works again", () -> works(2));
        well("orchestrator stop 2 --after-stage", "Worker 2 pauses after this stage of shop#54");
        well("orchestrator continue 2", "Worker 2 goes on.");
        well("orchestrator stop 2", "Worker 2 is stopped and keeps shop#54");
        well("orchestrator restart 3", "Worker 3 goes on with shop#55.");
        well("orchestrator push shop#52", "shop#52 is being pushed.");
        well("orchestrator push 52", "shop#52 is being pushed.");
        refused("orchestrator push", "Everything that is known to be committed is pushed.");
        well(
                "orchestrator park shop#52 --reason \"Needs a decision\"",
                "shop#52 counts as parked.");
        well("orchestrator retry shop#52", "shop#52 is taken up again where it was.");
        well("orchestrator park 52 --reason \"Crashes\"", "shop#52 counts as parked.");
        well("orchestrator retry 52", "shop#52 is taken up again where it was.");
        well("orchestrator fail shop#52 --reason \"Not wanted\"", "shop#52 counts as failed.");
        well("orchestrator retry", "1 issue is tried once more.");
        well("orchestrator complete shop#52", "shop#52 counts as completed.");
    }

    private void afterwards() {
        well("orchestrator stop", "All attempts and the monitor are ended");
        well("orchestrator report --output run.html", "Run 1 of 1 is in run.html.");
        assertThat(Hands.read(orchestra.workspace.resolve("run.html"))).contains("shop#52");
        well("orchestrator cleanup --logs", "There is nothing to compress");
        well("orchestrator cleanup --keep-worktrees", "Worktrees are kept.");
        assertThat(orchestra.worktree(52)).exists();
        well("orchestrator cleanup", "branch shop/issue-52 kept");
        assertThat(orchestra.worktree(52)).doesNotExist();
        well("packaging/orchestrator cleanup");
    }

    private void everyCommandIsAccountedFor() {
        List<String> told =
                new ArrayList<>(Documents.commands("orchestrator", "packaging/orchestrator"));
        Documents.commands("git", "tmux", "tail", "cat").stream()
                .filter(line -> line.contains(" "))
                .forEach(told::add);
        Set<String> known = new TreeSet<>(typed);
        known.addAll(ELSEWHERE.keySet());
        assertThat(new TreeSet<>(told)).as("command lines of %s", Documents.PAGES).isEqualTo(known);
        assertThat(typed)
                .as("run, and said not to be")
                .doesNotContainAnyElementsOf(ELSEWHERE.keySet());
    }

    @Test
    void bash_takes_the_completion_as_it_is_told() {
        String line = "source <(packaging/orchestrator completion bash)";
        assertThat(Documents.blocks("packaging/README.md", "sh")).contains(line + "\n");
        String script = orchestra.run("completion", "bash").well();
        Path file = Hands.write(orchestra.root.resolve("completion"), script);
        assertThat(
                        orchestra
                                .hands
                                .run(
                                        orchestra.root,
                                        List.of(
                                                "bash",
                                                "-c",
                                                "source <(cat "
                                                        + file
                                                        + ") && complete -p orchestrator"))
                                .well())
                .isEqualTo("complete -F _orchestrator orchestrator");
    }
}
