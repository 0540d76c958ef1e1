package orchestrator.log;

import java.util.List;

/** A regular expression in its parts, as far as what is found faster without it needs them. */
sealed interface Expression {
    /** As {@link Repeat#most()}: as often as there is something. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** This character, or one that differs from it in case. */
    record Letter(int codePoint) implements Expression {}

    /**
     * One of several characters.
     *
     * @param written as an expression of its own
     */
    record OneOf(String written) implements Expression {}

    /** One after the other. */
    record Sequence(List<Expression> parts) implements Expression {}

    /** One of them. */
    record Choice(List<Expression> branches) implements Expression {}

    /**
     * Again and again.
     *
     * @param possessive gives nothing back of what it took, and so may miss a match
     */
    record Repeat(Expression part, int least, int most, boolean possessive) implements Expression {}

    /** Where a line begins. */
    record Begin() implements Expression {}

    /** Where a line ends, or before the line end that it shows. */
    record End() implements Expression {}

    /** A condition that takes no characters and is not looked into, such as a word's end. */
    record Condition() implements Expression {}

    /** Any characters, or none: what was found before, once more. */
    record Anything() implements Expression {}
}
