package orchestrator.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code initial_assignments}: which worker of the pool begins with which issue. */
final class AssignmentCheck {
    private final int workers;

    /** Worker → who assigned it; the pool is shared by all projects. */
    private final Map<Integer, String> assigned = new HashMap<>();

    AssignmentCheck(int workers) {
        this.workers = workers;
    }

    Map<Integer, Integer> read(ProjectDraft draft) {
        Optional<Node.Obj> object = draft.assignments();
        Map<Integer, Integer> assignments = new HashMap<>();
        if (object.isEmpty()) {
            return assignments;
        }
        Source source = draft.source();
        Section.reportRepeats(source, object.get());
        Set<Integer> known =
                draft.issues().stream()
                        .filter(ProjectDraft.IssueDraft::counted)
                        .map(at -> at.issue().id().number())
                        .collect(Collectors.toSet());
        Set<Integer> used = new HashSet<>();
        for (Node.Member member : object.get().members()) {
            Optional<Integer> worker = worker(source, member);
            Optional<Integer> issue = issue(source, member, known, used);
            if (worker.isPresent() && issue.isPresent()) {
                assignments.put(worker.get(), issue.get());
            }
        }
        return assignments;
    }

    private Optional<Integer> worker(Source source, Node.Member member) {
        String key = member.key();
        if (!key.matches("[1-9]\\d{0,8}") || Integer.parseInt(key) > workers) {
            source.problem(
                    member.keySpan(),
                    "%s is no worker; workers are \"1\" to \"%d\" (\"num_workers\")"
                            .formatted(Quoted.of(key), workers));
            return Optional.empty();
        }
        int worker = Integer.parseInt(key);
        String here = source.place(member.keySpan());
        String other = assigned.putIfAbsent(worker, here);
        // The same file twice is a repeated key, which is told already.
        if (other != null && !other.startsWith(Problems.printable(source.file()) + ":")) {
            source.problem(
                    member.keySpan(),
                    "worker %d already begins with an issue of another project (%s); choose another worker"
                            .formatted(worker, other));
        }
        return Optional.of(worker);
    }

    private static Optional<Integer> issue(
            Source source, Node.Member member, Set<Integer> known, Set<Integer> used) {
        Optional<At<Integer>> number =
                Section.asInteger(
                        source,
                        "the issue of worker " + Quoted.of(member.key()),
                        member.value(),
                        1,
                        Integer.MAX_VALUE);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        String fault = "";
        if (!known.contains(number.get().value())) {
            fault = "does not exist; assign an issue of this file";
        } else if (!used.add(number.get().value())) {
            fault = "is assigned to two workers; keep one";
        }
        if (!fault.isEmpty()) {
            source.problem(number.get().span(), "issue " + number.get().value() + " " + fault);
            return Optional.empty();
        }
        return number.map(At::value);
    }
}
