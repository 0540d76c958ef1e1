package orchestrator.model;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * An unchangeable list of a workspace's projects that finds one by its name in constant time, and
 * has all their issues in order.
 */
final class Projects extends AbstractList<Project> implements RandomAccess {
    private final List<Project> list;
    private final Map<String, Project> byName;
    private final List<Issue> ordered;

    private Projects(List<Project> list) {
        this.list = List.copyOf(list);
        this.byName = HashMap.newHashMap(list.size());
        list.forEach(project -> byName.putIfAbsent(project.name(), project));
        this.ordered =
                list.stream()
                        .flatMap(project -> project.issues().stream())
                        .sorted(Issue.ORDER)
                        .toList();
    }

    /** The same list when it is one already. */
    static Projects of(List<Project> list) {
        return list instanceof Projects projects ? projects : new Projects(list);
    }

    Optional<Project> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<Issue> ordered() {
        return ordered;
    }

    @Override
    public Project get(int index) {
        return list.get(index);
    }

    @Override
    public int size() {
        return list.size();
    }
}
