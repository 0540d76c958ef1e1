package orchestrator.simulation;

/**
 * How much goes wrong, each a probability for one call. A run draws its own, so that some runs are
 * deep and nearly undisturbed and others are short and broken; at its end the world is kind, and
 * then everything must come to its end.
 */
final class Mood {
    private static final double[] ERRORS = {0, 0, 0.005, 0.02, 0.1};
    private static final double[] HANGS = {0, 0, 0.002, 0.01};
    private static final double[] CRASHES = {0, 0, 0.0005, 0.002, 0.008};

    private final double error;
    private final double hang;
    private final double crash;
    private final int mostCrashes;
    private boolean kind;
    private int crashes;

    private Mood(double error, double hang, double crash, int mostCrashes) {
        this.error = error;
        this.hang = hang;
        this.crash = crash;
        this.mostCrashes = mostCrashes;
    }

    static Mood of(Dice dice) {
        return new Mood(
                ERRORS[dice.below(ERRORS.length)],
                HANGS[dice.below(HANGS.length)],
                CRASHES[dice.below(CRASHES.length)],
                dice.between(1, 6));
    }

    /** From now on nothing goes wrong. */
    void becomeKind() {
        kind = true;
    }

    boolean isKind() {
        return kind;
    }

    /** Whether calls hang in this run, at any time. */
    boolean everHangs() {
        return hang > 0;
    }

    void crashed() {
        crashes++;
    }

    double error() {
        return kind ? 0 : error;
    }

    double hang() {
        return kind ? 0 : hang;
    }

    double crash() {
        return kind || crashes >= mostCrashes ? 0 : crash;
    }
}
