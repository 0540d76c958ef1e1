package orchestrator.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Does parts of one work at once, on as many cores as there are, and gives the results in order.
 */
final class SideBySide {
    // More would read the disk no faster, and the machine belongs to the workers.
    private static final int MOST = 4;

    /** How many parts are worth it. */
    static final int PARTS = Math.min(MOST, Runtime.getRuntime().availableProcessors());

    /** One part of it. */
    @FunctionalInterface
    interface Part<T> {
        T result() throws IOException;
    }

    private SideBySide() {}

    private record Done<T>(List<T> result, List<Throwable> failure) {}

    /**
     * The results of all parts.
     *
     * @throws IOException or what else the first part that failed threw, once all have ended
     */
    static <T> List<T> all(List<? extends Part<T>> parts) throws IOException {
        if (parts.size() == 1) {
            return List.of(parts.getFirst().result());
        }
        List<Done<T>> done =
                IntStream.range(0, parts.size())
                        .parallel()
                        .mapToObj(i -> done(parts.get(i)))
                        .toList();
        List<T> results = new ArrayList<>(done.size());
        for (Done<T> each : done) {
            for (Throwable failure : each.failure()) {
                switch (failure) {
                    case IOException e -> throw e;
                    case Error e -> throw e;
                    case RuntimeException e -> throw e;
                    default -> throw new AssertionError(failure);
                }
            }
            results.addAll(each.result());
        }
        return results;
    }

    // Handed over as a value: what a pool throws on is a copy without its words.
    private static <T> Done<T> done(Part<T> part) {
        try {
            return new Done<>(List.of(part.result()), List.of());
        } catch (IOException | RuntimeException | Error failure) {
            return new Done<>(List.of(), List.of(failure));
        }
    }
}
