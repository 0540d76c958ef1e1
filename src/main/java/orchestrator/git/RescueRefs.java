package orchestrator.git;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.process.Outcome.Exited;

/** The refs that hold rescues: {@code refs/orchestrator/rescue/issue-12/20261122T170102Z}. */
final class RescueRefs {
    /** Where all of them are. */
    static final String ROOT = "refs/orchestrator/rescue/";

    /** The time a rescue was taken, in its name. */
    static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final int MOST_PER_SECOND = 1000;

    private final Clock clock;

    RescueRefs(Clock clock) {
        this.clock = clock;
    }

    /**
     * A rescue of the issue that holds exactly that already.
     *
     * @param parents in their order
     */
    Optional<Held> find(GitCall call, int issue, String tree, List<String> parents) {
        String wanted = tree + " " + String.join(" ", parents);
        return call.reading()
                .must(
                        "for-each-ref",
                        "--sort=-refname",
                        "--format=%(refname) %(objectname) %(tree) %(parent)",
                        "refs/orchestrator/rescue/issue-" + issue + "/")
                .lines()
                .map(line -> line.split(" ", 3))
                .filter(parts -> parts.length == 3 && parts[2].strip().equals(wanted.strip()))
                .map(parts -> new Held(parts[0], parts[1]))
                .findFirst();
    }

    /** A ref and its commit. */
    record Held(String ref, String commit) {}

    /** Makes a new ref to the commit, never changing one that is there, and returns its name. */
    String create(GitCall call, int issue, String commit) {
        String name = ROOT + "issue-" + issue + "/" + STAMP.format(clock.instant());
        for (int k = 1; k <= MOST_PER_SECOND; k++) {
            String ref = k == 1 ? name : name + "-" + k;
            List<String> arguments =
                    List.of(
                            "update-ref",
                            "--create-reflog",
                            "-m",
                            "rescue of issue " + issue,
                            ref,
                            commit,
                            "0".repeat(commit.length()));
            Exited exited = call.config("core.fsync=committed,reference").patiently(arguments);
            if (exited.ok()) {
                return ref;
            }
            if (!exited.stderr().contains("reference already exists")) {
                throw call.failure(arguments, exited);
            }
        }
        throw new Fault(
                "rescue-failed",
                "There are " + MOST_PER_SECOND + " rescues named " + name + "; try again later.");
    }
}
