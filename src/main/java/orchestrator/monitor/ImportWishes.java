package orchestrator.monitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import orchestrator.forge.ForgeIssue;
import orchestrator.forge.IssueReference;
import orchestrator.forge.TaskList;
import orchestrator.monitor.ImportPlan.LeftOut;

/** The issues that are to be imported, as they are named by numbers, searches and a task list. */
final class ImportWishes {
    private static final int WORDS = 60;

    /** An issue that is wanted. */
    static final class Wish {
        final int number;

        /** Whether a person named it by its number. */
        boolean byHand;

        /** How often it stands in the task list. */
        int listed;

        /** Whether it is ticked wherever it stands there. */
        boolean ticked;

        OptionalInt wave = OptionalInt.empty();
        final Set<Integer> dependsOn = new LinkedHashSet<>();

        Wish(int number) {
            this.number = number;
        }
    }

    private final Map<Integer, Wish> wishes = new LinkedHashMap<>();
    final List<LeftOut> leftOut = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    Collection<Wish> all() {
        return wishes.values();
    }

    Optional<Wish> of(int number) {
        return Optional.ofNullable(wishes.get(number));
    }

    /** It cannot be imported. */
    void leaveOut(Wish wish, String reason) {
        wishes.remove(wish.number);
        leftOut.add(new LeftOut("#" + wish.number, reason));
    }

    Wish add(int number) {
        return wishes.computeIfAbsent(number, Wish::new);
    }

    /** Takes the tasks of an epic. */
    void add(ForgeIssue epic, TaskList list) {
        String home = epic.repository().orElse("");
        list.others()
                .forEach(line ->
                        leftOut.add(
                                new LeftOut(
                                        Text.oneLine(line, WORDS),
                                        "names no issue, or is struck out")));
        List<TaskList.Task> taken = new ArrayList<>();
        for (TaskList.Task task : list.tasks()) {
            Optional<String> reason = unfit(epic, home, task.issue());
            if (reason.isPresent()) {
                leftOut.add(new LeftOut(task.issue().toString(), reason.get()));
                continue;
            }
            taken.add(task);
            Wish wish = add(task.issue().number());
            wish.ticked = task.done() && (wish.ticked || wish.listed == 0);
            wish.listed++;
            if (wish.wave.isEmpty()) {
                wish.wave = task.wave();
            }
        }
        for (Wish wish : all()) {
            if (wish.listed > 1) {
                notes.add(
                        "#%d stands in the list %d times: it is taken once, with all it depends on there."
                                .formatted(wish.number, wish.listed));
            }
        }
        taken.forEach(task -> depend(epic, home, task));
    }

    private static Optional<String> unfit(ForgeIssue epic, String home, IssueReference issue) {
        if (!issue.isOf(home)) {
            return Optional.of("of another repository");
        }
        if (issue.request()) {
            return Optional.of("a pull request");
        }
        return issue.number() == epic.number()
                ? Optional.of("the issue that holds the list")
                : issue.number() < 1 ? Optional.of("no number of an issue") : Optional.empty();
    }

    private void depend(ForgeIssue epic, String home, TaskList.Task task) {
        int number = task.issue().number();
        for (IssueReference on : task.dependsOn()) {
            Optional<String> unfit = unfit(epic, home, on);
            if (unfit.isPresent()) {
                notes.add("#%d does not wait for %s, %s.".formatted(number, on, unfit.get()));
            } else {
                add(number).dependsOn.add(on.number());
            }
        }
        for (IssueReference other : task.blocks()) {
            Optional<Wish> waits =
                    unfit(epic, home, other).isEmpty() ? of(other.number()) : Optional.empty();
            waits.ifPresentOrElse(
                    wish -> wish.dependsOn.add(number),
                    () ->
                            notes.add(
                                    "%s, which is said to wait for #%d, is not in the list."
                                            .formatted(other, number)));
        }
    }
}
