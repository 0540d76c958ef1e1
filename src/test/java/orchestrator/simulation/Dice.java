package orchestrator.simulation;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** All chance of a run: the same seed gives the same answers to the same questions. */
final class Dice {
    private final RandomGenerator random;

    Dice(long seed) {
        // Mixed, so that neighbouring seeds have nothing in common.
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 0x9E3779B97F4A7C15L);
    }

    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** 0 … n - 1. */
    int below(int n) {
        return random.nextInt(n);
    }

    /** Both ends included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Both ends included. */
    Duration millis(long least, long most) {
        return Duration.ofMillis(random.nextLong(least, most + 1));
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
