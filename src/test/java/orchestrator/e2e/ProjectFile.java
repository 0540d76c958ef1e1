package orchestrator.e2e;

import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration being written: project {@code proof}, session {@code proof-orchestrator}, two
 * workers, one stage, attempts of a fraction of a second. Waves and the cycle are long on purpose:
 * what happens must come of events, not of sweeps.
 */
final class ProjectFile {
    static final String PROJECT = "proof";
    static final String SESSION = "proof-orchestrator";
    static final String BRANCHES = "proof/issue-";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode root = JSON.createObjectNode();
    private final ArrayNode issues = JSON.createArrayNode();
    private String scenario = "default seconds=0.3 lines=2\n";

    ProjectFile() {
        root.put("project", PROJECT)
                .put("repo", "app")
                .put("repo_path", "../../repo")
                .put("branch_prefix", BRANCHES)
                .put("default_branch", "main")
                .put("platform", "none")
                .put("tmux_session", SESSION)
                .put("num_workers", 2)
                .put("cycle_interval", 600)
                .put("stagger_delay", 0);
        root.putObject("agent").put("type", "rehearsal").put("scenario", "scenario.txt");
        root.putArray("pipeline").add("implement");
    }

    ProjectFile workers(int count) {
        root.put("num_workers", count);
        return this;
    }

    ProjectFile stages(String... names) {
        ArrayNode pipeline = root.putArray("pipeline");
        Arrays.stream(names).forEach(pipeline::add);
        return this;
    }

    ProjectFile put(String key, double value) {
        root.put(key, value);
        return this;
    }

    /** Any key, its value as JSON. */
    ProjectFile json(String key, String value) {
        root.set(key, JSON.readTree(value));
        return this;
    }

    /** Any key of the issue that was added last, its value as JSON. */
    ProjectFile last(String key, String value) {
        ((ObjectNode) issues.get(issues.size() - 1)).set(key, JSON.readTree(value));
        return this;
    }

    /** A wait of the decision table, in seconds. */
    ProjectFile timing(String key, double seconds) {
        root.withObject("timings").put(key, seconds);
        return this;
    }

    ProjectFile put(String key, String value) {
        root.put(key, value);
        return this;
    }

    /** Issues 1 to {@code count} of one wave, without dependencies. */
    ProjectFile issues(int count) {
        for (int number = 1; number <= count; number++) {
            issue(number, "Issue " + number);
        }
        return this;
    }

    ProjectFile issue(int number, String title, int... dependsOn) {
        return issue(number, title, "What issue " + number + " wants.", dependsOn);
    }

    ProjectFile issue(int number, String title, String description, int... dependsOn) {
        ObjectNode issue = issues.addObject();
        issue.put("number", number).put("title", title).put("description", description);
        ArrayNode needs = issue.putArray("depends_on");
        Arrays.stream(dependsOn).forEach(needs::add);
        return this;
    }

    /** Has the issues taken up in the order in which they stand here, whatever their numbers. */
    ProjectFile inOrder() {
        for (int place = 0; place < issues.size(); place++) {
            ((ObjectNode) issues.get(place)).put("priority", place);
        }
        return this;
    }

    /** With that program as claude; where the tests run as root, the machine is its sandbox. */
    ProjectFile claude(String path) {
        ObjectNode agent = root.putObject("agent").put("type", "claude").put("path", path);
        agent.putObject("env").put("IS_SANDBOX", "1");
        return this;
    }

    /** How the attempts go; see {@code rehearsal/SCENARIO.md}. */
    ProjectFile scenario(String... lines) {
        scenario = String.join("\n", lines) + "\n";
        return this;
    }

    String scenario() {
        return scenario;
    }

    String json() {
        root.set("issues", issues);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
