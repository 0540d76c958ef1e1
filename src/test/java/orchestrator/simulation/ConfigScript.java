package orchestrator.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration of a run as its author has it in mind, written as the file it is. */
final class ConfigScript {
    private static final String BROKEN = "it is broken";
    private static final List<String> STAGES = List.of("implement", "review", "document");

    private static final class Entry {
        final int number;
        int wave;
        int priority;
        List<Integer> dependsOn = List.of();
        String exclusive = "";

        Entry(int number) {
            this.number = number;
        }
    }

    static final int MOST_WORKERS = 4;

    private final Dice dice;
    private final Path file;
    private final List<Entry> issues = new ArrayList<>();
    private int workers;
    private int stages;
    private final int stall;
    private final int retries;
    private final int stagger;
    private final boolean gate;
    private final boolean setup;
    private final boolean pullRequest;
    private final boolean retryFailed;

    ConfigScript(Dice dice, Path file) {
        this.dice = dice;
        this.file = file;
        workers = dice.between(1, 3);
        stages = dice.between(1, 3);
        stall = dice.between(20, 90);
        retries = dice.between(0, 3);
        stagger = dice.below(3);
        gate = dice.chance(0.3);
        setup = dice.chance(0.2);
        pullRequest = dice.chance(0.2);
        retryFailed = dice.chance(0.5);
        int count = dice.between(2, 5);
        for (int i = 0; i < count; i++) {
            add();
        }
    }

    private void add() {
        Entry entry = new Entry(issues.size() + 1);
        entry.wave = dice.between(1, 2);
        entry.priority = dice.between(1, 3);
        entry.dependsOn = dependencies(entry.number);
        entry.exclusive = dice.chance(0.2) ? "db" : "";
        issues.add(entry);
    }

    private List<Integer> dependencies(int number) {
        return number > 1 && dice.chance(0.3) ? List.of(dice.between(1, number - 1)) : List.of();
    }

    /** One edit of a person; what it was. */
    String edit() {
        Entry any = dice.of(issues);
        String what =
                switch (dice.below(7)) {
                    case 0 -> {
                        add();
                        yield "an issue is added";
                    }
                    case 1 -> {
                        any.wave = dice.between(1, 3);
                        yield "wave of " + any.number;
                    }
                    case 2 -> {
                        any.priority = dice.between(1, 5);
                        yield "priority of " + any.number;
                    }
                    case 3 -> {
                        any.dependsOn = dependencies(any.number);
                        yield "dependencies of " + any.number + ": " + any.dependsOn;
                    }
                    case 4 -> {
                        workers = dice.between(1, MOST_WORKERS);
                        yield workers + " workers";
                    }
                    case 5 -> {
                        stages = dice.between(1, 3);
                        yield stages + " stages";
                    }
                    default -> BROKEN;
                };
        if (what.equals(BROKEN)) {
            put("{ \"project\": \"demo\", \"issues\": [ {");
        } else {
            write();
        }
        return what;
    }

    /** Any of its issues, as PROJECT#N. */
    String any() {
        return "demo#" + dice.of(issues).number;
    }

    /** Whether two issues use something that only one may use at a time. */
    boolean share(String one, String other) {
        String name = exclusive(one);
        return !name.isEmpty() && name.equals(exclusive(other));
    }

    private String exclusive(String issue) {
        return issues.stream()
                .filter(entry -> issue.equals("demo#" + entry.number))
                .map(entry -> entry.exclusive)
                .findFirst()
                .orElse("");
    }

    void write() {
        String list =
                issues.stream()
                        .map(entry ->
                                "{\"number\": %d, \"title\": \"Issue %d\", \"description\": \"Do it.\", \"wave\": %d, \"priority\": %d, \"depends_on\": %s%s}"
                                        .formatted(
                                                entry.number,
                                                entry.number,
                                                entry.wave,
                                                entry.priority,
                                                entry.dependsOn,
                                                entry.exclusive.isEmpty()
                                                        ? ""
                                                        : ", \"exclusive\": [\"%s\"]"
                                                                .formatted(entry.exclusive)))
                        .collect(Collectors.joining(",\n"));
        String pipeline =
                STAGES.stream()
                        .limit(stages)
                        .map(stage -> "\"" + stage + "\"")
                        .collect(Collectors.joining(", "));
        put(
                """
                {
                "project": "demo", "repo_path": "../repo", "branch_prefix": "demo/issue-",
                "worktree_base": "../trees", "platform": "none",
                "stagger_delay": %d, "cycle_interval": 30,
                "max_retries": %d, "stall_timeout": %d, "wall_clock_timeout": %d,
                "num_workers": %d, "retry_failed": %s,
                "timings": {"silent_start": 15, "linger": 5, "unknown_reset": 30, "reset_jitter": 3,
                    "account_probe": 20, "backoff": 2, "longest_backoff": 15},
                %s
                "pipeline": [%s],
                "issues": [%s]
                }
                """
                        .formatted(
                                stagger,
                                retries,
                                stall,
                                stall * 2,
                                workers,
                                retryFailed,
                                (gate ? "\"gate\": \"make check\", \"gate_timeout\": 10, " : "")
                                        + (setup ? "\"setup\": \"make ready\", " : "")
                                        + (pullRequest ? "\"open_pull_request\": true," : ""),
                                pipeline,
                                list));
    }

    private void put(String text) {
        try {
            Path half = file.resolveSibling("half");
            Files.writeString(half, text);
            Files.move(
                    half,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
