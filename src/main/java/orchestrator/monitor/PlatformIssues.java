package orchestrator.monitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import orchestrator.forge.ForgeIssue;
import orchestrator.forge.IssueList;
import orchestrator.model.Fault;
import orchestrator.model.Repo;

/** The issues of one repository, each asked for once, some at a time. One thread. */
final class PlatformIssues {
    /** More at once, and a platform takes us for an attack. */
    private static final int AT_ONCE = 4;

    private final IssueList list;
    private final Repo repo;
    private final Map<Integer, ForgeIssue> known = new ConcurrentHashMap<>();

    /** What became of a look. */
    sealed interface Look {}

    /** It is there. */
    record There(ForgeIssue issue) implements Look {}

    /** It is not, as this says. */
    record NotThere(Fault fault) implements Look {}

    PlatformIssues(IssueList list, Repo repo) {
        this.list = list;
        this.repo = repo;
    }

    ForgeIssue one(int number) {
        ForgeIssue issue = list.issue(repo.path(), repo.platform(), number);
        known.put(number, issue);
        return issue;
    }

    List<ForgeIssue> search(IssueList.Search search, boolean texts) {
        List<ForgeIssue> found = list.search(repo.path(), repo.platform(), search, texts);
        found.forEach(issue -> known.putIfAbsent(issue.number(), issue));
        return found;
    }

    /**
     * Looks at several, in their order.
     *
     * @throws Fault when the platform cannot be asked
     */
    Map<Integer, Look> all(Collection<Integer> numbers, Progress progress) {
        Map<Integer, Future<Look>> asked = new LinkedHashMap<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
        try {
            for (int number : numbers) {
                asked.put(number, threads.submit(() -> look(number)));
            }
            return await(asked, progress);
        } finally {
            // One that failed spares us the rest: what still runs is ended.
            threads.shutdownNow();
            threads.close();
        }
    }

    private Look look(int number) {
        Optional<ForgeIssue> before = Optional.ofNullable(known.get(number));
        if (before.isPresent()) {
            return new There(before.get());
        }
        try {
            return new There(list.issue(repo.path(), repo.platform(), number));
        } catch (Fault fault) {
            if (fault.code().equals("forge-not-found")) {
                return new NotThere(fault);
            }
            throw fault;
        }
    }

    private Map<Integer, Look> await(Map<Integer, Future<Look>> asked, Progress progress) {
        Map<Integer, Look> looks = new LinkedHashMap<>();
        for (Map.Entry<Integer, Future<Look>> each : new ArrayList<>(asked.entrySet())) {
            progress.at(looks.size(), asked.size());
            try {
                Look look = each.getValue().get();
                looks.put(each.getKey(), look);
                if (look instanceof There(ForgeIssue issue)) {
                    known.put(issue.number(), issue);
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Fault fault
                        ? fault
                        : new IllegalStateException("an issue could not be asked for", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Fault(
                        "interrupted", "The import was interrupted; nothing was written.", e);
            }
        }
        return looks;
    }
}
