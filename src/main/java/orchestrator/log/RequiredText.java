package orchestrator.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import orchestrator.log.Expression.Choice;
import orchestrator.log.Expression.Letter;
import orchestrator.log.Expression.Repeat;
import orchestrator.log.Expression.Sequence;

/**
 * Texts of which one stands in whatever a regular expression matches, so that lines without any
 * need not be tried. One use, one thread.
 */
final class RequiredText {
    private static final int MOST = 4;
    private static final Comparator<Set<String>> TELLING =
            Comparator.comparingInt(
                    (Set<String> texts) -> texts.stream().mapToInt(String::length).min().orElse(0));
    private final List<Set<String>> found = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();

    private RequiredText() {}

    /**
     * Sets of texts, at most {@value #MOST} in each: of every set one stands in what matches. The
     * most telling set is the first; none: nothing is known.
     */
    static List<List<String>> of(ExpressionReader.Read read) {
        if (read.switched()) {
            return List.of(); // a letter may then be another one
        }
        List<Set<String>> sets =
                read.expression() instanceof Sequence one
                        ? sets(one)
                        : List.of(best(read.expression()));
        Set<String> best = best(sets);
        return Stream.concat(Stream.of(best), sets.stream().filter(it -> !it.equals(best)))
                .filter(it -> !it.isEmpty())
                .map(List::copyOf)
                .toList();
    }

    private static Set<String> best(List<Set<String>> sets) {
        return sets.stream().max(TELLING).orElse(Set.of());
    }

    private static Set<String> best(Expression expression) {
        return switch (expression) {
            case Sequence all -> best(sets(all));
            case Choice one -> {
                List<Set<String>> each = one.branches().stream().map(RequiredText::best).toList();
                Set<String> all = new LinkedHashSet<>();
                each.forEach(all::addAll);
                yield each.stream().noneMatch(Set::isEmpty) && all.size() <= MOST ? all : Set.of();
            }
            case Repeat again -> again.least() > 0 ? best(again.part()) : Set.of();
            case Letter letter -> Set.of(Character.toString(letter.codePoint()));
            case Expression.OneOf _,
                    Expression.Begin _,
                    Expression.End _,
                    Expression.Condition _,
                    Expression.Anything _ ->
                    Set.of();
        };
    }

    /** Of each of these one must stand there. */
    private static List<Set<String>> sets(Sequence sequence) {
        RequiredText reader = new RequiredText();
        for (Expression part : sequence.parts()) {
            boolean again = part instanceof Repeat;
            Expression one =
                    part instanceof Repeat repeat && repeat.least() > 0 ? repeat.part() : part;
            if (one instanceof Letter letter) {
                reader.run.appendCodePoint(letter.codePoint());
            }
            if (again || !(one instanceof Letter)) {
                reader.endRun();
                reader.found.add(one instanceof Letter ? Set.of() : best(one));
            }
        }
        reader.endRun();
        return reader.found;
    }

    private void endRun() {
        found.add(run.isEmpty() ? Set.of() : Set.of(run.toString()));
        run.setLength(0);
    }
}
