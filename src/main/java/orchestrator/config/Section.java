package orchestrator.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One object of a file, read key by key. What a key holds wrongly is reported and then taken as not
 * given, so that one fault hides no other.
 */
final class Section {
    private static final Pattern WHOLE = Pattern.compile("(-?\\d+)(?:\\.0+)?");
    private static final int LONGEST_LONG = 18;
    private static final int LONGEST_NUMBER = 40;

    private final Source source;
    private final Node.Obj node;
    private final Set<String> known;

    /** Reports repeated keys, and warns of those that mean nothing. */
    Section(Source source, Node.Obj node, Set<String> known) {
        this.source = source;
        this.node = node;
        this.known = known;
        reportRepeats(source, node);
        for (Node.Member member : node.members()) {
            if (!known.contains(member.key())) {
                source.warning(
                        member.keySpan(),
                        "the key "
                                + Quoted.of(member.key())
                                + " is not known and has no effect"
                                + Nearest.hint(member.key(), known));
            }
        }
    }

    /** Reports every key that an object has twice. */
    static void reportRepeats(Source source, Node.Obj node) {
        Map<String, Node.Span> seen = new HashMap<>();
        for (Node.Member member : node.members()) {
            Node.Span first = seen.putIfAbsent(member.key(), member.keySpan());
            if (first != null) {
                source.problem(
                        member.keySpan(),
                        "the key %s stands here a second time (first in line %d); remove one"
                                .formatted(Quoted.of(member.key()), first.line()));
            }
        }
    }

    Node.Span span() {
        return node.span();
    }

    Source source() {
        return source;
    }

    Optional<Node> value(String key) {
        if (!known.contains(key)) {
            throw new IllegalArgumentException("not declared in Keys: " + key);
        }
        return node.member(key).map(Node.Member::value);
    }

    /** Reports that a key must be there. */
    void missing(String key, String advice) {
        Optional<Node.Member> misspelt =
                node.members().stream()
                        .filter(m -> !known.contains(m.key()))
                        .filter(m -> Nearest.to(m.key(), Set.of(key)).isPresent())
                        .findFirst();
        String hint =
                misspelt.map(m ->
                                " (line %d says %s)"
                                        .formatted(m.keySpan().line(), Quoted.of(m.key())))
                        .orElse("");
        source.problem(node.span(), "\"" + key + "\" is missing" + hint + "; " + advice);
    }

    private void wrongType(String key, Node value, String expected) {
        wrongType(source, "\"" + key + "\"", value, expected);
    }

    static void wrongType(Source source, String subject, Node value, String expected) {
        source.problem(
                value.span(),
                subject
                        + " is "
                        + value.phrase()
                        + " and must be "
                        + expected
                        + (value instanceof Node.Null
                                ? "; leave the key out for its default"
                                : ""));
    }

    /** Any text. */
    Optional<At<String>> text(String key) {
        Optional<Node> value = value(key);
        return value.isEmpty() ? Optional.empty() : asText(source, "\"" + key + "\"", value.get());
    }

    static Optional<At<String>> asText(Source source, String subject, Node value) {
        if (value instanceof Node.Str text) {
            return Optional.of(new At<>(text.value(), text.span()));
        }
        wrongType(source, subject, value, "a text in quotes");
        return Optional.empty();
    }

    /** A text that is not blank and has no control characters. */
    Optional<At<String>> line(String key) {
        return text(key).filter(text -> isLine("\"" + key + "\"", text));
    }

    private boolean isLine(String subject, At<String> text) {
        if (text.value().isBlank()) {
            source.problem(text.span(), subject + " is empty; fill it in, or leave the key out");
            return false;
        }
        if (hasControls(text.value())) {
            source.problem(
                    text.span(),
                    subject + " holds a control character or a new line; write it on one line");
            return false;
        }
        return true;
    }

    static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** A list of texts; empty when not given. */
    List<At<String>> texts(String key) {
        return texts(key, list(key).map(Node.Arr::items).orElse(List.of()));
    }

    private List<At<String>> texts(String key, List<Node> items) {
        List<At<String>> texts = new ArrayList<>();
        for (Node item : items) {
            asText(source, entryOf(key), item).ifPresent(texts::add);
        }
        return texts;
    }

    /** A list of texts that are each as {@link #line}; empty when not given. */
    List<At<String>> lines(String key) {
        return texts(key).stream().filter(text -> isLine(entryOf(key), text)).toList();
    }

    /** As {@link #lines}, where a text alone stands for a list of it. */
    List<At<String>> lineOrLines(String key) {
        if (value(key).orElse(null) instanceof Node.Str) {
            return line(key).map(List::of).orElse(List.of());
        }
        return lines(key);
    }

    private static String entryOf(String key) {
        return "an entry of \"" + key + "\"";
    }

    /** A command for the shell, of any number of lines; empty when not given, and when blank. */
    Optional<String> command(String key) {
        Optional<At<String>> text = text(key);
        if (text.isPresent() && text.get().value().indexOf('\0') >= 0) {
            source.problem(
                    text.get().span(),
                    "\"" + key + "\" holds a NUL, which cannot be passed on; remove it");
            return Optional.empty();
        }
        return text.map(At::value).filter(command -> !command.isBlank());
    }

