package orchestrator.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads out of a regular expression texts of which one stands in whatever it matches, so that lines
 * without any need not be tried. What it does not understand for certain it leaves: then nothing is
 * known. One use, one thread.
 */
final class RequiredText {
    private static final int MOST = 4;
    private static final String CLASSES = "dDwWsSbBhHvV";
    private static final Comparator<Set<String>> TELLING =
            Comparator.comparingInt(
                    (Set<String> texts) -> texts.stream().mapToInt(String::length).min().orElse(0));
    private final int[] regex;
    private final List<Set<String>> outermost = new ArrayList<>();
    private int at;
    private int depth;
    private int branches;

    /** It holds something that is not understood here. */
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        Lost() {
            super("not understood", null, false, false);
        }
    }

    private RequiredText(String regex) {
        this.regex = regex.codePoints().toArray();
    }

    /**
     * Sets of texts, at most {@value #MOST} in each: of every set one stands in what matches. The
     * most telling set is the first; none: nothing is known.
     */
    static List<List<String>> of(String regex) {
        RequiredText reader = new RequiredText(regex);
        try {
            Set<String> best = reader.alternatives();
            if (reader.at < reader.regex.length || best.isEmpty()) {
                return List.of();
            }
            Stream<Set<String>> others =
                    reader.branches == 1 ? reader.outermost.stream() : Stream.of();
            return Stream.concat(Stream.of(best), others.filter(it -> !it.equals(best)))
                    .map(List::copyOf)
                    .toList();
        } catch (Lost lost) {
            return List.of();
        }
    }

    private boolean ended() {
        return at == regex.length;
    }

    private boolean is(int c) {
        return !ended() && regex[at] == c;
    }

    private boolean skip(int c) {
        boolean is = is(c);
        at += is ? 1 : 0;
        return is;
    }

    private int take() throws Lost {
        if (ended()) {
            throw new Lost();
        }
        return regex[at++];
    }

    private Set<String> alternatives() throws Lost {
        Set<String> all = new LinkedHashSet<>();
        boolean each = true;
        do {
            Set<String> one = sequence();
            each &= !one.isEmpty();
            all.addAll(one);
        } while (skip('|'));
        return each && all.size() <= MOST ? all : Set.of();
    }

    private Set<String> sequence() throws Lost {
        List<Set<String>> found = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        while (!ended() && !is('|') && !is(')')) {
            Set<String> group = Set.of();
            int literal = -1;
            int c = take();
            switch (c) {
                case '(' -> group = group();
                case '[' -> characters();
                case '\\' -> literal = escaped();
                case '.', '^', '$' -> literal = -1;
                case '?', '*', '+', '{' -> throw new Lost();
                default -> literal = c;
            }
            int before = at;
            int least = least();
            if (literal >= 0 && least > 0) {
                run.appendCodePoint(literal);
            }
            if (literal < 0 || at > before) {
                found.add(texts(run));
                run.setLength(0);
            }
            if (least > 0) {
                found.add(group);
            }
        }
        found.add(texts(run));
        if (depth == 0) {
            branches++;
            found.stream().filter(it -> !it.isEmpty()).forEach(outermost::add);
        }
        return found.stream().max(TELLING).orElse(Set.of());
    }

    private static Set<String> texts(StringBuilder run) {
        return run.isEmpty() ? Set.of() : Set.of(run.toString());
    }

    private Set<String> group() throws Lost {
        if (skip('?')) {
            if (skip('<')) {
                if (is('=') || is('!')) {
                    throw new Lost();
                }
                while (take() != '>') {
                    // a name
                }
            } else if (!skip(':')) {
                throw new Lost();
            }
        }
        depth++;
        Set<String> found = alternatives();
        depth--;
        if (!skip(')')) {
            throw new Lost();
        }
        return found;
    }

    private void characters() throws Lost {
        skip('^');
        if (is(']')) {
            throw new Lost();
        }
        for (int c = take(); c != ']'; c = take()) {
            if (c == '[' || c == '&') {
                throw new Lost();
            }
            if (c == '\\') {
                escaped();
            }
        }
    }

    /** The character that is meant, or −1: one of several, or none. */
    private int escaped() throws Lost {
        int c = take();
        if (CLASSES.indexOf(c) >= 0) {
            return -1;
        }
        if (c >= 0x80 || Character.isLetterOrDigit(c)) {
            throw new Lost();
        }
        return c;
    }

    /** How often at least what stands before must come. */
    private int least() throws Lost {
        int least = 1;
        if (skip('?') || skip('*')) {
            least = 0;
        } else if (skip('{')) {
            int digit = take();
            least = digit - '0';
            for (int c = digit; c != '}'; c = take()) {
                if (c != ',' && (c < '0' || c > '9')) {
                    throw new Lost();
                }
            }
        } else if (!skip('+')) {
            return least;
        }
        if (!skip('?')) {
            skip('+');
        }
        return least;
    }
}
