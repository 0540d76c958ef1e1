package orchestrator.model;

/**
 * A failure that a person reads: one sentence that says what, where and what to do, with a stable
 * code. Thrown where something cannot be done; logged once, where it ends.
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    /**
     * A new fault.
     *
     * @param code stable, kebab case, such as {@code worktree-busy}
     * @param sentence what, where, what to do
     */
    public Fault(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** A fault with the failure it comes from. */
    public Fault(String code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** The sentence. */
    public String sentence() {
        String message = getMessage();
        return message == null ? code : message;
    }

    /** {@code sentence [code]}. */
    public String line() {
        return sentence() + " [" + code + "]";
    }
}
