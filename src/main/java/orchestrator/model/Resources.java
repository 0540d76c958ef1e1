package orchestrator.model;

import java.util.OptionalLong;

/**
 * What is free on the machine; empty: it cannot be told, and then it is not short.
 *
 * @param diskMb MiB free where state and worktrees are, the least of them
 * @param memoryMb MiB of memory that can be used without swapping
 */
public record Resources(OptionalLong diskMb, OptionalLong memoryMb) {
    /** One phrase for people. */
    public String words() {
        return "%s of disk and %s of memory are free".formatted(amount(diskMb), amount(memoryMb));
    }

    private static String amount(OptionalLong mb) {
        return mb.isPresent() ? mb.getAsLong() + " MB" : "an unknown amount";
    }
}
