package orchestrator.model;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/** An unchangeable list of a project's issues that finds one by its number in constant time. */
final class Issues extends AbstractList<Issue> implements RandomAccess {
    private final List<Issue> list;
    private final Map<Integer, Issue> byNumber;

    private Issues(List<Issue> list) {
        this.list = List.copyOf(list);
        this.byNumber = HashMap.newHashMap(list.size());
        list.forEach(issue -> byNumber.putIfAbsent(issue.id().number(), issue));
    }

    /** The same list when it is one already. */
    static Issues of(List<Issue> list) {
        return list instanceof Issues issues ? issues : new Issues(list);
    }

    Optional<Issue> numbered(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    @Override
    public Issue get(int index) {
        return list.get(index);
    }

    @Override
    public int size() {
        return list.size();
    }
}