    /** True or false. */
    Optional<At<Boolean>> flag(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof Node.Bool)) {
            wrongType(key, value.get(), "true or false");
        }
        return value.filter(Node.Bool.class::isInstance)
                .map(Node.Bool.class::cast)
                .map(flag -> new At<>(flag.value(), flag.span()));
    }

    /** An amount of money: more than nothing. */
    Optional<At<Double>> dollars(String key, double most) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof Node.Num number)) {
            wrongType(key, value.get(), "a number of US dollars");
            return Optional.empty();
        }
        double dollars = asDouble(number);
        // Written so that NaN is out of range too.
        if (!(dollars > 0 && dollars <= most)) {
            source.problem(
                    number.span(),
                    "\"%s\" is %s and must be more than 0 and at most %s US dollars; leave the key out for no limit"
                            .formatted(key, Quoted.shortened(number.text()), plainly(most)));
            return Optional.empty();
        }
        return Optional.of(new At<>(dollars, number.span()));
    }

    /** NaN for what is too long to be meant. */
    private static double asDouble(Node.Num number) {
        String text = number.text();
        return text.length() > LONGEST_NUMBER ? Double.NaN : Double.parseDouble(text);
    }

    Optional<Node.Arr> list(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof Node.Arr)) {
            wrongType(key, value.get(), "a list [ … ]");
        }
        return value.filter(Node.Arr.class::isInstance).map(Node.Arr.class::cast);
    }

    Optional<Node.Obj> object(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof Node.Obj)) {
            wrongType(key, value.get(), "an object { … }");
        }
        return value.filter(Node.Obj.class::isInstance).map(Node.Obj.class::cast);
    }

    Optional<At<Integer>> integer(String key, int least, int most) {
        Optional<Node> value = value(key);
        return value.isEmpty()
                ? Optional.empty()
                : asInteger(source, "\"" + key + "\"", value.get(), least, most);
    }

    static Optional<At<Integer>> asInteger(
            Source source, String subject, Node value, int least, int most) {
        if (!(value instanceof Node.Num number)) {
            wrongType(source, subject, value, "a whole number");
            return Optional.empty();
        }
        String text = number.text();
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            wrongType(source, subject, value, "a whole number, written without exponent");
            return Optional.empty();
        }
        String digits = whole.group(1);
        // What is too long for a long is out of every range we have.
        long read = digits.length() > LONGEST_LONG ? Long.MAX_VALUE : Long.parseLong(digits);
        if (read < least || read > most) {
            String range =
                    most == Integer.MAX_VALUE
                            ? least + " or more"
                            : "between " + least + " and " + most;
            source.problem(
                    value.span(),
                    "%s is %s and must be %s".formatted(subject, Quoted.shortened(text), range));
            return Optional.empty();
        }
        return Optional.of(new At<>((int) read, value.span()));
    }

    /** Whole or fractional seconds. */
    Optional<At<Duration>> seconds(String key, double least, double most) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof Node.Num number)) {
            wrongType(key, value.get(), "a number of seconds");
            return Optional.empty();
        }
        double seconds = asDouble(number);
        // Written so that NaN is out of range too.
        if (!(seconds >= least && seconds <= most)) {
            source.problem(
                    number.span(),
                    "\"%s\" is %s and must be between %s and %s seconds"
                            .formatted(
                                    key,
                                    Quoted.shortened(number.text()),
                                    plainly(least),
                                    plainly(most)));
            return Optional.empty();
        }
        return Optional.of(new At<>(Duration.ofNanos(Math.round(seconds * 1e9)), number.span()));
    }

    private static String plainly(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** One of a few words. */
    <T> Optional<At<T>> word(String key, Map<String, T> words) {
        Optional<At<String>> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        T meant = words.get(text.get().value());
        if (meant == null) {
            List<String> sorted = words.keySet().stream().sorted().toList();
            source.problem(
                    text.get().span(),
                    "\"%s\" is %s and must be one of %s%s"
                            .formatted(
                                    key,
                                    Quoted.of(text.get().value()),
                                    String.join(", ", sorted),
                                    Nearest.hint(text.get().value(), words.keySet())));
            return Optional.empty();
        }
        return Optional.of(new At<>(meant, text.get().span()));
    }

    /** A path as people write it, made absolute. */
    Optional<At<Path>> path(String key) {
        return line(key).flatMap(written -> toPath(key, written));
    }

    private Optional<At<Path>> toPath(String key, At<String> written) {
        try {
            return Optional.of(new At<>(source.resolve(written.value()), written.span()));
        } catch (InvalidPathException e) {
            source.problem(
                    written.span(),
                    "\"%s\" is %s, which is not a path (%s)"
                            .formatted(key, Quoted.of(written.value()), e.getReason()));
            return Optional.empty();
        }
    }
}
