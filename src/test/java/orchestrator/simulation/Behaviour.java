package orchestrator.simulation;

/** What an agent does with its attempt. */
enum Behaviour {
    GOOD(30),
    /** Commits and leaves files uncommitted all the same. */
    LEAVES_FILES(4),
    /** Says that it is done and has committed nothing. */
    NO_COMMIT(3),
    /** The same, with the work lying uncommitted. */
    ALL_UNCOMMITTED(4),
    ZERO_TURNS(2),
    /** Exits well without a result. */
    NO_RESULT(3),
    LIMIT_WITH_RESET(2),
    LIMIT_WITHOUT_RESET(1),
    TOO_LONG(1),
    OWN_LIMIT(2),
    CRASHES_EMPTY(3),
    FAILS(5),
    RESULT_THEN_ERROR(2),
    /** Prints nothing at all and stays. */
    SILENT(2),
    /** Stops in the middle and stays. */
    HANGS(3),
    /** Gives its result and stays. */
    LINGERS(3),
    /** A long quiet tool call that uses CPU, and then all is well. */
    QUIET_BUT_BUSY(3),
    /** Longer than its time allows, and active. */
    LONG(2),
    /** Leaves a process behind. */
    LEAVES_A_PROCESS(3),
    /** Hangs and ignores TERM. */
    DEAF(2),
    TWO_RESULTS(2),
    LINES_AFTER_RESULT(2),
    /** Is gone without a word, script and all. */
    VANISHES(3);

    final int weight;

    Behaviour(int weight) {
        this.weight = weight;
    }

    private static final int ALL = total();

    private static int total() {
        int sum = 0;
        for (Behaviour one : values()) {
            sum += one.weight;
        }
        return sum;
    }

    static Behaviour any(Dice dice) {
        int at = dice.below(ALL);
        for (Behaviour one : values()) {
            at -= one.weight;
            if (at < 0) {
                return one;
            }
        }
        return GOOD;
    }
}
